// Which records there are.
#include <algorithm>
#include <array>

#include "describe_record.h"

namespace rabatt {

// Those that others refer to first. Each line of this list makes a record: its table, log, JSON, search and commands.
#define RABATT_RECORDS(record)                                                                                         \
  record(Settings) record(Employee) record(Numerator) record(Rate) record(EmailTemplate) record(CustomField)           \
      record(SavedSearch) record(Category) record(SalesRegion) record(OfferingArea) record(DossierType)                \
          record(ActivityType) record(ItemCategory) record(CompanyForm) record(Industry) record(Phase)                 \
              record(SalesGroup) record(Item) record(Organisation) record(PaymentTerm) record(Party) record(PriceBook) \
                  record(PriceBookLine) record(TargetGroup) record(Member) record(Campaign) record(CampaignLine)       \
                      record(Plan) record(Attachment) record(FrozenMember) record(Lead) record(Recipient)              \
                          record(EmailPermission) record(PermissionChange) record(Action) record(ActionContact)        \
                              record(Generation) record(DossierItem) record(Response) record(ContactStatus)

#define RABATT_TYPE(Name) RABATT_RECORD_TYPE(Name##Record)
RABATT_RECORDS(RABATT_TYPE)
#undef RABATT_TYPE

std::span<const RecordType* const> record_types() {
  static const std::array types = {
#define RABATT_POINTER(Name) &record_type<Name##Record>(),
      RABATT_RECORDS(RABATT_POINTER)
#undef RABATT_POINTER
  };
  return types;
}

const RecordType* record_named(std::string_view name) noexcept {
  const auto types = record_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const RecordType* type) {
    return type->name() == name || type->plural() == name;
  });
  return found == types.end() ? nullptr : *found;
}

}  // namespace rabatt

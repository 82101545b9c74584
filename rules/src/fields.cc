#include "rabatt/fields.h"

#include <boost/mp11.hpp>
#include <map>
#include <optional>

#include "rabatt/describe.h"
#include "rabatt/names.h"

namespace rabatt {
namespace {

template <class Struct>
constexpr std::string_view record_name{};

#define RABATT_RECORD(Struct) \
  template <>                 \
  constexpr std::string_view record_name<Struct> = #Struct;
RABATT_RECORD(CurrencySteps)
RABATT_RECORD(Policy)
RABATT_RECORD(Item)
RABATT_RECORD(PriceBookLine)
RABATT_RECORD(PriceBook)
RABATT_RECORD(Customer)
RABATT_RECORD(TargetGroup)
RABATT_RECORD(CampaignLine)
RABATT_RECORD(Campaign)
RABATT_RECORD(EarlyTier)
RABATT_RECORD(PaymentTerm)
RABATT_RECORD(BookContent)
RABATT_RECORD(RequestLine)
RABATT_RECORD(Request)
#undef RABATT_RECORD

// One overload for each type that a field may have; the argument only says which.
std::string kind_of(std::string_view field, const std::string*) { return is_free_text(field) ? "text" : "identifier"; }
std::string kind_of(std::string_view, const bool*) { return "boolean"; }
std::string kind_of(std::string_view, const std::int32_t*) { return "integer"; }
std::string kind_of(std::string_view, const Decimal*) { return "decimal"; }
std::string kind_of(std::string_view, const Date*) { return "date"; }

template <class Enum>
  requires std::is_enum_v<Enum>
std::string kind_of(std::string_view, const Enum*) {
  std::string kind = "one of ";
  for (const auto name : names<Enum>) kind.append(name == names<Enum>.front() ? "" : ", ").append(name);
  return kind;
}

template <class Struct>
  requires boost::describe::has_describe_members<Struct>::value
std::string kind_of(std::string_view, const Struct*) {
  return std::string(record_name<Struct>);
}

template <class T>
std::string kind_of(std::string_view field, const std::optional<T>*) {
  return kind_of(field, static_cast<const T*>(nullptr));
}

template <class T>
std::string kind_of(std::string_view field, const std::vector<T>*) {
  return "list of " + kind_of(field, static_cast<const T*>(nullptr));
}

template <class T>
std::string kind_of(std::string_view field, const std::map<std::string, T>*) {
  return "map of " + kind_of(field, static_cast<const T*>(nullptr));
}

template <class Struct, class Member>
std::string kind_of_member(std::string_view field, Member Struct::*) {
  return kind_of(field, static_cast<const Member*>(nullptr));
}

template <class Struct>
Record record() {
  Record result{record_name<Struct>, {}};
  boost::mp11::mp_for_each<Members<Struct>>([&](auto description) {
    result.fields.push_back({description.name, kind_of_member(description.name, description.pointer)});
  });
  return result;
}

}  // namespace

std::vector<Record> described_records() {
  return {record<CurrencySteps>(), record<Policy>(),    record<Item>(),        record<PriceBookLine>(),
          record<PriceBook>(),     record<Customer>(),  record<TargetGroup>(), record<CampaignLine>(),
          record<Campaign>(),      record<EarlyTier>(), record<PaymentTerm>(), record<BookContent>(),
          record<RequestLine>(),   record<Request>()};
}

}  // namespace rabatt

#include "record_type.h"

#include <algorithm>

namespace rabatt {
namespace {

template <class Named>
std::optional<std::size_t> index_of(const std::vector<Named>& all, std::string_view name) noexcept {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  if (found == all.end()) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

RecordType::RecordType(const RecordTraits& traits, std::vector<Field> fields, std::vector<ListField> lists,
                       std::vector<ChildField> children, RecordFunctions functions)
    : traits_(traits),
      fields_(std::move(fields)),
      lists_(std::move(lists)),
      children_(std::move(children)),
      functions_(functions),
      blank_(functions.values_of(*functions.create())) {
  for (const auto form : {TextForm::number, TextForm::code, TextForm::line}) {
    for (std::size_t index = 0; index < fields_.size(); ++index) {
      const auto& field = fields_[index];
      const bool names = field.unique && (form != TextForm::line || field.name == "name");
      if (field.kind == FieldKind::text && field.form == form && names) labels_.push_back(index);
    }
  }
}

std::optional<std::size_t> RecordType::field(std::string_view name) const noexcept { return index_of(fields_, name); }
std::optional<std::size_t> RecordType::list(std::string_view name) const noexcept { return index_of(lists_, name); }
std::optional<std::size_t> RecordType::child(std::string_view name) const noexcept { return index_of(children_, name); }

}  // namespace rabatt

// Arguments: the JSON object that a verb is given.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json_tape.h"
#include "party_batches.h"
#include "session.h"

namespace rabatt {

// The arguments of a verb, each taken once; what is left at the end is unknown.
class Arguments {
 public:
  Arguments(Session& session, std::string_view json) : session_(session) {
    if (const auto fault = tape_.read(json.empty() ? "{}" : json); !fault.empty()) {
      throw Error(Code::invalid_value, fault);
    }
    if (tape_.root().kind() != JsonKind::object) throw Error(Code::invalid_value, "arguments");
    tape_.root().each([&](JsonView member) {
      if (member.kind() != JsonKind::null) members_.push_back(member);
    });
  }

  std::optional<JsonView> take(std::string_view name) {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](JsonView m) { return m.key() == name; });
    if (found == members_.end()) return std::nullopt;
    const auto value = *found;
    members_.erase(found);
    return value;
  }

  std::string text(std::string_view name) {
    const auto value = take(name);
    if (!value) return {};
    if (value->kind() != JsonKind::string) throw Error(Code::invalid_value, name);
    return std::string(value->text());
  }

  std::int64_t number(std::string_view name, std::int64_t otherwise) {
    const auto value = take(name);
    if (!value) return otherwise;
    const auto number = value->kind() == JsonKind::number ? integer_of(value->text()) : std::nullopt;
    if (!number || *number < 0) throw Error(Code::invalid_value, name);
    return *number;
  }

  bool flag(std::string_view name) {
    const auto value = take(name);
    if (value && value->kind() != JsonKind::boolean) throw Error(Code::invalid_value, name);
    return value && value->text() == "true";
  }

  // The id of the record that the argument names.
  std::int64_t record(std::string_view name, const RecordType& type) {
    const auto id = optional_record(name, type);
    if (!id) throw Error(Code::field_required, name);
    return *id;
  }

  std::optional<std::int64_t> optional_record(std::string_view name, const RecordType& type) {
    const auto value = take(name);
    if (!value) return std::nullopt;
    return id_of_key(session_, type, *value);
  }

  // The same; an id may be that of a record that is gone.
  std::optional<std::int64_t> former_record(std::string_view name, const RecordType& type) {
    const auto value = take(name);
    if (!value) return std::nullopt;
    const auto id = value->kind() == JsonKind::number ? integer_of(value->text()) : std::nullopt;
    return id ? *id : id_of_key(session_, type, *value);
  }

  std::vector<std::int64_t> records(std::string_view name, const RecordType& type) {
    const auto value = take(name);
    return value ? ids_of_keys(session_, type, *value) : std::vector<std::int64_t>();
  }

  // The kind of record that the argument names.
  const RecordType& type(std::string_view name) {
    const auto record = text(name);
    const auto* type = record_named(record);
    if (!type) throw Error(Code::unknown_record, shortened(record));
    return *type;
  }

  void finish() const {
    if (!members_.empty()) throw Error(Code::unknown_field, shortened(members_.front().key()));
  }

 private:
  Session& session_;
  JsonTape tape_;
  std::vector<JsonView> members_;
};

}  // namespace rabatt

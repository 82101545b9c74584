// JsonReader: described structs from JSON. What is wrong goes to `report`, which collects it (books) or throws it
// (requests); the value then stays as it was, and reading goes on.
#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json_tape.h"
#include "rabatt/describe.h"
#include "rabatt/error.h"
#include "rabatt/hash_map.h"
#include "rabatt/names.h"
#include "rabatt/path.h"

namespace rabatt {

// A required field is one whose absence the reader itself reports, at the end of its object.
template <class Struct>
inline constexpr std::array<std::string_view, 0> required_fields{};

// The keys of one object: few, so that looking through them is quickest; many only where somebody means harm.
class KeySet {
 public:
  bool contains(std::string_view key) const {
    if (!many_.empty()) return many_.contains(key);
    return std::find(few_.begin(), few_.end(), key) != few_.end();
  }

  // False if it was there already.
  bool insert(std::string_view key) {
    if (contains(key)) return false;
    few_.push_back(key);
    if (few_.size() == most_few) many_.insert(few_.begin(), few_.end());
    if (few_.size() > most_few) many_.insert(key);
    return true;
  }

 private:
  static constexpr std::size_t most_few = 24;
  absl::InlinedVector<std::string_view, most_few> few_;
  HashSet<std::string_view> many_;
};

class JsonReader {
 public:
  virtual ~JsonReader() = default;

  template <class Struct>
  void read_document(std::string_view json, Struct* result) {
    JsonTape tape;
    if (const auto fault = tape.read(json); !fault.empty()) {
      report(Code::invalid_value, Path(), fault, "This is " + fault + ".");
      return;
    }
    read(tape.root(), Path(), {}, result);
  }

 protected:
  // `text` is the offending text, empty where there is none.
  virtual void report(Code code, const Path& path, std::string_view text, std::string message) = 0;

  // What else must hold of a value that was read well.
  virtual void check(std::string_view /*field*/, const Decimal& /*value*/, JsonView, const Path&) {}
  virtual void check(std::string_view /*field*/, std::string_view /*text*/, JsonView, const Path&) {}

  // How decimals and dates were spelled, where that matters.
  template <class Struct>
  void keep_spelling(std::string_view field, JsonView value, Struct* result) {
    if constexpr (requires { result->quantity_text; }) {
      if (field == "quantity") result->quantity_text = value.text();
    }
    if constexpr (requires { result->date_text; }) {
      if (field == "date") result->date_text = value.text();
    }
  }

 private:
  void wrong_type(JsonView value, const Path& path, std::string_view wanted) {
    report(Code::invalid_value, path, value.text(), "This must be " + std::string(wanted) + ".");
  }

  static bool is_integer(JsonView value) {
    const auto text = value.text();
    return value.kind() == JsonKind::number && text.find_first_of(".eE") == std::string_view::npos;
  }

  void read(JsonView value, const Path& path, std::string_view field, std::string* result) {
    if (value.kind() != JsonKind::string) return wrong_type(value, path, "a text");
    const bool may_be_empty = is_free_text(field) || field == "code";
    if (value.text().empty() && !may_be_empty) {
      return report(Code::invalid_identifier, path, {}, "An identifier must not be empty.");
    }
    *result = value.text();
    if (!is_free_text(field)) check(field, value.text(), value, path);
  }

  void read(JsonView value, const Path& path, std::string_view, bool* result) {
    if (value.kind() != JsonKind::boolean) return wrong_type(value, path, "true or false");
    *result = value.text() == "true";
  }

  void read(JsonView value, const Path& path, std::string_view, std::int32_t* result) {
    std::int32_t number = 0;
    const auto text = value.text();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!is_integer(value) || error != std::errc() || end != text.data() + text.size()) {
      return wrong_type(value, path, "an integer of 32 bits");
    }
    *result = number;
  }

  void read(JsonView value, const Path& path, std::string_view field, Decimal* result) {
    if (value.kind() != JsonKind::string && value.kind() != JsonKind::number)
      return wrong_type(value, path, "a decimal");
    const bool exact = value.kind() == JsonKind::string || is_integer(value);
    const auto number = exact ? Decimal::parse(value.text()) : std::nullopt;
    if (!number) {
      return report(Code::invalid_decimal, path, value.text(),
                    exact ? "A decimal is [-]digits[.digits] of at most 38 digits." : "Write decimals as strings.");
    }
    *result = *number;
    check(field, *number, value, path);
  }

  void read(JsonView value, const Path& path, std::string_view, Date* result) {
    if (value.kind() != JsonKind::string) return wrong_type(value, path, "a date");
    const auto date = Date::parse(value.text());
    if (!date) {
      return report(Code::invalid_date, path, value.text(), "A date is YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS].");
    }
    *result = *date;
  }

  template <class Enum>
    requires std::is_enum_v<Enum>
  void read(JsonView value, const Path& path, std::string_view, Enum* result) {
    const auto known = value.kind() == JsonKind::string ? value_named<Enum>(value.text()) : std::nullopt;
    if (!known) return wrong_type(value, path, "one of " + joined(names<Enum>));
    *result = *known;
  }

  template <class Names>
  static std::string joined(const Names& names) {
    std::string text;
    for (const auto name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
  }

  template <class T>
  void read(JsonView value, const Path& path, std::string_view field, std::optional<T>* result) {
    std::optional<T> read_value = default_of<T>();
    const auto faults_before = faults_;
    read(value, path, field, &*read_value);
    if (faults_ == faults_before) *result = std::move(read_value);
  }

  template <class T>
  static T default_of() {
    if constexpr (std::is_same_v<T, Date>) {
      return Date(std::chrono::year_month_day());
    } else {
      return T();
    }
  }

  template <class T>
  void read(JsonView value, const Path& path, std::string_view field, std::vector<T>* result) {
    if (value.kind() != JsonKind::array) return wrong_type(value, path, "a list");
    std::size_t index = 0;
    value.each([&](JsonView element) {
      result->emplace_back();
      read(element, path[index++], field, &result->back());
    });
  }

  template <class T>
  void read(JsonView value, const Path& path, std::string_view, std::map<std::string, T>* result) {
    if (value.kind() != JsonKind::object) return wrong_type(value, path, "an object");
    KeySet seen;
    value.each([&](JsonView member) {
      const Path place = path / member.key();
      if (is_repeated(member, place, &seen) || member.kind() == JsonKind::null) return;
      read(member, place, {}, &(*result)[std::string(member.key())]);  // kept when faulty: its key is checked too
    });
  }

  template <class Struct>
    requires boost::describe::has_describe_members<Struct>::value
  void read(JsonView value, const Path& path, std::string_view, Struct* result) {
    if (value.kind() != JsonKind::object) return wrong_type(value, path, "an object");
    KeySet seen;
    KeySet given;
    value.each([&](JsonView member) {
      const Path place = path / member.key();
      if (is_repeated(member, place, &seen)) return;
      bool known = false;
      boost::mp11::mp_for_each<Members<Struct>>([&](auto description) {
        if (member.key() != description.name) return;
        known = true;
        if (member.kind() == JsonKind::null) return;
        given.insert(member.key());
        read(member, place, member.key(), &(result->*description.pointer));
        keep_spelling(member.key(), member, result);
      });
      if (!known) fault(Code::unknown_field, place, "There is no such field here.");
    });
    for (const auto field : required_fields<Struct>) {
      if (!given.contains(field)) {
        fault(Code::missing_field, path / field, "This field is required.");
      }
    }
  }

  bool is_repeated(JsonView member, const Path& place, KeySet* seen) {
    if (seen->insert(member.key())) return false;
    fault(Code::duplicate_field, place, "This field stands here twice.");
    return true;
  }

  // A fault that is told by its place alone.
  void fault(Code code, const Path& place, std::string message) { report(code, place, {}, std::move(message)); }

 protected:
  std::size_t faults_ = 0;  // counted by report()
};

}  // namespace rabatt

// The types that fields of records have. A field's type says everything about it that does not depend on other fields:
// what may stand in it, how long or how large it may be, whether it must be given, who writes it.
//
//   struct EmployeeRecord : StoredRecord {
//     Required<RecordCode> initials;
//     Personal<Line<>> name;
//     bool active = true;
//   };
//
// Blank is one thing in every type: empty text, nullopt, a reference to nothing. Texts are UTF-8.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "rabatt/decimal.h"

namespace rabatt {

// Text on one line, of at most `most` bytes.
template <std::size_t most = 200>
struct Line : std::string {
  using std::string::string;
  Line(std::string text) : std::string(std::move(text)) {}  // NOLINT(google-explicit-constructor)
  static constexpr std::size_t most_bytes = most;
};

// Text of several lines.
struct LongText : std::string {
  using std::string::string;
  LongText(std::string text) : std::string(std::move(text)) {}  // NOLINT(google-explicit-constructor)
  static constexpr std::size_t most_bytes = 65'536;
};

// What people call a record by; one of its kind has it, whatever its case.
struct RecordCode : Line<> {
  using Line<>::Line;
};

// What a numerator gives, or somebody types: never given twice, not even after a record was removed.
struct Number : Line<60> {
  using Line<60>::Line;
};

// ISO 4217, or a code of settings.currencies.
struct CurrencyCode : Line<> {
  using Line<>::Line;
};

// Folded and trimmed where it is compared.
struct EmailAddress : Line<> {
  using Line<>::Line;
};

using Day = std::chrono::year_month_day;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

using OptionalDecimal = std::optional<Decimal>;

// 0 … 100 with at most 5 places: 15 means 15 %.
struct Discount : OptionalDecimal {
  using OptionalDecimal::optional;
  static constexpr int least = 0, most = 100, most_places = 5;
};

// −100 … 100 with at most 5 places; above 0 lowers.
struct ChangePercent : OptionalDecimal {
  using OptionalDecimal::optional;
  static constexpr int least = -100, most = 100, most_places = 5;
};

// 0 … 100.
struct Percent : OptionalDecimal {
  using OptionalDecimal::optional;
  static constexpr int least = 0, most = 100;
};

// An amount, price or quantity ≥ 0.
struct NotNegative : OptionalDecimal {
  using OptionalDecimal::optional;
  static constexpr int least = 0;
};

// A whole number ≥ 0.
struct Count : std::optional<std::int64_t> {
  using std::optional<std::int64_t>::optional;
};

// Another record. Written as its number or code, or as its id; stored as its id.
template <class Target>
struct Reference {
  using target = Target;

  Reference() = default;
  Reference(std::int64_t id) : id(id) {}                        // NOLINT(google-explicit-constructor)
  Reference(std::string_view name) : name(name) {}              // NOLINT(google-explicit-constructor)
  Reference(const char* name) : Reference(std::string_view(name)) {}  // NOLINT(google-explicit-constructor)

  std::int64_t id = 0;  // 0: none
  std::string name;     // number or code; in what is to be saved it goes before the id

  explicit operator bool() const { return id != 0 || !name.empty(); }
  friend bool operator==(const Reference& a, const Reference& b) { return a.id == b.id; }
};

// ---- what else holds of a field: Required<Line<>>, ReadOnly<bool> ----

template <class T, bool is_class = std::is_class_v<T>>
struct Wrapped : T {
  using T::T;
  using T::operator=;
  Wrapped(const T& value) : T(value) {}        // NOLINT(google-explicit-constructor)
  Wrapped(T&& value) : T(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Wrapped() = default;
};

template <class T>
struct Wrapped<T, false> {
  T value{};
  constexpr Wrapped() = default;
  constexpr Wrapped(T value) : value(value) {}  // NOLINT(google-explicit-constructor)
  constexpr operator T() const { return value; }  // NOLINT(google-explicit-constructor)
};

#define RABATT_FIELD_RULE(Rule) \
  template <class T>            \
  struct Rule : Wrapped<T> {    \
    using of = T;               \
    using Wrapped<T>::Wrapped;  \
  };
RABATT_FIELD_RULE(Required)  // must not be blank
RABATT_FIELD_RULE(ReadOnly)  // computed, never written by callers
RABATT_FIELD_RULE(Fixed)     // may be given when the record is added, and not changed afterwards
RABATT_FIELD_RULE(Personal)  // about a person: kept apart from the log, so that it can be erased
RABATT_FIELD_RULE(Owned)     // a reference: the record goes when what it refers to goes
RABATT_FIELD_RULE(Unique)    // no two records of the kind have the same, without case
#undef RABATT_FIELD_RULE

// ---- lists and maps inside a record ----

struct Tags : std::vector<std::string> {
  using std::vector<std::string>::vector;
};

// Custom fields: value by name, as text in the spelling of the field's kind.
struct CustomValues : std::map<std::string, std::string> {
  using std::map<std::string, std::string>::map;
};

using DecimalMap = std::map<std::string, Decimal>;  // by currency, or by unit

// Records that live and die with this one, such as the lines of a campaign. Nothing: they were not read, and saving
// leaves them as they are.
template <class Child>
struct Children : std::optional<std::vector<Child>> {
  using std::optional<std::vector<Child>>::optional;
};

// The same, where there is one at most; it has the id of its parent.
template <class Child>
struct OnlyChild : std::optional<Child> {
  using std::optional<Child>::optional;
};

}  // namespace rabatt

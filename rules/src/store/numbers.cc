#include "numbers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "rabatt/records/base.h"
#include "stored.h"
#include "writing.h"

namespace rabatt {
namespace {

constexpr std::size_t longest_number = 60;
constexpr std::size_t most_digits = 18;  // of an integer of 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const RecordType& numerator_type() { return record_type<NumeratorRecord>(); }

// A numerator as it stands in this transaction.
class Numerator {
 public:
  Numerator(Session& session, std::int64_t id) : open_(opened(session, id)) {
    numerator_type().fill(&record_, open_.now);
  }

  const NumeratorRecord& operator*() const { return record_; }
  NumeratorRecord* operator->() { return &record_; }

  NumeratorRecord& record() { return record_; }

  void keep() { open_.now = numerator_type().values_of(record_); }

 private:
  static OpenNumerator& opened(Session& session, std::int64_t id) {
    auto& numerators = session.numbering().numerators;
    const auto known = numerators.find(id);
    if (known != numerators.end()) return known->second;
    const auto stored = load_existing(session, numerator_type(), id);
    return numerators.emplace(id, OpenNumerator{stored.revision, stored.values, stored.values}).first->second;
  }

  OpenNumerator& open_;
  NumeratorRecord record_;
};

std::string filled(std::int64_t number, std::int64_t width) {
  auto digits = std::to_string(number);
  if (static_cast<std::int64_t>(digits.size()) < width)
    digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  return digits;
}

// The one that the record names, or else the default, which it then names; 0 if there is none.
std::int64_t numerator_for(Session& session, const RecordType& type, Values* values) {
  const auto field = type.field("numerator");
  if (field && values->fields[*field]) {
    verify_kind_of_numerator(session, type, *values);
    return integer_of(*values->fields[*field]).value_or(0);
  }
  const auto found = session.value("select id from numerator where kind_key = $1 order by \"default\" desc, id limit 1",
                                   {session.company().order.key(type.name())});
  if (field) values->fields[*field] = found;
  return found ? *integer_of(*found) : 0;
}

const Table& taken_table() {
  static const Table table{
      .plain_name = "taken_number", .name = {}, .columns = {"record", "number_key"}, .from = {}, .select = {}};
  return table;
}

bool is_taken(Session& session, const RecordType& type, const std::string& key) {
  if (session.numbering().taken.contains({type.name(), key})) return true;
  return session.value("select 1 from taken_number where record = $1 and number_key = $2", {type.name(), key})
      .has_value();
}

void take(Session& session, const RecordType& type, const std::string& number) {
  if (number.size() > longest_number) throw Error(Code::number_too_long, subject_of("number", number));
  auto key = session.company().order.key(number);
  if (is_taken(session, type, key)) throw Error(Code::number_taken, subject_of("number", number));
  session.numbering().taken.emplace(type.name(), key);
  session.insert(taken_table(), {std::string(type.name()), std::move(key)});
}

// What is in front of the last run of digits of a number, and the run that follows it.
struct NextDigits {
  std::string prefix;
  std::string digits;
};

// "999" → "1000": of any length.
std::string incremented(std::string digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return digits;
    }
    *digit = '0';
  }
  return "1" + digits;
}

// Digits beyond those of an integer belong to the prefix.
NextDigits next_digits(std::string_view number) {
  std::size_t begin = number.size();
  while (begin > 0 && is_digit(number[begin - 1])) --begin;
  if (begin == number.size()) return {};
  auto digits = incremented(std::string(number.substr(begin)));
  const auto extra = digits.size() > most_digits ? digits.size() - most_digits : 0;
  return {std::string(number.substr(0, begin)) + digits.substr(0, extra), digits.substr(extra)};
}

std::size_t digits_at_end(std::string_view number) {
  const auto last = number.find_last_not_of("0123456789");
  return last == std::string_view::npos ? number.size() : number.size() - last - 1;
}

// Continues from a typed number: where it has the numerator's form, behind it; otherwise in the form of its end.
void continue_from(std::string_view number, NumeratorRecord* numerator) {
  const std::string& prefix = numerator->prefix;
  const std::string& suffix = numerator->suffix;
  if (number.size() > prefix.size() + suffix.size() && number.starts_with(prefix) && number.ends_with(suffix)) {
    const auto digits = number.substr(prefix.size(), number.size() - prefix.size() - suffix.size());
    if (digits.size() <= most_digits && std::all_of(digits.begin(), digits.end(), is_digit)) {
      numerator->next = *integer_of(digits) + 1;
      return;
    }
  }
  const auto next = next_digits(number);
  if (next.digits.empty()) return;
  numerator->prefix = next.prefix;
  numerator->suffix.clear();
  numerator->width = static_cast<std::int32_t>(std::min(next.digits.size(), digits_at_end(number)));
  numerator->next = *integer_of(next.digits);
}

}  // namespace

void assign_number(Session& session, const RecordType& type, Values* values, bool typed) {
  const auto field = type.field("number");
  if (!field) return;
  auto& number = values->fields[*field];
  const auto id = numerator_for(session, type, values);
  if (typed) {
    if (type.name() == "campaign") session.require("campaign.number.override");
    std::optional<Numerator> numerator;
    if (id != 0) numerator.emplace(session, id);
    if (numerator && !(**numerator).manual) throw Error(Code::permission_denied, "numerator.manual");
    take(session, type, *number);
    if (!numerator) return;
    continue_from(*number, &numerator->record());
    return numerator->keep();
  }
  if (id == 0) {
    // the book calls it by its number
    if (type.is_versioned()) throw Error(Code::field_required, "number");
    return;
  }
  Numerator numerator(session, id);
  std::string free;
  do {
    if (numerator->next > most_next) {
      throw Error(Code::number_too_long, subject_of("number", std::to_string(numerator->next)));
    }
    free = numerator->prefix + filled(numerator->next++, numerator->width) + numerator->suffix;
  } while (is_taken(session, type, session.company().order.key(free)));
  take(session, type, free);
  number = free;
  numerator.keep();
}

void verify_kind_of_numerator(Session& session, const RecordType& type, const Values& values) {
  const auto& named = values.fields[*type.field("numerator")];
  if (!named) return;
  const Numerator numerator(session, *integer_of(*named));
  if ((*numerator).kind != type.name()) {
    throw Error(Code::invalid_value, subject_of("numerator", (*numerator).code));
  }
}

void save_numerators(Session& session) {
  for (auto& [id, open] : std::exchange(session.numbering().numerators, {})) {
    if (open.now == open.before) continue;
    auto stored = load_existing(session, numerator_type(), id);
    write_change(session, numerator_type(), stored, open.now, "number");
  }
}

void keep_one_default(Session& session, std::int64_t id) {
  const auto& type = numerator_type();
  const auto is_default = *type.field("default");
  const auto kept = load_existing(session, type, id);
  if (kept.values.fields[is_default] != Cell("1")) return;
  const auto kind = session.company().order.key(*kept.values.fields[*type.field("kind")]);
  std::vector<std::int64_t> others;
  session.run("select id from numerator where kind_key = $1 and \"default\" = true and id <> $2 order by id",
              {kind, std::to_string(id)}, [&](RowView row) { others.push_back(*integer_of(*row[0])); });
  for (const auto other : others) {
    const auto stored = load_existing(session, type, other);
    auto after = stored.values;
    after.fields[is_default] = "0";
    write_change(session, type, stored, after, "let_go");
  }
}

}  // namespace rabatt

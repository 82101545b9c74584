#include "search_query.h"

#include <algorithm>
#include <array>

#include "json_tape.h"
#include "rabatt/error.h"
#include "rabatt/path.h"
#include "rabatt/text.h"
#include "records/cells.h"

namespace rabatt {

template <>
inline constexpr std::array<std::string_view, 5> names<SearchView> = {"all", "active", "mine", "not_mine", "inactive"};
template <>
inline constexpr std::array<std::string_view, 8> names<Operator> = {"like", "=", "!=", "<", "<=", ">", ">=", "in"};

namespace {

constexpr std::int64_t most_rows_a_page = 10'000;
constexpr std::size_t most_values = 10'000;  // of a criterion
constexpr std::size_t most_sort_columns = 20;

[[noreturn]] void refuse(std::string_view path, JsonView value) {
  const bool has_text = value.kind() != JsonKind::array && value.kind() != JsonKind::object;
  throw Error(Code::invalid_value, subject_of(path, has_text ? value.text() : std::string_view()));
}

// JSON is UTF-8 already.
void check_text(std::string_view path, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) throw Error(Code::invalid_text, subject_of(path, text));
}

std::string text_of(std::string_view path, JsonView value) {
  if (value.kind() == JsonKind::null) return {};
  if (value.kind() != JsonKind::string) refuse(path, value);
  check_text(path, value.text());
  return std::string(value.text());
}

// More than databases take in one statement is refused here, so that each of them says the same.
void check_count(std::string_view path, std::size_t count, std::size_t most) {
  if (count > most) throw Error(Code::limit_crossed, subject_of(path, std::to_string(count)));
}

std::vector<JsonView> elements_of(std::string_view path, JsonView value, std::size_t most = most_criteria) {
  if (value.kind() != JsonKind::array) refuse(path, value);
  std::vector<JsonView> elements;
  value.each([&](JsonView element) { elements.push_back(element); });
  check_count(path, elements.size(), most);
  return elements;
}

SearchValue value_of(std::string_view path, JsonView value) {
  switch (value.kind()) {
    case JsonKind::null: return {};
    case JsonKind::boolean:
    case JsonKind::number:
    case JsonKind::string:
      check_text(path, value.text());
      return {std::string(value.text()), value.kind() == JsonKind::number};
    default: refuse(path, value);
  }
}

// Blank values are looked for with = and != alone.
std::optional<Criterion> unless_inactive(Criterion criterion) {
  const bool is_blank = criterion.values[0].text.value_or("").empty();
  if (is_blank && criterion.op != Operator::equal && criterion.op != Operator::not_equal) return std::nullopt;
  return criterion;
}

std::optional<Criterion> criterion_of(std::string_view path, JsonView value) {
  const auto parts = elements_of(path, value);
  if (parts.size() != 3) refuse(path, value);
  const auto op = value_named<Operator>(parts[1].text());
  if (!op) refuse(path, parts[1]);
  Criterion criterion{.field = text_of(path, parts[0]), .op = *op, .values = {}};
  if (*op == Operator::in) {
    for (const auto element : elements_of(path, parts[2], most_values))
      criterion.values.push_back(value_of(path, element));
    return criterion;
  }
  criterion.values.push_back(value_of(path, parts[2]));
  return unless_inactive(std::move(criterion));
}

DayRange range_of(std::string_view path, JsonView value) {
  if (value.kind() == JsonKind::null) return {};
  const auto ends = elements_of(path, value);
  if (ends.size() != 2) refuse(path, value);
  const auto day = [&](JsonView end) -> std::optional<Day> {
    const auto text = text_of(path, end);
    if (text.empty()) return std::nullopt;
    const auto read = day_of(text);
    if (!read) throw Error(Code::invalid_date, subject_of(path, text));
    return read;
  };
  return {day(ends[0]), day(ends[1])};
}

void read_member(std::string_view key, JsonView value, SearchQuery* query) {
  if (key == "view") {
    const auto view = value_named<SearchView>(value.text());
    if (!view) refuse(key, value);
    query->view = *view;
  } else if (key == "where") {
    for (const auto element : elements_of(key, value)) {
      if (auto criterion = criterion_of(key, element)) query->criteria.push_back(std::move(*criterion));
    }
  } else if (key == "text") {
    query->text = text_of(key, value);
  } else if (key == "tags") {
    for (const auto element : elements_of(key, value)) query->tags.push_back(text_of(key, element));
  } else if (key == "custom") {
    if (value.kind() != JsonKind::object) refuse(key, value);
    value.each([&](JsonView member) {
      check_text(key, member.key());
      query->custom.emplace_back(member.key(), text_of(key, member));
    });
    check_count(key, query->custom.size(), most_criteria);
  } else if (key == "letter") {
    query->letter = text_of(key, value);
  } else if (key == "created") {
    query->created = range_of(key, value);
  } else if (key == "changed") {
    query->changed = range_of(key, value);
  } else if (key == "sort") {
    for (const auto element : elements_of(key, value, most_sort_columns)) {
      auto field = text_of(key, element);
      const bool descending = field.starts_with('-');
      query->sort.push_back({descending ? field.substr(1) : std::move(field), descending});
    }
  } else if (key == "limit") {
    const auto limit = integer_of(value.text());
    if (!limit || *limit < 1 || *limit > most_rows_a_page) refuse(key, value);
    query->limit = *limit;
  } else if (key == "after") {
    query->after = text_of(key, value);
  } else {
    throw Error(Code::unknown_field, shortened(key));
  }
}

}  // namespace

std::optional<Criterion> criterion_of(std::string_view path, std::string_view field, std::string_view op,
                                      std::string_view value) {
  const auto known = value_named<Operator>(op);
  if (!known) throw Error(Code::invalid_value, subject_of(std::string(path) + ".operator", op));
  Criterion criterion{.field = std::string(field), .op = *known, .values = {}};
  if (*known != Operator::in) {
    criterion.values.push_back({std::string(value), false});
    return unless_inactive(std::move(criterion));
  }
  if (trimmed(value).empty()) return std::nullopt;
  for (std::size_t begin = 0; begin <= value.size();) {
    const auto end = std::min(value.find(',', begin), value.size());
    criterion.values.push_back({std::string(trimmed(value.substr(begin, end - begin))), false});
    begin = end + 1;
  }
  return criterion;
}

SearchQuery search_query_from_json(std::string_view json) {
  if (json.empty()) return {};
  JsonTape tape;
  if (const auto fault = tape.read(json); !fault.empty()) throw Error(Code::invalid_value, fault);
  return search_query_from_json(tape.root());
}

SearchQuery search_query_from_json(JsonView object) {
  if (object.kind() != JsonKind::object) refuse("query", object);
  SearchQuery query;
  object.each([&](JsonView member) { read_member(member.key(), member, &query); });
  return query;
}

}  // namespace rabatt

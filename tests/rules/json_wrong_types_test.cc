// The wrong type, and the wrong word, for every field of a book and of a request.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "documents.h"
#include "json_places.h"
#include "rabatt/json.h"
#include "refusal.h"

namespace rabatt {
namespace {

bool is_one_of(const std::string& field, std::initializer_list<const char*> fields) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool is_decimal(const Place& place) {
  if (place.value->is_object() || place.value->is_array()) return false;
  return place.is_map_entry ||
         is_one_of(place.field, {"amount", "price", "discount", "quantity_min", "quantity", "list_price",
                                 "manual_price", "manual_discount", "tax_rate"}) ||
         (place.field == "unit" && place.path.starts_with("policy."));
}

bool is_date(const Place& place) { return is_one_of(place.field, {"date", "valid_from", "valid_until"}); }

bool is_word(const Place& place) {
  return is_one_of(place.field, {"rounding", "round_at", "price_choice", "early_payment_tax", "kind", "type", "status",
                                 "pricing_type", "combine"});
}

bool is_integer(const Place& place) {
  return is_one_of(place.field, {"intermediate_digits", "priority", "net_days", "grace_days", "days"});
}

using Wrong = std::vector<std::pair<const char*, const char*>>;  // text, code

// What to put in the place of a value, and what it is refused as.
Wrong wrong_values(const Place& place) {
  const char* value = "invalid_value";
  if (place.value->is_object())
    return {{"1", value}, {"true", value}, {R"("x")", value}, {"[]", value}, {"[{}]", value}};
  if (place.value->is_array()) return {{"1", value}, {"true", value}, {R"("x")", value}, {"{}", value}};
  Wrong wrong{{"[]", value}, {"{}", value}, {"[1]", value}};
  const auto add = [&](std::initializer_list<std::pair<const char*, const char*>> more) {
    wrong.insert(wrong.end(), more);
  };
  if (place.value->is_bool()) {
    add({{"1", value}, {"0", value}, {R"("true")", value}, {R"("")", value}, {"1.5", value}});
    return wrong;
  }
  add({{"true", value}, {"false", value}});
  if (is_decimal(place)) {
    const char* decimal = "invalid_decimal";
    add({{"1.5", decimal},
         {"1.0", decimal},
         {"1e3", decimal},
         {"1e999", decimal},
         {"-0.0", decimal},
         {R"("1,5")", decimal},
         {R"("")", decimal},
         {R"(" 1")", decimal},
         {R"("NaN")", decimal},
         {R"("1e3")", decimal},
         {R"("+1")", decimal},
         {R"("0x1")", decimal},
         {"999999999999999999999999999999999999999", decimal},
         {R"("0.000000000000000000000000000000000000001")", decimal}});
  } else if (is_integer(place)) {
    add({{R"("1")", value},
         {"1.5", value},
         {"1e2", value},
         {"1.0", value},
         {"2147483648", value},
         {"-2147483649", value},
         {"99999999999999999999999", value},
         {R"("")", value}});
  } else if (is_date(place)) {
    const char* date = "invalid_date";
    add({{"20260310", value},
         {"1.5", value},
         {R"("")", date},
         {R"("2026-02-30")", date},
         {R"("2026-03-10T24:00")", date},
         {R"("2026-03-10T09:30Z")", date},
         {R"("10.03.2026")", date},
         {R"("2026-03-10 ")", date}});
  } else {
    add({{"1", value}, {"1.5", value}});
    if (is_word(place))
      add({{R"("nonsense")", value}, {R"("")", value}, {R"("HALF_UP")", value}, {R"("latest ")", value}});
    if (!is_word(place) && !is_one_of(place.field, {"name", "category", "code"})) {
      add({{R"("")", "invalid_identifier"},
           {R"("a\u0001b")", "invalid_identifier"},
           {R"("\u0085")", "invalid_identifier"}});
    }
  }
  return wrong;
}

TEST(WrongTypes, EveryFieldOfABook) {
  const Places places(full_book_json);
  std::size_t tried = 0;
  for (const auto& place : places.all()) {
    for (const auto& [text, code] : wrong_values(place)) {
      const auto problems = problems_of_json(places.with(place.path, text));
      const bool found = std::any_of(problems.begin(), problems.end(), [&, code = code](const Problem& problem) {
        return problem.path == place.path && slug(problem.code) == code;
      });
      EXPECT_TRUE(found) << place.path << " = " << text << " is no " << code;
      ++tried;
    }
  }
  std::cout << "wrong values in a book: " << tried << '\n';
  EXPECT_GT(tried, 500U);
}

TEST(WrongTypes, EveryFieldOfARequest) {
  const Places places(full_request_json);
  std::size_t tried = 0;
  for (const auto& place : places.all()) {
    for (const auto& [text, code] : wrong_values(place)) {
      const std::string found = refusal([&, text = text] { request_from_json(places.with(place.path, text)); });
      const std::string expected = std::string(code) + (place.path.empty() ? "" : " " + place.path);
      EXPECT_EQ(found.substr(0, expected.size()), expected) << place.path << " = " << text;
      ++tried;
    }
  }
  std::cout << "wrong values in a request: " << tried << '\n';
  EXPECT_GT(tried, 150U);
}

// An entry of a list is never absent.
TEST(WrongTypes, NullInAList) {
  const Places places(full_book_json);
  for (const auto& place : places.all()) {
    if (place.is_member || place.path.empty()) continue;
    const auto problems = problems_of_json(places.with(place.path, "null"));
    EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
      return problem.path == place.path && problem.code == Code::invalid_value;
    })) << place.path;
  }
}

}  // namespace
}  // namespace rabatt

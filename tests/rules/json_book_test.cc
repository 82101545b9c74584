// Books in JSON: every field read, content kept in a round trip, faults found by the reader.

#include <gtest/gtest.h>

#include <algorithm>

#include "documents.h"
#include "full_book.h"
#include "json_places.h"
#include "rabatt/json.h"
#include "random_documents.h"
#include "refusal.h"
#include "trials.h"

namespace rabatt {
namespace {

using List = std::vector<std::string>;

List problems(const std::string& json) {
  List texts;
  for (const auto& [code, path, message] : problems_of_json(json))
    texts.push_back(path + " " + std::string(slug(code)));
  return texts;
}

TEST(BookJson, EveryFieldIsRead) {
  ASSERT_EQ(problems(full_book_json), List());
  EXPECT_EQ(book_from_json(full_book_json).hash(), Book::build(full_book()).hash());
  const auto content = read_book(full_book_json).content;
  EXPECT_EQ(content.items[0].name, "Green tea");
  EXPECT_EQ(content.items[0].category, "Drinks");
  EXPECT_EQ(content.customers[0].name, "Ada");
  EXPECT_EQ(content.payment_terms[0].name, "30 days net");
}

TEST(BookJson, WritingAndReadingKeepsTheContent) {
  const auto content = read_book(full_book_json).content;
  const std::string written = to_json(content);
  EXPECT_EQ(book_from_json(written).hash(), book_from_json(full_book_json).hash());
  EXPECT_EQ(to_json(read_book(written).content), written);
  EXPECT_NE(written.find(R"("unit":"0.01")"), std::string::npos) << "decimals in their shortest form";
  Random random("books in JSON");
  for (std::uint64_t i = 0; i < trials(500); ++i) {
    const auto book = Book::build(random_book(&random));
    ASSERT_EQ(book_from_json(to_json(book.content())).hash(), book.hash()) << "book " << i;
  }
}

TEST(BookJson, DefaultsAndNullsAreNotGiven) {
  EXPECT_EQ(book_from_json("{}").hash(), Book::build({}).hash());
  EXPECT_EQ(book_from_json(R"({"policy":null,"items":null,"price_books":[],"customers":[]})").hash(),
            Book::build({}).hash());
  const Places places(full_book_json);
  for (const auto& place : places.all()) {
    if (!place.is_member) continue;
    EXPECT_EQ(problems(places.with(place.path, "null")), problems(places.without(place.path))) << place.path;
  }
}

// clang-format off
constexpr const char* required_fields[] = {
    "items[1].item", "price_books[1].price_book", "price_books[1].currency", "price_books[1].prices[0].item",
    "customers[1].customer", "target_groups[1].target_group", "campaigns[1].campaign", "campaigns[1].name",
    "campaigns[1].pricing_type", "campaigns[1].date", "campaigns[0].currency", "campaigns[0].code",
    "campaigns[0].lines[0].item", "campaigns[0].lines[0].price", "campaigns[1].lines[0].discount",
    "campaigns[2].name", "payment_terms[1].payment_term", "payment_terms[1].net_days",
    "payment_terms[0].early[0].days", "payment_terms[0].early[0].discount", "policy.currencies.PTS.amount",
};
// clang-format on

TEST(BookJson, RequiredFieldsAreMissed) {
  const Places places(full_book_json);
  for (const char* path : required_fields) {
    const auto found = problems(places.without(path));
    EXPECT_EQ(std::count(found.begin(), found.end(), std::string(path) + " missing_field"), 1) << path;
  }
}

TEST(BookJson, RepeatedFieldsAreFoundEverywhere) {
  const Places places(full_book_json);
  for (const auto& place : places.all()) {
    if (!place.is_member) continue;
    EXPECT_EQ(problems(places.twice(place.path)), List{place.path + " duplicate_field"});
  }
}

TEST(BookJson, UnknownFieldsAreFoundEverywhere) {
  const Places places(full_book_json);
  for (const auto& place : places.all()) {
    if (!place.value->is_object() || place.is_map()) continue;
    const std::string path = place.path.empty() ? "colour" : place.path + ".colour";
    EXPECT_EQ(problems(places.beside(place.path, R"("colour":"red")")), List{path + " unknown_field"});
  }
  EXPECT_EQ(problems(places.beside("items[0]", R"("Item":"x")")), List{"items[0].Item unknown_field"}) << "case counts";
  EXPECT_EQ(problems(places.beside("items[0]", R"("":"x")")), List{"items[0]. unknown_field"});
}

TEST(BookJson, ReadingAndBuildingReportTogether) {
  const auto found = problems(R"({"items":[{"item":"TEA","prices":{"EUR":1.5}},{"item":"TEA"}],
      "campaigns":[{"campaign":"A","name":"A","pricing_type":"set_discount","date":"31.3.2026","colour":1,
                    "lines":[{"item":"CUP","discount":"101"}]}]})");
  EXPECT_EQ(found, (List{"campaigns[0].colour unknown_field", "campaigns[0].date invalid_date",
                         "campaigns[0].lines[0].discount invalid_discount", "campaigns[0].lines[0].item unknown_item",
                         "items[0].prices.EUR invalid_decimal", "items[1].item duplicate_id"}));
}

TEST(BookJson, AFaultyFieldRaisesNoOtherProblem) {
  EXPECT_EQ(problems(R"({"items":[{"item":5}]})"), List{"items[0].item invalid_value"});
  EXPECT_EQ(problems(R"({"payment_terms":[{"payment_term":"T","net_days":"30"}]})"),
            List{"payment_terms[0].net_days invalid_value"});
  EXPECT_EQ(
      problems(R"({"price_books":[{"price_book":"P","currency":"EUR","valid_from":"x","valid_until":"2020-01-01"}]})"),
      List{"price_books[0].valid_from invalid_date"});
  EXPECT_EQ(problems(R"({"campaigns":[{"campaign":"A","name":"A","pricing_type":"set_discount","date":"2026-03-01",
                                       "lines":5}]})"),
            List{"campaigns[0].lines invalid_value"});
}

TEST(BookJson, ErrorsCarryEveryProblem) {
  try {
    book_from_json(R"({"items":[{},{"item":""}]})");
    FAIL() << "built";
  } catch (const Errors& errors) {
    EXPECT_EQ(to_json(errors), R"({"error":{"code":"missing_field","subject":"items[0].item"}})");
    ASSERT_EQ(errors.problems().size(), 2U);
    EXPECT_EQ(errors.problems()[1].code, Code::invalid_identifier);
    EXPECT_EQ(errors.problems()[1].path, "items[1].item");
  }
}

}  // namespace
}  // namespace rabatt

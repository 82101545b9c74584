// Codes and their slugs, errors and their subjects.

#include <gtest/gtest.h>

#include <set>

#include "rabatt/error.h"
#include "rabatt/path.h"

namespace rabatt {
namespace {

TEST(Codes, SlugsAreOneToOne) {
  std::set<std::string_view> slugs;
  int next = 0;
  for (const auto code : all_codes()) {
    EXPECT_EQ(static_cast<int>(code), next++) << "in the order of the enumeration";
    EXPECT_TRUE(slugs.insert(slug(code)).second) << slug(code);
    EXPECT_EQ(code_of(slug(code)), code);
    EXPECT_EQ(slug(code).find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << slug(code);
  }
  EXPECT_EQ(code_of(""), std::nullopt);
  EXPECT_EQ(code_of("Overflow"), std::nullopt);
  EXPECT_EQ(code_of("no_such_code"), std::nullopt);
}

// clang-format off
constexpr const char* contract_codes[] = {
    "missing_field", "unknown_field", "duplicate_field", "invalid_value", "invalid_decimal", "invalid_date",
    "invalid_identifier", "invalid_discount", "invalid_tax_rate", "negative_price", "limit_exceeded",
    "unknown_currency", "unknown_item", "unknown_unit", "unknown_customer", "unknown_target_group",
    "unknown_payment_term", "unknown_campaign", "unknown_code", "duplicate_id", "duplicate_code", "duplicate_item",
    "valid_until_before_date", "wrong_pricing_field", "no_lines", "tiers_not_ordered", "code_expired",
    "campaign_and_code", "tax_mode_mismatch", "no_price", "overflow", "inconsistent_order", "currency_mismatch",
    "invalid_weights", "invalid_amount", "no_base_price",
};
// clang-format on

// The words of the contract, so that none is renamed by accident.
TEST(Codes, EveryCodeOfTheContractExists) {
  for (const char* word : contract_codes) {
    const auto code = code_of(word);
    ASSERT_TRUE(code) << word;
    EXPECT_EQ(slug(*code), word);
  }
}

TEST(Error, CarriesCodeAndSubject) {
  const Error error(Code::unknown_item, "lines[2].item TEA");
  EXPECT_EQ(error.code(), Code::unknown_item);
  EXPECT_EQ(error.subject(), "lines[2].item TEA");
  EXPECT_STREQ(error.what(), "unknown_item: lines[2].item TEA");
  EXPECT_STREQ(Error(Code::overflow).what(), "overflow");
}

TEST(Errors, ShowTheFirstProblem) {
  const Errors errors({{Code::no_lines, "campaigns[0].lines", "…"}, {Code::missing_field, "items[0].item", "…"}});
  EXPECT_EQ(errors.problems().size(), 2U);
  EXPECT_EQ(errors.code(), Code::no_lines);
  EXPECT_EQ(errors.subject(), "campaigns[0].lines");
}

TEST(Subject, IsPathBlankText) {
  EXPECT_EQ(subject_of("customer", "C9"), "customer C9");
  EXPECT_EQ(subject_of("lines[0].item", ""), "lines[0].item");
  EXPECT_EQ(subject_of("", "1,5"), "1,5");
}

// A cut falls between characters, never inside one.
TEST(Subject, VeryLongTextsAreCut) {
  for (std::size_t before = 0; before < 4; ++before) {
    std::string text(before, 'x');
    while (text.size() < 10'000'000) text += "🙂日é";
    const std::string subject = subject_of("name", text);
    EXPECT_LT(subject.size(), 1100U);
    EXPECT_TRUE(subject.ends_with("…"));
    const std::string kept = subject.substr(5, subject.size() - 5 - std::string_view("…").size());
    EXPECT_TRUE(text.starts_with(kept));
    EXPECT_NE(static_cast<unsigned char>(text[kept.size()]) & 0xC0, 0x80);
  }
}

TEST(Path, IsWrittenAsPeopleWriteIt) {
  const Path campaigns("campaigns");
  const Path campaign = campaigns[3];
  const Path lines = campaign / "lines";
  const Path line = lines[0];
  EXPECT_EQ((line / "price").text(), "campaigns[3].lines[0].price");
  EXPECT_EQ(Path().text(), "");
  EXPECT_EQ((Path() / "date").text(), "date");
}

}  // namespace
}  // namespace rabatt

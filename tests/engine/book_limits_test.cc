// The lengths that a book may have: 1,000,000 lines a campaign, 10,000,000 entries a list.

#include <gtest/gtest.h>

#include "rabatt/book.h"
#include "samples.h"

namespace rabatt {
namespace {

std::string only_problem(const BookContent& content) {
  const auto problems = problems_of(content);
  if (problems.empty()) return "none";
  return problems[0].path + " " + std::string(slug(problems[0].code)) + (problems.size() > 1 ? " and more" : "");
}

TEST(BookLimits, LinesOfACampaign) {
  constexpr std::size_t most = 1'000'000;
  BookContent content;
  content.items = {item_at("TEA", "1")};
  content.campaigns = {discount_campaign("A", "TEA", "10")};
  content.campaigns[0].posted = false;  // drafts have it too, and need no distinct lines
  auto& lines = content.campaigns[0].lines;
  lines.resize(most, lines[0]);
  EXPECT_EQ(only_problem(content), "none");
  lines.push_back(lines.back());
  EXPECT_EQ(only_problem(content), "campaigns[0].lines limit_exceeded");
}

TEST(BookLimits, EntriesOfAList) {
  constexpr std::size_t most = 10'000'000;
  BookContent content;
  content.customers = {customer_with("C", "0")};
  content.price_books = {price_book_of("P", {}, PriceBookType::organisation)};
  content.price_books[0].prices.clear();
  auto& organisations = content.price_books[0].organisations;
  organisations.resize(most, "O");
  EXPECT_EQ(only_problem(content), "none");
  organisations.emplace_back("O");
  EXPECT_EQ(only_problem(content), "price_books[0].organisations limit_exceeded");
}

}  // namespace
}  // namespace rabatt

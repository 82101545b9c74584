// What holds of every priced document: amounts follow from unit price and discount, returns mirror sales, explaining
// changes nothing, lines do not depend on each other.

#include <gtest/gtest.h>

#include "amounts_oracle.h"
#include "random_documents.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

namespace rabatt {
namespace {

void check_amounts(const QuoteLine& line, const BookContent& content, const std::string& currency) {
  const AmountsOracle oracle(content.policy, currency);
  const auto expected = oracle.amounts(*Decimal::parse(line.quantity), line.unit_price, line.discount, line.list_price);
  EXPECT_TRUE(Wide(line.gross) == expected.gross) << expected.gross.text();
  EXPECT_TRUE(Wide(line.net) == expected.net) << expected.net.text();
  EXPECT_TRUE(Wide(line.discount_amount) == expected.gross - expected.net);
  EXPECT_TRUE(Wide(line.unit_net) == expected.unit_net) << expected.unit_net.text();
  ASSERT_EQ(line.list_amount.has_value(), line.list_price.has_value());
  ASSERT_EQ(line.saved.has_value(), line.list_price.has_value());
  if (line.list_price) {
    EXPECT_TRUE(Wide(*line.list_amount) == *expected.list_amount) << expected.list_amount->text();
    EXPECT_TRUE(Wide(*line.saved) == *expected.list_amount - expected.net);
  }
  EXPECT_EQ(line.net.places(), oracle.amount_places());
}

// Calls `check(book, request)` on random documents.
template <class Check>
void for_random_documents(std::string_view property, std::uint64_t usual, Check check) {
  Random random(property);
  const auto count = trials(usual);
  for (std::uint64_t i = 0; i < count && !::testing::Test::HasFailure(); ++i) {
    const auto content = random_book(&random);
    const auto book = Book::build(content);
    for (int documents = 0; documents < 4 && !::testing::Test::HasFailure(); ++documents) {
      const auto request = random_request(&random, content);
      SCOPED_TRACE("book " + std::to_string(i) + ", document " + std::to_string(documents));
      check(book, request);
    }
  }
  report(property, count, " books, each with 4 documents");
}

TEST(Amounts, FollowFromUnitPriceAndDiscount) {
  for_random_documents("amounts", 2'000, [](const Book& book, const Request& request) {
    for (const auto& line : price(book, request).lines) {
      SCOPED_TRACE(shown(line));
      check_amounts(line, book.content(), request.currency);
    }
  });
}

TEST(Amounts, ReturnsMirrorSales) {
  for_random_documents("returns", 1'000, [](const Book& book, Request request) {
    const auto sale = price(book, request);
    for (auto& line : request.lines) line.quantity = -*line.quantity;
    const auto back = price(book, request);
    for (std::size_t i = 0; i < sale.lines.size(); ++i) {
      EXPECT_EQ(back.lines[i].unit_price, sale.lines[i].unit_price);
      EXPECT_EQ(back.lines[i].discount, sale.lines[i].discount);
      EXPECT_EQ(back.lines[i].unit_net, sale.lines[i].unit_net);
      EXPECT_EQ(back.lines[i].applied_campaign, sale.lines[i].applied_campaign);
      EXPECT_EQ(back.lines[i].gross, -sale.lines[i].gross);
      EXPECT_EQ(back.lines[i].net, -sale.lines[i].net);
      EXPECT_EQ(reasons(back.lines[i]), reasons(sale.lines[i]));
    }
    EXPECT_EQ(back.net, -sale.net);
    EXPECT_EQ(back.tax, -sale.tax);
    EXPECT_EQ(back.total, -sale.total);
  });
}

TEST(Amounts, ExplainingChangesNothing) {
  for_random_documents("explain", 1'000, [](const Book& book, Request request) {
    const auto explained = price(book, request);
    request.explain = false;
    const auto plain = price(book, request);
    EXPECT_EQ(shown(plain), shown(explained));
    for (const auto& line : plain.lines) EXPECT_TRUE(line.steps.empty() && line.rejected.empty());
  });
}

TEST(Amounts, ALineAloneIsPricedAsAmongOthers) {
  for_random_documents("lines alone", 500, [](const Book& book, const Request& request) {
    const auto together = price(book, request);
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
      Request alone = request;
      alone.lines = {request.lines[i]};
      EXPECT_EQ(shown_in_full(price(book, alone).lines[0]), shown_in_full(together.lines[i]));
    }
  });
}

TEST(Amounts, TotalsAreTheSumsOfTheirParts) {
  for_random_documents("totals", 1'000, [](const Book& book, const Request& request) {
    const auto quote = price(book, request);
    Decimal line_nets;
    Decimal tax;
    Decimal contained;
    for (const auto& line : quote.lines) line_nets = line_nets + line.net;
    for (const auto& row : quote.taxes) {
      tax = tax + row.tax;
      contained = contained + row.base - row.net;
    }
    EXPECT_EQ(quote.net, line_nets - contained);
    EXPECT_EQ(quote.tax, tax);
    EXPECT_EQ(quote.total, quote.net + quote.tax);
    EXPECT_TRUE(book.content().policy.prices_include_tax || contained.is_zero());
    for (std::size_t i = 1; i < quote.taxes.size(); ++i) EXPECT_LT(quote.taxes[i - 1].rate, quote.taxes[i].rate);
  });
}

}  // namespace
}  // namespace rabatt

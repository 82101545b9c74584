// A batch: a bad line has its own error and changes no other line.

#include <gtest/gtest.h>

#include "random_documents.h"
#include "refusal.h"
#include "samples.h"
#include "shown.h"
#include "trials.h"

namespace rabatt {
namespace {

struct Poison {
  const char* refusal;  // after the line's path
  void (*spoil)(RequestLine*);
};

constexpr Poison poisons[] = {
    {"unknown_item lines[].item NONE", [](RequestLine* line) { line->item = "NONE"; }},
    {"unknown_unit lines[].unit CRATE", [](RequestLine* line) { line->unit = "CRATE"; }},
    {"no_price lines[].item PRICELESS", [](RequestLine* line) { *line = line_of("PRICELESS"); }},
    {"no_price lines[].item PRICELESS",
     [](RequestLine* line) {
       *line = line_of("PRICELESS");
       line->manual_discount = Decimal(5);
     }},
    {"overflow lines[].item I0",
     [](RequestLine* line) {
       *line = line_of("I0");
       line->quantity = Decimal(std::string(38, '9'));
       line->manual_price = Decimal(1000);
     }},
    {"overflow lines[].item I1",
     [](RequestLine* line) {
       *line = line_of("I1", "-10");
       line->unit = "BOX";
       line->manual_price = Decimal(std::string(38, '9'));
     }},
};

std::string on_line(std::string refusal, std::size_t line) {
  return refusal.insert(refusal.find(']'), std::to_string(line));
}

std::string error_of(const LineResult& result) {
  const auto* error = std::get_if<Error>(&result);
  return error ? subject_of(slug(error->code()), error->subject()) : "";
}

std::vector<std::string> warnings_of_others(const PricedLines& priced, const PricedLines& bad) {
  std::vector<std::string> texts;
  for (const auto& [line, campaign, reason] : priced.warnings) {
    if (error_of(bad.lines[line.value()]).empty()) {
      texts.push_back(std::to_string(*line) + *campaign + std::to_string(static_cast<int>(reason)));
    }
  }
  return texts;
}

TEST(PriceEach, ABadLineChangesNoOtherLine) {
  Random random("poisoned documents");
  const auto count = trials(10'000);
  BookContent content;
  std::optional<Book> book;
  for (std::uint64_t i = 0; i < count && !HasFailure(); ++i) {
    if (i % 10 == 0) {
      content = random_book(&random);
      content.items.emplace_back();
      content.items.back().item = "PRICELESS";
      book = Book::build(content);
    }
    Request request = random_request(&random, content);
    const auto clean = price_each(*book, request);
    std::vector<std::string> expected(request.lines.size());
    for (int bad = random.between(1, 3); bad > 0; --bad) {
      const auto at = random.below(request.lines.size());
      const auto& poison = random.pick(poisons);
      if (!expected[at].empty()) continue;
      poison.spoil(&request.lines[at]);
      expected[at] = on_line(poison.refusal, at);
    }
    const auto priced = price_each(*book, request);
    ASSERT_EQ(priced.lines.size(), request.lines.size());
    std::string first;
    for (std::size_t at = 0; at < expected.size(); ++at) {
      ASSERT_EQ(error_of(priced.lines[at]), expected[at]) << "document " << i;
      if (first.empty()) first = expected[at];
      if (!expected[at].empty()) continue;
      ASSERT_EQ(shown_in_full(std::get<QuoteLine>(priced.lines[at])),
                shown_in_full(std::get<QuoteLine>(clean.lines[at])));
    }
    ASSERT_EQ(warnings_of_others(priced, priced), warnings_of_others(clean, priced));
    ASSERT_EQ(refusal([&] { price(*book, request); }), first);
    ASSERT_EQ(refusal([&] { total(*book, request, priced); }), first);
  }
  report("poisoned documents", count);
}

TEST(PriceEach, TotalledItIsPrice) {
  Random random("totalled batches");
  const auto count = trials(1'000);
  for (std::uint64_t i = 0; i < count && !HasFailure(); ++i) {
    const auto content = random_book(&random);
    const auto book = Book::build(content);
    const auto request = random_request(&random, content);
    ASSERT_EQ(shown(total(book, request, price_each(book, request))), shown(price(book, request))) << "book " << i;
  }
  report("totalled batches", count);
}

TEST(PriceEach, ADocumentWithoutLinesIsFine) {
  const auto book = Book::build({});
  EXPECT_TRUE(price_each(book, request_of({})).lines.empty());
  const auto quote = price(book, request_of({}));
  EXPECT_EQ(quote.total.text(quote.total.places()), "0.00");
}

TEST(PriceEach, ThrowsWhatIsWrongWithTheDocument) {
  const auto book = Book::build({});
  auto request = request_of({line_of("NONE")});
  request.currency = "XAU";
  EXPECT_EQ(refusal([&] { price_each(book, request); }), "unknown_currency currency XAU");
}

}  // namespace
}  // namespace rabatt

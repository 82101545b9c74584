// What is wrong with a book: each code, at its place, and all of them at once.

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>

#include "full_book.h"
#include "rabatt/book.h"
#include "samples.h"

namespace rabatt {
namespace {

std::vector<std::string> problems(const BookContent& content, std::vector<Problem> found_earlier = {}) {
  std::vector<std::string> texts;
  for (const auto& [code, path, message] : problems_of(content, std::move(found_earlier))) {
    texts.push_back(path + " " + std::string(slug(code)));
    EXPECT_FALSE(message.empty()) << texts.back();
  }
  return texts;
}

using List = std::vector<std::string>;

struct Row {
  const char* problem;
  void (*spoil)(BookContent*);
};

const std::string too_long(201, 'x');
const Decimal tiny("-0.00001");

const Row rows[] = {
    {"policy.intermediate_digits invalid_value", [](BookContent* c) { c->policy.intermediate_digits = -1; }},
    {"policy.intermediate_digits invalid_value", [](BookContent* c) { c->policy.intermediate_digits = 39; }},
    {"policy.currencies.EUR.amount invalid_value",
     [](BookContent* c) { c->policy.currencies["EUR"].amount = Decimal(0); }},
    {"policy.currencies.EUR.unit invalid_value", [](BookContent* c) { c->policy.currencies["EUR"].unit = tiny; }},
    {"policy.currencies.PTS.amount missing_field", [](BookContent* c) { c->policy.currencies["PTS"].amount.reset(); }},
    {"policy.currencies.XAU.amount missing_field", [](BookContent* c) { c->policy.currencies["XAU"] = {}; }},
    {"items[1].item missing_field", [](BookContent* c) { c->items.insert(c->items.begin() + 1, Item()); }},
    {"items[2].item duplicate_id", [](BookContent* c) { c->items.push_back(item_at("TEA", "1")); }},
    {"items[2].item limit_exceeded", [](BookContent* c) { c->items.push_back(item_at(too_long, "1")); }},
    {"items[2].item invalid_identifier", [](BookContent* c) { c->items.push_back(item_at("T\tA", "1")); }},
    {"items[2].item invalid_identifier", [](BookContent* c) { c->items.push_back(item_at("T\xFF", "1")); }},
    {"items[1].unit missing_field", [](BookContent* c) { c->items[1].unit = ""; }},
    {"items[1].unit limit_exceeded", [](BookContent* c) { c->items[1].unit = too_long; }},
    {"items[0].units.CRATE invalid_value", [](BookContent* c) { c->items[0].units["CRATE"] = Decimal(0); }},
    {"items[0].units.bag invalid_value", [](BookContent* c) { c->items[0].units["bag"] = Decimal(1); }},
    {"items[0].units. invalid_identifier", [](BookContent* c) { c->items[0].units[""] = Decimal(1); }},
    {"items[1].prices.EUR negative_price", [](BookContent* c) { c->items[1].prices["EUR"] = tiny; }},
    {"items[1].prices.XXX unknown_currency", [](BookContent* c) { c->items[1].prices["XXX"] = Decimal(1); }},
    {"items[1].prices.eur unknown_currency", [](BookContent* c) { c->items[1].prices["eur"] = Decimal(1); }},
    {"items[1].cost.EUR negative_price", [](BookContent* c) { c->items[1].cost["EUR"] = tiny; }},
    {"items[1].cost.BGN unknown_currency", [](BookContent* c) { c->items[1].cost["BGN"] = Decimal(1); }},
    {"price_books[1].price_book missing_field", [](BookContent* c) { c->price_books[1].price_book = ""; }},
    {"price_books[1].price_book duplicate_id", [](BookContent* c) { c->price_books[1].price_book = "P1"; }},
    {"price_books[1].currency missing_field", [](BookContent* c) { c->price_books[1].currency = ""; }},
    {"price_books[1].currency unknown_currency", [](BookContent* c) { c->price_books[1].currency = "XDR"; }},
    {"price_books[1].discount invalid_discount",
     [](BookContent* c) { c->price_books[1].discount = Decimal("100.00001"); }},
    {"price_books[0].valid_until valid_until_before_date",
     [](BookContent* c) { c->price_books[0].valid_until = Date::from("2025-12-31"); }},
    {"price_books[0].accounts[1] unknown_customer", [](BookContent* c) { c->price_books[0].accounts[1] = "C9"; }},
    {"price_books[0].accounts[0] invalid_identifier", [](BookContent* c) { c->price_books[0].accounts[0] = ""; }},
    {"price_books[0].organisations[1] invalid_identifier",
     [](BookContent* c) { c->price_books[0].organisations[1] = ""; }},
    {"price_books[1].prices[0].item missing_field", [](BookContent* c) { c->price_books[1].prices[0].item = ""; }},
    {"price_books[1].prices[0].item unknown_item", [](BookContent* c) { c->price_books[1].prices[0].item = "MUG"; }},
    {"price_books[1].prices[0].unit unknown_unit", [](BookContent* c) { c->price_books[1].prices[0].unit = "BOX"; }},
    {"price_books[1].prices[0].price negative_price", [](BookContent* c) { c->price_books[1].prices[0].price = tiny; }},
    {"price_books[1].prices[0].quantity_min invalid_value",
     [](BookContent* c) { c->price_books[1].prices[0].quantity_min = tiny; }},
    {"price_books[0].prices[2].item duplicate_item",
     [](BookContent* c) {
       c->price_books[0].prices.push_back(price_book_line("TEA", "3"));  // its unit is blank, and so is the other's
       c->price_books[0].prices[2].unit = "bag";
     }},
    {"customers[1].customer duplicate_id",
     [](BookContent* c) {
       c->customers[1].customer = "C1";
       c->price_books[0].accounts.pop_back();
       c->target_groups[0].members.pop_back();
     }},
    {"customers[1].discount invalid_discount", [](BookContent* c) { c->customers[1].discount = tiny; }},
    {"customers[1].discount invalid_discount", [](BookContent* c) { c->customers[1].discount = Decimal("1.000001"); }},
    {"customers[1].organisation limit_exceeded", [](BookContent* c) { c->customers[1].organisation = too_long; }},
    {"customers[1].payment_term unknown_payment_term", [](BookContent* c) { c->customers[1].payment_term = "COD"; }},
    {"target_groups[1].target_group duplicate_id", [](BookContent* c) { c->target_groups[1].target_group = "G1"; }},
    {"target_groups[0].members[1] unknown_customer", [](BookContent* c) { c->target_groups[0].members[1] = "C9"; }},
    {"campaigns[1].campaign missing_field", [](BookContent* c) { c->campaigns[1].campaign = ""; }},
    {"campaigns[2].campaign duplicate_id", [](BookContent* c) { c->campaigns[2].campaign = "K1"; }},
    {"campaigns[2].code duplicate_code", [](BookContent* c) { c->campaigns[2].code = " spring "; }},
    {"campaigns[1].code limit_exceeded", [](BookContent* c) { c->campaigns[1].code = too_long; }},
    {"campaigns[0].code missing_field", [](BookContent* c) { c->campaigns[0].code = " \t"; }},
    {"campaigns[1].pricing_type missing_field", [](BookContent* c) { c->campaigns[1].pricing_type.reset(); }},
    {"campaigns[2].pricing_type missing_field", [](BookContent* c) { c->campaigns[2].pricing_type.reset(); }},
    {"campaigns[0].currency missing_field", [](BookContent* c) { c->campaigns[0].currency = ""; }},
    {"campaigns[1].currency unknown_currency", [](BookContent* c) { c->campaigns[1].currency = "XXX"; }},
    {"campaigns[1].date missing_field", [](BookContent* c) { c->campaigns[1].date.reset(); }},
    {"campaigns[0].valid_until valid_until_before_date",
     [](BookContent* c) { c->campaigns[0].valid_from = Date::from("2026-03-31T12:00:01"); }},
    {"campaigns[1].valid_until valid_until_before_date",
     [](BookContent* c) { c->campaigns[1].valid_until = Date::from("2026-02-28"); }},
    {"campaigns[1].customer unknown_customer", [](BookContent* c) { c->campaigns[1].customer = "C9"; }},
    {"campaigns[1].target_group unknown_target_group", [](BookContent* c) { c->campaigns[1].target_group = "G9"; }},
    {"campaigns[1].code missing_field", [](BookContent* c) { c->campaigns[1].code_required = true; }},
    {"campaigns[1].allow_customer_discount wrong_pricing_field",
     [](BookContent* c) { c->campaigns[1].allow_customer_discount = true; }},
    {"campaigns[1].force_price wrong_pricing_field", [](BookContent* c) { c->campaigns[1].force_price = true; }},
    {"campaigns[1].lines no_lines", [](BookContent* c) { c->campaigns[1].lines.clear(); }},
    {"campaigns[1].lines[0].item unknown_item", [](BookContent* c) { c->campaigns[1].lines[0].item = "MUG"; }},
    {"campaigns[1].lines[0].unit unknown_unit", [](BookContent* c) { c->campaigns[1].lines[0].unit = "BOX"; }},
    {"campaigns[0].lines[0].price missing_field", [](BookContent* c) { c->campaigns[0].lines[0].price.reset(); }},
    {"campaigns[0].lines[0].price negative_price", [](BookContent* c) { c->campaigns[0].lines[0].price = tiny; }},
    {"campaigns[0].lines[0].discount wrong_pricing_field",
     [](BookContent* c) { c->campaigns[0].lines[0].discount = Decimal(0); }},
    {"campaigns[1].lines[0].discount missing_field", [](BookContent* c) { c->campaigns[1].lines[0].discount.reset(); }},
    {"campaigns[1].lines[0].discount invalid_discount",
     [](BookContent* c) { c->campaigns[1].lines[0].discount = Decimal(101); }},
    {"campaigns[1].lines[0].price wrong_pricing_field",
     [](BookContent* c) { c->campaigns[1].lines[0].price = Decimal(0); }},
    {"campaigns[1].lines[0].quantity_min invalid_value",
     [](BookContent* c) { c->campaigns[1].lines[0].quantity_min = tiny; }},
    {"campaigns[1].lines[2].item duplicate_item",
     [](BookContent* c) { c->campaigns[1].lines.push_back(c->campaigns[1].lines[0]); }},
    {"payment_terms[1].payment_term duplicate_id", [](BookContent* c) { c->payment_terms[1].payment_term = "NET30"; }},
    {"payment_terms[1].net_days missing_field", [](BookContent* c) { c->payment_terms[1].net_days.reset(); }},
    {"payment_terms[1].net_days invalid_value", [](BookContent* c) { c->payment_terms[1].net_days = -1; }},
    {"payment_terms[1].grace_days invalid_value", [](BookContent* c) { c->payment_terms[1].grace_days = -1; }},
    {"payment_terms[0].early[0].days missing_field", [](BookContent* c) { c->payment_terms[0].early[0].days.reset(); }},
    {"payment_terms[0].early[0].days invalid_value", [](BookContent* c) { c->payment_terms[0].early[0].days = -1; }},
    {"payment_terms[0].early[1].discount missing_field",
     [](BookContent* c) { c->payment_terms[0].early[1].discount.reset(); }},
    {"payment_terms[0].early[0].discount invalid_discount",
     [](BookContent* c) { c->payment_terms[0].early[0].discount = Decimal(101); }},
    {"payment_terms[0].early[1].days tiers_not_ordered", [](BookContent* c) { c->payment_terms[0].early[1].days = 8; }},
    {"payment_terms[0].early[1].discount tiers_not_ordered",
     [](BookContent* c) { c->payment_terms[0].early[1].discount = Decimal(3); }},
};

TEST(BookProblems, EachFaultAloneAtItsPlace) {
  ASSERT_EQ(problems(full_book()), List());
  for (const auto& [problem, spoil] : rows) {
    auto content = full_book();
    spoil(&content);
    EXPECT_EQ(problems(content), List{problem});
  }
}

// What is fine at the very edge of each range.
TEST(BookProblems, EdgesAreInside) {
  auto content = full_book();
  content.policy.intermediate_digits = 38;
  content.items[1].item = std::string(200, 'x');
  content.price_books[1].prices[0].item = content.items[1].item;
  content.campaigns[1].lines[0].item = content.items[1].item;
  content.campaigns[1].lines[0].discount = Decimal("100.000000");
  content.campaigns[1].valid_until = Date::from("2026-03-01T00:00:00");
  content.campaigns[0].priority = INT_MIN;
  content.payment_terms[0].net_days = INT_MAX;
  content.payment_terms[0].early[0].days = 0;
  content.payment_terms[0].early[1].discount = Decimal(0);
  EXPECT_EQ(problems(content), List());
}

TEST(BookProblems, DraftsAreCheckedForSyntaxOnly) {
  auto content = full_book();
  auto& draft = content.campaigns[2];
  draft.currency = "XXX";
  draft.customer = "NOBODY";
  draft.target_group = "NOWHERE";
  draft.valid_until = Date::from("2020-01-01");
  draft.code_required = true;
  draft.lines[0].item = "NOTHING";
  draft.lines[0].unit = "CRATE";
  draft.lines[0].price.reset();
  draft.lines.push_back(draft.lines[0]);
  EXPECT_EQ(problems(content), List());
  draft.lines.clear();
  EXPECT_EQ(problems(content), List());
  draft.lines = {CampaignLine()};
  draft.lines[0].quantity_min = tiny;
  draft.lines[0].discount = Decimal(101);
  draft.date.reset();
  EXPECT_EQ(problems(content),
            (List{"campaigns[2].date missing_field", "campaigns[2].lines[0].discount invalid_discount",
                  "campaigns[2].lines[0].item missing_field", "campaigns[2].lines[0].quantity_min invalid_value"}));
}

TEST(BookProblems, TenMistakesAreTenProblemsSortedByPath) {
  auto content = full_book();
  content.payment_terms[1].net_days = -1;
  content.customers[1].payment_term = "COD";
  content.customers[0].discount = Decimal(101);
  content.target_groups[1].target_group = "G1";
  content.items[1].prices["EUR"] = tiny;
  content.items[0].units["BOX"] = Decimal(0);
  content.campaigns[1].lines[0].item = "MUG";
  content.campaigns[1].lines[1].discount.reset();
  content.campaigns[1].force_price = true;
  content.policy.intermediate_digits = 39;
  const List expected{"campaigns[1].force_price wrong_pricing_field",
                      "campaigns[1].lines[0].item unknown_item",
                      "campaigns[1].lines[1].discount missing_field",
                      "customers[0].discount invalid_discount",
                      "customers[1].payment_term unknown_payment_term",
                      "items[0].units.BOX invalid_value",
                      "items[1].prices.EUR negative_price",
                      "payment_terms[1].net_days invalid_value",
                      "policy.intermediate_digits invalid_value",
                      "target_groups[1].target_group duplicate_id"};
  EXPECT_EQ(problems(content), expected);
  try {
    Book::build(content);
    FAIL() << "built";
  } catch (const Errors& errors) {
    EXPECT_EQ(errors.problems(), problems_of(content));
    EXPECT_EQ(errors.subject(), "campaigns[1].force_price");
  }
}

// "items[10]" before "items[2]": by code point, not by number.
TEST(BookProblems, SortedByCodePoint) {
  BookContent content;
  content.items.resize(12);
  for (std::size_t i = 0; i < content.items.size(); ++i)
    content.items[i].item = i == 10 || i == 2 ? "" : std::to_string(i);
  EXPECT_EQ(problems(content), (List{"items[10].item missing_field", "items[2].item missing_field"}));
}

// A typed date is checked as a written one is.
TEST(BookProblems, DatesOutsideTheCalendar) {
  using namespace std::chrono_literals;
  const Date dates[] = {2026y / std::chrono::February / 31, 10000y / std::chrono::January / 1,
                        0y / std::chrono::March / 1, Date(2026y / std::chrono::March / 1, 24h)};
  for (const auto& date : dates) {
    auto content = full_book();
    content.campaigns[1].date = date;
    EXPECT_EQ(problems(content), List{"campaigns[1].date invalid_date"});
  }
}

// What a reader could not read is reported along, and raises nothing else.
TEST(BookProblems, FoundEarlier) {
  BookContent content = full_book();
  content.items[1].item = "";
  content.price_books.pop_back();
  content.campaigns[1].lines.erase(content.campaigns[1].lines.begin());
  EXPECT_EQ(problems(content, {{Code::invalid_value, "items[1].item", "This must be a text."}}),
            List{"items[1].item invalid_value"});
}

}  // namespace
}  // namespace rabatt

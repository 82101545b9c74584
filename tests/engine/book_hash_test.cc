// The hash of a book: the same for the same prices however written, another one for anything that prices otherwise.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "full_book.h"
#include "rabatt/book.h"
#include "random.h"
#include "random_documents.h"
#include "trials.h"

namespace rabatt {
namespace {

std::string hash_of(const BookContent& content) { return Book::build(content).hash(); }

TEST(BookHash, Is64HexDigits) {
  EXPECT_EQ(hash_of({}).size(), 64U);
  EXPECT_EQ(hash_of(full_book()).find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(hash_of(full_book()), hash_of(full_book()));
}

template <class List>
void shuffle(Random* random, List* list) {
  for (std::size_t i = list->size(); i > 1; --i) std::swap((*list)[i - 1], (*list)[random->below(i)]);
}

void shuffle_lists(Random* random, BookContent* content) {
  shuffle(random, &content->items);
  shuffle(random, &content->price_books);
  shuffle(random, &content->customers);
  shuffle(random, &content->target_groups);
  shuffle(random, &content->campaigns);
  shuffle(random, &content->payment_terms);
  for (auto& book : content->price_books) {
    shuffle(random, &book.prices);
    shuffle(random, &book.accounts);
    shuffle(random, &book.organisations);
  }
  for (auto& group : content->target_groups) shuffle(random, &group.members);
  for (auto& campaign : content->campaigns) shuffle(random, &campaign.lines);
}

TEST(BookHash, OrderOfEntriesDoesNotMatter) {
  Random random("hashes of shuffled books");
  const auto count = trials(500);
  for (std::uint64_t i = 0; i < count; ++i) {
    auto content = i % 2 == 0 ? full_book() : random_book(&random);
    const auto hash = hash_of(content);
    shuffle_lists(&random, &content);
    ASSERT_EQ(hash_of(content), hash) << "book " << i;
  }
  report("shuffled books", count);
}

// The same value with more places.
void spell_out(Decimal* value) { *value = Decimal(value->text(value->places() + 3)); }
void spell_out(std::optional<Decimal>* value) {
  if (*value) spell_out(&**value);
}

TEST(BookHash, SpellingOfDecimalsDoesNotMatter) {
  auto content = full_book();
  for (auto& [currency, steps] : content.policy.currencies) {
    spell_out(&steps.amount);
    spell_out(&steps.unit);
  }
  for (auto& item : content.items) {
    for (auto* values : {&item.units, &item.prices, &item.cost}) {
      for (auto& [key, value] : *values) spell_out(&value);
    }
  }
  for (auto& book : content.price_books) {
    spell_out(&book.discount);
    for (auto& line : book.prices) {
      spell_out(&line.price);
      spell_out(&line.quantity_min);
    }
  }
  for (auto& customer : content.customers) spell_out(&customer.discount);
  for (auto& campaign : content.campaigns) {
    for (auto& line : campaign.lines) {
      spell_out(&line.price);
      spell_out(&line.discount);
      spell_out(&line.quantity_min);
    }
  }
  for (auto& term : content.payment_terms) {
    for (auto& tier : term.early) spell_out(&tier.discount);
  }
  EXPECT_EQ(hash_of(content), hash_of(full_book()));
}

TEST(BookHash, DefaultsWrittenOutDoNotMatter) {
  auto content = full_book();
  content.price_books[1].prices[0].unit = "each";
  content.campaigns[0].lines[1].unit = "bag";
  content.campaigns[1].lines[0].unit = "each";
  content.policy.currencies["PTS"].unit = Decimal("0.00001");
  content.policy.currencies["USD"] = {Decimal("0.01"), Decimal("0.00001")};
  content.policy.currencies["JPY"] = {Decimal("1"), std::nullopt};
  content.policy.currencies["CHF"] = {};
  content.price_books[0].valid_from = Date::from("2026-01-01T00:00:00");
  content.price_books[0].valid_until = Date::from("2026-12-31T23:59:59");
  content.campaigns[0].date = Date::from("2026-03-01T00:00");
  EXPECT_EQ(hash_of(content), hash_of(full_book()));
}

TEST(BookHash, IndependentOfTheCodesPadding) {
  auto content = full_book();
  content.campaigns[0].code = " SPRING\t";
  EXPECT_EQ(hash_of(content), hash_of(full_book()));
}

using Mutation = void (*)(BookContent*);
const std::map<std::string, Mutation> mutations = {
    {"policy.rounding", [](BookContent* c) { c->policy.rounding = Rounding::half_up; }},
    {"policy.round_at", [](BookContent* c) { c->policy.round_at = RoundAt::unit_net; }},
    {"policy.intermediate_digits", [](BookContent* c) { c->policy.intermediate_digits = 0; }},
    {"policy.intermediate_digits none", [](BookContent* c) { c->policy.intermediate_digits.reset(); }},
    {"policy.currencies.amount", [](BookContent* c) { c->policy.currencies["EUR"].amount = Decimal("0.1"); }},
    {"policy.currencies.unit", [](BookContent* c) { c->policy.currencies["EUR"].unit = Decimal("0.02"); }},
    {"policy.currencies.own.amount", [](BookContent* c) { c->policy.currencies["PTS"].amount = Decimal(2); }},
    {"policy.currencies.own.unit", [](BookContent* c) { c->policy.currencies["PTS"].unit = Decimal(2); }},
    {"policy.currencies.new", [](BookContent* c) { c->policy.currencies["CHF"].amount = Decimal("0.05"); }},
    {"policy.price_choice", [](BookContent* c) { c->policy.price_choice = PriceChoice::latest; }},
    {"policy.early_payment_tax", [](BookContent* c) { c->policy.early_payment_tax = EarlyPaymentTax::mixed; }},
    {"policy.prices_include_tax", [](BookContent* c) { c->policy.prices_include_tax = false; }},
    {"items.item", [](BookContent* c) { c->items.push_back(c->items[1]), c->items.back().item = "MUG"; }},
    {"items.unit", [](BookContent* c) { c->items[1].unit = "piece"; }},
    {"items.units.factor", [](BookContent* c) { c->items[0].units["BOX"] = Decimal(6); }},
    {"items.units.key", [](BookContent* c) { c->items[1].units["BOX"] = Decimal(12); }},
    {"items.prices", [](BookContent* c) { c->items[1].prices["EUR"] = Decimal("8.01"); }},
    {"items.prices.currency", [](BookContent* c) { c->items[1].prices["USD"] = Decimal("8"); }},
    {"items.prices none", [](BookContent* c) { c->items[1].prices.clear(); }},
    {"items.discountable", [](BookContent* c) { c->items[0].discountable = true; }},
    {"price_books.price_book", [](BookContent* c) { c->price_books[1].price_book = "P3"; }},
    {"price_books.active", [](BookContent* c) { c->price_books[0].active = true; }},
    {"price_books.type", [](BookContent* c) { c->price_books[0].type = PriceBookType::organisation; }},
    {"price_books.currency", [](BookContent* c) { c->price_books[0].currency = "USD"; }},
    {"price_books.valid_from", [](BookContent* c) { c->price_books[0].valid_from = Date::from("2026-01-02"); }},
    {"price_books.valid_from none", [](BookContent* c) { c->price_books[0].valid_from.reset(); }},
    {"price_books.valid_until", [](BookContent* c) { c->price_books[0].valid_until = Date::from("2026-12-31T12:00"); }},
    {"price_books.valid_until none", [](BookContent* c) { c->price_books[0].valid_until.reset(); }},
    {"price_books.discount", [](BookContent* c) { c->price_books[0].discount = Decimal("3.00001"); }},
    {"price_books.override", [](BookContent* c) { c->price_books[0].override_customer_prices = false; }},
    {"price_books.accounts", [](BookContent* c) { c->price_books[0].accounts = {"C1"}; }},
    {"price_books.organisations", [](BookContent* c) { c->price_books[0].organisations = {"O1"}; }},
    {"price_books.lists swapped", [](BookContent* c) { c->price_books[0].organisations = {"C1", "C2"}; }},
    {"price_books.prices.item", [](BookContent* c) { c->price_books[1].prices[0].item = "TEA"; }},
    {"price_books.prices.unit", [](BookContent* c) { c->price_books[0].prices[0].unit = "CRATE"; }},
    {"price_books.prices.price", [](BookContent* c) { c->price_books[0].prices[0].price = Decimal("11.51"); }},
    {"price_books.prices.price none", [](BookContent* c) { c->price_books[0].prices[0].price.reset(); }},
    {"price_books.prices.price 0", [](BookContent* c) { c->price_books[0].prices[0].price = Decimal(0); }},
    {"price_books.prices.quantity_min", [](BookContent* c) { c->price_books[0].prices[0].quantity_min = Decimal(6); }},
    {"price_books.prices fewer", [](BookContent* c) { c->price_books[0].prices.pop_back(); }},
    {"customers.customer",
     [](BookContent* c) { c->customers.push_back(c->customers[1]), c->customers[2].customer = "C3"; }},
    {"customers.discount", [](BookContent* c) { c->customers[0].discount = Decimal("5.5"); }},
    {"customers.organisation", [](BookContent* c) { c->customers[0].organisation = "O2"; }},
    {"customers.organisation none", [](BookContent* c) { c->customers[0].organisation.clear(); }},
    {"customers.payment_term", [](BookContent* c) { c->customers[0].payment_term = "NET14"; }},
    {"customers.payment_term none", [](BookContent* c) { c->customers[0].payment_term.clear(); }},
    {"target_groups.target_group", [](BookContent* c) { c->target_groups[1].target_group = "G3"; }},
    {"target_groups.members", [](BookContent* c) { c->target_groups[0].members = {"C1"}; }},
    {"target_groups.members moved",
     [](BookContent* c) { std::swap(c->target_groups[0].members, c->target_groups[1].members); }},
    {"campaigns.campaign", [](BookContent* c) { c->campaigns[0].campaign = "K9"; }},
    {"campaigns.code", [](BookContent* c) { c->campaigns[0].code = "SUMMER"; }},
    {"campaigns.code of another", [](BookContent* c) { c->campaigns[1].code = "SUMMER"; }},
    {"campaigns.posted", [](BookContent* c) { c->campaigns[2].posted = true; }},
    {"campaigns.active", [](BookContent* c) { c->campaigns[0].active = true; }},
    {"campaigns.status", [](BookContent* c) { c->campaigns[0].status = CampaignStatus::cancelled; }},
    {"campaigns.pricing_type", [](BookContent* c) { c->campaigns[2].pricing_type = PricingType::set_discount; }},
    {"campaigns.combine", [](BookContent* c) { c->campaigns[1].combine = Combine::add; }},
    {"campaigns.currency", [](BookContent* c) { c->campaigns[0].currency = "USD"; }},
    {"campaigns.date", [](BookContent* c) { c->campaigns[1].date = Date::from("2026-03-02"); }},
    {"campaigns.valid_from", [](BookContent* c) { c->campaigns[0].valid_from = Date::from("2026-03-03"); }},
    {"campaigns.valid_from none", [](BookContent* c) { c->campaigns[0].valid_from.reset(); }},
    {"campaigns.valid_until", [](BookContent* c) { c->campaigns[0].valid_until = Date::from("2026-03-31T12:00:01"); }},
    {"campaigns.valid_until none", [](BookContent* c) { c->campaigns[0].valid_until.reset(); }},
    {"campaigns.customer", [](BookContent* c) { c->campaigns[0].customer = "C2"; }},
    {"campaigns.customer none", [](BookContent* c) { c->campaigns[0].customer.clear(); }},
    {"campaigns.target_group", [](BookContent* c) { c->campaigns[0].target_group = "G2"; }},
    {"campaigns.target_group none", [](BookContent* c) { c->campaigns[0].target_group.clear(); }},
    {"campaigns.priority", [](BookContent* c) { c->campaigns[0].priority = -7; }},
    {"campaigns.code_required", [](BookContent* c) { c->campaigns[0].code_required = false; }},
    {"campaigns.allow_customer_discount", [](BookContent* c) { c->campaigns[0].allow_customer_discount = false; }},
    {"campaigns.force_price", [](BookContent* c) { c->campaigns[0].force_price = false; }},
    {"campaigns.lines.item", [](BookContent* c) { c->campaigns[0].lines[1].item = "CUP"; }},
    {"campaigns.lines.unit", [](BookContent* c) { c->campaigns[0].lines[0].unit = "CRATE"; }},
    {"campaigns.lines.unit base", [](BookContent* c) { c->campaigns[0].lines[0].unit.clear(); }},
    {"campaigns.lines.price", [](BookContent* c) { c->campaigns[0].lines[0].price = Decimal("9.91"); }},
    {"campaigns.lines.discount", [](BookContent* c) { c->campaigns[1].lines[0].discount = Decimal("10.1"); }},
    {"campaigns.lines.quantity_min", [](BookContent* c) { c->campaigns[0].lines[0].quantity_min = Decimal(3); }},
    {"campaigns.lines fewer", [](BookContent* c) { c->campaigns[1].lines.pop_back(); }},
    {"campaigns fewer", [](BookContent* c) { c->campaigns.pop_back(); }},
    {"payment_terms.payment_term", [](BookContent* c) { c->payment_terms[1].payment_term = "NET15"; }},
    {"payment_terms.active", [](BookContent* c) { c->payment_terms[1].active = true; }},
    {"payment_terms.net_days", [](BookContent* c) { c->payment_terms[0].net_days = 31; }},
    {"payment_terms.end_of_month", [](BookContent* c) { c->payment_terms[0].end_of_month = false; }},
    {"payment_terms.grace_days", [](BookContent* c) { c->payment_terms[0].grace_days = 4; }},
    {"payment_terms.early.days", [](BookContent* c) { c->payment_terms[0].early[0].days = 9; }},
    {"payment_terms.early.discount", [](BookContent* c) { c->payment_terms[0].early[0].discount = Decimal("3.5"); }},
    {"payment_terms.early fewer", [](BookContent* c) { c->payment_terms[0].early.pop_back(); }},
};

TEST(BookHash, DiffersWhereAnythingPricesOtherwise) {
  std::map<std::string, std::string> seen{{hash_of(full_book()), "the book itself"}};
  for (const auto& [name, mutate] : mutations) {
    auto content = full_book();
    mutate(&content);
    ASSERT_TRUE(problems_of(content).empty()) << name << ": " << problems_of(content)[0].path;
    const auto [entry, is_new] = seen.emplace(hash_of(content), name);
    EXPECT_TRUE(is_new) << name << " has the hash of " << entry->second;
  }
  EXPECT_EQ(seen.size(), mutations.size() + 1);
}

// Values that run into each other when they are only written one after the other.
TEST(BookHash, FieldsDoNotRunTogether) {
  const auto with_customers = [](std::vector<std::string> numbers) {
    BookContent content;
    for (auto& number : numbers) {
      content.customers.emplace_back();
      content.customers.back().customer = std::move(number);
    }
    return hash_of(content);
  };
  EXPECT_NE(with_customers({"AB", "C"}), with_customers({"A", "BC"}));
  EXPECT_NE(with_customers({"1:A"}), with_customers({"A"}));
  EXPECT_NE(with_customers({"A", "B"}), with_customers({"A1:B"}));
}

}  // namespace
}  // namespace rabatt

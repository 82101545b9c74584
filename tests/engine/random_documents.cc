#include "random_documents.h"

#include <algorithm>

#include "samples.h"

namespace rabatt {
namespace {

constexpr const char* prices[] = {"0",     "0.335", "1.35", "2.50",  "8",        "9.99",
                                  "9.995", "40",    "100",  "0.139", "1234.5678"};
constexpr const char* percents[] = {"0", "5", "8", "10", "12", "12.5", "15", "33.33333", "50", "99.99999", "100"};
constexpr const char* minimums[] = {"0", "0", "2", "2.5", "10"};
constexpr const char* days[] = {"2026-02-01",       "2026-03-09", "2026-03-10",
                                "2026-03-10T12:00", "2026-03-11", "2026-04-01"};
constexpr const char* customers[] = {"C0", "C1", "C2"};
constexpr const char* items[] = {"I0", "I1", "I2", "I3"};
constexpr const char* rates[] = {"19", "7", "0", "8.1", "19.0"};

Decimal any_decimal(Random* random, const auto& texts) { return Decimal(random->pick(texts)); }

std::optional<Date> any_day(Random* random) {
  return random->one_in(2) ? std::nullopt : std::optional(Date::from(random->pick(days)));
}

// A window that does not end before it begins.
template <class Entry>
void set_window(Random* random, Entry* entry, const std::optional<Date>& default_from) {
  entry->valid_from = any_day(random);
  entry->valid_until = any_day(random);
  const auto& from = entry->valid_from ? entry->valid_from : default_from;
  if (from && entry->valid_until && entry->valid_until->last_moment() < from->first_moment())
    entry->valid_until.reset();
}

Policy random_policy(Random* random) {
  Policy policy;
  policy.rounding = random->rounding();
  policy.round_at = static_cast<RoundAt>(random->below(4));
  if (random->one_in(4)) policy.intermediate_digits = random->between(0, 6);
  constexpr const char* steps[] = {"0.01", "0.05", "1", "0.001", "0.0001"};
  if (random->one_in(2)) policy.currencies["EUR"] = {any_decimal(random, steps), any_decimal(random, steps)};
  policy.price_choice = static_cast<PriceChoice>(random->below(2));
  policy.early_payment_tax = static_cast<EarlyPaymentTax>(random->below(3));
  policy.prices_include_tax = random->one_in(2);
  return policy;
}

template <class Line>
void place(Random* random, Line* line) {
  line->item = random->pick(items);
  if (random->one_in(3)) line->unit = "BOX";
  line->quantity_min = any_decimal(random, minimums);
}

// Lines in random order, the same item, unit and minimum once.
template <class Line, class Fill>
std::vector<Line> random_lines(Random* random, Fill fill) {
  std::vector<Line> lines;
  for (int count = random->between(1, 6); count > 0; --count) {
    Line line;
    place(random, &line);
    const bool twice = std::any_of(lines.begin(), lines.end(), [&](const Line& other) {
      return other.item == line.item && other.unit == line.unit && other.quantity_min == line.quantity_min;
    });
    if (twice) continue;
    fill(&line);
    lines.push_back(std::move(line));
  }
  return lines;
}

PriceBook random_price_book(Random* random, int number) {
  PriceBook book;
  book.price_book = "P" + std::to_string(number);
  book.active = !random->one_in(8);
  book.type = static_cast<PriceBookType>(random->below(3));
  book.currency = "EUR";
  book.discount = any_decimal(random, percents);
  book.override_customer_prices = random->one_in(3);
  book.accounts = {random->pick(customers)};
  book.organisations = {"O1"};
  set_window(random, &book, std::nullopt);
  book.prices = random_lines<PriceBookLine>(random, [&](PriceBookLine* line) {
    if (!random->one_in(3)) line->price = any_decimal(random, prices);
  });
  return book;
}

Campaign random_campaign(Random* random, int number) {
  Campaign campaign = campaign_of("K" + std::to_string(number), static_cast<PricingType>(random->below(2)));
  const bool set_price = campaign.pricing_type == PricingType::set_price;
  if (random->one_in(3)) campaign.code = "CODE" + std::to_string(number);
  campaign.posted = !random->one_in(10);
  campaign.active = !random->one_in(10);
  campaign.status = static_cast<CampaignStatus>(random->one_in(6) ? random->below(4) : 1);
  campaign.combine = static_cast<Combine>(random->below(3));
  if (set_price) campaign.currency = random->one_in(6) ? "CHF" : "EUR";
  campaign.date = Date::from(random->pick(days));
  set_window(random, &campaign, campaign.date);
  if (random->one_in(5)) campaign.customer = random->pick(customers);
  if (random->one_in(5)) campaign.target_group = "G0";
  campaign.priority = random->one_in(3) ? random->between(-1, 1) : 0;
  campaign.code_required = !campaign.code.empty() && random->one_in(4);
  campaign.allow_customer_discount = set_price && random->one_in(3);
  campaign.force_price = set_price && random->one_in(5);
  campaign.lines = random_lines<CampaignLine>(random, [&](CampaignLine* line) {
    (set_price ? line->price : line->discount) =
        set_price ? any_decimal(random, prices) : any_decimal(random, percents);
  });
  return campaign;
}

}  // namespace

BookContent random_book(Random* random) {
  BookContent content;
  content.policy = random_policy(random);
  for (const char* number : items) {
    Item item = item_at(number, random->pick(prices));
    item.units = {{"BOX", random->one_in(2) ? Decimal(12) : Decimal("0.75")}};
    item.discountable = !random->one_in(5);
    content.items.push_back(std::move(item));
  }
  for (const char* number : customers) {
    Customer customer = customer_with(number, random->pick(percents));
    if (random->one_in(2)) customer.organisation = "O1";
    if (random->one_in(2)) customer.payment_term = "T" + std::to_string(random->below(3));
    content.customers.push_back(std::move(customer));
  }
  content.target_groups.emplace_back();
  content.target_groups[0].target_group = "G0";
  content.target_groups[0].members = {"C0", "C1"};
  content.payment_terms = {term_of("T0", 30, {{5, "3"}, {10, "2"}}), term_of("T1", 0, {{8, "5"}}),
                           term_of("T2", 14, {})};
  content.payment_terms[2].active = random->one_in(2);
  for (int number = random->between(0, 4); number > 0; --number) {
    content.price_books.push_back(random_price_book(random, number));
  }
  for (int number = random->between(0, 8); number > 0; --number) {
    content.campaigns.push_back(random_campaign(random, number));
  }
  return content;
}

Request random_request(Random* random, const BookContent& book) {
  Request request = request_of({});
  request.date = Date::from(random->pick(days));
  if (!random->one_in(4)) request.customer = random->pick(customers);
  if (random->one_in(5)) request.organisation = "O1";
  if (!book.campaigns.empty() && random->one_in(5)) request.campaign = random->pick(book.campaigns).campaign;
  if (random->one_in(3)) request.payment_term = random->one_in(2) ? "T0" : "T1";
  constexpr const char* quantities[] = {"1", "2", "3", "10", "-3", "0", "0.5", "7.25", "-0.001", "120", "9950"};
  for (int count = random->between(1, 6); count > 0; --count) {
    RequestLine line = line_of(random->pick(items), random->pick(quantities));
    if (random->one_in(3)) line.unit = "BOX";
    if (random->one_in(8)) line.list_price = any_decimal(random, prices);
    if (random->one_in(10)) line.manual_price = any_decimal(random, prices);
    if (random->one_in(10)) line.manual_discount = any_decimal(random, percents);
    if (random->one_in(2)) line.tax_rate = any_decimal(random, rates);
    request.lines.push_back(std::move(line));
  }
  return request;
}

}  // namespace rabatt

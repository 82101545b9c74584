#include "random_shops.h"

#include <algorithm>

#include "samples.h"

namespace rabatt {
namespace {

std::string numbered(const char* prefix, std::uint64_t number) {
  return std::string(prefix).append(std::to_string(number));
}

// How a shop writes its numbers: each has its own habits, so that a plane's scales differ from book to book.
struct Habits {
  int price_places;
  int percent_places;
  int price_digits;
  bool has_zero_prices;
  bool has_full_discounts;
};

Habits random_habits(Random* random) {
  return {.price_places = random->one_in(8) ? random->between(0, 7) : random->between(0, 4),
          .percent_places = random->one_in(3) ? random->between(0, 5) : 0,
          .price_digits = random->one_in(6) ? random->between(8, 18) : random->between(2, 7),
          .has_zero_prices = random->one_in(4),
          .has_full_discounts = random->one_in(4)};
}

// Log-uniform; now and then a neighbour of a power of ten or two.
Decimal random_price(Random* random, const Habits& habits) {
  if (habits.has_zero_prices && random->one_in(6)) return {};
  const int digits = random->between(1, habits.price_digits);
  Int128 mantissa = random->magnitude(digits);
  if (random->one_in(6)) mantissa = (Int128{1} << random->between(0, std::min(62, digits * 3))) - random->between(0, 1);
  if (random->one_in(4)) mantissa = mantissa / 100 * 100 + 50;  // halves of a step, and products that end in zeros
  return Decimal::scaled(std::max<Int128>(mantissa, 1), habits.price_places);
}

Decimal random_percent(Random* random, const Habits& habits) {
  if (habits.has_full_discounts && random->one_in(5)) return Decimal(random->one_in(2) ? 100 : 60);
  const int whole = random->between(0, random->one_in(4) ? 99 : 20);
  Int128 mantissa = whole;
  for (int i = 0; i < habits.percent_places; ++i) mantissa = mantissa * 10 + (random->one_in(3) ? 5 : 0);
  return Decimal::scaled(mantissa, habits.percent_places);
}

Policy random_policy(Random* random) {
  Policy policy;
  policy.rounding = random->one_in(2) ? Rounding::half_up : random->rounding();
  policy.round_at = random->one_in(2) ? RoundAt::line_discount : static_cast<RoundAt>(random->below(4));
  if (random->one_in(20)) policy.intermediate_digits = random->between(0, 6);
  constexpr const char* steps[] = {"0.01", "0.05", "1", "0.001", "0.00001", "0.25", "3"};
  if (random->one_in(3)) policy.currencies["EUR"] = {Decimal(random->pick(steps)), Decimal(random->pick(steps))};
  policy.price_choice = static_cast<PriceChoice>(random->below(2));
  policy.prices_include_tax = random->one_in(4);
  return policy;
}

constexpr int items = 24;
constexpr int customers = 12;
constexpr const char* days[] = {"2026-03-01", "2026-03-09", "2026-03-10", "2026-03-11", "2026-04-01"};

PriceBook random_price_book(Random* random, const Habits& habits, int number) {
  PriceBook book;
  book.price_book = numbered("P", static_cast<std::uint64_t>(number));
  book.type = static_cast<PriceBookType>(random->below(3));
  book.currency = random->one_in(10) ? "USD" : "EUR";
  if (random->one_in(3)) book.valid_from = Date::from(random->pick(days));
  book.override_customer_prices = random->one_in(5);
  if (random->one_in(4)) book.discount = random_percent(random, habits);
  for (int customer = 0; customer < customers; ++customer) {
    if (random->one_in(4)) book.accounts.push_back(numbered("C", static_cast<std::uint64_t>(customer)));
  }
  book.organisations = {numbered("O", random->below(3))};
  for (int item = 0; item < items; ++item) {
    if (!random->one_in(3)) continue;
    auto line = price_book_line(numbered("I", static_cast<std::uint64_t>(item)), "0");
    line.price = random_price(random, habits);
    if (random->one_in(6)) line.price.reset();
    if (random->one_in(8)) line.quantity_min = Decimal(random->between(1, 5));
    book.prices.push_back(line);
    if (!random->one_in(8)) continue;
    line.quantity_min = line.quantity_min + Decimal(10);
    book.prices.push_back(line);
  }
  return book;
}

Campaign random_campaign(Random* random, const Habits& habits, int number) {
  const auto type = random->one_in(4) ? PricingType::set_price : PricingType::set_discount;
  Campaign campaign = campaign_of(numbered("K", static_cast<std::uint64_t>(number)), type);
  campaign.combine = static_cast<Combine>(random->below(3));
  if (type == PricingType::set_price) campaign.currency = random->one_in(8) ? "USD" : "EUR";
  campaign.date = Date::from(random->pick(days));
  if (random->one_in(3)) campaign.valid_until = Date::from("2026-04-01");
  campaign.active = !random->one_in(12);
  if (random->one_in(12)) campaign.customer = numbered("C", random->below(customers));
  if (random->one_in(12)) campaign.target_group = "G";
  campaign.priority = random->one_in(4) ? random->between(-1, 1) : 0;
  if (random->one_in(12)) {
    campaign.code = numbered("CODE", static_cast<std::uint64_t>(number));
    campaign.code_required = random->one_in(2);
  }
  campaign.allow_customer_discount = type == PricingType::set_price && random->one_in(2);
  campaign.force_price = type == PricingType::set_price && random->one_in(8);
  for (int item = 0; item < items; ++item) {
    if (!random->one_in(5)) continue;
    auto line = campaign_line(numbered("I", static_cast<std::uint64_t>(item)));
    const auto fill = [&] {
      if (type == PricingType::set_price) {
        line.price = random_price(random, habits);
      } else {
        line.discount = random_percent(random, habits);
      }
    };
    if (random->one_in(8)) line.unit = "BOX";
    if (random->one_in(8)) line.quantity_min = Decimal::scaled(random->between(1, 50), random->between(0, 1));
    fill();
    campaign.lines.push_back(line);
    if (!random->one_in(8)) continue;
    line.quantity_min = line.quantity_min + Decimal(10);
    fill();
    campaign.lines.push_back(line);
  }
  if (campaign.lines.empty()) {
    campaign.lines = {campaign_line("I0")};
    (type == PricingType::set_price ? campaign.lines[0].price : campaign.lines[0].discount) = Decimal(3);
  }
  return campaign;
}

}  // namespace

BookContent random_shop(Random* random) {
  const Habits habits = random_habits(random);
  BookContent content;
  content.policy = random_policy(random);
  for (int number = 0; number < items; ++number) {
    Item item;
    item.item = numbered("I", static_cast<std::uint64_t>(number));
    if (!random->one_in(15)) item.prices["EUR"] = random_price(random, habits);
    if (random->one_in(3)) item.prices["USD"] = random_price(random, habits);
    item.units = {{"BOX", Decimal(random->one_in(2) ? 12 : 6)}};
    item.discountable = !random->one_in(10);
    content.items.push_back(std::move(item));
  }
  for (int number = 0; number < customers; ++number) {
    Customer customer;
    customer.customer = numbered("C", static_cast<std::uint64_t>(number));
    if (!random->one_in(3)) customer.discount = random_percent(random, habits);
    if (random->one_in(3)) customer.organisation = numbered("O", random->below(4));
    content.customers.push_back(std::move(customer));
  }
  content.target_groups.emplace_back();
  content.target_groups[0].target_group = "G";
  content.target_groups[0].members = {"C0", "C1", "C2"};
  for (int number = random->between(0, 5); number > 0; --number) {
    content.price_books.push_back(random_price_book(random, habits, number));
  }
  for (int number = random->between(0, 12); number > 0; --number) {
    content.campaigns.push_back(random_campaign(random, habits, number));
  }
  return content;
}

std::vector<Request> random_order_lines(Random* random, const BookContent& book, std::size_t count) {
  const Habits habits = random_habits(random);
  const int places = random->one_in(3) ? random->between(0, 3) : 0;
  std::vector<Request> requests;
  requests.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    RequestLine line;
    line.item = random->one_in(200) ? "NONE" : random->pick(book.items).item;
    Int128 size = random->one_in(10) ? random->magnitude(random->between(0, 19)) : random->between(0, 120);
    if (random->one_in(20)) size = (Int128{1} << random->between(0, 63)) + random->between(-1, 1);
    line.quantity = Decimal::scaled(random->one_in(8) ? -size : size, places);
    if (random->one_in(25)) line.unit = random->one_in(20) ? "CRATE" : "BOX";
    if (random->one_in(40)) line.list_price = random_price(random, habits);
    if (random->one_in(40)) line.manual_price = random_price(random, habits);
    if (random->one_in(40)) line.manual_discount = random_percent(random, habits);
    Request request = request_of({line});
    if (random->one_in(8)) request.date = Date::from(random->pick(days));
    if (random->one_in(12)) request.currency = "USD";
    if (!random->one_in(5)) request.customer = random->pick(book.customers).customer;
    if (random->one_in(100)) request.customer = "NOBODY";
    if (random->one_in(25)) request.organisation = numbered("O", random->below(4));
    if (!book.campaigns.empty() && random->one_in(25)) request.campaign = random->pick(book.campaigns).campaign;
    if (!book.campaigns.empty() && random->one_in(25)) request.code = random->pick(book.campaigns).code;
    if (random->one_in(30)) request.prices_include_tax = random->one_in(2);
    requests.push_back(std::move(request));
  }
  return requests;
}

}  // namespace rabatt

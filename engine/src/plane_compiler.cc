#include "plane_compiler.h"

#include <algorithm>

#include "moments.h"

namespace rabatt {
namespace {

constexpr std::uint32_t most_quantity_places = 6;

}  // namespace

PlaneCompiler::PlaneCompiler(CompiledPlane* plane) : book_(plane->book.compiled()), plane_(*plane) {}

void PlaneCompiler::begin(std::int64_t second, const Period& period, Id currency) {
  second_ = second;
  // no line of a moment that there is not is priced from it
  plane_.period = is_in_years(second) ? period : Period{1, 0};
  plane_.currency = currency;
  plane_.has_compound = false;
  plane_.offers.clear();
  plane_.book_lists.clear();
  plane_.listed_books.clear();
  choose_places();
  note_most_discount();
  static constexpr std::uint64_t no_pairs = 0;
  plane_.filter = book_.customer_price_filter.all();
  if (plane_.filter.empty()) plane_.filter = std::span(&no_pairs, 1);
  const int more = plane_.price_places - static_cast<int>(book_.span[0].price_places);
  plane_.customer_price_factor = static_cast<std::int64_t>(powers_of_ten_64[static_cast<std::size_t>(more)].value);
  offers_.emplace(second, most_discount_, &plane_);
}

void PlaneCompiler::compile_all() {
  plane_.customers.reserve(book_.customers.size() + 1);
  for (const auto& record : book_.customers.all()) plane_.customers.push_back(compiled(record));
  plane_.customers.emplace_back();  // of lines without a customer
  plane_.items.reserve(book_.items.size());
  for (const auto& record : book_.items.all()) plane_.items.push_back(compiled(record));
}

void PlaneCompiler::compile_item(Id item) { plane_.items[item] = compiled(book_.items[item]); }

void PlaneCompiler::compile_customer(Id customer) { plane_.customers[customer] = compiled(book_.customers[customer]); }

// As few as hold the book's numbers, and as many as make every scale a divisor: then no product needs a factor.
void PlaneCompiler::choose_places() {
  const auto& span = book_.span[0];
  const auto& currency = book_.currency_rules[plane_.currency];
  const int unit_places = currency.unit_step.places_needed();
  plane_.price_places = std::max(static_cast<int>(span.price_places), std::min(currency.amount_places, 6));
  plane_.percent_places =
      std::clamp(unit_places - plane_.price_places - 2, static_cast<int>(std::min(span.percent_places, 5U)), 5);
  plane_.quantity_places = static_cast<int>(std::min(span.quantity_places, most_quantity_places));
}

void PlaneCompiler::note_most_discount() {
  if (most_discount_places_ == plane_.percent_places) return;
  most_discount_places_ = plane_.percent_places;
  most_discount_ = 0;
  for (const auto& record : book_.customers.all()) {
    most_discount_ = std::max(most_discount_, record.discount.scaled(plane_.percent_places).value_or(0));
  }
}

bool PlaneCompiler::is_valid(Id price_book) const {
  const auto& record = book_.price_books[price_book];
  return record.currency == plane_.currency && record.window.from <= second_ && second_ <= record.window.until;
}

// ---- customers ----

std::vector<Id> PlaneCompiler::valid(std::span<const Id> price_books) const {
  std::vector<Id> found;
  std::copy_if(price_books.begin(), price_books.end(), std::back_inserter(found), [&](Id id) { return is_valid(id); });
  return found;
}

PlaneCustomer PlaneCompiler::compiled(const CustomerRecord& record) {
  const auto account = valid(book_.customer_account_books.of(record.account_books));
  const auto organisation =
      record.organisation == no_id
          ? std::vector<Id>()
          : valid(book_.organisation_books.of(book_.organisations[record.organisation].price_books));
  auto books = CustomerBooks::none;
  std::uint32_t index = 0;
  if (account.size() + organisation.size() == 1) {
    books = account.empty() ? CustomerBooks::organisation : CustomerBooks::account;
    index = account.empty() ? organisation.front() : account.front();
  } else if (!account.empty() || !organisation.empty()) {
    books = CustomerBooks::several;
    index = static_cast<std::uint32_t>(plane_.book_lists.size());
    plane_.book_lists.push_back({listed(account), listed(organisation)});
  }
  const auto discount = static_cast<std::uint32_t>(record.discount.scaled(plane_.percent_places).value_or(0));
  return {discount << 2U | static_cast<std::uint32_t>(books), index};
}

Range PlaneCompiler::listed(const std::vector<Id>& ids) {
  const auto begin = static_cast<std::uint32_t>(plane_.listed_books.size());
  plane_.listed_books.insert(plane_.listed_books.end(), ids.begin(), ids.end());
  return {begin, static_cast<std::uint32_t>(plane_.listed_books.size())};
}

// ---- items ----

PlaneItem PlaneCompiler::compiled(const ItemRecord& record) {
  PlaneItem item;
  if (record.discountable != 0) item.flags |= PlaneItem::discountable;
  compile_price(record, &item);
  offers_->compile(record, &item);
  return item;
}

void PlaneCompiler::compile_price(const ItemRecord& record, PlaneItem* item) const {
  for (const auto& price : book_.item_prices.of(record.prices)) {
    if (price.currency == plane_.currency) take_price(price.price, no_id, item);
  }
  bool chosen = false;
  for (const auto& offering : book_.generic_offerings.of(record.generic_price_books)) {
    if (!is_valid(offering.owner)) continue;
    if (book_.price_books[offering.owner].override_customer_prices != 0) item->flags |= PlaneItem::has_overriding;
    if (chosen && book_.rules.price_choice == PriceChoice::latest) continue;
    const auto* tier = only_tier(offering, item);
    if (!tier) continue;
    const auto before = *item;
    take_price(tier->value, offering.owner, item);
    if (chosen && before.price <= item->price) {
      item->price = before.price;
      item->price_book = before.price_book;
    }
    chosen = true;
  }
}

// What a price book has for the base unit and any quantity. Null if it has nothing; several prices are left to
// price().
const TierRecord* PlaneCompiler::only_tier(const OfferingRecord& offering, PlaneItem* item) const {
  const TierRecord* only = nullptr;
  for (const auto& tier : book_.price_tiers.of(offering.tiers)) {
    if (tier.unit != 0) continue;
    if (only || tier.derived != 0 || tier.quantity_min.mantissa != 0) item->flags |= PlaneItem::left_to_exact;
    only = &tier;
  }
  return only;
}

void PlaneCompiler::take_price(const Number& number, Id price_book, PlaneItem* item) const {
  const auto price = number.scaled(plane_.price_places);
  if (!price) item->flags |= PlaneItem::left_to_exact;
  item->price = price.value_or(0);
  item->price_book = price_book;
}

}  // namespace rabatt

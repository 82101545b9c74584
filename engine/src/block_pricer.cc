#include "block_pricer.h"

#include <algorithm>

#include "line_results.h"
#include "number_column.h"

namespace rabatt {
namespace {

bool scale(const Decimal& step, int places, std::int64_t* factor) {
  const Decimal reduced = step.reduced();
  const int more = places - reduced.places();
  if (more < 0 || more > largest_power_64 || reduced.mantissa() > std::int64_t{1} << 31U) return false;
  const auto power = static_cast<std::int64_t>(powers_of_ten_64[static_cast<std::size_t>(more)].value);
  return !__builtin_mul_overflow(static_cast<std::int64_t>(reduced.mantissa()), power, factor);
}

// Whether a column gives `none` to all lines.
template <class T>
bool is_none(const Column<T>& column, T none) {
  return !column.values && column.value == none;
}

}  // namespace

bool ResultScales::make(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int places) {
  const auto& currency = plane.book.compiled().currency_rules[plane.currency];
  percent = powers_of_ten_64[PricedColumns::percent_places + 2].value / arithmetic.full;
  if (!scale(Decimal::scaled(1, plane.price_places), places, &price) || !scale(currency.amount_step, places, &amount) ||
      !scale(currency.unit_step, places, &unit_price)) {
    return false;
  }
  narrow = std::max({price, amount, unit_price}) < std::int64_t{1} << 31U;
  return true;
}

BlockPricer::BlockPricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, const ResultScales& scales,
                         const LineColumns& lines, const PricedColumns& priced, Instructions instructions)
    : plane_(plane),
      arithmetic_(arithmetic),
      scales_(scales),
      lines_(lines),
      priced_(priced),
      pricer_(plane, arithmetic, lines.quantity.places),
      kernel_(block_kernel(arithmetic, instructions)) {
  const auto& date = lines.date;
  const bool one_date = !date.days && !date.seconds;
  all_left_ = (one_date && !plane.admits(date.value, plane.currency)) ||
              (!lines.currency.values && lines.currency.value != plane.currency) || !lines.quantity.values;
}

void BlockPricer::price(std::span<const std::uint32_t> rows, std::vector<std::uint32_t>* left) {
  if (all_left_) {
    left->insert(left->end(), rows.begin(), rows.end());
    return;
  }
  read(rows);
  fetch();
  look_up();
  compute();
  note_sources();
  const std::size_t first = rows.front();
  if (rows.back() - first + 1 == rows.size() && std::is_sorted(rows.begin(), rows.end())) {
    write([&](std::size_t at) { return first + at; });
  } else {
    write([&](std::size_t at) { return row_[at]; });
  }
  for (std::size_t at = 0; at < count_; ++at) {
    if (left_[at] != 0) {
      left->push_back(row_[at]);
    } else if (no_price_[at] != 0) {
      write_fault(Code::no_price, row_[at], priced_);
    }
  }
}

// What lines ask for. Those that ask for what only price() knows are left; so that all stages may go over all lines,
// they stand for the first item, without a customer.
void BlockPricer::read(std::span<const std::uint32_t> rows) {
  count_ = rows.size();
  std::copy(rows.begin(), rows.end(), row_.begin());
  alone_.fill(0);
  left_.fill(0);
  no_price_.fill(0);
  const auto leave_unless = [&](auto holds) {
    for (std::size_t at = 0; at < count_; ++at) left_[at] |= static_cast<std::uint8_t>(holds(row_[at]) ? 0 : 1);
  };
  const auto leave_given = [&](const Column<Id>& column) {
    if (!is_none(column, no_id)) leave_unless([&](std::size_t row) { return column[row] == no_id; });
  };
  leave_given(lines_.unit);
  leave_given(lines_.organisation);
  leave_given(lines_.campaign);
  leave_given(lines_.code_campaign);
  for (const auto* column : {&lines_.list_price, &lines_.manual_price, &lines_.manual_discount}) {
    if (column->values) leave_unless([&](std::size_t row) { return !column->valid[row]; });
  }
  const auto& date = lines_.date;
  if (date.days || date.seconds) {
    leave_unless([&](std::size_t row) { return plane_.period.holds(date[row]); });
  }
  if (date.valid.bits) leave_unless([&](std::size_t row) { return date.valid[row]; });
  if (lines_.currency.values) leave_unless([&](std::size_t row) { return lines_.currency[row] == plane_.currency; });
  const bool books_mode = plane_.book.compiled().rules.prices_include_tax;
  if (!is_none(lines_.prices_include_tax, std::uint8_t{2})) {
    leave_unless([&](std::size_t row) {
      const auto mode = lines_.prices_include_tax[row];
      return mode > 1 || (mode == 1) == books_mode;
    });
  }
  if (lines_.quantity.valid.bits) leave_unless([&](std::size_t row) { return lines_.quantity.valid[row]; });

  // (locals: the compiler must think that bytes written may be any of our members)
  const auto* items = plane_.items.data();
  const auto* customers = plane_.customers.data();
  const auto item_count = static_cast<Id>(plane_.items.size());
  const auto no_customer = static_cast<Id>(plane_.customers.size() - 1);
  const auto item_column = lines_.item;
  const auto customer_column = lines_.customer;
  for (std::size_t at = 0; at < count_; ++at) {
    const Id item = item_column[row_[at]];
    const Id customer = customer_column[row_[at]];
    const bool known = item < item_count && (customer < no_customer || customer == no_id);
    left_[at] |= static_cast<std::uint8_t>(known ? 0 : 1);
    item_[at] = known ? item : 0;
    customer_[at] = known ? std::min(customer, no_customer) : no_customer;
    __builtin_prefetch(items + item_[at]);
    __builtin_prefetch(customers + customer_[at]);
  }
  read_quantities();
}

void BlockPricer::read_quantities() {
  switch (lines_.quantity.width) {
    case NumberWidth::bits_32: return read_quantities_of(static_cast<const std::int32_t*>(lines_.quantity.values));
    case NumberWidth::bits_64: return read_quantities_of(static_cast<const std::int64_t*>(lines_.quantity.values));
    case NumberWidth::bits_128: break;
  }
  for (std::size_t at = 0; at < count_; ++at) {
    const Int128 quantity = mantissa_at(lines_.quantity, row_[at]);
    const Int128 size = quantity < 0 ? -quantity : quantity;
    if (size >> 62U != 0) leave(at);
    columns_.quantity[at] = static_cast<std::uint64_t>(size);
    negative_[at] = quantity < 0 ? 1 : 0;
  }
}

template <class T>
void BlockPricer::read_quantities_of(const T* values) {
  for (std::size_t at = 0; at < count_; ++at) {
    const auto quantity = std::int64_t{values[row_[at]]};
    const auto size = quantity < 0 ? 0 - static_cast<std::uint64_t>(quantity) : static_cast<std::uint64_t>(quantity);
    if (size >> 62U != 0) leave(at);
    columns_.quantity[at] = size;
    negative_[at] = quantity < 0 ? 1 : 0;
  }
}

// What the next stage will want of what the items and customers point to.
void BlockPricer::fetch() {
  const auto* items = plane_.items.data();
  const auto* customers = plane_.customers.data();
  const auto* offers = plane_.offers.data();
  const auto* filter = plane_.filter.data();
  const auto filter_mask = plane_.filter.size() - 1;
  for (std::size_t at = 0; at < count_; ++at) {
    const auto& item = items[item_[at]];
    pair_[at] = pair_hash(customers[customer_[at]].books, item_[at]);
    __builtin_prefetch(filter + (pair_[at] & filter_mask));
    constexpr std::uint8_t listed = PlaneItem::has_list | PlaneItem::has_exceptions;
    __builtin_prefetch(offers + ((item.flags & listed) != 0 ? item.offers : 0));
  }
}

void BlockPricer::look_up() {
  const auto* items = plane_.items.data();
  const auto* customers = plane_.customers.data();
  for (std::size_t at = 0; at < count_; ++at) {
    const auto& item = items[item_[at]];
    const auto customer = customers[customer_[at]].discount();
    const bool discountable = (item.flags & PlaneItem::discountable) != 0;
    const bool adds = (item.flags & PlaneItem::adds_customer_discount) != 0;
    columns_.customer[at] = discountable ? customer : 0;
    columns_.added[at] = discountable && adds ? customer : 0;
    columns_.list_price[at] = static_cast<std::uint64_t>(item.price);
    columns_.set_price[at] = static_cast<std::uint64_t>(item.set_price);
    columns_.greater[at] = item.percents[0];
    columns_.add[at] = item.percents[1];
    columns_.compound[at] = item.percents[2];
    columns_.ranks[at] = item.ranks;
    price_book_[at] = item.price_book;
    alone_[at] = (item.flags & PlaneItem::has_list) != 0 ? 1 : 0;
    left_[at] |= static_cast<std::uint8_t>((item.flags & PlaneItem::left_to_exact) != 0 ? 1 : 0);
  }
  look_up_prices();
  set_exceptions_aside();
  for (std::size_t at = 0; at < count_; ++at) {
    // no price, or a price of 0, at which all discounts are the same
    const bool has_price = static_cast<std::int64_t>(columns_.list_price[at]) > 0;
    alone_[at] |= static_cast<std::uint8_t>(has_price ? 0 : 1);
    has_list_price_[at] = columns_.list_price[at] != static_cast<std::uint64_t>(no_price) ? 1 : 0;
  }
}

void BlockPricer::set_exceptions_aside() {
  Values<std::uint32_t> found;
  std::size_t count = 0;
  const auto* items = plane_.items.data();
  for (std::size_t at = 0; at < count_; ++at) {
    found[count] = static_cast<std::uint32_t>(at);
    count += (items[item_[at]].flags & PlaneItem::has_exceptions) != 0 ? 1 : 0;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = found[i];
    if (pricer_.has_exception(items[item_[at]], line_at(at))) set_aside(at);
  }
}

// Of customers with price books of their own.
void BlockPricer::look_up_prices() {
  Values<std::uint32_t> found;
  std::size_t count = 0;
  const auto* items = plane_.items.data();
  const auto* customers = plane_.customers.data();
  for (std::size_t at = 0; at < count_; ++at) {
    const auto kind = customers[customer_[at]].kind();
    const bool one_book = kind == CustomerBooks::account || kind == CustomerBooks::organisation;
    const bool overridden = (items[item_[at]].flags & PlaneItem::has_overriding) != 0;
    const bool look =
        (one_book & (plane_.may_have_customer_price(pair_[at]) | overridden)) | (kind == CustomerBooks::several);
    found[count] = static_cast<std::uint32_t>(at);
    count += look ? 1 : 0;
  }
  for (std::size_t i = 0; i < count; ++i) look_up_price(found[i]);
}

void BlockPricer::look_up_price(std::size_t at) {
  const auto& item = plane_.items[item_[at]];
  const auto& customer = plane_.customers[customer_[at]];
  const bool of_account = customer.kind() == CustomerBooks::account;
  if (customer.kind() == CustomerBooks::several) return set_aside(at);
  if (of_account && (item.flags & PlaneItem::has_overriding) != 0) return leave(at);
  const auto price = plane_.customer_price(customer.books, item_[at]);
  if (price == CustomerPriceSlot::none) return;
  if (price == CustomerPriceSlot::several) return leave(at);
  columns_.list_price[at] = static_cast<std::uint64_t>(price);
  price_book_[at] = customer.books;
}

void BlockPricer::compute() {
  if (!kernel_) return alone_.fill(1);
  kernel_(arithmetic_, count_, &columns_);
  for (std::size_t at = 0; at < count_; ++at) {
    alone_[at] |= static_cast<std::uint8_t>(columns_.fits[at] == 0 ? 1 : 0);
  }
}

// The campaign that is applied, and who made the price.
void BlockPricer::note_sources() {
  // by the kind of the offer; whether the customer has a discount; whether the offer's percentage is 0
  static constexpr std::array<std::array<Source, 4>, 5> sources = {{
      {Source::list, Source::customer, Source::list, Source::customer},
      {Source::campaign, Source::campaign, Source::campaign, Source::campaign},
      {Source::campaign, Source::both, Source::campaign, Source::customer},
      {Source::campaign, Source::both, Source::campaign, Source::customer},
      {Source::campaign, Source::both, Source::campaign, Source::both},
  }};
  narrow_ = scales_.narrow;
  const auto* items = plane_.items.data();
  for (std::size_t at = 0; at < count_; ++at) {
    const auto& item = items[item_[at]];
    const auto winner = kernel_ ? columns_.winner[at] : 0;
    const std::array<std::uint32_t, 5> percents = {1, columns_.greater[at], columns_.add[at], columns_.compound[at], 1};
    const auto customer = winner == 4 ? columns_.added[at] : columns_.customer[at];
    source_[at] = sources[winner][(customer != 0 ? 1U : 0U) | (percents[winner] == 0 ? 2U : 0U)];
    campaign_[at] = item.campaigns[winner];
  }
  for (std::size_t at = 0; at < count_; ++at) {
    if (alone_[at] != 0 && left_[at] == 0) compute_alone(at);
  }
}

PlaneLine BlockPricer::line_at(std::size_t at) const {
  const Id customer = customer_[at] == plane_.customers.size() - 1 ? no_id : customer_[at];
  return {item_[at], customer, columns_.quantity[at]};
}

void BlockPricer::compute_alone(std::size_t at) {
  PlaneResult result;
  const auto outcome = pricer_.price(line_at(at), &result);
  if (outcome == PlaneOutcome::no_price) {
    no_price_[at] = 1;
    return;
  }
  std::uint64_t list_amount = result.amounts.gross;
  const bool has_list_price = result.list_price != no_price;
  const auto list_price = static_cast<std::uint64_t>(result.list_price);
  const bool fits = outcome == PlaneOutcome::priced &&
                    arithmetic_.unit_net(result.unit_price, result.discount, &columns_.unit_net[at]) &&
                    (!has_list_price || list_price == result.unit_price ||
                     arithmetic_.gross(columns_.quantity[at], list_price, &list_amount));
  constexpr std::uint64_t most = std::uint64_t{1} << 62U;
  if (!fits || result.amounts.gross >= most || list_amount >= most || columns_.unit_net[at] >= most) return leave(at);
  narrow_ = narrow_ && (std::max({result.amounts.gross, list_amount, columns_.unit_net[at], result.unit_price,
                                  static_cast<std::uint64_t>(std::max<std::int64_t>(result.list_price, 0))}) >>
                        32U) == 0;
  columns_.list_price[at] = static_cast<std::uint64_t>(result.list_price);
  has_list_price_[at] = has_list_price ? 1 : 0;
  columns_.price[at] = result.unit_price;
  columns_.discount[at] = result.discount;
  columns_.gross[at] = result.amounts.gross;
  columns_.net[at] = result.amounts.net;
  columns_.list_amount[at] = list_amount;
  source_[at] = result.source;
  campaign_[at] = result.campaign;
  price_book_[at] = result.price_book;
}

// Lines that are left are written too: what price() says of them comes afterwards.
template <class RowAt>
void BlockPricer::write(RowAt row_at) const {
  const auto each = [&](auto* column, auto value) {
    if (!column) return;
    for (std::size_t at = 0; at < count_; ++at) column[row_at(at)] = value(at);
  };
  const auto scaled = [&](Int128* column, std::int64_t factor, auto steps) {
    if (narrow_) {
      each(column, [&](std::size_t at) { return Int128{static_cast<std::int64_t>(steps(at)) * factor}; });
    } else {
      each(column, [&](std::size_t at) { return Int128{static_cast<std::int64_t>(steps(at))} * factor; });
    }
  };
  const auto& c = columns_;
  const auto signed_steps = [&](std::size_t at, std::uint64_t steps) {
    const std::uint64_t sign = 0 - std::uint64_t{negative_[at]};
    return (steps ^ sign) - sign;
  };
  const auto with_list_price = [&](std::size_t at, std::uint64_t steps) {
    return has_list_price_[at] != 0 ? signed_steps(at, steps) : 0;
  };
  each(priced_.status, [](std::size_t) { return line_ok; });
  scaled(priced_.list_price, scales_.price,
         [&](std::size_t at) { return has_list_price_[at] != 0 ? c.list_price[at] : 0; });
  scaled(priced_.unit_price, scales_.price, [&](std::size_t at) { return c.price[at]; });
  scaled(priced_.discount, static_cast<std::int64_t>(scales_.percent), [&](std::size_t at) { return c.discount[at]; });
  scaled(priced_.gross, scales_.amount, [&](std::size_t at) { return signed_steps(at, c.gross[at]); });
  scaled(priced_.discount_amount, scales_.amount,
         [&](std::size_t at) { return signed_steps(at, c.gross[at] - c.net[at]); });
  scaled(priced_.net, scales_.amount, [&](std::size_t at) { return signed_steps(at, c.net[at]); });
  scaled(priced_.unit_net, scales_.unit_price, [&](std::size_t at) { return c.unit_net[at]; });
  scaled(priced_.list_amount, scales_.amount, [&](std::size_t at) { return with_list_price(at, c.list_amount[at]); });
  scaled(priced_.saved, scales_.amount,
         [&](std::size_t at) { return with_list_price(at, c.list_amount[at] - c.net[at]); });
  each(priced_.has_list_price, [&](std::size_t at) { return has_list_price_[at]; });
  each(priced_.source, [&](std::size_t at) { return source_[at]; });
  each(priced_.applied_campaign, [&](std::size_t at) { return campaign_[at]; });
  each(priced_.applied_price_book, [&](std::size_t at) { return price_book_[at]; });
  each(priced_.named_reason, [](std::size_t) { return std::int8_t{-1}; });
}

}  // namespace rabatt

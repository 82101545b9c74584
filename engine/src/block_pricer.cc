#include "block_pricer.h"

#include <algorithm>

#include "line_results.h"
#include "number_column.h"

namespace rabatt {
namespace {

// Results of more lines are not in the caches any more when somebody reads them.
constexpr std::size_t most_cached_lines = 1U << 15U;

// Whether a column gives `none` to all lines.
template <class T>
bool is_none(const Column<T>& column, T none) {
  return !column.values && column.value == none;
}

// Lines one behind the other, or those that somebody chose.
struct Contiguous {
  std::size_t first;
  std::size_t count;

  std::size_t operator()(std::size_t at) const { return first + at; }
  Contiguous from(std::size_t at) const { return {first + at, count - at}; }
};

struct Chosen {
  const std::uint32_t* rows;
  std::size_t count;

  std::size_t operator()(std::size_t at) const { return rows[at]; }
  Chosen from(std::size_t at) const { return {rows + at, count - at}; }
};

}  // namespace

BlockPricer::BlockPricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, const ResultScales& scales,
                         const LineColumns& lines, const PricedColumns& priced, Instructions instructions)
    : plane_(plane),
      arithmetic_(arithmetic),
      scales_(scales),
      lines_(lines),
      priced_(priced),
      pricer_(plane, arithmetic, lines.quantity.places),
      kernel_(block_kernel(arithmetic, instructions)) {
  note_what_is_the_same_for_all();
  wants_more_ = priced.unit_price || priced.discount || priced.gross || priced.discount_amount || priced.unit_net ||
                priced.list_amount || priced.saved;
}

void BlockPricer::note_what_is_the_same_for_all() {
  const auto& date = lines_.date;
  const bool one_date = !date.days && !date.seconds;
  all_left_ = (one_date && !plane_.admits(date.value, plane_.currency)) ||
              (!lines_.currency.values && lines_.currency.value != plane_.currency) || !lines_.quantity.values ||
              plane_.items.empty();
  all_plain_ = one_date && !date.valid.bits && !lines_.currency.values && is_none(lines_.unit, no_id) &&
               is_none(lines_.organisation, no_id) && is_none(lines_.campaign, no_id) &&
               is_none(lines_.code_campaign, no_id) && !lines_.list_price.values && !lines_.manual_price.values &&
               !lines_.manual_discount.values && !lines_.quantity.valid.bits &&
               is_none(lines_.prices_include_tax, std::uint8_t{2});
}

void BlockPricer::price(std::size_t begin, std::size_t end, std::vector<std::uint32_t>* left) {
  price_blocks(Contiguous{begin, end - begin}, left);
}

void BlockPricer::price(std::span<const std::uint32_t> rows, std::vector<std::uint32_t>* left) {
  price_blocks(Chosen{rows.data(), rows.size()}, left);
}

template <class Rows>
void BlockPricer::price_blocks(const Rows& rows, std::vector<std::uint32_t>* left) {
  if (all_left_) {
    for (std::size_t at = 0; at < rows.count; ++at) left->push_back(static_cast<std::uint32_t>(rows(at)));
    return;
  }
  past_caches_ = rows.count >= most_cached_lines;
  read_ahead(rows, std::min(size, rows.count));
  ahead_.fetch(plane_, 0, ahead_.count);
  for (std::size_t begin = 0; begin < rows.count; begin += size) {
    count_ = ahead_.count;
    std::copy_n(ahead_.item.begin(), size, columns_.item.begin());
    std::copy_n(ahead_.customer.begin(), size, columns_.customer.begin());
    left_ = left_ahead_;
    const auto next = begin + count_;
    read_ahead(rows.from(next), std::min(size, rows.count - next));
    price_block(rows.from(begin), left);
  }
  if (past_caches_) finish_writing();
}

template <class RowAt>
void BlockPricer::price_block(RowAt row_at, std::vector<std::uint32_t>* left) {
  read(row_at);
  look_up();
  compute();
  note_offers(row_at);
  Values<std::uint32_t> found;
  std::size_t odd = 0;
  for (std::uint32_t at = 0; at < count_; ++at) {
    found[odd] = at;
    odd += (alone_[at] | left_[at]) != 0 ? 1 : 0;
  }
  for (std::size_t i = 0; i < odd; ++i) {
    if (left_[found[i]] == 0) compute_alone(found[i]);
  }
  write(row_at);
  for (std::size_t i = 0; i < odd; ++i) {
    const auto at = found[i];
    if (left_[at] != 0) {
      left->push_back(static_cast<std::uint32_t>(row_at(at)));
    } else if (no_price_[at] != 0) {
      write_fault(Code::no_price, row_at(at), priced_);
    }
  }
}

void BlockPricer::look_up() {
  kernel_.hash(plane_, count_, &columns_);
  const auto* filter = plane_.filter.data();
  const auto mask = plane_.filter.size() - 1;
  for (std::size_t at = 0; at < count_; ++at) __builtin_prefetch(filter + (columns_.pair[at] & mask));
  kernel_.look_up(plane_, count_, &columns_);
  Values<std::uint32_t> found;
  std::size_t count = 0;
  for (std::uint32_t at = 0; at < count_; ++at) {
    found[count] = at;
    count += columns_.attention[at] != 0 ? 1 : 0;
  }
  const auto* offers = plane_.offers.data();
  const auto* items = plane_.items.data();
  for (std::size_t i = 0; i < count; ++i) __builtin_prefetch(offers + items[columns_.item[found[i]]].offers);
  const auto slots = plane_.book.compiled().customer_prices.unread();
  for (std::size_t i = 0; i < count; ++i) {
    if ((columns_.attention[found[i]] & attention::customer_price) == 0) continue;
    __builtin_prefetch(slots.data() + (columns_.pair[found[i]] & (slots.size() - 1)));
  }
  for (std::size_t i = 0; i < count; ++i) attend(found[i]);
}

// The items and customers of a block. So that all stages may go over all lines, those that are left stand for the first
// item, without a customer.
template <class RowAt>
void BlockPricer::read_ahead(RowAt row_at, std::size_t count) {
  const auto item_count = static_cast<Id>(plane_.items.size());
  const auto no_customer = static_cast<Id>(plane_.customers.size() - 1);
  const auto item_column = lines_.item;
  const auto customer_column = lines_.customer;
  ahead_.count = count;
  for (std::size_t at = 0; at < count; ++at) {
    const Id item = item_column[row_at(at)];
    const Id customer = customer_column[row_at(at)];
    const bool known = (item < item_count) & ((customer < no_customer) | (customer == no_id));
    left_ahead_[at] = known ? 0 : 1;
    ahead_.item[at] = known ? item : 0;
    ahead_.customer[at] = known ? std::min(customer, no_customer) : no_customer;
  }
}

// What lines ask for besides.
template <class RowAt>
void BlockPricer::read(RowAt row_at) {
  alone_.fill(0);
  no_price_.fill(0);
  no_list_price_.fill(0);
  narrow_ = scales_.narrow;
  if (!all_plain_) leave_what_only_price_knows(row_at);
  read_quantities(row_at);
}

template <class RowAt>
void BlockPricer::leave_what_only_price_knows(RowAt row_at) {
  const auto leave_unless = [&](auto holds) {
    for (std::size_t at = 0; at < count_; ++at) left_[at] |= static_cast<std::uint8_t>(holds(row_at(at)) ? 0 : 1);
  };
  for (const auto* column : {&lines_.unit, &lines_.organisation, &lines_.campaign, &lines_.code_campaign}) {
    if (!is_none(*column, no_id)) leave_unless([&](std::size_t row) { return (*column)[row] == no_id; });
  }
  for (const auto* column : {&lines_.list_price, &lines_.manual_price, &lines_.manual_discount}) {
    if (column->values) leave_unless([&](std::size_t row) { return !column->valid[row]; });
  }
  const auto& date = lines_.date;
  if (date.days || date.seconds) leave_unless([&](std::size_t row) { return plane_.period.holds(date[row]); });
  if (date.valid.bits) leave_unless([&](std::size_t row) { return date.valid[row]; });
  if (lines_.currency.values) leave_unless([&](std::size_t row) { return lines_.currency[row] == plane_.currency; });
  const bool books_mode = plane_.book.compiled().rules.prices_include_tax;
  leave_unless([&](std::size_t row) {
    const auto mode = lines_.prices_include_tax[row];
    return mode > 1 || (mode == 1) == books_mode;
  });
  if (lines_.quantity.valid.bits) leave_unless([&](std::size_t row) { return lines_.quantity.valid[row]; });
}

template <class RowAt>
void BlockPricer::read_quantities(RowAt row_at) {
  const auto& quantity = lines_.quantity;
  if (quantity.width == NumberWidth::bits_32) {
    return read_quantities_of(static_cast<const std::int32_t*>(quantity.values), row_at);
  }
  if (quantity.width == NumberWidth::bits_64) {
    return read_quantities_of(static_cast<const std::int64_t*>(quantity.values), row_at);
  }
  for (std::size_t at = 0; at < count_; ++at) {
    const Int128 value = mantissa_at(quantity, row_at(at));
    const Int128 size = value < 0 ? -value : value;
    left_[at] |= static_cast<std::uint8_t>(size >> 62U != 0 ? 1 : 0);
    columns_.quantity[at] = static_cast<std::uint64_t>(size);
    columns_.negative[at] = value < 0 ? ~std::uint64_t{0} : 0;
  }
}

template <class T, class RowAt>
void BlockPricer::read_quantities_of(const T* values, RowAt row_at) {
  auto* sizes = columns_.quantity.data();
  auto* signs = columns_.negative.data();
  auto* left = left_.data();
  for (std::size_t at = 0; at < count_; ++at) {
    const auto value = std::int64_t{values[row_at(at)]};
    const auto sign = static_cast<std::uint64_t>(value >> 63U);
    sizes[at] = (static_cast<std::uint64_t>(value) ^ sign) - sign;
    signs[at] = sign;
  }
  if constexpr (sizeof(T) == 8) {
    for (std::size_t at = 0; at < count_; ++at) left[at] |= static_cast<std::uint8_t>(sizes[at] >> 62U != 0 ? 1 : 0);
  }
}

// What vectors do not do.
void BlockPricer::attend(std::uint32_t at) {
  const auto attention = columns_.attention[at];
  if ((attention & attention::left) != 0) {
    left_[at] = 1;
    return;
  }
  alone_[at] = (attention & (attention::list | attention::several_books)) != 0 ? 1 : 0;
  if ((attention & (attention::customer_price | attention::overriding)) != 0) look_up_price(at);
  // at a price of 0 all discounts are the same
  const auto list_price = static_cast<std::int64_t>(columns_.list_price[at]);
  no_list_price_[at] = list_price == no_price ? 1 : 0;
  if (list_price <= 0) alone_[at] = 1;
  if (alone_[at] != 0 || (attention & attention::exceptions) == 0) return;
  alone_[at] = pricer_.has_exception(plane_.items[columns_.item[at]], line_at(at)) ? 1 : 0;
}

void BlockPricer::look_up_price(std::uint32_t at) {
  const auto& item = plane_.items[columns_.item[at]];
  const auto& customer = plane_.customers[columns_.customer[at]];
  if (customer.kind() == CustomerBooks::account && (item.flags & PlaneItem::has_overriding) != 0) {
    left_[at] = 1;
    return;
  }
  const auto price = plane_.customer_price(customer.books, columns_.item[at]);
  if (price == CustomerPriceSlot::none) return;
  left_[at] |= static_cast<std::uint8_t>(price == CustomerPriceSlot::several ? 1 : 0);
  columns_.list_price[at] = static_cast<std::uint64_t>(std::max<std::int64_t>(price, 0));
  columns_.price_book[at] = customer.books;
}

PlaneLine BlockPricer::line_at(std::uint32_t at) const {
  const Id customer = columns_.customer[at] == plane_.customers.size() - 1 ? no_id : columns_.customer[at];
  return {columns_.item[at], customer, columns_.quantity[at]};
}

void BlockPricer::compute() {
  if (!kernel_.compute) {
    ahead_.fetch(plane_, 0, ahead_.count);
    return alone_.fill(1);
  }
  kernel_.compute(arithmetic_, wants_more_, count_, &columns_, plane_, ahead_);
  for (std::size_t at = 0; at < count_; ++at) {
    alone_[at] |= static_cast<std::uint8_t>(columns_.fits[at] == 0 ? 1 : 0);
  }
}

// The campaigns that are applied, and who made the prices.
template <class RowAt>
void BlockPricer::note_offers(RowAt) {
  const auto* items = plane_.items.data();
  if (priced_.applied_campaign) {
    for (std::size_t at = 0; at < count_; ++at) {
      campaign_[at] = items[columns_.item[at]].campaigns[columns_.winner[at]];
    }
  }
  if (!priced_.source) return;
  // by the kind of the offer; whether the customer has a discount; whether the offer's percentage is 0
  static constexpr std::array<std::array<Source, 4>, 5> sources = {{
      {Source::list, Source::customer, Source::list, Source::customer},
      {Source::campaign, Source::campaign, Source::campaign, Source::campaign},
      {Source::campaign, Source::both, Source::campaign, Source::customer},
      {Source::campaign, Source::both, Source::campaign, Source::customer},
      {Source::campaign, Source::both, Source::campaign, Source::both},
  }};
  for (std::size_t at = 0; at < count_; ++at) {
    const auto winner = columns_.winner[at];
    const bool is_set_price = winner == static_cast<std::uint32_t>(OfferKind::set_price);
    const auto customer = is_set_price ? columns_.added[at] : columns_.discount_given[at];
    const auto percent =
        winner == static_cast<std::uint32_t>(OfferKind::add) ? columns_.add[at] : columns_.compound[at];
    source_[at] = sources[winner][(customer != 0 ? 1U : 0U) | (percent == 0 ? 2U : 0U)];
  }
}

void BlockPricer::compute_alone(std::uint32_t at) {
  PlaneResult result;
  const auto outcome = pricer_.price(line_at(at), &result);
  if (outcome == PlaneOutcome::no_price) {
    no_price_[at] = 1;
    return;
  }
  PlaneTotals totals;
  if (outcome == PlaneOutcome::left || !pricer_.totals(result, columns_.quantity[at], &totals) ||
      totals.widest >> 62U != 0) {
    left_[at] = 1;
    return;
  }
  narrow_ = narrow_ && totals.widest >> 32U == 0;
  no_list_price_[at] = totals.has_list_price ? 0 : 1;
  columns_.list_price[at] = totals.list_price;
  columns_.price[at] = result.unit_price;
  columns_.discount[at] = result.discount;
  columns_.gross[at] = result.amounts.gross;
  columns_.net[at] = result.amounts.net;
  columns_.unit_net[at] = totals.unit_net;
  columns_.list_amount[at] = totals.has_list_price ? totals.list_amount : result.amounts.net;  // then nothing is saved
  columns_.price_book[at] = result.price_book;
  source_[at] = result.source;
  campaign_[at] = result.campaign;
}

// Lines that are left are written too: what price() says of them comes afterwards.
template <class RowAt>
void BlockPricer::write(RowAt row_at) const {
  const auto each = [&](auto* column, auto value) {
    if (!column) return;
    for (std::size_t at = 0; at < count_; ++at) column[row_at(at)] = value(at);
  };
  const auto write_steps = [&](Int128* column, const std::uint64_t* steps, std::int64_t factor, bool has_sign) {
    if (!column) return;
    const auto* negative = has_sign ? columns_.negative.data() : nullptr;
    if constexpr (std::is_same_v<RowAt, Contiguous>) {
      if (narrow_) {
        return kernel_.write(steps, negative, static_cast<std::uint64_t>(factor), count_, past_caches_,
                             column + row_at(0));
      }
    }
    each(column, [&](std::size_t at) {
      const Int128 value = Int128{static_cast<std::int64_t>(steps[at])} * factor;
      return negative && negative[at] != 0 ? -value : value;
    });
  };
  const auto& c = columns_;
  alignas(64) Values<std::uint64_t> difference;
  each(priced_.status, [](std::size_t) { return line_ok; });
  write_steps(priced_.list_price, c.list_price.data(), scales_.price, false);
  write_steps(priced_.unit_price, c.price.data(), scales_.price, false);
  // a percentage with twelve places has more than 32 bits by 31
  each(priced_.discount,
       [&](std::size_t at) { return Int128{static_cast<std::int64_t>(c.discount[at]) * scales_.percent}; });
  write_steps(priced_.gross, c.gross.data(), scales_.amount, true);
  if (priced_.discount_amount) {
    for (std::size_t at = 0; at < count_; ++at) difference[at] = c.gross[at] - c.net[at];
    write_steps(priced_.discount_amount, difference.data(), scales_.amount, true);
  }
  write_steps(priced_.net, c.net.data(), scales_.amount, true);
  write_steps(priced_.unit_net, c.unit_net.data(), scales_.unit_price, false);
  if (priced_.list_amount) {
    for (std::size_t at = 0; at < count_; ++at) difference[at] = no_list_price_[at] != 0 ? 0 : c.list_amount[at];
    write_steps(priced_.list_amount, difference.data(), scales_.amount, true);
  }
  each(priced_.saved, [&](std::size_t at) {
    const auto sign = static_cast<std::int64_t>(c.negative[at]);
    const auto saved = static_cast<std::int64_t>(c.list_amount[at] - c.net[at]);  // a forced price may be dearer
    return ((Int128{saved} ^ sign) - sign) * scales_.amount;  // of a line that goes alone it may be any number
  });
  each(priced_.has_list_price,
       [&](std::size_t at) { return static_cast<std::uint8_t>(no_list_price_[at] != 0 ? 0 : 1); });
  each(priced_.source, [&](std::size_t at) { return source_[at]; });
  each(priced_.applied_campaign, [&](std::size_t at) { return campaign_[at]; });
  each(priced_.applied_price_book, [&](std::size_t at) { return c.price_book[at]; });
  each(priced_.named_reason, [](std::size_t) { return std::int8_t{-1}; });
}

}  // namespace rabatt

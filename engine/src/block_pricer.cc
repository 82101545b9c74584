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

  template <class From, class To>
  void copy(const From* from, std::size_t lines, To* to) const {
    std::copy_n(from + first, lines, to);
  }

  // What copy() will read.
  template <class From>
  void fetch(const From* from, std::size_t lines) const {
    for (std::size_t at = 0; at < lines; at += 64 / sizeof(From)) __builtin_prefetch(from + first + at);
  }
};

struct Chosen {
  const std::uint32_t* rows;
  std::size_t count;

  std::size_t operator()(std::size_t at) const { return rows[at]; }
  Chosen from(std::size_t at) const { return {rows + at, count - at}; }

  template <class From, class To>
  void copy(const From* from, std::size_t lines, To* to) const {
    for (std::size_t at = 0; at < lines; ++at) to[at] = from[rows[at]];
  }

  template <class From>
  void fetch(const From* from, std::size_t lines) const {
    for (std::size_t at = 0; at < lines; ++at) __builtin_prefetch(from + rows[at]);
  }
};

// The values of the first `lines` of some rows.
template <class T, class Rows, class To>
void copy_column(const Column<T>& column, const Rows& rows, std::size_t lines, To* to) {
  if (!column.values) {
    std::fill_n(to, lines, column.value);
  } else {
    rows.copy(column.values, lines, to);
  }
}

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
  ahead_->fetch(plane_, 0, ahead_->count);
  for (std::size_t begin = 0; begin < rows.count; begin += size) {
    std::swap(now_, ahead_);
    count_ = now_->count;
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
  if (priced_.source) note_sources();
  const LineBits alone = alone_ & ~left_;
  alone.for_each([&](std::uint32_t at) { fetch_offers(at); });
  alone.for_each([&](std::uint32_t at) { compute_alone(at); });
  write(row_at);
  left_.for_each([&](std::uint32_t at) { left->push_back(static_cast<std::uint32_t>(row_at(at))); });
  (no_price_ & ~left_).for_each([&](std::uint32_t at) { write_fault(Code::no_price, row_at(at), priced_); });
}

void BlockPricer::look_up() {
  kernel_.hash(plane_, *now_, &columns_);
  const auto* filter = plane_.filter.data();
  const auto mask = plane_.filter.size() - 1;
  for (std::size_t at = 0; at < count_; ++at) __builtin_prefetch(filter + (columns_.pair[at] & mask));
  kernel_.look_up(plane_, *now_, &columns_);
  const auto customers = plane_.book.compiled().customers.unread();
  const auto slots = plane_.book.compiled().customer_prices.unread();
  columns_.attentive.for_each([&](std::uint32_t at) {
    fetch_offers(at);
    __builtin_prefetch(customers.data() + now_->customer[at]);  // has its target groups
    if ((columns_.attention[at] & attention::customer_price) == 0) return;
    __builtin_prefetch(slots.data() + (columns_.pair[at] & (slots.size() - 1)));
  });
  columns_.attentive.for_each([&](std::uint32_t at) { attend(at); });
}

void BlockPricer::fetch_offers(std::uint32_t at) const {
  constexpr std::uint32_t of_cache_line = 64 / sizeof(PlaneOffer);
  const auto& item = plane_.items[now_->item[at]];
  for (std::uint32_t i = 0; i < item.offer_count && i <= of_cache_line; i += of_cache_line) {
    __builtin_prefetch(plane_.offers.data() + item.offers + i);
  }
}

template <class RowAt>
void BlockPricer::read_ahead(RowAt row_at, std::size_t count) {
  ahead_->count = count;
  copy_column(lines_.item, row_at, count, ahead_->item.data());
  copy_column(lines_.customer, row_at, count, ahead_->customer.data());
  kernel_.check_ids(plane_, ahead_);
  // so many columns at once are more than the machine itself foresees
  if (lines_.quantity.width == NumberWidth::bits_64)
    row_at.fetch(static_cast<const std::int64_t*>(lines_.quantity.values), count);
  const auto later = row_at.from(count);
  const auto later_count = std::min(size, later.count);
  for (const auto* column : {&lines_.item, &lines_.customer}) {
    if (column->values) later.fetch(column->values, later_count);
  }
}

// What lines ask for besides.
template <class RowAt>
void BlockPricer::read(RowAt row_at) {
  left_ = now_->unknown;
  alone_.clear();
  no_price_.clear();
  no_list_price_.clear();
  narrow_ = scales_.narrow;
  if (!all_plain_) leave_what_only_price_knows(row_at);
  read_quantities(row_at);
}

template <class RowAt>
void BlockPricer::leave_what_only_price_knows(RowAt row_at) {
  const auto leave_unless = [&](auto holds) {
    for (std::size_t at = 0; at < count_; ++at) left_.set(at, !holds(row_at(at)));
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
  switch (quantity.width) {
    case NumberWidth::bits_32:
      row_at.copy(static_cast<const std::int32_t*>(quantity.values), count_, columns_.quantity.data());
      return kernel_.split_signs(count_, &columns_);
    case NumberWidth::bits_64:
      row_at.copy(static_cast<const std::int64_t*>(quantity.values), count_, columns_.quantity.data());
      return kernel_.split_signs(count_, &columns_);
    case NumberWidth::bits_128: return read_wide_quantities(row_at);
  }
}

template <class RowAt>
void BlockPricer::read_wide_quantities(RowAt row_at) {
  for (std::size_t at = 0; at < count_; ++at) {
    const Int128 value = mantissa_at(lines_.quantity, row_at(at));
    const Int128 magnitude = value < 0 ? -value : value;
    left_.set(at, magnitude >> 64U != 0);
    columns_.quantity[at] = static_cast<std::uint64_t>(magnitude);
    columns_.negative[at] = value < 0 ? ~std::uint64_t{0} : 0;
  }
}

// What vectors do not do.
void BlockPricer::attend(std::uint32_t at) {
  const auto attention = columns_.attention[at];
  if ((attention & attention::left) != 0) return left_.set(at);
  bool alone = (attention & (attention::list | attention::several_books)) != 0;
  if ((attention & (attention::customer_price | attention::overriding)) != 0) look_up_price(at);
  // at a price of 0 all discounts are the same
  alone = alone || static_cast<std::int64_t>(columns_.list_price[at]) <= 0;
  if (!alone && (attention & attention::exceptions) != 0) {
    alone = pricer_.has_exception(plane_.items[now_->item[at]], line_at(at));
  }
  alone_.set(at, alone);
}

void BlockPricer::look_up_price(std::uint32_t at) {
  const auto& item = plane_.items[now_->item[at]];
  const auto& customer = plane_.customers[now_->customer[at]];
  if (customer.kind() == CustomerBooks::account && (item.flags & PlaneItem::has_overriding) != 0) return left_.set(at);
  const auto price = plane_.customer_price(customer.books, now_->item[at]);
  if (price == CustomerPriceSlot::none) return;
  left_.set(at, price == CustomerPriceSlot::several);
  columns_.list_price[at] = static_cast<std::uint64_t>(std::max<std::int64_t>(price, 0));
  columns_.price_book[at] = customer.books;
}

PlaneLine BlockPricer::line_at(std::uint32_t at) const {
  const Id customer = now_->customer[at] == plane_.customers.size() - 1 ? no_id : now_->customer[at];
  return {now_->item[at], customer, columns_.quantity[at]};
}

void BlockPricer::compute() {
  if (kernel_.compute) {
    kernel_.compute(arithmetic_, wants_more_, plane_, *now_, *ahead_, &columns_);
    alone_ = alone_ | columns_.misfits;
  } else {
    ahead_->fetch(plane_, 0, ahead_->count);
    alone_ = LineBits::of_first(count_);
  }
}

// Who made the prices.
void BlockPricer::note_sources() {
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
  const auto quantity = columns_.quantity[at];
  PlaneResult result;
  PlaneTotals totals;
  const auto outcome = quantity >> 62U != 0 ? PlaneOutcome::left : pricer_.price(line_at(at), &result);
  if (outcome == PlaneOutcome::no_price) return no_price_.set(at);
  if (outcome == PlaneOutcome::left || !pricer_.totals(result, quantity, &totals) || totals.widest >> 62U != 0) {
    return left_.set(at);
  }
  narrow_ = narrow_ && totals.widest >> 32U == 0;
  no_list_price_.set(at, !totals.has_list_price);
  columns_.list_price[at] = totals.list_price;
  columns_.price[at] = result.unit_price;
  columns_.discount[at] = result.discount;
  columns_.gross[at] = result.amounts.gross;
  columns_.net[at] = result.amounts.net;
  columns_.unit_net[at] = totals.unit_net;
  columns_.list_amount[at] = totals.has_list_price ? totals.list_amount : result.amounts.net;  // then nothing is saved
  columns_.price_book[at] = result.price_book;
  source_[at] = result.source;
  columns_.campaign[at] = result.campaign;
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
  alignas(64) BlockValues<std::uint64_t> difference;
  each(priced_.status, [](std::size_t) { return line_ok; });
  write_steps(priced_.list_price, c.list_price.data(), scales_.price, false);
  write_steps(priced_.unit_price, c.price.data(), scales_.price, false);
  // a percentage with twelve places has more than 32 bits by 31
  each(priced_.discount, [&](std::size_t at) { return static_cast<std::int64_t>(c.discount[at]) * scales_.percent; });
  write_steps(priced_.gross, c.gross.data(), scales_.amount, true);
  if (priced_.discount_amount) {
    for (std::size_t at = 0; at < count_; ++at) difference[at] = c.gross[at] - c.net[at];
    write_steps(priced_.discount_amount, difference.data(), scales_.amount, true);
  }
  write_steps(priced_.net, c.net.data(), scales_.amount, true);
  write_steps(priced_.unit_net, c.unit_net.data(), scales_.unit_price, false);
  if (priced_.list_amount) {
    for (std::size_t at = 0; at < count_; ++at) difference[at] = no_list_price_[at] ? 0 : c.list_amount[at];
    write_steps(priced_.list_amount, difference.data(), scales_.amount, true);
  }
  each(priced_.saved, [&](std::size_t at) {
    const auto sign = static_cast<std::int64_t>(c.negative[at]);
    const auto saved = static_cast<std::int64_t>(c.list_amount[at] - c.net[at]);  // a forced price may be dearer
    return ((Int128{saved} ^ sign) - sign) * scales_.amount;  // of a line that goes alone it may be any number
  });
  each(priced_.has_list_price, [&](std::size_t at) { return static_cast<std::uint8_t>(no_list_price_[at] ? 0 : 1); });
  each(priced_.source, [&](std::size_t at) { return source_[at]; });
  each(priced_.applied_campaign, [&](std::size_t at) { return c.campaign[at]; });
  each(priced_.applied_price_book, [&](std::size_t at) { return c.price_book[at]; });
  each(priced_.named_reason, [](std::size_t) { return std::int8_t{-1}; });
}

}  // namespace rabatt

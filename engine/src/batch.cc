#include "rabatt/batch.h"

#include <algorithm>

#include "exact_line.h"
#include "line_results.h"
#include "number_column.h"
#include "plane_line.h"

namespace rabatt {
namespace {

// How far ahead a line's records are fetched: its item and customer first, then what their price book has.
constexpr std::size_t records_ahead = 24;
constexpr std::size_t prices_ahead = 12;

// From the counts of a plane to mantissas of the results.
struct ResultScales {
  // False where the results have fewer places than the plane, or too many.
  bool make(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int places) {
    const auto& currency = plane.book.compiled().currency_rules[plane.currency];
    percent = power(14, 0) / arithmetic.full;
    return scale(Decimal::scaled(1, plane.price_places), places, &price) &&
           scale(currency.amount_step, places, &amount) && scale(currency.unit_step, places, &unit_price);
  }

  Int128 price = 1;
  Int128 amount = 1;
  Int128 unit_price = 1;
  std::uint64_t percent = 1;

 private:
  static std::uint64_t power(int exponent, int less) {
    return powers_of_ten_64[static_cast<std::size_t>(exponent - less)].value;
  }

  static bool scale(const Decimal& step, int places, Int128* factor) {
    const Decimal reduced = step.reduced();
    if (reduced.places() > places || places - reduced.places() > largest_power_64) return false;
    if (reduced.mantissa() > std::int64_t{1} << 32U) return false;
    *factor = reduced.mantissa() * static_cast<Int128>(power(places, reduced.places()));
    return true;
  }
};

class BatchPricer {
 public:
  BatchPricer(const Book& book, const CompiledPlane* plane, const LineColumns& lines, const PricedColumns& priced)
      : book_(book.compiled()), plane_(plane), lines_(lines), priced_(priced) {
    if (!plane || !lines.quantity.values) return;
    planar_ = PlaneArithmetic::make(*plane, lines.quantity.places, &arithmetic_) &&
              scales_.make(*plane, arithmetic_, priced.places);
  }

  template <class RowAt>
  void run(std::size_t count, RowAt row_at) const {
    if (!planar_) {
      for (std::size_t i = 0; i < count; ++i) price_exactly(book_, lines_, row_at(i), priced_);
      return;
    }
    const PlanePricer pricer(*plane_, arithmetic_, lines_.quantity.places);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + records_ahead < count) fetch_records(row_at(i + records_ahead));
      if (i + prices_ahead < count) fetch_price(row_at(i + prices_ahead));
      price(pricer, row_at(i));
    }
  }

 private:
  void fetch_records(std::size_t row) const {
    const Id item = lines_.item[row];
    const Id customer = lines_.customer[row];
    if (item < plane_->items.size()) __builtin_prefetch(&plane_->items[item]);
    if (customer < plane_->customers.size()) __builtin_prefetch(&plane_->customers[customer]);
  }

  void fetch_price(std::size_t row) const {
    const Id item = lines_.item[row];
    const Id customer = lines_.customer[row];
    if (item >= plane_->items.size() || customer >= plane_->customers.size()) return;
    const auto& record = plane_->customers[customer];
    const bool one_book = record.kind() == CustomerBooks::account || record.kind() == CustomerBooks::organisation;
    if (one_book) book_.prefetch_customer_price(record.books, item);
  }

  // Whether a line asks for nothing that only price() knows.
  bool is_plain(std::size_t row) const {
    if (!lines_.date.valid[row] || !plane_->admits(lines_.date[row], lines_.currency[row])) return false;
    if (lines_.unit[row] != no_id || lines_.organisation[row] != no_id) return false;
    if (lines_.campaign[row] != no_id || lines_.code_campaign[row] != no_id) return false;
    if (has_value(lines_.list_price, row) || has_value(lines_.manual_price, row)) return false;
    if (has_value(lines_.manual_discount, row) || !lines_.quantity.valid[row]) return false;
    const auto mode = lines_.prices_include_tax[row];
    if (mode <= 1 && (mode == 1) != book_.rules.prices_include_tax) return false;
    const Id customer = lines_.customer[row];
    return lines_.item[row] < plane_->items.size() && (customer == no_id || customer < plane_->customers.size());
  }

  void price(const PlanePricer& pricer, std::size_t row) const {
    if (!is_plain(row)) return price_exactly(book_, lines_, row, priced_);
    const Int128 quantity = mantissa_at(lines_.quantity, row);
    const Int128 size = quantity < 0 ? -quantity : quantity;
    if (size >> 62U != 0) return price_exactly(book_, lines_, row, priced_);
    PlaneResult result;
    switch (pricer.price({lines_.item[row], lines_.customer[row], static_cast<std::uint64_t>(size)}, &result)) {
      case PlaneOutcome::priced:
        if (write(result, static_cast<std::uint64_t>(size), quantity < 0, row)) return;
        break;
      case PlaneOutcome::no_price: return write_fault(Code::no_price, row, priced_);
      case PlaneOutcome::left: break;
    }
    price_exactly(book_, lines_, row, priced_);
  }

  bool write(const PlaneResult& result, std::uint64_t quantity, bool negative, std::size_t row) const {
    std::uint64_t unit_net = 0;
    if (!arithmetic_.unit_net(result.unit_price, result.discount, &unit_net)) return false;
    std::uint64_t list_amount = 0;
    const bool has_list_price = result.list_price != no_price;
    if (has_list_price) {
      const auto price = static_cast<std::uint64_t>(result.list_price);
      list_amount = result.amounts.gross;
      if (price != result.unit_price && !arithmetic_.gross(quantity, price, &list_amount)) return false;
    }
    const auto steps = [](std::uint64_t count) { return static_cast<Int128>(count); };
    const Int128 amount = negative ? -scales_.amount : scales_.amount;
    const auto& amounts = result.amounts;
    put(priced_.status, row, line_ok);
    put(priced_.list_price, row, has_list_price ? result.list_price * scales_.price : 0);
    put(priced_.unit_price, row, steps(result.unit_price) * scales_.price);
    put(priced_.discount, row, static_cast<Int128>(result.discount * scales_.percent));
    put(priced_.gross, row, steps(amounts.gross) * amount);
    put(priced_.discount_amount, row, steps(amounts.gross - amounts.net) * amount);
    put(priced_.net, row, steps(amounts.net) * amount);
    put(priced_.unit_net, row, steps(unit_net) * scales_.unit_price);
    put(priced_.list_amount, row, steps(list_amount) * amount);
    put(priced_.saved, row, has_list_price ? (steps(list_amount) - steps(amounts.net)) * amount : 0);
    put(priced_.has_list_price, row, static_cast<std::uint8_t>(has_list_price ? 1 : 0));
    put(priced_.source, row, result.source);
    put(priced_.applied_campaign, row, result.campaign);
    put(priced_.applied_price_book, row, result.price_book);
    put(priced_.named_reason, row, std::int8_t{-1});
    return true;
  }

  template <class T>
  static void put(T* column, std::size_t row, T value) {
    if (column) column[row] = value;
  }

  const CompiledBook& book_;
  const CompiledPlane* plane_;
  const LineColumns& lines_;
  const PricedColumns& priced_;
  PlaneArithmetic arithmetic_;
  ResultScales scales_;
  bool planar_ = false;
};

}  // namespace

Instructions best_instructions() { return Instructions::portable; }

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, const PricedColumns& priced,
                 Instructions) {
  BatchPricer(book, static_cast<const CompiledPlane*>(plane), lines, priced).run(lines.count, [](std::size_t i) {
    return i;
  });
}

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::span<const std::uint32_t> rows,
                 const PricedColumns& priced, Instructions) {
  BatchPricer(book, static_cast<const CompiledPlane*>(plane), lines, priced).run(rows.size(), [&](std::size_t i) {
    return std::size_t{rows[i]};
  });
}

}  // namespace rabatt

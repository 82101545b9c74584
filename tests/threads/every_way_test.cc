// One line has one price, whichever way it is priced: alone, by ids, in a batch by each set of instructions, by one
// thread or two, split and in any order, from a day plane and without. The lines aim at what such code gets wrong:
// products whose low bits are all zero, exact ties, and the limits of 32, 64 and 128 bits and of 38 digits.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <map>
#include <numeric>

#include "day_plane.h"
#include "line_batch.h"
#include "rabatt/batch_pricer.h"
#include "rabatt/line_pricer.h"
#include "random_shops.h"
#include "samples.h"
#include "trials.h"

namespace rabatt {
namespace {

using Wide = boost::multiprecision::int512_t;

constexpr std::size_t lines_of_shop = 20'000;  // enough for two threads
constexpr std::size_t any_lines = 5'000;       // of these the others aim at something

// Just below, at and just above.
constexpr int bits_of_limits[] = {31, 32, 52, 53, 62, 63, 64};

Wide power_of_ten(int exponent) { return boost::multiprecision::pow(Wide(10), static_cast<unsigned>(exponent)); }

// How many lines of each kind there were, seen by what became of them.
struct Kinds {
  std::uint64_t zero_low_bits = 0;  // the product of price and quantity ends in 32 zero bits or more
  std::uint64_t ties = 0;           // the amount before or after its discount lies between two steps
  std::uint64_t limits_of_64 = 0;   // the product is less than a price away from 2^31 … 2^64
  std::uint64_t limits_of_128 = 0;  // the same of 2^127 and 10^38, with as many places as the results; and overflow
  std::uint64_t refused = 0;        // no price, or unknown to the book

  std::string text() const {
    return ": " + std::to_string(zero_low_bits) + " with zero low bits, " + std::to_string(ties) + " ties, " +
           std::to_string(limits_of_64) + " at limits up to 64 bits, " + std::to_string(limits_of_128) +
           " at those of 128 bits and 38 digits, " + std::to_string(refused) + " refused";
  }
};

class Shop {
 public:
  Shop(Random* random, bool is_wide)
      : random_(*random),
        is_wide_(is_wide),
        quantity_places_(is_wide ? 0 : random->between(0, 2)),
        content_(random_shop(random)),
        book_(Book::build(content_)) {
    requests_ = random_order_lines(random, content_, any_lines);
    for (auto& request : requests_) {
      if (is_wide) request.lines[0].quantity = Decimal::scaled(request.lines[0].quantity->mantissa(), 0);
    }
    while (requests_.size() < lines_of_shop) requests_.push_back(aimed());
    batch_ = std::make_unique<LineBatch>(book_, requests_);
    for (const auto& request : requests_) expected_.push_back(expected_answer(book_, request, places_));
  }

  // How many answers were others than price() gives.
  std::uint64_t differences() {
    std::uint64_t different = different_by_ids();
    const BatchPricer pricer(book_);
    std::vector<std::uint32_t> rows(lines_of_shop);
    std::iota(rows.begin(), rows.end(), 0U);
    for (int set = 0; set <= static_cast<int>(best_instructions()); ++set) {
      const auto instructions = static_cast<Instructions>(set);
      for (const int threads : {1, 2}) {
        different += different_after([&](const PricedColumns& priced) {
          pricer.price(batch_->lines(), priced, {.threads = threads, .instructions = instructions});
        });
      }
      for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random_.below(i)]);
      different += different_after([&](const PricedColumns& priced) {
        for (std::size_t begin = 0; begin < rows.size();) {
          const auto size = std::min<std::size_t>(rows.size() - begin, 1 + random_.below(rows.size()));
          const auto part = std::span(rows).subspan(begin, size);
          price_lines(book_, plane_.get(), batch_->lines(), part, priced, instructions);
          begin += size;
        }
      });
    }
    different +=
        different_after([&](const PricedColumns& priced) { price_lines(book_, nullptr, batch_->lines(), priced); });
    return different + different_by_partial_planes();
  }

  void count(Kinds* seen) const {
    for (std::size_t line = 0; line < lines_of_shop; ++line) count(line, seen);
  }

 private:
  template <class Price>
  std::uint64_t different_after(Price&& price) const {
    BatchResults results(lines_of_shop, places_);
    price(results.columns());
    std::uint64_t different = 0;
    for (std::size_t line = 0; line < lines_of_shop; ++line) {
      if (results[line] == expected_[line]) continue;
      if (different++ == 0) {
        ADD_FAILURE() << "batch: " << shown(results[line]) << "\nalone: " << shown(expected_[line]);
      }
    }
    return different;
  }

  // A few lines of one period and currency at a time, and one plane for all of them.
  std::uint64_t different_by_partial_planes() {
    const Periods periods(book_);
    std::map<std::pair<std::int64_t, Id>, std::vector<std::uint32_t>> groups;
    const auto& lines = batch_->lines();
    for (std::uint32_t row = 0; row < lines.count; ++row) {
      groups[{periods.of(lines.date[row]).from, lines.currency[row]}].push_back(row);
    }
    PartialPlane plane(book_);
    return different_after([&](const PricedColumns& priced) {
      for (const auto& [key, rows] : groups) {
        const auto [start, currency] = key;
        if (currency >= unknown_id) {
          price_lines(book_, nullptr, lines, rows, priced);
          continue;
        }
        for (std::size_t begin = 0; begin < rows.size();) {
          const auto part =
              std::span(rows).subspan(begin, std::min<std::size_t>(rows.size() - begin, random_.below(300) + 1));
          price_lines(book_, &plane.compile(lines, part, periods.of(start), currency), lines, part, priced);
          begin += part.size();
        }
      }
    });
  }

  // Of those that a LinePricer can be asked for.
  std::uint64_t different_by_ids() const {
    const BookIds ids(book_);
    std::uint64_t different = 0;
    for (std::size_t line = any_lines; line < lines_of_shop; ++line) {
      const auto& request = requests_[line];
      const Int128 quantity = request.lines[0].quantity->mantissa();
      if (quantity != static_cast<std::int64_t>(quantity)) continue;
      const auto price = pricer_.price(ids.item(request.lines[0].item), ids.customer(request.customer),
                                       static_cast<std::int64_t>(quantity));
      const auto& wanted = expected_[line];
      different += price.status != wanted.status || price.net != wanted.net || price.gross != wanted.gross ||
                   price.unit_net != wanted.unit_net || price.saved != wanted.saved ||
                   price.applied_campaign != wanted.applied_campaign;
    }
    return different;
  }

  // A plain line whose product with the item's price is at one of the boundaries; the price that it comes to may be
  // another one, so that not all of them hit.
  Request aimed() {
    RequestLine line = line_of(random_.pick(content_.items).item);
    const auto& prices = std::find_if(content_.items.begin(), content_.items.end(), [&](const Item& item) {
                           return item.item == line.item;
                         })->prices;
    const auto found = prices.find("EUR");
    const int price_places = std::max(2, found == prices.end() ? 0 : found->second.places());
    const Int128 price =
        found == prices.end() ? 1 : std::max<Int128>(found->second.at_places(price_places).mantissa(), 1);
    Int128 quantity = 1 + static_cast<int>(random_.below(2'000));
    constexpr auto most_digits = static_cast<Int128>(99'999'999'999'999'999) * 1'000'000'000'000'000'000;
    const auto near = [&](Int128 limit) { return std::min(limit / price, most_digits) + random_.between(-1, 1); };
    switch (is_wide_ ? 3 : random_.below(3)) {
      case 0: {
        int zeros = 0;
        while (zeros < 32 && ((price >> zeros) & 1) == 0) ++zeros;
        quantity <<= 32 - zeros;
        break;
      }
      case 1: {
        // price × quantity ends in 5, 50, 500 … where a step of 0.01 is rounded to
        const int spare = price_places + quantity_places_ - 2;
        if (spare <= 0) break;
        Int128 step = 1;
        for (int i = 0; i < std::min(spare, 9); ++i) step *= 10;
        for (int i = 0; i < 64 && price % step * quantity % step != step / 2; ++i) {
          quantity = 1 + static_cast<int>(random_.below(100'000));
        }
        break;
      }
      case 2: quantity = near(Int128{1} << random_.pick(bits_of_limits)); break;
      default: {
        Int128 most = 1;  // 10^38 less the places of the results
        for (int i = 0; i < 38 - random_.between(0, 6); ++i) most *= 10;
        quantity = near(random_.one_in(3) ? static_cast<Int128>((UInt128{1} << 127U) - 1) : most);
      }
    }
    line.quantity = Decimal::scaled(std::clamp<Int128>(quantity, 1, most_digits), quantity_places_);
    if (random_.one_in(8)) line.quantity = -*line.quantity;
    return request_of({line}, random_.one_in(3) ? "" : random_.pick(content_.customers).customer);
  }

  void count(std::size_t at, Kinds* seen) const {
    const auto& answer = expected_[at];
    if (answer.status != line_ok) {
      ++(answer.status == status_of_line(Code::overflow) ? seen->limits_of_128 : seen->refused);
      return;
    }
    const auto& compiled = static_cast<const CompiledPlane&>(*plane_);
    const Decimal quantity = requests_[at].lines[0].quantity->magnitude();
    const Decimal price = Decimal::scaled(answer.unit_price, places_).reduced();
    if (price.places() > compiled.price_places) return;
    const Wide at_scale = Wide(price.at_places(compiled.price_places).mantissa());
    const Wide product = at_scale * Wide(quantity.mantissa());
    if (product == 0) return;
    if (product % (Wide(1) << 32) == 0) ++seen->zero_low_bits;
    const auto is_near = [&](const Wide& number, const Wide& limit) {
      return boost::multiprecision::abs(number - limit) <= at_scale;
    };
    const bool at_64 = std::any_of(std::begin(bits_of_limits), std::end(bits_of_limits),
                                   [&](int bits) { return is_near(product, Wide(1) << bits); });
    if (at_64) ++seen->limits_of_64;
    const int scale = compiled.price_places + quantity.places();
    const Wide step = Wide(book_.steps_of("EUR")->amount->at_places(Decimal::max_places / 2).mantissa());
    const auto is_tie = [&](const Wide& amount, int places) {
      const Wide numerator = amount * power_of_ten(Decimal::max_places / 2);
      const Wide denominator = step * power_of_ten(places);
      return numerator % denominator != 0 && numerator * 2 % denominator == 0;
    };
    const Wide hundred = power_of_ten(PricedColumns::percent_places + 2);
    if (is_tie(product, scale) || is_tie(product * (hundred - Wide(answer.discount)), scale + 14)) ++seen->ties;
    // of the result's mantissa
    const Wide mantissa = Wide(answer.gross < 0 ? -answer.gross : answer.gross);
    if (mantissa * 1'000'000 > power_of_ten(38)) ++seen->limits_of_128;
  }

  Random& random_;
  bool is_wide_;
  int quantity_places_;
  BookContent content_;
  Book book_;
  Date date_ = Date::from("2026-03-10");
  Id euro_ = BookIds(book_).currency("EUR");
  std::shared_ptr<const DayPlane> plane_ = DayPlane::compile(book_, date_, euro_);
  LinePricer pricer_ = LinePricer(book_, plane_, date_, euro_, quantity_places_);
  int places_ = pricer_.places();
  std::vector<Request> requests_;
  std::unique_ptr<LineBatch> batch_;
  std::vector<BatchAnswer> expected_;
};

TEST(EveryWay, GivesALineOnePrice) {
  Random random("every way");
  const auto shops = trials(5);
  Kinds seen;
  std::uint64_t different = 0;
  for (std::uint64_t shop = 0; shop < shops && !HasFailure(); ++shop) {
    SCOPED_TRACE("shop " + std::to_string(shop));
    Shop one(&random, shop % 5 == 4);
    different += one.differences();
    one.count(&seen);
  }
  EXPECT_EQ(different, 0U);
  report("lines priced every way", shops * lines_of_shop,
         " lines, " + std::to_string(different) + " differ" + seen.text());
}

}  // namespace
}  // namespace rabatt

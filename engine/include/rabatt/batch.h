// Lines by the million: columns of ids and scaled integers in, columns out.
//
//   BookIds ids(book);
//   std::vector<Id> items = {ids.item("TEA"), ids.item("MUG")};
//   std::vector<std::int64_t> quantities = {3, 1};
//   const auto day = Date::from("2026-03-10");
//   LineColumns lines;
//   lines.count = 2;
//   lines.item.values = items.data();
//   lines.quantity.values = quantities.data();
//   lines.date.value = day.first_moment().time_since_epoch().count();
//   lines.currency.value = ids.currency("EUR");
//   std::vector<LineStatus> status(2);
//   std::vector<Int128> net(2);
//   const auto plane = DayPlane::compile(book, day, ids.currency("EUR"));
//   price_lines(book, plane.get(), lines, {.places = 5, .status = status.data(), .net = net.data()});
//   // net[0] = 2997000 for 3 × 9.99
//
// Every line is a document of its own as far as its price goes: the same price to the last digit as price() gives the
// same line in a Request, whatever stands beside it. Most lines are priced from a DayPlane in 64-bit integers, by the
// widest vectors that the machine has; what does not fit these goes the way of price(), in its place.
//
// Memory layout and places are those of Arrow's decimal128, date32 and timestamp[s], so that such columns need no copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "rabatt/book.h"
#include "rabatt/ids.h"
#include "rabatt/quote.h"
#include "rabatt/scaled.h"

namespace rabatt {

// One value per line, or the same one for all where there are no `values`.
template <class T>
struct Column {
  const T* values = nullptr;
  T value{};

  const T& operator[](std::size_t line) const { return values ? values[line] : value; }
};

// Whether each line has a value: Arrow's validity bitmap, bit `offset` being that of the first line. Without `bits`
// each line has one.
struct Validity {
  const std::uint8_t* bits = nullptr;
  std::size_t offset = 0;

  bool operator[](std::size_t line) const {
    const std::size_t bit = offset + line;
    return !bits || ((bits[bit / 8] >> (bit % 8)) & 1U) != 0;
  }
};

enum class NumberWidth : std::uint8_t { bits_32, bits_64, bits_128 };

// Decimals: signed mantissas of one width and one number of places. Without `values` no line has one.
struct NumberColumn {
  const void* values = nullptr;
  NumberWidth width = NumberWidth::bits_64;
  int places = 0;  // 0 … 38
  Validity valid = {};
};

// Days (Arrow date32) or seconds (timestamp[s]) since 1970-01-01; the first there is counts, then `date`.
struct DateColumn {
  const std::int32_t* days = nullptr;
  const std::int64_t* seconds = nullptr;
  std::int64_t value = 0;  // seconds
  Validity valid = {};

  std::int64_t operator[](std::size_t line) const {
    return days ? std::int64_t{days[line]} * 86'400 : seconds ? seconds[line] : value;
  }
};

// Lines to be priced; the fields of RequestLine, and of the Request that matter to its lines.
struct LineColumns {
  std::size_t count = 0;  // below 2^32: more are for several calls
  Column<Id> item = {nullptr, no_id};  // required
  NumberColumn quantity;  // required
  Column<Id> unit = {nullptr, no_id};  // no_id: the item's base unit
  NumberColumn list_price;
  NumberColumn manual_price;
  NumberColumn manual_discount;
  DateColumn date;  // required
  Column<Id> currency = {nullptr, no_id};  // required
  Column<Id> customer = {nullptr, no_id};
  Column<Id> organisation = {nullptr, no_id};  // no_id: the customer's
  Column<Id> campaign = {nullptr, no_id};  // the one campaign that may apply
  Column<Id> code_campaign = {nullptr, no_id};  // the same, named by its code
  Column<std::uint8_t> prices_include_tax = {nullptr, 2};  // 0, 1; 2: the book's
};

// 0 for a priced line, else 1 + the Code.
using LineStatus = std::uint8_t;
inline constexpr LineStatus line_ok = 0;
constexpr LineStatus status_of_line(Code code) { return static_cast<LineStatus>(static_cast<int>(code) + 1); }
constexpr Code code_of_line(LineStatus status) { return static_cast<Code>(status - 1); }

// Where the results go, each an array of `count`; null for what nobody wants. Prices and amounts are mantissas with
// `places` places; a line with a price or amount that does not fit 38 digits with so many places is `overflow`. A line
// that is not ok has zeros, and no_id.
struct PricedColumns {
  int places = 0;  // 0 … 38
  LineStatus* status = nullptr;
  Int128* list_price = nullptr;  // 0 where there is none: see has_list_price
  Int128* unit_price = nullptr;
  Int128* discount = nullptr;  // percent, with percent_places
  Int128* gross = nullptr;
  Int128* discount_amount = nullptr;
  Int128* net = nullptr;
  Int128* unit_net = nullptr;
  Int128* list_amount = nullptr;  // 0 without a list price, as saved
  Int128* saved = nullptr;
  std::uint8_t* has_list_price = nullptr;  // 0 or 1
  Source* source = nullptr;
  Id* applied_campaign = nullptr;
  Id* applied_price_book = nullptr;
  std::int8_t* named_reason =
      nullptr;  // the Reason why the named campaign did not qualify; −1: it did, or none is named

  static constexpr int percent_places = 12;
};

// The places that hold every price of the book and every step of its currencies, per any unit.
int places_of(const Book& book);

// Seconds since 1970-01-01, both inclusive.
struct Period {
  std::int64_t from = 0;
  std::int64_t until = 0;

  bool holds(std::int64_t second) const { return from <= second && second <= until; }
  friend bool operator==(const Period&, const Period&) = default;
};

// The time around a moment in which no campaign and no price book begins or ends. Outside the years 0001–9999, where
// no line has a price, it is all the time before or after them.
Period period_of(const Book& book, std::int64_t second);

// All periods of a book, to be found in a moment where period_of() looks at every campaign.
class Periods {
 public:
  explicit Periods(const Book& book);

  // As period_of().
  Period of(std::int64_t second) const;

 private:
  std::vector<std::int64_t> starts_;  // ascending
};

// A book compiled for one currency and such a period.
class DayPlane {
 public:
  // Throws unknown_currency.
  static std::shared_ptr<const DayPlane> compile(const Book& book, const Date& date, Id currency);
  static std::shared_ptr<const DayPlane> compile(const Book& book, std::int64_t second, Id currency);

  virtual ~DayPlane() = default;

  // Whether lines of this moment and currency can be priced from it.
  virtual bool admits(std::int64_t second, Id currency) const = 0;

  virtual std::size_t bytes() const = 0;

 protected:
  DayPlane() = default;
  DayPlane(const DayPlane&) = delete;
  DayPlane& operator=(const DayPlane&) = delete;
};

// A plane that has the items and customers of some lines only: where few lines are of the same date, a whole one costs
// more than they do. It is compiled again for the lines of another date. For one thread.
class PartialPlane {
 public:
  explicit PartialPlane(const Book& book);
  ~PartialPlane();
  PartialPlane(PartialPlane&&) noexcept;
  PartialPlane& operator=(PartialPlane&&) noexcept;

  // For lines of one currency, which the book has, and of one period, as Periods has it.
  // Good for these lines, until the next call.
  const DayPlane& compile(const LineColumns& lines, std::span<const std::uint32_t> rows, const Period& period,
                          Id currency);

 private:
  class Compiler;
  std::unique_ptr<Compiler> compiler_;
};

// Sets of instructions; each gives the same bits. Of one that the machine has not, the best that it has is used.
enum class Instructions : std::uint8_t { portable, avx2, avx512 };

// The best that this machine has.
Instructions best_instructions();

// Prices lines `begin` to `end`, or those in `rows` (any order, none twice), into their places of the results. Lines
// that `plane` does not admit go the way of price(); a null plane admits none. `plane` is of the same book. Never
// throws for a line: see PricedColumns::status; damaged_book where a mapped book turns out to be. May be called by
// several threads for different lines.
void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::size_t begin, std::size_t end,
                 const PricedColumns& priced, Instructions instructions = best_instructions());
void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::span<const std::uint32_t> rows,
                 const PricedColumns& priced, Instructions instructions = best_instructions());

// All lines.
inline void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, const PricedColumns& priced,
                        Instructions instructions = best_instructions()) {
  price_lines(book, plane, lines, 0, lines.count, priced, instructions);
}

}  // namespace rabatt

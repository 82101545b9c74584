// One line priced from a day plane, in 64-bit integers.
#pragma once

#include "plane_arithmetic.h"

namespace rabatt {

// What a line asks of a plane: it names no campaign, unit or price of its own, and is in the book's tax mode.
struct PlaneLine {
  Id item = no_id;                // in the book
  Id customer = no_id;            // in the book, or no_id
  std::uint64_t quantity = 0;     // magnitude
};

enum class PlaneOutcome : std::uint8_t {
  priced,
  no_price,
  left,  // to price()
};

// Amounts are magnitudes, in steps of the currency; prices have the plane's places.
struct PlaneResult {
  std::int64_t list_price = no_price;
  std::uint64_t unit_price = 0;
  std::uint64_t discount = 0;           // of PlaneArithmetic::full
  std::uint64_t customer_discount = 0;  // the same
  LineAmounts amounts;
  Source source = Source::list;
  Id campaign = no_id;
  Id price_book = no_id;
};

// What follows from a result.
struct PlaneTotals {
  bool has_list_price = false;
  std::uint64_t list_price = 0;
  std::uint64_t unit_net = 0;     // unit steps
  std::uint64_t list_amount = 0;  // steps
  std::uint64_t widest = 0;       // the bits of all numbers but the discounts
};

class PlanePricer {
 public:
  PlanePricer(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int quantity_places);

  PlaneOutcome price(const PlaneLine& line, PlaneResult* result) const;

  // False if a number does not fit.
  bool totals(const PlaneResult& result, std::uint64_t quantity, PlaneTotals* totals) const;

  // Whether an offer of the item's list that is not for every line may apply to this one.
  bool has_exception(const PlaneItem& item, const PlaneLine& line) const;

 private:
  struct Rival;

  struct ListPrice {
    std::int64_t price;
    Id price_book;
  };

  bool find_list_price(const PlaneItem& item, const PlaneLine& line, ListPrice* found) const;
  bool best_of(Range books, Id item, ListPrice* found, bool* any) const;
  bool offer_applies(const PlaneOffer& offer, const PlaneLine& line, std::uint64_t quantity, bool* applies) const;
  bool make_rival(const PlaneOffer& offer, const PlaneResult& none, std::uint64_t quantity, std::uint64_t customer,
                  Rival* rival) const;
  bool choose_of_one(const PlaneItem& item, std::uint64_t quantity, std::uint64_t customer, PlaneResult* result) const;
  bool choose(const PlaneItem& item, const PlaneLine& line, std::uint64_t quantity, std::uint64_t customer,
              PlaneResult* result, bool* found) const;
  const CompiledPlane& plane_;
  const CompiledBook& book_;
  const PlaneArithmetic& arithmetic_;
  std::uint64_t quantity_factor_ = 1;  // quantities and minimums, at the larger of their places
  std::uint64_t minimum_factor_ = 1;
  std::uint64_t one_ = 1;  // of a quantity
  bool fits_ = true;
};

}  // namespace rabatt

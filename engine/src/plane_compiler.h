// From a book to its day plane: all of it, or some items and customers.
#pragma once

#include "day_plane.h"
#include "plane_offers.h"

namespace rabatt {

class PlaneCompiler {
 public:
  explicit PlaneCompiler(CompiledPlane* plane);

  // A plane of this moment, which is in the period, that has nothing yet. The currency is one of the book's.
  void begin(std::int64_t second, const Period& period, Id currency);

  void compile_all();

  // Puts one of the book's in its place, which is there already.
  void compile_item(Id item);
  void compile_customer(Id customer);

 private:
  void choose_places();
  void note_most_discount();
  bool is_valid(Id price_book) const;
  std::vector<Id> valid(std::span<const Id> price_books) const;
  PlaneCustomer compiled(const CustomerRecord& record);
  Range listed(const std::vector<Id>& ids);
  PlaneItem compiled(const ItemRecord& record);
  void compile_price(const ItemRecord& record, PlaneItem* item) const;
  const TierRecord* only_tier(const OfferingRecord& offering, PlaneItem* item) const;
  void take_price(const Number& number, Id price_book, PlaneItem* item) const;

  const CompiledBook& book_;
  CompiledPlane& plane_;
  std::int64_t second_ = 0;
  std::int64_t most_discount_ = 0;  // of any customer, with places for which it was noted
  int most_discount_places_ = -1;
  std::optional<OfferCompiler> offers_;
};

}  // namespace rabatt

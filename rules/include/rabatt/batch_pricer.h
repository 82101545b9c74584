// A book with its day planes: batches of lines of any dates and currencies, by as many threads as the caller wants.
//
//   BatchPricer pricer(book);
//   pricer.price(lines, priced, {.threads = 2});
//
// Lines of one date cost least. Those of many dates are sorted by the periods of their dates, and where few are of the
// same period the book is compiled for their items alone, which costs most of their time. The planes of recent dates
// are kept, and what such lines needed. A pricer may be used by many threads at once.
#pragma once

#include <cstddef>
#include <memory>

#include "rabatt/batch.h"

namespace rabatt {

struct BatchOptions {
  int threads = 1;  // that price, the caller's among them; below 1: one
  Instructions instructions = best_instructions();
};

class BatchPricer {
 public:
  static constexpr std::size_t usual_plane_bytes = std::size_t{64} << 20U;

  // Keeps planes of at most so many bytes, and always the one used last.
  explicit BatchPricer(Book book, std::size_t plane_bytes = usual_plane_bytes);
  ~BatchPricer();
  BatchPricer(const BatchPricer&) = delete;
  BatchPricer& operator=(const BatchPricer&) = delete;

  const Book& book() const noexcept;

  // As price_lines().
  void price(const LineColumns& lines, const PricedColumns& priced, const BatchOptions& options = {}) const;

  // The plane of a moment and a currency, compiled if it is not there. Throws unknown_currency.
  std::shared_ptr<const DayPlane> plane(std::int64_t second, Id currency) const;

  // Compiles it if so many lines are worth it: once, where several threads are going to price them.
  void prepare(std::int64_t second, Id currency, std::size_t lines) const;

 private:
  class Planes;
  class Worker;
  struct Piece;

  void price_one_period(const LineColumns& lines, const PricedColumns& priced, const BatchOptions& options) const;
  void price_many_periods(const LineColumns& lines, const PricedColumns& priced, const BatchOptions& options) const;

  std::unique_ptr<Planes> planes_;
};

}  // namespace rabatt

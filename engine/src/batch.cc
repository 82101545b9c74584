#include "rabatt/batch.h"

#include <algorithm>
#include <numeric>

#include "block_pricer.h"
#include "exact_line.h"

namespace rabatt {
namespace {

struct LineRange {
  std::size_t begin;
  std::size_t end;
};

// Calls `price(rows)` for each block of the lines.
template <class Price>
void each_block(const LineRange& range, Price price) {
  std::array<std::uint32_t, BlockPricer::size> rows;
  for (std::size_t begin = range.begin; begin < range.end; begin += rows.size()) {
    const std::size_t size = std::min(rows.size(), range.end - begin);
    std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(begin));
    price(std::span(rows).first(size));
  }
}

template <class Price>
void each_block(std::span<const std::uint32_t> rows, Price price) {
  for (; !rows.empty(); rows = rows.subspan(std::min(rows.size(), BlockPricer::size))) {
    price(rows.first(std::min(rows.size(), BlockPricer::size)));
  }
}

template <class Lines>
void price_all(const Book& book, const DayPlane* day_plane, const LineColumns& lines, const Lines& which,
               const PricedColumns& priced, Instructions instructions) {
  const auto price_left = [&](std::span<const std::uint32_t> rows) {
    for (const auto row : rows) price_exactly(book.compiled(), lines, row, priced);
  };
  const auto* plane = static_cast<const CompiledPlane*>(day_plane);
  PlaneArithmetic arithmetic;
  ResultScales scales;
  if (!plane || !PlaneArithmetic::make(*plane, lines.quantity.places, &arithmetic) ||
      !scales.make(*plane, arithmetic, priced.places)) {
    return each_block(which, price_left);
  }
  const auto pricer = std::make_unique<BlockPricer>(*plane, arithmetic, scales, lines, priced, instructions);
  std::vector<std::uint32_t> left;
  each_block(which, [&](std::span<const std::uint32_t> rows) {
    pricer->price(rows, &left);
    price_left(left);
    left.clear();
  });
}

}  // namespace

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::size_t begin, std::size_t end,
                 const PricedColumns& priced, Instructions instructions) {
  price_all(book, plane, lines, LineRange{begin, end}, priced, instructions);
}

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::span<const std::uint32_t> rows,
                 const PricedColumns& priced, Instructions instructions) {
  price_all(book, plane, lines, rows, priced, instructions);
}

}  // namespace rabatt

#include "rabatt/batch.h"

#include <algorithm>
#include <memory>

#include "block_pricer.h"
#include "exact_line.h"

namespace rabatt {
namespace {

struct LineRange {
  std::size_t begin;
  std::size_t end;

  std::size_t count() const { return end - begin; }
  std::uint32_t row(std::size_t at) const { return static_cast<std::uint32_t>(begin + at); }
  LineRange part(std::size_t at, std::size_t size) const { return {begin + at, begin + at + size}; }
};

struct ChosenLines {
  std::span<const std::uint32_t> rows;

  std::size_t count() const { return rows.size(); }
  std::uint32_t row(std::size_t at) const { return rows[at]; }
  ChosenLines part(std::size_t at, std::size_t size) const { return {rows.subspan(at, size)}; }
};

void price_part(BlockPricer* pricer, const LineRange& lines, std::vector<std::uint32_t>* left) {
  pricer->price(lines.begin, lines.end, left);
}

void price_part(BlockPricer* pricer, const ChosenLines& lines, std::vector<std::uint32_t>* left) {
  pricer->price(lines.rows, left);
}

// Lines that are left are priced after so many: they are remembered meanwhile.
constexpr std::size_t part_size = std::size_t{1} << 16U;

template <class Which>
void price_all(const Book& book, const DayPlane* day_plane, const LineColumns& lines, const Which& which,
               const PricedColumns& priced, Instructions instructions) {
  const auto* plane = static_cast<const CompiledPlane*>(day_plane);
  PlaneArithmetic arithmetic;
  ResultScales scales;
  if (!plane || !PlaneArithmetic::make(*plane, lines.quantity.places, &arithmetic) ||
      !scales.make(*plane, arithmetic, priced.places)) {
    for (std::size_t at = 0; at < which.count(); ++at) price_exactly(book.compiled(), lines, which.row(at), priced);
    return;
  }
  const auto pricer = std::make_unique<BlockPricer>(*plane, arithmetic, scales, lines, priced, instructions);
  std::vector<std::uint32_t> left;
  for (std::size_t at = 0; at < which.count(); at += part_size) {
    price_part(pricer.get(), which.part(at, std::min(part_size, which.count() - at)), &left);
    for (const auto row : left) price_exactly(book.compiled(), lines, row, priced);
    left.clear();
  }
}

}  // namespace

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::size_t begin, std::size_t end,
                 const PricedColumns& priced, Instructions instructions) {
  price_all(book, plane, lines, LineRange{begin, end}, priced, instructions);
}

void price_lines(const Book& book, const DayPlane* plane, const LineColumns& lines, std::span<const std::uint32_t> rows,
                 const PricedColumns& priced, Instructions instructions) {
  price_all(book, plane, lines, ChosenLines{rows}, priced, instructions);
}

}  // namespace rabatt

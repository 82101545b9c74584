// From the counts of a plane to mantissas of results.
#pragma once

#include "plane_arithmetic.h"

namespace rabatt {

struct ResultScales {
  // For results with so many places. False where the plane has more, or the factors are too large.
  [[nodiscard]] bool make(const CompiledPlane& plane, const PlaneArithmetic& arithmetic, int places);

  std::int64_t price = 1;
  std::int64_t amount = 1;
  std::int64_t unit_price = 1;
  std::int64_t percent = 1;
  bool narrow = false;  // what has 32 bits has 63 after scaling
};

}  // namespace rabatt

// The moments that there are: the years 0001–9999, in seconds since 1970-01-01.
#pragma once

#include <cstdint>

namespace rabatt {

inline constexpr std::int64_t earliest_second = -62'135'596'800;
inline constexpr std::int64_t latest_second = 253'402'300'799;

constexpr bool is_in_years(std::int64_t second) { return earliest_second <= second && second <= latest_second; }

}  // namespace rabatt

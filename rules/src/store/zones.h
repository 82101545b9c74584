// Days in a time zone of the tz database, as the machine has it.
#pragma once

#include <string_view>

#include "rabatt/records/field_types.h"

namespace rabatt {

// Whether the machine knows the zone: "Europe/Oslo", "UTC".
bool is_zone(std::string_view name);

// The day that it is in the zone. Throws invalid_value for an unknown zone.
Day local_day(Instant instant, std::string_view zone);

// The first moment of the day in the zone.
Instant start_of_day(Day day, std::string_view zone);

}  // namespace rabatt

#include "zones.h"

#include <absl/time/time.h>

#include <string>

#include "rabatt/error.h"

namespace rabatt {
namespace {

absl::TimeZone zone_named(std::string_view name) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(absl::string_view(name.data(), name.size()), &zone)) {
    throw Error(Code::invalid_value, subject_of("zone", name));
  }
  return zone;
}

}  // namespace

bool is_zone(std::string_view name) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(absl::string_view(name.data(), name.size()), &zone);
}

Day local_day(Instant instant, std::string_view zone) {
  if (zone == "UTC") return std::chrono::floor<std::chrono::days>(instant);
  const auto day = absl::ToCivilDay(absl::FromUnixMillis(instant.time_since_epoch().count()), zone_named(zone));
  return {std::chrono::year(static_cast<int>(day.year())), std::chrono::month(static_cast<unsigned>(day.month())),
          std::chrono::day(static_cast<unsigned>(day.day()))};
}

Instant start_of_day(Day day, std::string_view zone) {
  if (zone == "UTC") return std::chrono::sys_days(day);
  const absl::CivilDay civil(static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                             static_cast<unsigned>(day.day()));
  return Instant(std::chrono::milliseconds(absl::ToUnixMillis(absl::FromCivil(civil, zone_named(zone)))));
}

}  // namespace rabatt

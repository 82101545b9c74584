// Dates of books and requests: a day, with or without a time of day. No zone, no clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rabatt {

// A day on which a validity window may begin, end or be tested. Without a time it means the first second of the
// day where it begins something (or asks), and the last one where it ends something.
struct Date {
  std::chrono::year_month_day day;
  std::optional<std::chrono::seconds> time;  // since midnight, 0 … 86,399

  Date(std::chrono::year_month_day day) : day(day) {}  // NOLINT(google-explicit-constructor): 2026y/March/1 is one
  Date(std::chrono::year_month_day day, std::chrono::seconds time) : day(day), time(time) {}

  // `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`, years 0001–9999; nothing if the text is none.
  static std::optional<Date> parse(std::string_view text) noexcept;

  // The same; throws invalid_date with the text.
  static Date from(std::string_view text);

  // Whether it is a day of the years 0001–9999, and its time one of that day.
  bool ok() const noexcept;

  std::chrono::local_seconds first_moment() const;
  std::chrono::local_seconds last_moment() const;

  std::string text() const;  // "2026-03-01", or "2026-03-01T09:30:00"
};

std::string text_of(std::chrono::year_month_day day);  // "2026-03-01"

// A period, inclusive at both ends; the open ends are the smallest and the largest moment there is.
struct Window {
  std::chrono::local_seconds from = std::chrono::local_seconds::min();
  std::chrono::local_seconds until = std::chrono::local_seconds::max();

  bool admits(std::chrono::local_seconds moment) const { return from <= moment && moment <= until; }
};

}  // namespace rabatt

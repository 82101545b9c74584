#include "rabatt/date.h"

#include "rabatt/error.h"

namespace rabatt {
namespace {

using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::minutes;
using std::chrono::seconds;

// The number that the digits of `text` at [at, at + length) spell; −1 if one of them is no digit.
int number(std::string_view text, std::size_t at, std::size_t length) {
  int value = 0;
  for (const char c : text.substr(at, length)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) noexcept {
  constexpr std::size_t day_length = 10;      // 2026-03-01
  constexpr std::size_t minutes_length = 16;  // 2026-03-01T09:30
  constexpr std::size_t seconds_length = 19;  // 2026-03-01T09:30:00
  const auto length = text.size();
  if (length != day_length && length != minutes_length && length != seconds_length) return std::nullopt;
  const int year = number(text, 0, 4);
  const int month = number(text, 5, 2);
  const int day = number(text, 8, 2);
  if (text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  if (length == day_length) return Date(date);

  const int hour = number(text, 11, 2);
  const int minute = number(text, 14, 2);
  const int second = length == seconds_length ? number(text, 17, 2) : 0;
  const bool separated = text[10] == 'T' && text[13] == ':' && (length == minutes_length || text[16] == ':');
  const bool in_range = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!separated || !in_range) return std::nullopt;
  return Date(date, hours(hour) + minutes(minute) + seconds(second));
}

Date Date::from(std::string_view text) {
  const auto date = parse(text);
  if (!date) throw Error(Code::invalid_date, subject_of({}, text));
  return *date;
}

bool Date::ok() const noexcept {
  const bool in_years = day.year() >= std::chrono::year(1) && day.year() <= std::chrono::year(9999);
  return day.ok() && in_years && (!time || (*time >= seconds(0) && *time < std::chrono::days(1)));
}

local_seconds Date::first_moment() const { return local_days(day) + time.value_or(seconds(0)); }

local_seconds Date::last_moment() const { return local_days(day) + time.value_or(seconds(86'399)); }

std::string Date::text() const {
  std::string text = text_of(day);
  if (!time) return text;
  const std::chrono::hh_mm_ss clock(*time);
  text.append("T").append(padded(static_cast<int>(clock.hours().count()), 2));
  text.append(":").append(padded(static_cast<int>(clock.minutes().count()), 2));
  return text.append(":").append(padded(static_cast<int>(clock.seconds().count()), 2));
}

std::string text_of(std::chrono::year_month_day day) {
  return padded(static_cast<int>(day.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(day.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(day.day())), 2);
}

}  // namespace rabatt

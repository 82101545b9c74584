#include "cells.h"

#include <array>
#include <cstdio>

#include "rabatt/date.h"

namespace rabatt {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

// Takes `count` digits off the front of `text`; −1 where there are none.
int take_number(std::string_view* text, std::size_t count) noexcept {
  if (text->size() < count) return -1;
  int value = 0;
  for (const char digit : text->substr(0, count)) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  text->remove_prefix(count);
  return value;
}

bool take(std::string_view* text, char expected) noexcept {
  if (!text->starts_with(expected)) return false;
  text->remove_prefix(1);
  return true;
}

// The offset of `Z`, `+02:00`, `-0330`.
std::optional<minutes> offset_of(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return minutes(0);
  const bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const int hours = take_number(&text, 2);
  take(&text, ':');
  const int rest = take_number(&text, 2);
  if (hours < 0 || hours > 23 || rest < 0 || rest > 59 || !text.empty()) return std::nullopt;
  return minutes((west ? -1 : 1) * (hours * 60 + rest));
}

// The digits behind the point of the seconds, cut after milliseconds only where what follows is zero.
std::optional<milliseconds> fraction_of(std::string_view* text) noexcept {
  int value = 0;
  std::size_t digits = 0;
  for (; !text->empty() && text->front() >= '0' && text->front() <= '9'; text->remove_prefix(1), ++digits) {
    if (digits < 3) value = value * 10 + (text->front() - '0');
    if (digits >= 3 && text->front() != '0') return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits) value *= 10;
  return milliseconds(value);
}

}  // namespace

std::string text_of(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - days);
  std::array<char, 24> clock{};
  std::snprintf(clock.data(), clock.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return text_of(Day(days)).append(clock.data());
}

std::optional<Day> day_of(std::string_view text) noexcept {
  const auto date = Date::parse(text);
  if (!date || date->time) return std::nullopt;
  return date->day;
}

std::optional<Instant> instant_of(std::string_view text) noexcept {
  const auto day = day_of(text.substr(0, 10));
  if (!day) return std::nullopt;
  text.remove_prefix(10);
  if (!take(&text, 'T') && !take(&text, ' ')) return std::nullopt;
  const int hour = take_number(&text, 2);
  if (hour < 0 || hour > 23 || !take(&text, ':')) return std::nullopt;
  const int minute = take_number(&text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  int second = 0;
  milliseconds fraction(0);
  if (take(&text, ':')) {
    second = take_number(&text, 2);
    if (second < 0 || second > 59) return std::nullopt;
    if (take(&text, '.')) {
      const auto read = fraction_of(&text);
      if (!read) return std::nullopt;
      fraction = *read;
    }
  }
  const auto offset = offset_of(text);
  if (!offset) return std::nullopt;
  const auto instant = std::chrono::sys_days(*day) + std::chrono::hours(hour) + minutes(minute) +
                       std::chrono::seconds(second) + fraction - *offset;
  if (const auto year = Day(std::chrono::floor<std::chrono::days>(instant)).year();
      year < std::chrono::year(1) || year > std::chrono::year(9999)) {
    return std::nullopt;
  }
  return instant;
}

}  // namespace rabatt

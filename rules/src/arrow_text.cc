#include "arrow_text.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "decimal_text.h"

namespace rabatt {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t milliseconds_per_day = seconds_per_day * 1'000;

// The years −32767 … 32767.
constexpr std::int64_t first_day = -12'687'428;
constexpr std::int64_t last_day = 11'248'737;

// value / divisor, rounded down, and what is left of it.
struct Parts {
  std::int64_t whole, rest;
};
Parts parts_of(std::int64_t value, std::int64_t divisor) {
  const auto rest = value % divisor < 0 ? value % divisor + divisor : value % divisor;
  return {value / divisor - (value % divisor < 0 ? 1 : 0), rest};
}

class TextWriter {
 public:
  std::string_view text() const { return {text_.data(), static_cast<std::size_t>(end_ - text_.data())}; }

  TextWriter& add(std::string_view text) {
    end_ = std::copy(text.begin(), text.end(), end_);
    return *this;
  }

  TextWriter& add(Int128 mantissa, int places) {
    end_ = write_decimal(mantissa, places, end_);
    return *this;
  }

  // With zeros before it.
  TextWriter& add_digits(std::int64_t value, std::ptrdiff_t digits) {
    std::array<char, longest_decimal_text> room{};
    const auto size = write_decimal(value, 0, room.data()) - room.data();
    end_ = std::fill_n(end_, std::max<std::ptrdiff_t>(digits - size, 0), '0');
    return add({room.data(), static_cast<std::size_t>(size)});
  }

  TextWriter& add_day(std::int64_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    const int year = static_cast<int>(date.year());
    if (year < 0) add("-");
    add_digits(year < 0 ? -year : year, 4).add("-");
    add_digits(static_cast<unsigned>(date.month()), 2).add("-");
    return add_digits(static_cast<unsigned>(date.day()), 2);
  }

  TextWriter& add_time(std::int64_t second) {
    add_digits(second / 3600, 2).add(":");
    add_digits(second / 60 % 60, 2).add(":");
    return add_digits(second % 60, 2);
  }

 private:
  std::array<char, 2 * longest_decimal_text> text_{};
  char* end_ = text_.data();
};

bool write_day(std::int64_t day, TextWriter* text) {
  const bool is_in_range = day >= first_day && day <= last_day;
  if (is_in_range) text->add_day(day);
  return is_in_range;
}

bool write_moment(std::int64_t count, std::int64_t units_per_second, TextWriter* text) {
  const auto [second, fraction] = parts_of(count, units_per_second);
  const auto [day, second_of_day] = parts_of(second, seconds_per_day);
  if (!write_day(day, text)) return false;
  text->add("T").add_time(second_of_day);
  if (fraction == 0) return true;
  const int digits = units_per_second == 1'000 ? 3 : units_per_second == 1'000'000 ? 6 : 9;
  text->add(".").add_digits(fraction, digits);
  return true;
}

}  // namespace

void check_has_text(const ArrowType& type, std::string_view name) {
  if (type.kind == ArrowType::floating) throw Error(Code::invalid_decimal, name);
  if (type.kind == ArrowType::other) throw Error(Code::invalid_value, name);
  if (type.has_zone) throw Error(Code::invalid_date, name);
}

std::string_view text_of(const ArrowValues& values, std::size_t row, TextRoom* room) {
  const auto& type = values.type();
  if (type.is_text()) return values.text(row);
  if (type.kind == ArrowType::boolean) return values.flag(row) ? "true" : "false";
  const Int128 value = values.integer(row);
  const auto count = static_cast<std::int64_t>(value);
  TextWriter text;
  bool is_in_range = true;
  switch (type.kind) {
    case ArrowType::days: is_in_range = write_day(count, &text); break;
    case ArrowType::milliseconds: is_in_range = write_day(parts_of(count, milliseconds_per_day).whole, &text); break;
    case ArrowType::moment: is_in_range = write_moment(count, type.units_per_second, &text); break;
    default: text.add(value, type.places);
  }
  if (!is_in_range) text.add("<value out of range: ").add(count, 0).add(">");
  return room->keep(text.text());
}

}  // namespace rabatt

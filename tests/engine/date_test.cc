// Dates, their texts, and windows.

#include <gtest/gtest.h>

#include "rabatt/date.h"
#include "refusal.h"

namespace rabatt {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

TEST(Date, AcceptedForms) {
  const std::pair<const char*, const char*> forms[] = {
      {"2026-03-01", "2026-03-01"},
      {"0001-01-01", "0001-01-01"},
      {"9999-12-31", "9999-12-31"},
      {"2024-02-29", "2024-02-29"},
      {"2000-02-29", "2000-02-29"},
      {"2026-03-01T09:30", "2026-03-01T09:30:00"},
      {"2026-03-01T09:30:05", "2026-03-01T09:30:05"},
      {"2026-03-01T00:00", "2026-03-01T00:00:00"},
      {"9999-12-31T23:59:59", "9999-12-31T23:59:59"},
  };
  for (const auto& [text, printed] : forms) {
    const auto date = Date::parse(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->text(), printed);
  }
}

// clang-format off
constexpr const char* refused_forms[] = {
    "", "2026", "2026-03", "2026-3-01", "2026-03-1", "26-03-01", "02026-03-01", "0000-01-01", "2026-00-01",
    "2026-13-01", "2026-03-00", "2026-03-32", "2026-02-29", "2023-02-29", "1900-02-29", "2100-02-29", "2026-04-31",
    "2026-06-31", "2026-09-31", "2026-11-31", "2026/03/01", "2026.03.01", "20260301", "01-03-2026", "-026-03-01",
    "+026-03-01", "2026-+3-01", "2026-03--1", " 2026-03-01", "2026-03-01 ", "2026-03-01\n", "２０２６-03-01",
    "2026-03-01T", "2026-03-01T9:30", "2026-03-01T09", "2026-03-01T0930", "2026-03-01T24:00", "2026-03-01T23:60",
    "2026-03-01T23:59:60", "2026-03-01T09:30:", "2026-03-01T09:30:5", "2026-03-01 09:30", "2026-03-01t09:30",
    "2026-03-01T09:30Z", "2026-03-01T09:30:00Z", "2026-03-01T09:30:00+01:00", "2026-03-01T09:30:00.000",
    "2026-03-01T09.30", "2026-03-01T09:30.00", "2026-03-01T-1:30", "today",
};
// clang-format on

TEST(Date, RefusedForms) {
  for (const char* text : refused_forms) {
    EXPECT_FALSE(Date::parse(text)) << text;
    EXPECT_EQ(refused_as([&] { Date::from(text); }), "invalid_date") << text;
  }
  EXPECT_EQ(refusal([] { Date::from("31.3.2026"); }), "invalid_date 31.3.2026");
}

// Every text of the form is a date exactly when its day is in the calendar.
TEST(Date, EveryDayOfTheCalendar) {
  const auto two = [](int value) {
    return std::string(1, static_cast<char>('0' + value / 10)) + static_cast<char>('0' + value % 10);
  };
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto is_leap = [](int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); };
  local_days expected = local_days(year_month_day(2000y / 1 / 1));
  for (int year = 2000; year <= 2100; ++year) {
    for (int month = 0; month <= 13; ++month) {
      const bool known = month >= 1 && month <= 12;
      const int last = known ? lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0) : 0;
      for (int day = 0; day <= 32; ++day) {
        const std::string text = two(year / 100) + two(year % 100) + "-" + two(month) + "-" + two(day);
        const auto date = Date::parse(text);
        ASSERT_EQ(date.has_value(), day >= 1 && day <= last) << text;
        if (!date) continue;
        ASSERT_EQ(date->text(), text);
        ASSERT_EQ(date->first_moment(), expected) << text;
        expected += days(1);
      }
    }
  }
}

TEST(Date, WithoutATimeItIsTheWholeDay) {
  const Date day = 2026y / std::chrono::March / 31;
  EXPECT_EQ(day.first_moment(), Date::from("2026-03-31T00:00:00").first_moment());
  EXPECT_EQ(day.last_moment(), Date::from("2026-03-31T23:59:59").last_moment());
  EXPECT_EQ(day.last_moment() - day.first_moment(), 86'399s);
}

TEST(Date, WithATimeItIsOneMoment) {
  const Date date(2026y / std::chrono::March / 31, 12h + 30min);
  EXPECT_EQ(date.first_moment(), date.last_moment());
  EXPECT_EQ(date.text(), "2026-03-31T12:30:00");
}

TEST(Window, InclusiveAtBothEnds) {
  const Window window{Date::from("2026-03-01").first_moment(), Date::from("2026-03-31").last_moment()};
  EXPECT_FALSE(window.admits(Date::from("2026-02-28T23:59:59").first_moment()));
  EXPECT_TRUE(window.admits(Date::from("2026-03-01").first_moment()));
  EXPECT_TRUE(window.admits(Date::from("2026-03-31T23:59:59").first_moment()));
  EXPECT_FALSE(window.admits(Date::from("2026-04-01").first_moment()));
}

TEST(Window, OpenEndsAdmitEveryDate) {
  EXPECT_TRUE(Window().admits(Date::from("0001-01-01").first_moment()));
  EXPECT_TRUE(Window().admits(Date::from("9999-12-31").last_moment()));
}

}  // namespace
}  // namespace rabatt

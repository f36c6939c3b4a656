#include "functions/civil_time.h"

#include <algorithm>
#include <string_view>

namespace ember {

int64_t DaysFromCivil(const CivilDate& date) {
  int64_t year = date.year - (date.month <= 2);
  int64_t era = FloorDivide(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

CivilDate CivilFromDays(int64_t days) {
  days += 719468;
  int64_t era = FloorDivide(days, 146097);
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  date.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2);
  return date;
}

bool IsLeapYear(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int64_t year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

int IsoWeekday(int64_t days) { return static_cast<int>(FloorModulo(days + 3, 7)) + 1; }

int DayOfYear(const CivilDate& date) {
  return static_cast<int>(DaysFromCivil(date) - DaysFromCivil({date.year, 1, 1})) + 1;
}

int64_t AddMonths(int64_t days, int64_t months) {
  CivilDate date = CivilFromDays(days);
  int64_t total = date.year * 12 + date.month - 1 + months;
  date.year = FloorDivide(total, 12);
  date.month = static_cast<int>(FloorModulo(total, 12)) + 1;
  date.day = std::min(date.day, DaysInMonth(date.year, date.month));
  return DaysFromCivil(date);
}

namespace {

std::string OutOfRange(std::string_view field, std::string_view range, int64_t value) {
  std::string text = "Invalid value for ";
  text.append(field).append(" (valid values ").append(range).append("): ");
  return text + std::to_string(value);
}

}  // namespace

std::string DateFault(int64_t year, int64_t month, int64_t day) {
  static constexpr std::string_view kMonths[] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                                 "MAY",       "JUNE",     "JULY",     "AUGUST",
                                                 "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
  if (year < -999999999 || year > 999999999) {
    return OutOfRange("Year", "-999999999 - 999999999", year);
  }
  if (month < 1 || month > 12) return OutOfRange("MonthOfYear", "1 - 12", month);
  if (day < 1 || day > 31) return OutOfRange("DayOfMonth", "1 - 28/31", day);
  if (day <= DaysInMonth(year, static_cast<int>(month))) return "";
  if (month == 2 && day == 29) {
    return "Invalid date 'February 29' as '" + std::to_string(year) + "' is not a leap year";
  }
  return "Invalid date '" + std::string(kMonths[month - 1]) + " " + std::to_string(day) + "'";
}

std::string TimeFault(int64_t hour, int64_t minute, int64_t second) {
  if (hour < 0 || hour > 23) return OutOfRange("HourOfDay", "0 - 23", hour);
  if (minute < 0 || minute > 59) return OutOfRange("MinuteOfHour", "0 - 59", minute);
  if (second < 0 || second > 59) return OutOfRange("SecondOfMinute", "0 - 59", second);
  return "";
}

}  // namespace ember

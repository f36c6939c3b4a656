#pragma once

#include <cstdint>
#include <string>

namespace ember {

/// A day of the proleptic Gregorian calendar and its number since 1970-01-01, for years of any
/// size.
struct CivilDate {
  int64_t year = 1970;
  int month = 1;
  int day = 1;
};

int64_t DaysFromCivil(const CivilDate& date);
CivilDate CivilFromDays(int64_t days);
bool IsLeapYear(int64_t year);
int DaysInMonth(int64_t year, int month);
/// 1 = Monday … 7 = Sunday.
int IsoWeekday(int64_t days);
int DayOfYear(const CivilDate& date);
/// LocalDate.plusMonths: the day is cut to the month's last.
int64_t AddMonths(int64_t days, int64_t months);

constexpr int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
}
constexpr int64_t FloorModulo(int64_t a, int64_t b) { return a - FloorDivide(a, b) * b; }

/// What is wrong with a date's fields, in Java's words ("Invalid date 'FEBRUARY 30'"); empty when
/// they are right.
std::string DateFault(int64_t year, int64_t month, int64_t day);
/// The same of a time of day; `second` is whole.
std::string TimeFault(int64_t hour, int64_t minute, int64_t second);

}  // namespace ember

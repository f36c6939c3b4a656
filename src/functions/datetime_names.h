#pragma once

#include <string_view>

namespace ember {

// English names as Java's root texts have them.

inline constexpr std::string_view kMonthNames[] = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
inline constexpr std::string_view kShortMonthNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
inline constexpr std::string_view kWeekdayNames[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                     "Friday", "Saturday", "Sunday"};
inline constexpr std::string_view kShortWeekdayNames[] = {"Mon", "Tue", "Wed", "Thu",
                                                          "Fri", "Sat", "Sun"};
inline constexpr std::string_view kQuarterNames[] = {"1st quarter", "2nd quarter", "3rd quarter",
                                                     "4th quarter"};
inline constexpr std::string_view kShortQuarterNames[] = {"Q1", "Q2", "Q3", "Q4"};
inline constexpr std::string_view kEraNames[] = {"Before Christ", "Anno Domini"};
inline constexpr std::string_view kShortEraNames[] = {"BC", "AD"};
inline constexpr std::string_view kAmPmNames[] = {"AM", "PM"};

/// Short names of zones that are no zone ids, with the zone each means.
struct ZoneAbbreviation {
  std::string_view text;
  std::string_view zone;
};
inline constexpr ZoneAbbreviation kZoneAbbreviations[] = {
    {"EST", "America/New_York"},    {"EDT", "America/New_York"},    {"CST", "America/Chicago"},
    {"CDT", "America/Chicago"},     {"MST", "America/Denver"},      {"MDT", "America/Denver"},
    {"PST", "America/Los_Angeles"}, {"PDT", "America/Los_Angeles"}, {"CET", "Europe/Paris"},
    {"CEST", "Europe/Paris"},       {"BST", "Europe/London"},       {"JST", "Asia/Tokyo"},
    {"IST", "Asia/Kolkata"},
};

/// Long names of zones in standard and daylight time.
struct ZoneLongName {
  std::string_view zone;
  std::string_view standard;
  std::string_view daylight;
};
inline constexpr ZoneLongName kZoneLongNames[] = {
    {"UTC", "Coordinated Universal Time", "Coordinated Universal Time"},
    {"GMT", "Greenwich Mean Time", "Greenwich Mean Time"},
    {"America/New_York", "Eastern Standard Time", "Eastern Daylight Time"},
    {"America/Chicago", "Central Standard Time", "Central Daylight Time"},
    {"America/Denver", "Mountain Standard Time", "Mountain Daylight Time"},
    {"America/Los_Angeles", "Pacific Standard Time", "Pacific Daylight Time"},
    {"Europe/London", "Greenwich Mean Time", "British Summer Time"},
    {"Europe/Paris", "Central European Standard Time", "Central European Summer Time"},
    {"Europe/Berlin", "Central European Standard Time", "Central European Summer Time"},
    {"Asia/Tokyo", "Japan Standard Time", "Japan Daylight Time"},
    {"Asia/Kolkata", "India Standard Time", "India Standard Time"},
};

}  // namespace ember

#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <ember/data_type.h>

namespace ember {

using Int128 = __int128;

struct Value;

/// Unscaled digits; the scale is in the type.
struct DecimalValue {
  Int128 unscaled = 0;
  bool operator==(const DecimalValue&) const = default;
};

struct CalendarIntervalValue {
  int32_t months = 0;
  int32_t days = 0;
  int64_t microseconds = 0;
  bool operator==(const CalendarIntervalValue&) const = default;
};

/// One cell of a DataType. Null: monostate. Integers, dates (days since 1970-01-01), timestamps
/// (UTC microseconds; NTZ: wall-clock microseconds), year-month (months) and day-time intervals
/// (microseconds): int64. Float and double: double. String and binary: std::string. Array and
/// struct: the children in order; map: key, value, key, value.
struct Value {
  std::variant<std::monostate, bool, int64_t, double, DecimalValue, std::string,
               CalendarIntervalValue, std::vector<Value>>
      data;

  bool is_null() const { return data.index() == 0; }
  bool operator==(const Value&) const = default;
};

/// A typed constant.
struct Literal {
  DataType type;
  Value value;
  bool operator==(const Literal&) const = default;
};

std::string DecimalText(Int128 unscaled, int scale);
/// Double.toString and Float.toString of Java: "1.0E10", "3.9E-4", "NaN", "Infinity".
std::string JavaDoubleText(double value);
std::string JavaFloatText(float value);
/// "2024-02-29"; years beyond four digits get a sign.
std::string DateText(int64_t days);
/// "2024-02-29 12:34:56.789" without trailing zeros of the fraction; the zone is already applied.
std::string TimestampText(int64_t microseconds);

}  // namespace ember

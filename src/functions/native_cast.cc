#include <algorithm>
#include <cmath>
#include <limits>

#include "functions/exact_decimal.h"
#include "functions/native_kernels.h"
#include "functions/native_tables.h"
#include "functions/string_casts.h"
#include "types/value.h"

namespace ember {
namespace {

template <typename T>
std::optional<T> ToInteger(std::string_view text, bool allow_decimal) {
  auto value = ParseInteger(text, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(),
                            allow_decimal);
  if (!value) return std::nullopt;
  return static_cast<T>(*value);
}

std::optional<__int128> TextToDecimal(std::string_view text, int32_t precision, int32_t scale) {
  auto decimal = ParseBigDecimal(text);
  return decimal ? ToUnscaled(*decimal, precision, scale) : std::nullopt;
}
std::optional<std::string> PlainDecimalText(std::string_view text) {
  auto decimal = ParseBigDecimal(text);
  if (!decimal) return std::nullopt;
  return PlainText(*decimal);
}
// Decimal(double) goes through Double.toString.
std::optional<__int128> DoubleToDecimal(double value, int32_t precision, int32_t scale) {
  if (!std::isfinite(value)) return std::nullopt;
  return TextToDecimal(JavaDoubleText(value), precision, scale);
}
std::optional<std::string> PlainDoubleText(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  auto decimal = ParseBigDecimal(JavaDoubleText(value));
  while (decimal->scale > 0 && decimal->digits.ends_with('0')) {
    decimal->digits.pop_back();
    --decimal->scale;
  }
  if (decimal->digits.empty()) decimal->scale = 0;
  return PlainText(*decimal);
}
std::optional<__int128> RescaleDecimal(NativeDecimal value, int32_t from, int32_t precision,
                                       int32_t scale) {
  ExactInteger exact(value.unscaled);
  exact = scale >= from ? exact.TimesPowerOfTen(scale - from)
                        : exact.DividedHalfUp(ExactInteger(1).TimesPowerOfTen(from - scale));
  auto result = exact.ToInt128();
  if (!result) return std::nullopt;
  __int128 limit = 1;
  for (int i = 0; i < precision; ++i) limit *= 10;
  if (*result >= limit || *result <= -limit) return std::nullopt;
  return result;
}
std::string PlainText38(NativeDecimal value, int32_t scale) {
  return ExactInteger(value.unscaled).ToPlainText(scale);
}
std::string JavaDecimalText(NativeDecimal value, int32_t scale) {
  return BigDecimalText(value.unscaled, scale);
}
// Decimal.toLong: towards zero, the low 64 bits.
int64_t DecimalToLong(NativeDecimal value, int32_t scale) {
  __int128 whole = value.unscaled;
  for (int i = 0; i < scale; ++i) whole /= 10;
  return static_cast<int64_t>(static_cast<unsigned __int128>(whole));
}

// Java's (int) and (long) of a double.
template <typename T>
T Saturating(double value) {
  if (std::isnan(value)) return 0;
  if (value >= static_cast<double>(std::numeric_limits<T>::max()))
    return std::numeric_limits<T>::max();
  if (value <= static_cast<double>(std::numeric_limits<T>::min()))
    return std::numeric_limits<T>::min();
  return static_cast<T>(value);
}

// As Saturating<int64_t>, short of DuckDB's last microseconds, which stand for infinity.
int64_t SaturatingMicros(double value) {
  constexpr int64_t kLast = std::numeric_limits<int64_t>::max() - 1;
  return std::clamp(Saturating<int64_t>(value), -kLast, kLast);
}

float ToFloat(double value) { return static_cast<float>(value); }
std::string FloatText(float value) { return JavaFloatText(value); }
std::string DoubleText(double value) { return JavaDoubleText(value); }
std::string TextOfDate(NativeDate value) { return DateText(value.days); }
std::string TextOfTimestamp(NativeTimestamp value) { return TimestampText(value.micros); }

std::optional<NativeDate> ToDate(std::string_view text) {
  auto days = ParseSparkDate(text);
  if (!days) return std::nullopt;
  return NativeDate{*days};
}
std::optional<NativeTimestamp> ToTimestamp(std::string_view text, std::string_view zone) {
  auto micros = ParseSparkTimestamp(text, zone);
  if (!micros) return std::nullopt;
  return NativeTimestamp{*micros};
}
std::optional<NativeTimestamp> ToTimestampNtz(std::string_view text) {
  auto micros = ParseSparkTimestampNtz(text);
  if (!micros) return std::nullopt;
  return NativeTimestamp{*micros};
}
// TimeUnit.SECONDS.toMicros saturates.
NativeTimestamp SecondsToTimestamp(int64_t seconds) {
  const __int128 micros = static_cast<__int128>(seconds) * 1'000'000;
  if (micros > INT64_MAX) return {INT64_MAX};
  if (micros < INT64_MIN) return {INT64_MIN};
  return {static_cast<int64_t>(micros)};
}
int64_t FloorDivide(int64_t a, int64_t b) {
  if (b == 0) return 0;
  const int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

// Java decodes malformed UTF-8 to U+FFFD; a string of DuckDB must be well formed.
std::string BlobText(NativeBlobView blob) {
  std::string_view bytes = blob.bytes;
  std::string text;
  text.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const size_t length = lead < 0x80   ? 1
                          : lead < 0xC2 ? 0
                          : lead < 0xE0 ? 2
                          : lead < 0xF0 ? 3
                          : lead < 0xF5 ? 4
                                        : 0;
    bool is_valid = length > 0 && i + length <= bytes.size();
    for (size_t j = 1; is_valid && j < length; ++j) is_valid = (bytes[i + j] & 0xC0) == 0x80;
    if (is_valid && length >= 3) {
      const auto second = static_cast<unsigned char>(bytes[i + 1]);
      is_valid = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F) &&
                 !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
    }
    text += is_valid ? bytes.substr(i, length) : std::string_view("\xEF\xBF\xBD");
    i += is_valid ? length : 1;
  }
  return text;
}

// A string literal in Spark's error parameters: Literal.sql.
std::string QuotedSql(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\\' || c == '\'') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace

std::vector<NativeFunction> CastNatives() {
  return {
      Native<ToInteger<int8_t>>("ember_parse_tinyint"),
      Native<ToInteger<int16_t>>("ember_parse_smallint"),
      Native<ToInteger<int32_t>>("ember_parse_integer"),
      Native<ToInteger<int64_t>>("ember_parse_bigint"),
      Native<ParseJavaDouble>("ember_parse_double"),
      Native<ParseJavaFloat>("ember_parse_float"),
      Native<ParseBoolean>("ember_parse_boolean"),
      Native<TextToDecimal>("ember_parse_decimal"),
      Native<PlainDecimalText>("ember_plain_decimal"),
      Native<DoubleToDecimal>("ember_double_to_decimal"),
      Native<PlainDoubleText>("ember_plain_double"),
      Native<RescaleDecimal>("ember_rescale_decimal"),
      Native<PlainText38>("ember_decimal_text"),
      Native<JavaDecimalText>("ember_decimal_java_text"),
      Native<DecimalToLong>("ember_decimal_to_long"),
      Native<Saturating<int32_t>>("ember_saturating_int"),
      Native<Saturating<int64_t>>("ember_saturating_long"),
      Native<SaturatingMicros>("ember_saturating_micros"),
      Native<ToFloat>("ember_to_float"),
      Native<FloatText>("ember_float_text"),
      Native<DoubleText>("ember_double_text"),
      Native<TextOfDate>("ember_date_text"),
      Native<TextOfTimestamp>("ember_timestamp_text"),
      Native<ToDate>("ember_cast_date"),
      Native<ToTimestamp>("ember_cast_timestamp"),
      Native<ToTimestampNtz>("ember_cast_timestamp_ntz"),
      Native<SecondsToTimestamp>("ember_seconds_to_timestamp"),
      Native<FloorDivide>("ember_floor_divide"),
      Native<BlobText>("ember_blob_text"),
      Native<QuotedSql>("ember_quoted_sql"),
      Native<ParseYearMonthInterval>("ember_parse_year_month"),
      Native<ParseDayTimeInterval>("ember_parse_day_time"),
      Native<YearMonthIntervalText>("ember_year_month_text"),
      Native<DayTimeIntervalText>("ember_day_time_text"),
      Native<CalendarIntervalText>("ember_calendar_interval_text"),
  };
}

}  // namespace ember

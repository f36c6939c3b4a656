#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "duckdb/csv_spec.h"
#include "functions/datetime_pattern.h"
#include "functions/zone.h"

namespace ember {

/// Values from the texts of CSV fields as UnivocityParser.makeConverter reads them; none where the
/// text is not one. One object for the rows of a chunk: it compiles the patterns and finds the zone
/// once, and knows the date it read last. Not thread-safe.
class CsvValueReader {
 public:
  explicit CsvValueReader(const CsvSpec& spec);

  std::optional<bool> Boolean(std::string_view text) const;
  std::optional<int64_t> Integer(std::string_view text, int64_t minimum, int64_t maximum) const;
  std::optional<double> Double(std::string_view text) const;
  std::optional<float> Float(std::string_view text) const;
  std::optional<__int128> Decimal(std::string_view text, int precision, int scale) const;
  std::optional<int32_t> Date(std::string_view text);
  std::optional<int64_t> Timestamp(std::string_view text);
  std::optional<int64_t> TimestampNtz(std::string_view text);

  /// What CSVInferSchema takes the text for, as one bit; the precision of a decimal is another.
  int64_t ClassBits(std::string_view text);

 private:
  std::optional<int64_t> ByPattern(const DateTimePattern& pattern, std::string_view text,
                                   bool is_instant) const;

  const CsvSpec& spec_;
  std::shared_ptr<const Zone> zone_;
  std::optional<DateTimePattern> date_pattern_;
  std::optional<DateTimePattern> timestamp_pattern_;
  std::optional<DateTimePattern> ntz_pattern_;
  char last_day_[10] = {};
  int32_t last_days_ = 0;
};

/// The bits of CsvValueReader::ClassBits in the order in which CSVInferSchema tries types; that of
/// a decimal of precision p is 16 + p.
enum class CsvClass {
  kInteger = 1,
  kLong,
  kDecimal,
  kDouble,
  kDate,
  kTimestamp,
  kBoolean,
  kString,
};
constexpr int64_t BitOf(CsvClass csv_class) { return int64_t{1} << static_cast<int>(csv_class); }
constexpr int kFirstPrecisionBit = 16;

}  // namespace ember

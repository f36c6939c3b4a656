#include "duckdb/spark_release.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ember {
namespace {

// As real servers of both say.
constexpr auto kChanged = std::to_array<ChangedDefault>({
    {"spark.sql.ansi.enabled", "false", "true"},
    // The local engine answers as CORRECTED does where EXCEPTION would raise an error: docs/howto.
    {"spark.sql.legacy.ctePrecedencePolicy", "EXCEPTION", "CORRECTED"},
    {"spark.sql.legacy.timeParserPolicy", "EXCEPTION", "CORRECTED"},
    {"spark.sql.parquet.datetimeRebaseModeInRead", "EXCEPTION", "CORRECTED"},
    {"spark.sql.parquet.datetimeRebaseModeInWrite", "EXCEPTION", "CORRECTED"},
    {"spark.sql.parquet.int96RebaseModeInRead", "EXCEPTION", "CORRECTED"},
    {"spark.sql.parquet.int96RebaseModeInWrite", "EXCEPTION", "CORRECTED"},
});

bool IsOf(std::string_view text, std::string_view release) {
  return text == release ||
         (text.starts_with(release) && text.size() > release.size() && text[release.size()] == '.');
}

}  // namespace

Result<SparkRelease> ParseSparkRelease(std::string_view text) {
  if (text.empty() || IsOf(text, "4.0")) return SparkRelease::kSpark40;
  if (IsOf(text, "3.5")) return SparkRelease::kSpark35;
  return InvalidInput(fmt::format("there are no defaults of Spark '{}': take 3.5 or 4.0", text));
}

std::span<const ChangedDefault> ChangedDefaults() { return kChanged; }

bool IsChangedDefault(std::string_view key) {
  return std::any_of(kChanged.begin(), kChanged.end(),
                     [&](const ChangedDefault& row) { return row.key == key; });
}

std::map<std::string, std::string> DefaultsOf(SparkRelease release) {
  std::map<std::string, std::string> defaults;
  for (const ChangedDefault& row : kChanged) {
    defaults.emplace(row.key, release == SparkRelease::kSpark35 ? row.spark35 : row.spark40);
  }
  return defaults;
}

}  // namespace ember

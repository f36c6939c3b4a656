#include "cli/spark_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace ember {
namespace {

enum class LocalMeaning { kThreads, kMemory, kSpillFolder, kNone };

struct SettingRow {
  std::string_view prefix;  // a whole key, or with a dot at its end all keys below it
  bool is_for_start;
  LocalMeaning meaning;
};
// The first row that fits counts.
constexpr auto kSettings = std::to_array<SettingRow>({
    {"spark.executor.cores", true, LocalMeaning::kThreads},
    {"spark.executor.memory", true, LocalMeaning::kMemory},
    {"spark.local.dir", true, LocalMeaning::kSpillFolder},
    {"spark.cores.max", true, LocalMeaning::kNone},
    {"spark.default.parallelism", true, LocalMeaning::kNone},
    {"spark.driver.", true, LocalMeaning::kNone},
    {"spark.dynamicAllocation.", true, LocalMeaning::kNone},
    {"spark.executor.", true, LocalMeaning::kNone},
    {"spark.jars", true, LocalMeaning::kNone},
    {"spark.kubernetes.", true, LocalMeaning::kNone},
    {"spark.kryo.", true, LocalMeaning::kNone},
    {"spark.kryoserializer.", true, LocalMeaning::kNone},
    {"spark.locality.", true, LocalMeaning::kNone},
    {"spark.master", true, LocalMeaning::kNone},
    {"spark.memory.", true, LocalMeaning::kNone},
    {"spark.network.", true, LocalMeaning::kNone},
    {"spark.scheduler.", true, LocalMeaning::kNone},
    {"spark.serializer", true, LocalMeaning::kNone},
    {"spark.shuffle.", true, LocalMeaning::kNone},
    {"spark.speculation", true, LocalMeaning::kNone},
    {"spark.submit.", true, LocalMeaning::kNone},
    {"spark.task.", true, LocalMeaning::kNone},
    {"spark.yarn.", true, LocalMeaning::kNone},
    {"spark.sql.adaptive.", false, LocalMeaning::kNone},
    {"spark.sql.autoBroadcastJoinThreshold", false, LocalMeaning::kNone},
    {"spark.sql.files.maxPartitionBytes", false, LocalMeaning::kNone},
    {"spark.sql.shuffle.partitions", false, LocalMeaning::kNone},
});

const SettingRow* FindRow(std::string_view key) {
  const auto* row = std::find_if(kSettings.begin(), kSettings.end(), [&](const auto& r) {
    return r.prefix.ends_with('.') ? key.starts_with(r.prefix) : key == r.prefix;
  });
  return row == kSettings.end() ? nullptr : row;
}

std::string LocalText(const SettingRow& row) {
  switch (row.meaning) {
    case LocalMeaning::kThreads:
      return "the threads of the engine of this process, unless --threads or settings say";
    case LocalMeaning::kMemory:
      return "the memory of the engine of this process, unless --memory or settings say";
    case LocalMeaning::kSpillFolder:
      return "where the engine of this process spills, unless --temp-dir or settings say";
    case LocalMeaning::kNone:
      break;
  }
  return "without a meaning for the engine of this process";
}

}  // namespace

bool IsStartSetting(std::string_view key) {
  const SettingRow* row = FindRow(key);
  return row != nullptr && row->is_for_start;
}

std::string EngineMemory(const std::string& spark_memory) {
  size_t digits = 0;
  while (digits < spark_memory.size() &&
         std::isdigit(static_cast<unsigned char>(spark_memory[digits])) != 0)
    ++digits;
  std::string unit = spark_memory.substr(digits);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (unit.size() == 2 && unit[1] == 'b') unit.pop_back();
  static constexpr std::string_view kUnits = "kmgt";
  // Spark reads a bare number as MiB.
  const char letter = unit.empty() ? 'm' : unit[0];
  if (digits == 0 || unit.size() > 1 || kUnits.find(letter) == std::string_view::npos) return "";
  const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return fmt::format("{}{}iB", spark_memory.substr(0, digits), upper);
}

void ShapeLocalEngine(const std::map<std::string, std::string>& settings, LocalOptions& options) {
  for (const auto& [key, value] : settings) {
    const SettingRow* row = FindRow(key);
    if (row == nullptr) continue;
    switch (row->meaning) {
      case LocalMeaning::kThreads:
        if (options.threads == 0) options.threads = std::max(0, std::atoi(value.c_str()));
        break;
      case LocalMeaning::kMemory:
        if (options.memory_limit.empty()) options.memory_limit = EngineMemory(value);
        break;
      case LocalMeaning::kSpillFolder:
        // Spark takes several, separated by commas.
        if (options.temp_directory.empty())
          options.temp_directory = value.substr(0, value.find(','));
        break;
      case LocalMeaning::kNone:
        break;
    }
  }
}

std::vector<std::string> DescribeSparkSettings(const std::map<std::string, std::string>& settings,
                                               bool is_remote) {
  std::vector<std::string> lines;
  for (const auto& [key, value] : settings) {
    const SettingRow* row = FindRow(key);
    if (row == nullptr) continue;
    if (!is_remote) {
      lines.push_back(fmt::format("{} {}: {}", key, value, LocalText(*row)));
    } else if (row->is_for_start) {
      lines.push_back(
          fmt::format("{} {}: not for a Spark that runs already; give it to spark-submit, or to "
                      "`ember cluster up --conf {}={}`",
                      key, value, key, value));
    }
  }
  return lines;
}

}  // namespace ember

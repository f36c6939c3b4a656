#include "pipeline/spark_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "plan/expression.h"
#include "plan/relation.h"

namespace ember {
namespace {

constexpr auto kUnits = std::to_array<std::pair<std::string_view, int64_t>>({
    {"b", 1},
    {"kb", 1'000},
    {"mb", 1'000'000},
    {"gb", 1'000'000'000},
    {"kib", int64_t{1} << 10},
    {"mib", int64_t{1} << 20},
    {"gib", int64_t{1} << 30},
});

// Rows in an order of their own: to rebalance them would lose it.
bool HasOrder(const Relation& relation) {
  return std::holds_alternative<Sort>(relation.node) ||
         std::holds_alternative<Repartition>(relation.node);
}

}  // namespace

std::optional<int64_t> FileSizeOf(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0) return std::nullopt;
  std::string unit;
  for (const char c : text.substr(static_cast<size_t>(end - text.data()))) {
    if (c != ' ') unit += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  for (const auto& [name, bytes] : kUnits) {
    if (unit == name) return static_cast<int64_t>(number * static_cast<double>(bytes));
  }
  return std::nullopt;
}

SparkWriting WriteBySpark(PipelineGraph& graph) {
  constexpr const char* kAdvisorySize = "spark.sql.adaptive.advisoryPartitionSizeInBytes";
  SparkWriting writing;
  int64_t largest = 0;
  for (PlannedOutput& output : graph.outputs) {
    const auto wanted = output.write.options.extract(std::string(kTargetFileSize));
    if (wanted.empty()) continue;
    if (HasOrder(*output.frame.relation())) {
      writing.notes.push_back(
          fmt::format("output '{}' is sorted or repartitioned: Spark writes a file for each "
                      "partition, whatever its target_file_size",
                      output.name));
      continue;
    }
    Hint rebalance{.input = output.frame.relation(), .name = "rebalance", .parameters = {}};
    for (const std::string& column : output.write.partition_by)
      rebalance.parameters.push_back(MakeLiteral({.type = StringType(), .value = Value{column}}));
    output.frame = DataFrame(output.frame.session(), MakeRelation(std::move(rebalance)));
    largest = std::max(largest, FileSizeOf(wanted.mapped()).value_or(0));
    writing.notes.push_back(fmt::format(
        "output '{}' has target_file_size {}: Spark rebalances its partitions to that size, "
        "counted in its own shuffled bytes",
        output.name, wanted.mapped()));
  }
  if (largest > 0) writing.settings[kAdvisorySize] = fmt::format("{}b", largest);
  return writing;
}

}  // namespace ember

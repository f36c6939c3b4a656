#include "pipeline/parse_aws.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ember {
namespace {

constexpr auto kCatalogKeys =
    std::to_array<std::string_view>({"glue", "partitions", "projection", "comment"});
constexpr auto kPartitionings = std::to_array<std::string_view>({"explicit", "projection"});
constexpr auto kCloudWatchKeys = std::to_array<std::string_view>({"cloudwatch"});

bool IsGlueName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool IsPlainText(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != others.npos;
  });
}

Result<std::string> CloudWatchText(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kCloudWatchKeys));
  ASSIGN_OR_RETURN(const YamlReader name, value.Get("cloudwatch"));
  return name.Text();
}

}  // namespace

Result<GlueTableSpec> ParseCatalog(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kCatalogKeys));
  GlueTableSpec table;
  table.location = value.location();
  ASSIGN_OR_RETURN(const YamlReader glue, value.Get("glue"));
  ASSIGN_OR_RETURN(const std::string name, glue.Text());
  const size_t dot = name.find('.');
  table.database = name.substr(0, dot);
  table.table = dot == std::string::npos ? "" : name.substr(dot + 1);
  if (!IsGlueName(table.database) || !IsGlueName(table.table)) {
    return glue.Fail(
        fmt::format("'{}' is no database.table of lower-case letters, digits and '_'", name));
  }
  ASSIGN_OR_RETURN(table.comment, value.Text("comment", ""));
  ASSIGN_OR_RETURN(const std::string partitions,
                   value.Text("partitions", std::string(kPartitionings[0])));
  if (std::find(kPartitionings.begin(), kPartitionings.end(), partitions) == kPartitionings.end()) {
    const std::string nearest = NearestName(partitions, kPartitionings);
    return value.Fail(
        fmt::format("'{}' is not one of {}{}", partitions, fmt::join(kPartitionings, ", "),
                    nearest.empty() ? "" : fmt::format(": did you mean '{}'?", nearest)));
  }
  table.projects_partitions = partitions == "projection";
  if (!value.Has("projection")) return table;
  ASSIGN_OR_RETURN(const YamlReader projection, value.Get("projection"));
  if (!table.projects_partitions) {
    return projection.Fail("'projection' goes with partitions: projection");
  }
  ASSIGN_OR_RETURN(const auto entries, projection.Entries());
  for (const auto& [column, texts] : entries) {
    GlueProjectionSpec& spec = table.projection[column];
    spec.is_list = texts.is_list();
    ASSIGN_OR_RETURN(spec.texts, texts.Texts());
    if (spec.texts.empty()) return texts.Fail("a list of values needs one at least");
  }
  return table;
}

Result<std::string> ParseMetrics(const YamlReader& value) {
  ASSIGN_OR_RETURN(std::string name, CloudWatchText(value));
  const bool fits = !name.empty() && name.size() <= 255 && !name.starts_with("AWS/") &&
                    IsPlainText(name, ".-_/#");
  if (fits) return name;
  return value.Fail(fmt::format(
      "'{}' is no namespace of CloudWatch: letters, digits and . - _ / #, not AWS/…", name));
}

Result<std::string> ParseLogs(const YamlReader& value) {
  ASSIGN_OR_RETURN(std::string name, CloudWatchText(value));
  if (!name.empty() && name.size() <= 512 && IsPlainText(name, ".-_/#")) return name;
  return value.Fail(fmt::format("'{}' is no log group: letters, digits and . - _ / #", name));
}

}  // namespace ember

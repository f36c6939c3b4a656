#include "pipeline/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/parse_aws.h"
#include "pipeline/parse_ingest.h"
#include "pipeline/spark_write.h"
#include "plan/attribute_name.h"
#include "session/storage_level.h"
#include "yaml/yaml_reader.h"

namespace ember {
namespace {

using Keys = std::span<const std::string_view>;

constexpr auto kTopKeys =
    std::to_array<std::string_view>({"name", "description", "settings", "spark", "metrics", "logs",
                                     "ingest", "inputs", "steps", "outputs"});
constexpr auto kSettingKeys =
    std::to_array<std::string_view>({"threads", "memory", "temp_directory"});
constexpr auto kInputKeys =
    std::to_array<std::string_view>({"format", "path", "options", "columns", "rejects", "cache"});
constexpr auto kColumnKeys =
    std::to_array<std::string_view>({"from", "type", "format", "required"});
constexpr auto kStepKeys = std::to_array<std::string_view>({"from", "do", "cache"});
constexpr auto kOutputKeys = std::to_array<std::string_view>(
    {"from", "format", "path", "table", "mode", "partition_by", "bucket_by", "sort_by", "options",
     "target_file_size", "compact", "catalog"});
constexpr auto kBucketKeys = std::to_array<std::string_view>({"columns", "buckets"});
constexpr auto kRepartitionKeys = std::to_array<std::string_view>({"by", "count"});
constexpr auto kGroupKeys = std::to_array<std::string_view>({"by", "aggregate"});
constexpr auto kJoinKeys =
    std::to_array<std::string_view>({"with", "on", "condition", "how", "broadcast"});
constexpr auto kBarKeys =
    std::to_array<std::string_view>({"ticker", "time", "open", "high", "low", "close", "volume"});
constexpr auto kFormats = std::to_array<std::string_view>({"csv", "parquet", "json", "text"});
constexpr auto kModes = std::to_array<std::string_view>({"overwrite", "append", "error", "ignore"});
constexpr auto kJoins =
    std::to_array<std::string_view>({"inner", "left", "right", "full", "semi", "anti", "cross"});

Status CheckChoice(const YamlReader& at, const std::string& value, Keys choices) {
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return {};
  const std::string nearest = NearestName(value, choices);
  return at.Fail(fmt::format("'{}' is not one of {}{}", value, fmt::join(choices, ", "),
                             nearest.empty() ? "" : fmt::format(": did you mean '{}'?", nearest)));
}

Result<OperationNode> ParseSelect(const YamlReader& value) {
  SelectOperation operation;
  ASSIGN_OR_RETURN(operation.expressions, value.Texts());
  return operation;
}
Result<OperationNode> ParseFilter(const YamlReader& value) {
  FilterOperation operation;
  ASSIGN_OR_RETURN(operation.condition, value.Text());
  return operation;
}
Result<OperationNode> ParseWithColumns(const YamlReader& value) {
  WithColumnsOperation operation;
  ASSIGN_OR_RETURN(operation.columns, value.NamedTexts());
  return operation;
}
Result<OperationNode> ParseDrop(const YamlReader& value) {
  DropOperation operation;
  ASSIGN_OR_RETURN(operation.columns, value.Texts());
  return operation;
}
Result<OperationNode> ParseRename(const YamlReader& value) {
  RenameOperation operation;
  ASSIGN_OR_RETURN(operation.renames, value.NamedTexts());
  return operation;
}
Result<OperationNode> ParseDropDuplicates(const YamlReader& value) {
  DropDuplicatesOperation operation;
  ASSIGN_OR_RETURN(operation.keys, value.Texts());
  return operation;
}
Result<OperationNode> ParseGroupBy(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kGroupKeys));
  GroupByOperation operation;
  ASSIGN_OR_RETURN(operation.keys, value.Texts("by"));
  ASSIGN_OR_RETURN(const YamlReader aggregate, value.Get("aggregate"));
  ASSIGN_OR_RETURN(operation.aggregates, aggregate.NamedTexts());
  return operation;
}
Result<OperationNode> ParseOrderBy(const YamlReader& value) {
  OrderByOperation operation;
  ASSIGN_OR_RETURN(operation.keys, value.Texts());
  return operation;
}
Result<OperationNode> ParseLimit(const YamlReader& value) {
  LimitOperation operation;
  ASSIGN_OR_RETURN(operation.count, value.Integer());
  if (operation.count < 0) return value.Fail("must not be negative");
  return operation;
}
Result<OperationNode> ParseJoin(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kJoinKeys));
  JoinOperation operation;
  ASSIGN_OR_RETURN(const YamlReader with, value.Get("with"));
  ASSIGN_OR_RETURN(operation.with, with.Text());
  ASSIGN_OR_RETURN(operation.on, value.Texts("on"));
  ASSIGN_OR_RETURN(operation.condition, value.Text("condition", ""));
  ASSIGN_OR_RETURN(operation.how, value.Text("how", "inner"));
  RETURN_IF_ERROR(CheckChoice(value, operation.how, kJoins));
  ASSIGN_OR_RETURN(operation.broadcast, value.Boolean("broadcast", false));
  const bool needs_keys = operation.how != "cross";
  if (needs_keys == (operation.on.empty() && operation.condition.empty())) {
    return value.Fail(needs_keys ? "needs 'on' (columns of both sides) or 'condition'"
                                 : "a cross join takes no keys");
  }
  if (!operation.on.empty() && !operation.condition.empty())
    return value.Fail("takes 'on' or 'condition', not both");
  return operation;
}
Result<OperationNode> ParseUnion(const YamlReader& value) {
  UnionOperation operation;
  ASSIGN_OR_RETURN(operation.with, value.Texts());
  return operation;
}
Result<OperationNode> ParseSql(const YamlReader& value) {
  SqlOperation operation;
  ASSIGN_OR_RETURN(operation.text, value.Text());
  return operation;
}
Result<OperationNode> ParseRepartition(const YamlReader& value) {
  RepartitionOperation operation;
  if (!value.is_map()) {
    ASSIGN_OR_RETURN(operation.partitions, value.Integer());
    if (operation.partitions < 1) return value.Fail("must be at least 1");
    return operation;
  }
  RETURN_IF_ERROR(value.CheckKeys(kRepartitionKeys));
  ASSIGN_OR_RETURN(operation.by, value.Texts("by"));
  ASSIGN_OR_RETURN(operation.partitions, value.Integer("count", 0));
  if (operation.partitions < 0 || (operation.partitions == 0 && operation.by.empty()))
    return value.Fail("needs 'count' (at least 1) or 'by' (columns)");
  return operation;
}
Result<OperationNode> ParseRepartitionByRange(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kRepartitionKeys));
  RepartitionByRangeOperation operation;
  ASSIGN_OR_RETURN(operation.by, value.Texts("by"));
  ASSIGN_OR_RETURN(operation.partitions, value.Integer("count", 0));
  if (operation.by.empty()) return value.Fail("needs 'by' (columns)");
  if (operation.partitions < 0) return value.Fail("'count' must be at least 1");
  return operation;
}
Result<OperationNode> ParseCheckQuality(const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kBarKeys));
  CheckQualityOperation operation;
  BarColumnsSpec& columns = operation.columns;
  const std::array<std::pair<std::string_view, std::string*>, 7> fields = {
      {{"ticker", &columns.ticker},
       {"time", &columns.time},
       {"open", &columns.open},
       {"high", &columns.high},
       {"low", &columns.low},
       {"close", &columns.close},
       {"volume", &columns.volume}}};
  for (const auto& [key, field] : fields) {
    ASSIGN_OR_RETURN(*field, value.Text(key, *field));
  }
  return operation;
}

struct OperationRow {
  OperationDoc doc;
  Result<OperationNode> (*parse)(const YamlReader&);
};

constexpr auto kOperations = std::to_array<OperationRow>({
    {{"select", "[expression, …]", "only these columns; SQL expressions, with `AS name`"},
     ParseSelect},
    {{"filter", "condition", "rows for which the SQL condition holds"}, ParseFilter},
    {{"with_columns", "{name: expression, …}", "adds or replaces columns"}, ParseWithColumns},
    {{"drop", "[column, …]", "without these columns"}, ParseDrop},
    {{"rename", "{old: new, …}", "other names"}, ParseRename},
    {{"drop_duplicates", "[key, …]", "one row per key; an empty list means whole rows"},
     ParseDropDuplicates},
    {{"group_by", "{by: [key, …], aggregate: {name: expression, …}}", "one row per key"},
     ParseGroupBy},
    {{"order_by", "[column, \"column desc\", …]", "sorted rows"}, ParseOrderBy},
    {{"limit", "count", "the first rows"}, ParseLimit},
    {{"join",
      "{with: step, on: [key, …] | condition: sql, how: inner|left|right|full|semi|anti|cross, "
      "broadcast: true}",
      "columns of another step"},
     ParseJoin},
    {{"union", "[step, …]", "rows of other steps too, columns by name"}, ParseUnion},
    {{"sql", "SELECT … FROM input",
      "any query; `input` is what came before, other steps by their names"},
     ParseSql},
    {{"repartition", "count | {by: [column, …], count: n}",
      "as many files when the result is written; `by`: rows of equal values in one of them"},
     ParseRepartition},
    {{"repartition_by_range", "{by: [column, \"column desc\", …], count: n}",
      "the same with neighbouring values in one file"},
     ParseRepartitionByRange},
    {{"check_quality", "{ticker, time, open, high, low, close, volume: column names}",
      "the violations (ticker, time, rule, value) of price bars instead of the bars"},
     ParseCheckQuality},
});

constexpr auto kOperationDocs = [] {
  std::array<OperationDoc, kOperations.size()> docs{};
  for (size_t i = 0; i < docs.size(); ++i) docs[i] = kOperations[i].doc;
  return docs;
}();

constexpr auto kOperationNames = [] {
  std::array<std::string_view, kOperations.size()> names{};
  for (size_t i = 0; i < names.size(); ++i) names[i] = kOperations[i].doc.name;
  return names;
}();

Result<InputColumn> ParseColumn(const std::string& name, const YamlReader& value) {
  InputColumn column;
  column.name = name;
  column.source = name;
  std::string type;
  if (value.is_scalar()) {
    ASSIGN_OR_RETURN(type, value.Text());
  } else {
    RETURN_IF_ERROR(value.CheckKeys(kColumnKeys));
    ASSIGN_OR_RETURN(column.source, value.Text("from", name));
    ASSIGN_OR_RETURN(type, value.Text("type", ""));
    ASSIGN_OR_RETURN(column.format, value.Text("format", ""));
    ASSIGN_OR_RETURN(column.required, value.Boolean("required", false));
  }
  if (!type.empty()) {
    auto parsed = ParseDataType(type);
    if (!parsed.ok()) return value.Fail(fmt::format("'{}' is not a Spark SQL type", type));
    column.type = *std::move(parsed);
  }
  return column;
}

// `cache: true`, or a storage level of Spark's.
Result<std::string> ParseCache(const YamlReader& value) {
  if (!value.Has("cache")) return std::string();
  ASSIGN_OR_RETURN(const YamlReader cache, value.Get("cache"));
  ASSIGN_OR_RETURN(const std::string text, cache.Text());
  if (text == "true") return std::string("MEMORY_AND_DISK");
  if (text == "false") return std::string();
  if (const StorageLevelRow* row = FindStorageLevel(text)) return std::string(row->name);
  return cache.Fail(fmt::format(
      "'{}' is not one of true, false, memory_and_disk, memory_only, disk_only, off_heap", text));
}

Result<InputSpec> ParseInput(const std::string& name, const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kInputKeys));
  InputSpec input;
  input.name = name;
  input.location = value.location();
  ASSIGN_OR_RETURN(input.format, value.Text("format", "csv"));
  RETURN_IF_ERROR(CheckChoice(value, input.format, kFormats));
  ASSIGN_OR_RETURN(const YamlReader path, value.Get("path"));
  ASSIGN_OR_RETURN(input.paths, path.Texts());
  ASSIGN_OR_RETURN(input.options, value.TextMap("options"));
  ASSIGN_OR_RETURN(input.rejects, value.Text("rejects", ""));
  ASSIGN_OR_RETURN(input.cache, ParseCache(value));
  if (value.Has("columns")) {
    ASSIGN_OR_RETURN(const YamlReader columns, value.Get("columns"));
    ASSIGN_OR_RETURN(const auto entries, columns.Entries());
    for (const auto& [column_name, column_value] : entries) {
      ASSIGN_OR_RETURN(InputColumn column, ParseColumn(column_name, column_value));
      input.columns.push_back(std::move(column));
    }
  }
  if (!input.rejects.empty() && (input.format != "csv" || input.columns.empty())) {
    return value.Fail("'rejects' needs format csv and 'columns' with their types");
  }
  return input;
}

Result<StepSpec> ParseStep(const std::string& name, const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kStepKeys));
  StepSpec step;
  step.name = name;
  step.location = value.location();
  ASSIGN_OR_RETURN(step.from, value.Text("from", ""));
  ASSIGN_OR_RETURN(step.cache, ParseCache(value));
  ASSIGN_OR_RETURN(const YamlReader list, value.Get("do"));
  ASSIGN_OR_RETURN(const auto items, list.Items());
  for (const YamlReader& item : items) {
    RETURN_IF_ERROR(item.CheckKeys(kOperationNames));
    ASSIGN_OR_RETURN(const auto entries, item.Entries());
    if (entries.size() != 1) return item.Fail("one operation per list item");
    const auto& [operation_name, arguments] = entries.front();
    const auto* row = std::find_if(kOperations.begin(), kOperations.end(),
                                   [&](const auto& r) { return r.doc.name == operation_name; });
    ASSIGN_OR_RETURN(OperationNode node, row->parse(arguments));
    step.operations.push_back(
        {.name = operation_name, .location = item.location(), .node = std::move(node)});
  }
  if (step.from.empty() && (step.operations.empty() ||
                            !std::holds_alternative<SqlOperation>(step.operations.front().node))) {
    return value.Fail("key 'from' is missing (only a step that begins with sql may go without)");
  }
  return step;
}

// What makes an output a table, and what only tables have.
Status ParseTable(const YamlReader& value, OutputSpec& output) {
  ASSIGN_OR_RETURN(output.table, value.Text("table", ""));
  ASSIGN_OR_RETURN(output.path, value.Text("path", ""));
  if (output.table.empty()) {
    RETURN_IF_ERROR(value.Get("path"));
  } else if (!SplitAttributeName(output.table).ok()) {
    return value.Fail(fmt::format("'{}' is not the name of a table", output.table));
  }
  if (value.Has("bucket_by")) {
    ASSIGN_OR_RETURN(const YamlReader bucket_by, value.Get("bucket_by"));
    RETURN_IF_ERROR(bucket_by.CheckKeys(kBucketKeys));
    ASSIGN_OR_RETURN(output.bucket_by, bucket_by.Texts("columns"));
    ASSIGN_OR_RETURN(output.buckets, bucket_by.Integer("buckets", 0));
    if (output.bucket_by.empty() || output.buckets < 1)
      return bucket_by.Fail("needs 'columns' and 'buckets' (at least 1)");
  }
  ASSIGN_OR_RETURN(output.sort_by, value.Texts("sort_by"));
  if (output.buckets > 0 && output.table.empty())
    return value.Fail(
        "'bucket_by' needs 'table': Spark keeps in its catalog what is in which bucket");
  if (!output.sort_by.empty() && output.buckets == 0)
    return value.Fail("'sort_by' needs 'bucket_by'; an order_by in a step sorts without");
  return {};
}

Result<OutputSpec> ParseOutput(const std::string& name, const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kOutputKeys));
  OutputSpec output;
  output.name = name;
  output.location = value.location();
  ASSIGN_OR_RETURN(output.from, value.Text("from", name));
  ASSIGN_OR_RETURN(output.format, value.Text("format", "parquet"));
  RETURN_IF_ERROR(CheckChoice(value, output.format, kFormats));
  RETURN_IF_ERROR(ParseTable(value, output));
  ASSIGN_OR_RETURN(output.compact, value.Boolean("compact", false));
  if (output.compact && !output.table.empty())
    return value.Fail("'compact' is for outputs without 'table'");
  ASSIGN_OR_RETURN(output.mode, value.Text("mode", "overwrite"));
  RETURN_IF_ERROR(CheckChoice(value, output.mode, kModes));
  ASSIGN_OR_RETURN(output.partition_by, value.Texts("partition_by"));
  ASSIGN_OR_RETURN(output.options, value.TextMap("options"));
  ASSIGN_OR_RETURN(const std::string size, value.Text("target_file_size", ""));
  if (!size.empty() && !FileSizeOf(size))
    return value.Fail(fmt::format("target_file_size takes a size like 128MB, not '{}'", size));
  if (!size.empty()) output.options[std::string(kTargetFileSize)] = size;
  if (value.Has("catalog")) {
    ASSIGN_OR_RETURN(const YamlReader catalog, value.Get("catalog"));
    ASSIGN_OR_RETURN(output.glue, ParseCatalog(catalog));
    if (!output.table.empty()) return catalog.Fail("is for outputs without 'table'");
    const bool is_in_s3 = output.path.starts_with("s3://") || output.path.starts_with("s3a://");
    if (!is_in_s3) {
      return catalog.Fail(
          fmt::format("tables of Glue lie in S3: '{}' is no path like "
                      "s3://bucket/folder",
                      output.path));
    }
    if (output.glue->projects_partitions && output.partition_by.empty()) {
      return catalog.Fail("partitions: projection needs 'partition_by'");
    }
  }
  return output;
}

}  // namespace

std::span<const OperationDoc> OperationDocs() { return kOperationDocs; }

Result<PipelineSpec> ParsePipeline(std::string file, const std::string& text) {
  ASSIGN_OR_RETURN(
      const YamlReader root,
      YamlReader::Parse(file, text,
                        "a pipeline file is a map with the keys inputs, steps and outputs"));
  RETURN_IF_ERROR(root.CheckKeys(kTopKeys));
  PipelineSpec spec;
  spec.file = std::move(file);
  ASSIGN_OR_RETURN(spec.name, root.Text("name", ""));
  ASSIGN_OR_RETURN(spec.description, root.Text("description", ""));
  ASSIGN_OR_RETURN(spec.spark, root.TextMap("spark"));
  if (root.Has("metrics")) {
    ASSIGN_OR_RETURN(const YamlReader metrics, root.Get("metrics"));
    ASSIGN_OR_RETURN(spec.metrics_namespace, ParseMetrics(metrics));
  }
  if (root.Has("logs")) {
    ASSIGN_OR_RETURN(const YamlReader logs, root.Get("logs"));
    ASSIGN_OR_RETURN(spec.log_group, ParseLogs(logs));
  }
  if (root.Has("settings")) {
    ASSIGN_OR_RETURN(const YamlReader settings, root.Get("settings"));
    RETURN_IF_ERROR(settings.CheckKeys(kSettingKeys));
    ASSIGN_OR_RETURN(spec.threads, settings.Integer("threads", 0));
    ASSIGN_OR_RETURN(spec.memory, settings.Text("memory", ""));
    ASSIGN_OR_RETURN(spec.temp_directory, settings.Text("temp_directory", ""));
  }
  if (root.Has("ingest")) {
    ASSIGN_OR_RETURN(const YamlReader ingests, root.Get("ingest"));
    ASSIGN_OR_RETURN(const auto ingest_entries, ingests.Entries());
    for (const auto& [name, value] : ingest_entries) {
      ASSIGN_OR_RETURN(IngestSpec ingest, ParseIngest(name, value));
      spec.ingests.push_back(std::move(ingest));
    }
  }
  ASSIGN_OR_RETURN(const YamlReader inputs, root.Get("inputs"));
  ASSIGN_OR_RETURN(const auto input_entries, inputs.Entries());
  for (const auto& [name, value] : input_entries) {
    ASSIGN_OR_RETURN(InputSpec input, ParseInput(name, value));
    spec.inputs.push_back(std::move(input));
  }
  if (root.Has("steps")) {
    ASSIGN_OR_RETURN(const YamlReader steps, root.Get("steps"));
    ASSIGN_OR_RETURN(const auto step_entries, steps.Entries());
    for (const auto& [name, value] : step_entries) {
      ASSIGN_OR_RETURN(StepSpec step, ParseStep(name, value));
      spec.steps.push_back(std::move(step));
    }
  }
  ASSIGN_OR_RETURN(const YamlReader outputs, root.Get("outputs"));
  ASSIGN_OR_RETURN(const auto output_entries, outputs.Entries());
  for (const auto& [name, value] : output_entries) {
    ASSIGN_OR_RETURN(OutputSpec output, ParseOutput(name, value));
    spec.outputs.push_back(std::move(output));
  }
  return spec;
}

}  // namespace ember

#include "glue/glue_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "aws/aws_json.h"
#include "base/error.h"
#include "glue/glue_types.h"

namespace ember {
namespace {

constexpr std::string_view kSchema = "spark.sql.sources.schema";
constexpr std::string_view kProvider = "spark.sql.sources.provider";
constexpr std::string_view kPartitionProvider = "spark.sql.partitionProvider";

// How files of a format are described to Hive, Athena and whoever knows Hive's classes. Parquet is
// as Spark has it (HiveSerDe); for csv and json Spark has no SerDe and names one that nobody can
// read by, so these are those that Athena and Hive read the files with.
struct FormatRow {
  std::string_view format;
  std::string_view input_format;
  std::string_view output_format;
  std::string_view serde;
};
constexpr std::string_view kTextInput = "org.apache.hadoop.mapred.TextInputFormat";
constexpr std::string_view kTextOutput =
    "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
constexpr auto kFormats = std::to_array<FormatRow>({
    {"parquet", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
     "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
     "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
    {"csv", kTextInput, kTextOutput, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"},
    {"json", kTextInput, kTextOutput, "org.apache.hive.hcatalog.data.JsonSerDe"},
    {"text", kTextInput, kTextOutput, "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"},
});

// SerDe parameters that are Hive's own: everything else there are options of Spark's data source.
constexpr auto kHiveParameters =
    std::to_array<std::string_view>({"path", "serialization.format", "field.delim"});

const FormatRow* FindFormat(std::string_view format) {
  const auto* row = std::find_if(kFormats.begin(), kFormats.end(),
                                 [&](const FormatRow& r) { return r.format == format; });
  return row == kFormats.end() ? nullptr : row;
}

std::string OptionOf(const GlueTable& table, const std::string& name, std::string fallback) {
  const auto found = table.options.find(name);
  return found == table.options.end() ? std::move(fallback) : found->second;
}

std::string LowerCaseOf(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// {"comment": "…"} of a field's metadata.
std::string CommentOf(const StructField& field) {
  if (field.metadata.empty()) return {};
  return AwsText(AwsJson::parse(field.metadata, nullptr, false), "comment");
}

Result<AwsJson> ColumnsOf(const Schema& schema) {
  AwsJson columns = AwsJson::array();
  for (const StructField& field : schema) {
    auto type = GlueTypeText(field.type);
    if (!type.ok()) {
      return WithContext(std::move(type).error(), fmt::format("column '{}'", field.name));
    }
    // Hive's names have no case; Spark's, in its own properties, do.
    AwsJson column = {{"Name", LowerCaseOf(field.name)}, {"Type", *type}};
    if (const std::string comment = CommentOf(field); !comment.empty()) {
      column["Comment"] = comment;
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

Result<AwsJson> StorageOf(const GlueTable& table, const std::string& location) {
  const FormatRow* row = FindFormat(table.format);
  if (row == nullptr) return Unsupported("a table of Glue of the format " + table.format);
  AwsJson parameters = {{"serialization.format", "1"}, {"path", table.location}};
  if (table.format == "csv") {
    const std::string delimiter = OptionOf(table, "sep", OptionOf(table, "delimiter", ","));
    parameters["serialization.format"] = delimiter;
    parameters["field.delim"] = delimiter;
  }
  for (const auto& [name, value] : table.options) parameters[name] = value;
  ASSIGN_OR_RETURN(AwsJson columns, ColumnsOf(table.columns));
  return AwsJson{
      {"Columns", std::move(columns)},
      {"Location", location},
      {"InputFormat", row->input_format},
      {"OutputFormat", row->output_format},
      {"SerdeInfo", {{"SerializationLibrary", row->serde}, {"Parameters", std::move(parameters)}}}};
}

// CatalogTable.splitLargeTableProp, with the default of
// spark.sql.sources.schemaStringLengthThreshold.
void AddLargeParameter(const std::string& key, const std::string& value, AwsJson& parameters) {
  constexpr size_t kPart = 4000;
  if (value.size() <= kPart) {
    parameters[key] = value;
    return;
  }
  const size_t parts = (value.size() + kPart - 1) / kPart;
  parameters[key + ".numParts"] = fmt::format("{}", parts);
  for (size_t i = 0; i < parts; ++i) {
    parameters[fmt::format("{}.part.{}", key, i)] = value.substr(i * kPart, kPart);
  }
}

std::string LargeParameter(const std::string& key, const AwsJson& parameters) {
  std::string value = AwsText(parameters, key);
  const int64_t parts = AwsInteger(parameters, key + ".numParts").value_or(0);
  for (int64_t i = 0; value.empty() && i < parts; ++i) {
    std::string whole;
    for (int64_t k = 0; k < parts; ++k) {
      whole += AwsText(parameters, fmt::format("{}.part.{}", key, k));
    }
    return whole;
  }
  return value;
}

AwsJson ParametersOf(const GlueTable& table) {
  AwsJson parameters = {{"EXTERNAL", "TRUE"}, {"classification", table.format}};
  parameters[std::string(kProvider)] = table.format;
  parameters["spark.sql.create.version"] = "4.0.2";
  Schema schema;
  for (const Schema* part : {&table.columns, &table.partition_columns}) {
    for (const StructField& field : *part) {
      schema.push_back({field.name, AsNullable(field.type), true, field.metadata});
    }
  }
  AddLargeParameter(std::string(kSchema), SchemaJson(schema), parameters);
  if (!table.partition_columns.empty()) {
    parameters[fmt::format("{}.numPartCols", kSchema)] =
        fmt::format("{}", table.partition_columns.size());
    for (size_t i = 0; i < table.partition_columns.size(); ++i) {
      parameters[fmt::format("{}.partCol.{}", kSchema, i)] = table.partition_columns[i].name;
    }
    // Without it Spark looks at the folders (CatalogTable.tracksPartitionsInCatalog).
    if (table.partitioning == GluePartitioning::kExplicit) {
      parameters[std::string(kPartitionProvider)] = "catalog";
    }
  }
  for (const auto& [key, value] : table.projection) parameters[key] = value;
  if (table.format == "csv" && LowerCaseOf(OptionOf(table, "header", "")) == "true") {
    parameters["skip.header.line.count"] = "1";
  }
  return parameters;
}

// Columns as Glue has them, for tables that Spark did not write.
Result<Schema> ColumnsFromGlue(const AwsJson& columns) {
  Schema schema;
  for (const AwsJson& column : columns) {
    const std::string name = AwsText(column, "Name");
    auto type = ParseGlueType(AwsText(column, "Type"));
    if (!type.ok()) return Unsupported(fmt::format("the type of column '{}'", name));
    schema.push_back({name, *std::move(type), true, ""});
  }
  return schema;
}

// Spark's own word on the columns, the partitions' at the end.
Status ReadSparkSchema(const AwsJson& parameters, const std::string& text, GlueTable& table) {
  ASSIGN_OR_RETURN(const DataType type, ParseTypeJson(text));
  const int64_t count = AwsInteger(parameters, fmt::format("{}.numPartCols", kSchema)).value_or(0);
  if (!type.Is(TypeKind::kStruct) || count < 0 ||
      count > static_cast<int64_t>(type.fields().size())) {
    return InvalidInput("a schema that is none");
  }
  const auto cut = type.fields().end() - count;
  table.columns.assign(type.fields().begin(), cut);
  table.partition_columns.assign(cut, type.fields().end());
  return {};
}

Status ReadColumns(const AwsJson& json, const AwsJson& parameters, GlueTable& table) {
  const std::string schema = LargeParameter(std::string(kSchema), parameters);
  if (!schema.empty()) return ReadSparkSchema(parameters, schema, table);
  const AwsJson& storage = AwsStructure(json, "StorageDescriptor");
  ASSIGN_OR_RETURN(table.columns, ColumnsFromGlue(AwsList(storage, "Columns")));
  ASSIGN_OR_RETURN(table.partition_columns, ColumnsFromGlue(AwsList(json, "PartitionKeys")));
  return {};
}

// Why Ember does not read a table; empty when it does.
std::string WhyUnreadable(const AwsJson& json, const AwsJson& parameters, const GlueTable& table) {
  if (AwsText(json, "TableType") == "VIRTUAL_VIEW") return "a view of Glue";
  if (const std::string kind = AwsText(parameters, "table_type"); !kind.empty()) {
    return fmt::format("a table of Glue of the kind {}", kind);
  }
  if (FindFormat(table.format) == nullptr) {
    return fmt::format("a table of Glue of the format {}", table.format);
  }
  return {};
}

std::string FormatOf(const AwsJson& parameters, const AwsJson& serde) {
  const std::string provider = LowerCaseOf(AwsText(parameters, std::string(kProvider)));
  if (!provider.empty() && provider != "hive") return provider;
  // Hive's own tables: Spark reads those of Parquet by its own reader
  // (spark.sql.hive.convertMetastoreParquet), and others by their SerDe, which no one here has.
  const std::string library = AwsText(serde, "SerializationLibrary");
  return library == kFormats[0].serde ? "parquet" : fmt::format("'{}'", library);
}

}  // namespace

Status CheckGlueName(const std::string& name) {
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!name.empty() && name.size() <= 255 && is_plain) return {};
  return InvalidInput(
      fmt::format("'{}' is no name of Glue: write it of lower-case letters, digits and '_'", name));
}

bool IsOwnGlueParameter(const std::string& key) {
  constexpr auto kOwn =
      std::to_array<std::string_view>({"EXTERNAL", "classification", "skip.header.line.count",
                                       "spark.sql.create.version", kPartitionProvider, kProvider});
  return key.starts_with(kSchema) || key.starts_with("projection.") ||
         std::find(kOwn.begin(), kOwn.end(), key) != kOwn.end();
}

Result<AwsJson> GlueTableInput(const GlueTable& table) {
  ASSIGN_OR_RETURN(AwsJson storage, StorageOf(table, table.location));
  ASSIGN_OR_RETURN(AwsJson partition_keys, ColumnsOf(table.partition_columns));
  AwsJson input = {{"Name", table.name},
                   {"TableType", "EXTERNAL_TABLE"},
                   {"StorageDescriptor", std::move(storage)},
                   {"PartitionKeys", std::move(partition_keys)},
                   {"Parameters", ParametersOf(table)}};
  if (!table.comment.empty()) input["Description"] = table.comment;
  return input;
}

Result<AwsJson> GluePartitionInput(const GlueTable& table, const GluePartition& partition) {
  ASSIGN_OR_RETURN(AwsJson storage, StorageOf(table, partition.location));
  return AwsJson{{"Values", partition.values}, {"StorageDescriptor", std::move(storage)}};
}

GlueTable ParseGlueTable(const AwsJson& json) {
  const AwsJson& parameters = AwsStructure(json, "Parameters");
  const AwsJson& storage = AwsStructure(json, "StorageDescriptor");
  const AwsJson& serde = AwsStructure(storage, "SerdeInfo");
  GlueTable table;
  table.database = AwsText(json, "DatabaseName");
  table.name = AwsText(json, "Name");
  table.comment = AwsText(json, "Description");
  table.format = FormatOf(parameters, serde);
  // Spark's tables of a data source have their place in `path`; their Location may be another's.
  const AwsJson& serde_parameters = AwsStructure(serde, "Parameters");
  const bool is_sparks = parameters.contains(std::string(kProvider));
  table.location = is_sparks ? AwsText(serde_parameters, "path") : "";
  if (table.location.empty()) table.location = AwsText(storage, "Location");
  while (table.location.ends_with('/')) table.location.pop_back();
  for (const auto& [key, value] : serde_parameters.items()) {
    const bool is_hives =
        std::find(kHiveParameters.begin(), kHiveParameters.end(), key) != kHiveParameters.end();
    if (is_sparks && !is_hives && value.is_string()) table.options[LowerCaseOf(key)] = value;
  }
  for (const auto& [key, value] : parameters.items()) {
    if (key.starts_with("projection.")) table.projection[key] = value;
  }
  const bool is_listed = is_sparks ? AwsText(parameters, kPartitionProvider) == "catalog"
                                   : !AwsFlag(parameters, "projection.enabled");
  table.partitioning = is_listed ? GluePartitioning::kExplicit : GluePartitioning::kProjection;
  table.unreadable = WhyUnreadable(json, parameters, table);
  if (const Status read = ReadColumns(json, parameters, table);
      !read.ok() && table.unreadable.empty()) {
    table.unreadable = fmt::format("a table of Glue with {}", read.error().message);
  }
  return table;
}

}  // namespace ember

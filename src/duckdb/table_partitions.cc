#include "duckdb/table_partitions.h"

#include <algorithm>
#include <charconv>

#include "duckdb/file_formats.h"
#include "duckdb/partition_values.h"

namespace ember {
namespace {

// The text of a constant as a folder has it.
Result<std::string> ConstantText(const Literal& literal) {
  const Value& value = literal.value;
  if (value.is_null()) return std::string(kNullPartition);
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    return text->empty() ? std::string(kNullPartition) : *text;
  }
  if (const auto* number = std::get_if<int64_t>(&value.data)) {
    if (literal.type.Is(TypeKind::kDate)) return DateText(*number);
    if (literal.type.IsIntegral()) return std::to_string(*number);
  }
  if (const auto* flag = std::get_if<bool>(&value.data)) {
    return std::string(*flag ? "true" : "false");
  }
  if (const auto* number = std::get_if<double>(&value.data)) return JavaDoubleText(*number);
  if (const auto* number = std::get_if<DecimalValue>(&value.data)) {
    return DecimalText(number->unscaled, literal.type.scale);
  }
  return Unsupported("a PARTITION value of type " + SimpleString(literal.type));
}

// Casts the text to the column's type and back, for the types of which one value has many texts.
Result<std::string> NormalText(std::string text, const DataType& type) {
  if (!type.IsIntegral() || text == kNullPartition) return text;
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec == std::errc() && parsed.ptr == end) return std::to_string(number);
  return MakeError("CAST_INVALID_INPUT", {{"expression", "'" + text + "'"},
                                          {"sourceType", "\"STRING\""},
                                          {"targetType", "\"" + SqlText(type) + "\""},
                                          {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
}

// Whether the folder's names are those of the columns, in their order.
bool IsPartitionOf(const std::string& folder, const std::vector<std::string>& columns) {
  size_t start = 0;
  for (const std::string& column : columns) {
    if (start > folder.size()) return false;
    const size_t end = std::min(folder.find('/', start), folder.size());
    const size_t equals = folder.find('=', start);
    if (equals >= end) return false;
    if (LowerCase(UnescapePathName(folder.substr(start, equals - start))) != LowerCase(column)) {
      return false;
    }
    start = end + 1;
  }
  return start > folder.size();
}

}  // namespace

std::string QuotedTable(const TableInfo& table) {
  return QuoteName({"spark_catalog", table.database, table.name});
}

Result<PartitionTexts> FitPartition(const TableInfo& table, const PartitionSpec& spec) {
  for (const auto& [column, value] : spec) {
    const bool is_known =
        std::any_of(table.partition_by.begin(), table.partition_by.end(),
                    [&](const auto& by) { return LowerCase(by) == LowerCase(column); });
    if (!is_known) {
      return MakeError("PARTITIONS_NOT_FOUND", {{"partitionList", QuoteIdentifier(column)},
                                                {"tableName", QuotedTable(table)}});
    }
  }
  PartitionTexts texts;
  for (const std::string& by : table.partition_by) {
    for (const auto& [column, value] : spec) {
      if (LowerCase(by) != LowerCase(column) || value == nullptr) continue;
      const auto* literal = std::get_if<Literal>(&value->node);
      if (literal == nullptr) return Unsupported("a PARTITION value that is not a constant");
      ASSIGN_OR_RETURN(std::string text, ConstantText(*literal));
      const int at = FindField(table.schema, by);
      if (at >= 0) {
        ASSIGN_OR_RETURN(text, NormalText(std::move(text), table.schema[at].type));
      }
      texts.emplace_back(by, std::move(text));
    }
  }
  return texts;
}

std::string PartitionFolder(const PartitionTexts& partition) {
  std::string folder;
  for (const auto& [column, text] : partition) {
    if (!folder.empty()) folder += "/";
    folder += EscapePathName(column) + "=" + EscapePathName(text);
  }
  return folder;
}

Result<std::vector<std::string>> ListPartitions(const TableInfo& table, Store& store) {
  if (table.listed_partitions) {
    std::vector<std::string> folders = *table.listed_partitions;
    for (const StrayPartition& partition : table.stray_partitions) {
      PartitionTexts texts;
      for (size_t i = 0; i < table.partition_by.size(); ++i) {
        texts.emplace_back(table.partition_by[i], partition.values[i]);
      }
      folders.push_back(PartitionFolder(texts));
    }
    std::sort(folders.begin(), folders.end());
    return folders;
  }
  ASSIGN_OR_RETURN(std::vector<std::string> folders, store.ListFolders(table.location));
  std::erase_if(folders, [&](const std::string& folder) {
    return !IsPartitionOf(folder, table.partition_by);
  });
  return folders;
}

bool IsInPartition(const std::string& folder, const PartitionTexts& partition) {
  const auto values = PartitionOf(folder + "/", "");
  return std::all_of(partition.begin(), partition.end(), [&](const auto& wanted) {
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
      return LowerCase(value.first) == LowerCase(wanted.first) && value.second == wanted.second;
    });
  });
}

std::string PartitionText(const PartitionTexts& partition) {
  std::string text;
  for (const auto& [column, value] : partition) {
    text += (text.empty() ? "" : ", ") + QuoteIdentifier(column) + " = " + value;
  }
  return "PARTITION (" + text + ")";
}

}  // namespace ember

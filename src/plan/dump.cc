#include "plan/dump.h"

#include <fmt/format.h>

#include "plan/dump_text.h"

namespace ember {
namespace {

std::string_view SaveModeName(SaveMode mode) {
  switch (mode) {
    case SaveMode::kErrorIfExists:
      return "error_if_exists";
    case SaveMode::kAppend:
      return "append";
    case SaveMode::kOverwrite:
      return "overwrite";
    case SaveMode::kIgnore:
      return "ignore";
  }
  return "";
}

std::string PartitionText(const PartitionSpec& partition) {
  ExpressionWriter writer;
  std::string text;
  for (const auto& [column, value] : partition) {
    text += (text.empty() ? "" : ", ") + DumpQuoted(column);
    if (value != nullptr) text += "=" + writer.Write(value);
  }
  return "[" + text + "]";
}

// Describes one command as a line and the relation it works on (null for none).
struct CommandDescriber {
  RelationLine operator()(const WriteFiles& node) const {
    const auto& [input, format, path, table, is_insert_into, mode, partition_by, sort_by, bucket_by,
                 buckets, cluster_by, options, insert_columns, is_by_name, partition, if_not_exists,
                 comment, properties] = node;
    DumpLine line("WriteFiles");
    line.Text("format", format)
        .Text("path", path)
        .Texts("table", table)
        .Flag("insert_into", is_insert_into);
    line.Raw("mode", SaveModeName(mode))
        .Texts("partition_by", partition_by)
        .Texts("sort_by", sort_by);
    line.Texts("bucket_by", bucket_by).Number("buckets", buckets).Texts("cluster_by", cluster_by);
    line.OptionsText("options", options).Texts("columns", insert_columns);
    line.Flag("by_name", is_by_name).Flag("if_not_exists", if_not_exists);
    if (!partition.empty()) line.Raw("partition", PartitionText(partition));
    line.Text("comment", comment).OptionsText("properties", properties);
    return {line.Take(), {input}};
  }
  RelationLine operator()(const CreateView& node) const {
    const auto& [name, columns, input, is_temporary, is_global, or_replace, if_not_exists, text,
                 column_comments, comment, properties] = node;
    DumpLine line("CreateView");
    line.Texts("name", name).Texts("columns", columns).Flag("temporary", is_temporary);
    line.Flag("global", is_global)
        .Flag("or_replace", or_replace)
        .Flag("if_not_exists", if_not_exists);
    line.Text("text", text).Texts("column_comments", column_comments);
    line.Text("comment", comment).OptionsText("properties", properties);
    return {line.Take(), {input}};
  }
  RelationLine operator()(const CreateTable& node) const {
    const auto& [name, schema, format, partition_by, options, location, if_not_exists, comment,
                 properties, like] = node;
    DumpLine line("CreateTable");
    line.Texts("name", name).SchemaText("schema", schema).Text("format", format);
    line.Texts("partition_by", partition_by)
        .OptionsText("options", options)
        .Text("location", location);
    line.Text("comment", comment).OptionsText("properties", properties).Texts("like", like);
    return {line.Flag("if_not_exists", if_not_exists).Take(), {}};
  }
  RelationLine operator()(const DropTable& node) const {
    const auto& [name, if_exists, is_view, purge] = node;
    DumpLine line("DropTable");
    line.Texts("name", name)
        .Flag("if_exists", if_exists)
        .Flag("view", is_view)
        .Flag("purge", purge);
    return {line.Take(), {}};
  }
  RelationLine operator()(const CreateNamespace& node) const {
    const auto& [name, if_not_exists] = node;
    return {
        DumpLine("CreateNamespace").Texts("name", name).Flag("if_not_exists", if_not_exists).Take(),
        {}};
  }
  RelationLine operator()(const DropNamespace& node) const {
    const auto& [name, if_exists, cascade] = node;
    DumpLine line("DropNamespace");
    return {line.Texts("name", name).Flag("if_exists", if_exists).Flag("cascade", cascade).Take(),
            {}};
  }
  RelationLine operator()(const UseNamespace& node) const {
    return {DumpLine("UseNamespace").Texts("name", node.name).Take(), {}};
  }
  RelationLine operator()(const SetConfig& node) const {
    const auto& [key, value, is_reset] = node;
    DumpLine line("SetConfig");
    line.Text("key", key);
    if (value) line.Raw("value", DumpQuoted(*value));
    return {line.Flag("reset", is_reset).Take(), {}};
  }
  RelationLine operator()(const Show& node) const {
    const auto& [what, name, pattern, partition] = node;
    DumpLine line("Show");
    line.Text("what", what).Texts("name", name).Text("pattern", pattern);
    if (!partition.empty()) line.Raw("partition", PartitionText(partition));
    return {line.Take(), {}};
  }
  RelationLine operator()(const DescribeObject& node) const {
    const auto& [what, name, query, is_extended, column, partition] = node;
    DumpLine line("DescribeObject");
    line.Text("what", what).Texts("name", name).Flag("extended", is_extended);
    line.Texts("column", column);
    if (!partition.empty()) line.Raw("partition", PartitionText(partition));
    return {line.Take(), Inputs(query)};
  }
  RelationLine operator()(const Explain& node) const {
    const auto& [input, mode] = node;
    return {DumpLine("Explain").Text("mode", mode).Take(), {input}};
  }
  RelationLine operator()(const CacheTable& node) const {
    const auto& [what, name, query, is_lazy, if_exists] = node;
    DumpLine line("CacheTable");
    line.Text("what", what).Texts("name", name).Flag("lazy", is_lazy).Flag("if_exists", if_exists);
    return {line.Take(), Inputs(query)};
  }
  RelationLine operator()(const AlterTable& node) const {
    const auto& [what, name, is_view, if_exists, new_name, columns, partitions, properties, keys,
                 text, query] = node;
    DumpLine line("AlterTable");
    line.Text("what", what).Texts("name", name).Flag("view", is_view).Flag("if_exists", if_exists);
    line.Texts("new_name", new_name).SchemaText("columns", columns);
    for (const PartitionSpec& partition : partitions)
      line.Raw("partition", PartitionText(partition));
    line.OptionsText("properties", properties).Texts("keys", keys).Text("text", text);
    return {line.Take(), Inputs(query)};
  }

  static std::vector<RelationPtr> Inputs(const RelationPtr& optional) {
    return optional == nullptr ? std::vector<RelationPtr>{} : std::vector<RelationPtr>{optional};
  }
};

PlanIdStyle StyleOf(const DumpOptions& options) {
  return options.with_plan_ids ? PlanIdStyle::kActual : PlanIdStyle::kNumbered;
}

}  // namespace

void WriteSubqueries(int indent, int first, ExpressionWriter& writer, std::string& out) {
  int number = first;
  for (const auto& subquery : writer.TakeSubqueries()) {
    out += fmt::format("{:{}}subquery#{}:\n", "", indent * 2, number++);
    WriteTree(subquery, indent + 1, writer, out);
  }
}

void WriteTree(const Relation& relation, int indent, ExpressionWriter& writer, std::string& out) {
  const int first_subquery = writer.subquery_count();
  const RelationLine line = DescribeRelation(relation, writer);
  out += std::string(static_cast<size_t>(indent) * 2, ' ') + line.text + "\n";
  WriteSubqueries(indent + 1, first_subquery, writer, out);
  for (const auto& input : line.inputs) WriteTree(input, indent + 1, writer, out);
}

void WriteTree(const RelationPtr& relation, int indent, ExpressionWriter& writer,
               std::string& out) {
  if (relation != nullptr) return WriteTree(*relation, indent, writer, out);
  out += std::string(static_cast<size_t>(indent) * 2, ' ') + "none\n";
}

std::string Dump(const Relation& relation, const DumpOptions& options) {
  ExpressionWriter writer;
  std::string out;
  WriteTree(relation, 0, writer, out);
  return FinishPlanIds(out, StyleOf(options));
}

std::string Dump(const Expression& expression, const DumpOptions& options) {
  ExpressionWriter writer;
  std::string out = writer.Write(expression);
  std::string subqueries;
  WriteSubqueries(1, 0, writer, subqueries);
  if (!subqueries.empty()) out += "\n" + subqueries;
  return FinishPlanIds(out, StyleOf(options));
}

std::string Dump(const Command& command, const DumpOptions& options) {
  ExpressionWriter writer;
  const RelationLine line = std::visit(CommandDescriber{}, command.node);
  std::string out = line.text + "\n";
  for (const auto& input : line.inputs) WriteTree(input, 1, writer, out);
  return FinishPlanIds(out, StyleOf(options));
}

uint64_t SemanticHash(const Relation& relation) {
  uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : Dump(relation))
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace ember

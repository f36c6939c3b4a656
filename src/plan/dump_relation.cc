#include <fmt/format.h>

#include "plan/dump_text.h"

namespace ember {
namespace {

std::string_view JoinTypeName(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return "inner";
    case JoinType::kLeftOuter:
      return "left_outer";
    case JoinType::kRightOuter:
      return "right_outer";
    case JoinType::kFullOuter:
      return "full_outer";
    case JoinType::kLeftSemi:
      return "left_semi";
    case JoinType::kLeftAnti:
      return "left_anti";
    case JoinType::kCross:
      return "cross";
  }
  return "";
}

std::string_view SetOperationName(SetOperationKind kind) {
  switch (kind) {
    case SetOperationKind::kUnion:
      return "union";
    case SetOperationKind::kIntersect:
      return "intersect";
    case SetOperationKind::kExcept:
      return "except";
  }
  return "";
}

std::string_view GroupTypeName(GroupType type) {
  switch (type) {
    case GroupType::kGroupBy:
      return "group_by";
    case GroupType::kRollup:
      return "rollup";
    case GroupType::kCube:
      return "cube";
    case GroupType::kGroupingSets:
      return "grouping_sets";
    case GroupType::kPivot:
      return "pivot";
  }
  return "";
}

// FNV-1a, 64 bits: stable across processes and machines.
uint64_t HashBytes(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

// Describes one node. Structured bindings name every field, so that a new one does not compile
// until it is written here.
class RelationDescriber {
 public:
  explicit RelationDescriber(ExpressionWriter& writer) : writer_(writer) {}

  RelationLine operator()(const ReadFiles& node) {
    const auto& [format, paths, options, schema] = node;
    DumpLine line("ReadFiles");
    line.Text("format", format).Texts("paths", paths).OptionsText("options", options);
    if (schema) line.SchemaText("schema", *schema);
    return Leaf(line);
  }
  RelationLine operator()(const ReadTable& node) {
    const auto& [name, options] = node;
    return Leaf(DumpLine("ReadTable").Texts("name", name).OptionsText("options", options));
  }
  RelationLine operator()(const SqlQuery& node) {
    const auto& [text, named_arguments, positional_arguments] = node;
    DumpLine line("SqlQuery");
    line.Text("text", text);
    for (const auto& [name, value] : named_arguments)
      line.Raw(":" + DumpQuoted(name), writer_.Write(value));
    return Leaf(List(line, "positional", positional_arguments));
  }
  RelationLine operator()(const LocalRelation& node) {
    const auto& [arrow_ipc, schema] = node;
    DumpLine line("LocalRelation");
    if (arrow_ipc != nullptr) {
      line.Raw("arrow", fmt::format("{}bytes#{:016x}", arrow_ipc->size(), HashBytes(*arrow_ipc)));
    }
    if (schema) line.SchemaText("schema", *schema);
    return Leaf(line);
  }
  RelationLine operator()(const CachedLocalRelation& node) {
    return Leaf(DumpLine("CachedLocalRelation").Text("hash", node.hash));
  }
  RelationLine operator()(const InlineTable& node) {
    const auto& [rows, names] = node;
    DumpLine line("InlineTable");
    line.Texts("names", names);
    for (const auto& row : rows) line.Raw("row", writer_.WriteList(row));
    return Leaf(line);
  }
  RelationLine operator()(const OneRow&) { return Leaf(DumpLine("OneRow")); }
  RelationLine operator()(const Project& node) {
    const auto& [input, expressions] = node;
    return Unary(DumpLine("Project").Raw("expressions", writer_.WriteList(expressions)), input);
  }
  RelationLine operator()(const Filter& node) {
    const auto& [input, condition] = node;
    return Unary(DumpLine("Filter").Raw("condition", writer_.Write(condition)), input);
  }
  RelationLine operator()(const Having& node) {
    const auto& [input, condition] = node;
    return Unary(DumpLine("Having").Raw("condition", writer_.Write(condition)), input);
  }
  RelationLine operator()(const Join& node) {
    const auto& [left, right, type, condition, using_columns, is_natural, is_lateral] = node;
    DumpLine line("Join");
    line.Raw("type", JoinTypeName(type));
    if (condition != nullptr) line.Raw("condition", writer_.Write(condition));
    line.Texts("using", using_columns).Flag("natural", is_natural).Flag("lateral", is_lateral);
    return {line.Take(), {left, right}};
  }
  RelationLine operator()(const SetOperation& node) {
    const auto& [left, right, kind, is_all, by_name, allow_missing_columns] = node;
    DumpLine line("SetOperation");
    line.Raw("kind", SetOperationName(kind)).Flag("all", is_all).Flag("by_name", by_name);
    line.Flag("allow_missing_columns", allow_missing_columns);
    return {line.Take(), {left, right}};
  }
  RelationLine operator()(const Sort& node) {
    const auto& [input, order, is_global] = node;
    return Unary(
        DumpLine("Sort").Raw("order", writer_.WriteList(order)).Flag("global", is_global, true),
        input);
  }
  RelationLine operator()(const Limit& node) {
    const auto& [input, count] = node;
    return Unary(DumpLine("Limit").Raw("count", writer_.Write(count)), input);
  }
  RelationLine operator()(const Offset& node) {
    const auto& [input, count] = node;
    return Unary(DumpLine("Offset").Raw("count", writer_.Write(count)), input);
  }
  RelationLine operator()(const Tail& node) {
    const auto& [input, count] = node;
    return Unary(DumpLine("Tail").Raw("count", fmt::format("{}", count)), input);
  }
  RelationLine operator()(const Aggregate& node) {
    const auto& [input, type, grouping, aggregates, grouping_sets, pivot_column, pivot_values,
                 is_sql] = node;
    DumpLine line("Aggregate");
    line.Raw("type", GroupTypeName(type));
    List(line, "grouping", grouping);
    for (const auto& set : grouping_sets) line.Raw("set", writer_.WriteList(set));
    line.Raw("aggregates", writer_.WriteList(aggregates));
    if (pivot_column != nullptr) line.Raw("pivot", writer_.Write(pivot_column));
    List(line, "pivot_values", pivot_values).Flag("sql", is_sql);
    return Unary(line, input);
  }
  RelationLine operator()(const Sample& node) {
    const auto& [input, lower_bound, upper_bound, with_replacement, seed, deterministic_order] =
        node;
    DumpLine line("Sample");
    line.Double("lower", lower_bound)
        .Double("upper", upper_bound)
        .Flag("with_replacement", with_replacement);
    return Unary(line.Number("seed", seed).Flag("deterministic_order", deterministic_order), input);
  }
  RelationLine operator()(const Deduplicate& node) {
    const auto& [input, columns] = node;
    return Unary(DumpLine("Deduplicate").Texts("columns", columns), input);
  }
  RelationLine operator()(const Range& node) {
    const auto& [start, end, step] = node;
    DumpLine line("Range");
    return Leaf(line.Raw("start", fmt::format("{}", start))
                    .Raw("end", fmt::format("{}", end))
                    .Raw("step", fmt::format("{}", step)));
  }
  RelationLine operator()(const SubqueryAlias& node) {
    const auto& [input, alias, qualifier, columns] = node;
    DumpLine line("SubqueryAlias");
    return Unary(line.Text("alias", alias).Texts("qualifier", qualifier).Texts("columns", columns),
                 input);
  }
  RelationLine operator()(const Repartition& node) {
    const auto& [input, partitions, shuffle, by_range, expressions] = node;
    DumpLine line("Repartition");
    if (partitions) line.Raw("partitions", fmt::format("{}", *partitions));
    line.Flag("shuffle", shuffle, true).Flag("by_range", by_range);
    return Unary(List(line, "expressions", expressions), input);
  }
  RelationLine operator()(const WithColumns& node) {
    const auto& [input, columns] = node;
    return Unary(DumpLine("WithColumns").Raw("columns", writer_.WriteList(columns)), input);
  }
  RelationLine operator()(const WithColumnsRenamed& node) {
    const auto& [input, renames] = node;
    DumpLine line("WithColumnsRenamed");
    for (const auto& [from, to] : renames) line.Raw("rename", DumpQuotedList({from, to}));
    return Unary(line, input);
  }
  RelationLine operator()(const DropColumns& node) {
    const auto& [input, columns, names] = node;
    DumpLine line("DropColumns");
    return Unary(List(line, "columns", columns).Texts("names", names), input);
  }
  RelationLine operator()(const ToDataFrame& node) {
    const auto& [input, names] = node;
    return Unary(DumpLine("ToDataFrame").Texts("names", names), input);
  }
  RelationLine operator()(const ToSchema& node) {
    const auto& [input, schema] = node;
    return Unary(DumpLine("ToSchema").SchemaText("schema", schema), input);
  }
  RelationLine operator()(const Hint& node) {
    const auto& [input, name, parameters] = node;
    DumpLine line("Hint");
    line.Text("name", name);
    return Unary(List(line, "parameters", parameters), input);
  }
  RelationLine operator()(const Unpivot& node) {
    const auto& [input, ids, values, variable_column, value_column, include_nulls, is_sql,
                 value_columns] = node;
    DumpLine line("Unpivot");
    line.Raw("ids", writer_.WriteList(ids));
    if (values) line.Raw("values", writer_.WriteList(*values));
    line.Text("variable", variable_column).Text("value", value_column);
    line.Texts("values", value_columns);
    return Unary(line.Flag("include_nulls", include_nulls, true).Flag("sql", is_sql), input);
  }
  RelationLine operator()(const FillNa& node) {
    const auto& [input, columns, values] = node;
    DumpLine line("FillNa");
    line.Texts("columns", columns);
    for (const auto& value : values) line.Raw("value", DumpLiteral(value));
    return Unary(line, input);
  }
  RelationLine operator()(const DropNa& node) {
    const auto& [input, columns, min_non_nulls] = node;
    DumpLine line("DropNa");
    line.Texts("columns", columns);
    if (min_non_nulls) line.Raw("min_non_nulls", fmt::format("{}", *min_non_nulls));
    return Unary(line, input);
  }
  RelationLine operator()(const ReplaceValues& node) {
    const auto& [input, columns, replacements] = node;
    DumpLine line("ReplaceValues");
    line.Texts("columns", columns);
    for (const auto& [from, to] : replacements) {
      line.Raw("replace", "[" + DumpLiteral(from) + ", " + DumpLiteral(to) + "]");
    }
    return Unary(line, input);
  }
  RelationLine operator()(const Describe& node) {
    const auto& [input, columns] = node;
    return Unary(DumpLine("Describe").Texts("columns", columns), input);
  }
  RelationLine operator()(const Summary& node) {
    const auto& [input, statistics] = node;
    return Unary(DumpLine("Summary").Texts("statistics", statistics), input);
  }
  RelationLine operator()(const Crosstab& node) {
    const auto& [input, column1, column2] = node;
    return Unary(DumpLine("Crosstab").Text("column1", column1).Text("column2", column2), input);
  }
  RelationLine operator()(const ColumnStatistic& node) {
    const auto& [input, function, column1, column2] = node;
    DumpLine line("ColumnStatistic");
    return Unary(line.Text("function", function).Text("column1", column1).Text("column2", column2),
                 input);
  }
  RelationLine operator()(const ApproxQuantile& node) {
    const auto& [input, columns, probabilities, relative_error] = node;
    DumpLine line("ApproxQuantile");
    line.Texts("columns", columns);
    for (const double probability : probabilities) line.Double("probability", probability);
    return Unary(line.Double("relative_error", relative_error), input);
  }
  RelationLine operator()(const FreqItems& node) {
    const auto& [input, columns, support] = node;
    return Unary(DumpLine("FreqItems").Texts("columns", columns).Double("support", support), input);
  }
  RelationLine operator()(const CollectMetrics& node) {
    const auto& [input, name, metrics] = node;
    DumpLine line("CollectMetrics");
    return Unary(line.Text("name", name).Raw("metrics", writer_.WriteList(metrics)), input);
  }
  RelationLine operator()(const Transpose& node) {
    const auto& [input, index_columns] = node;
    DumpLine line("Transpose");
    return Unary(line.Raw("index", writer_.WriteList(index_columns)), input);
  }
  RelationLine operator()(const ShowString& node) {
    const auto& [input, rows, truncate, vertical, html] = node;
    DumpLine line("ShowString");
    line.Number("rows", rows, 20).Number("truncate", truncate, 20);
    return Unary(line.Flag("vertical", vertical).Flag("html", html), input);
  }
  RelationLine operator()(const Generate& node) {
    const auto& [input, generator, is_outer, alias, columns] = node;
    DumpLine line("Generate");
    line.Raw("generator", writer_.Write(generator)).Flag("outer", is_outer).Text("alias", alias);
    return Unary(line.Texts("columns", columns), input);
  }
  RelationLine operator()(const TableFunction& node) {
    const auto& [name, arguments] = node;
    return Leaf(DumpLine("TableFunction")
                    .Text("name", name)
                    .Raw("arguments", writer_.WriteList(arguments)));
  }
  RelationLine operator()(const WithTables& node) {
    const auto& [tables, input] = node;
    DumpLine line("WithTables");
    RelationLine out;
    for (const auto& [name, columns, plan] : tables) {
      line.Raw("table", DumpQuoted(name)).Texts("columns", columns);
      out.inputs.push_back(plan);
    }
    out.inputs.push_back(input);
    out.text = line.Take();
    return out;
  }
  RelationLine operator()(const WithReferences& node) {
    const auto& [input, references] = node;
    RelationLine out{"WithReferences", references};
    out.inputs.push_back(input);
    return out;
  }
  RelationLine operator()(const CatalogQuery& node) {
    const auto& [operation, arguments] = node;
    return Leaf(
        DumpLine("CatalogQuery").Text("operation", operation).OptionsText("arguments", arguments));
  }
  RelationLine operator()(const ValuesRelation& node) {
    const auto& [schema, rows] = node;
    DumpLine line("ValuesRelation");
    line.SchemaText("schema", schema);
    for (const auto& row : rows) line.Raw("row", DumpValue(Value{row}));
    return Leaf(line);
  }

 private:
  static RelationLine Leaf(DumpLine& line) { return {line.Take(), {}}; }
  static RelationLine Leaf(DumpLine&& line) { return {line.Take(), {}}; }
  static RelationLine Unary(DumpLine& line, const RelationPtr& input) {
    return {line.Take(), {input}};
  }
  DumpLine& List(DumpLine& line, std::string_view name,
                 const std::vector<ExpressionPtr>& expressions) {
    return expressions.empty() ? line : line.Raw(name, writer_.WriteList(expressions));
  }

  ExpressionWriter& writer_;
};

}  // namespace

RelationLine DescribeRelation(const Relation& relation, ExpressionWriter& writer) {
  RelationLine line = std::visit(RelationDescriber(writer), relation.node);
  line.text += PlanIdMark(relation.plan_id);
  return line;
}

}  // namespace ember

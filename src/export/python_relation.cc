#include "export/python_relation.h"

#include <fmt/format.h>

#include <variant>

#include "export/python_expression.h"
#include "export/python_options.h"
#include "plan/attribute_name.h"
#include "plan/dump.h"

namespace ember {
namespace {

using Codes = std::vector<PythonCodePtr>;

Result<Codes> Columns(const std::vector<ExpressionPtr>& expressions, ColumnPlace place) {
  Codes codes;
  for (const ExpressionPtr& expression : expressions) {
    ASSIGN_OR_RETURN(PythonCodePtr code, ExportColumn(*expression, place));
    codes.push_back(std::move(code));
  }
  return codes;
}

PythonCodePtr Text(const std::string& value) { return PythonText(PythonString(value)); }

Result<PythonCodePtr> Count(const ExpressionPtr& count, std::string_view method) {
  const auto value = PythonValue(*count);
  if (!value) return Unsupported(fmt::format("export of {} with a computed number", method));
  return PythonText(*value);
}

std::string_view JoinWord(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return "inner";
    case JoinType::kLeftOuter:
      return "left";
    case JoinType::kRightOuter:
      return "right";
    case JoinType::kFullOuter:
      return "full";
    case JoinType::kLeftSemi:
      return "left_semi";
    case JoinType::kLeftAnti:
      return "left_anti";
    case JoinType::kCross:
      return "cross";
  }
  return "inner";
}

}  // namespace

Result<PythonCodePtr> RelationExporter::ExportNode(const Relation& relation) {
  return std::visit(
      [&](const auto& node) -> Result<PythonCodePtr> {
        if constexpr (requires { this->Node(node); }) {
          return Node(node);
        } else {
          const std::string text = Dump(relation);
          return Unsupported(
              fmt::format("export of {} to PySpark", text.substr(0, text.find_first_of(" \n"))));
        }
      },
      relation.node);
}

Result<PythonCodePtr> RelationExporter::Node(const ReadFiles& node) {
  PythonCodePtr code = WithPythonOptions(PythonText("spark.read"), node.options);
  if (node.schema) {
    code = PythonMethod(code, "schema", {PythonLiteralText(SchemaDdl(*node.schema))});
  }
  Codes paths;
  for (const std::string& path : node.paths) paths.push_back(Path(path));
  // Parquet takes several paths, the others a list.
  if (paths.size() > 1 && node.format != "parquet") paths = {PythonList(std::move(paths))};
  return PythonMethod(code, node.format, std::move(paths));
}

Result<PythonCodePtr> RelationExporter::Node(const ReadTable& node) {
  return PythonMethod(WithPythonOptions(PythonText("spark.read"), node.options), "table",
                      {Text(JoinAttributeName(node.name))});
}

Result<PythonCodePtr> RelationExporter::Node(const Range& node) {
  return PythonCall("spark.range",
                    {PythonText(std::to_string(node.start)), PythonText(std::to_string(node.end)),
                     PythonText(std::to_string(node.step))});
}

Result<PythonCodePtr> RelationExporter::Node(const Project& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(Codes columns, Columns(node.expressions, ColumnPlace::kOutput));
  return PythonMethod(input, "select", std::move(columns));
}

Result<PythonCodePtr> RelationExporter::Node(const Filter& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  if (const auto text = ConditionText(*node.condition))
    return PythonMethod(input, "filter", {PythonLiteralText(*text)});
  ASSIGN_OR_RETURN(PythonCodePtr condition, ExportColumn(*node.condition, ColumnPlace::kColumn));
  return PythonMethod(input, "filter", {std::move(condition)});
}

Result<PythonCodePtr> RelationExporter::Node(const WithColumns& node) {
  ASSIGN_OR_RETURN(PythonCodePtr code, Export(node.input));
  if (node.columns.size() != 1) return Unsupported("export of withColumns of several columns");
  const auto* alias = std::get_if<Alias>(&node.columns[0]->node);
  if (alias == nullptr || alias->names.size() != 1 || !alias->metadata.empty())
    return Unsupported("export of withColumn with metadata");
  ASSIGN_OR_RETURN(PythonCodePtr value, ExportColumn(*alias->child, ColumnPlace::kColumn));
  return PythonMethod(code, "withColumn", {Text(alias->names[0]), std::move(value)});
}

Result<PythonCodePtr> RelationExporter::Node(const WithColumnsRenamed& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  if (node.renames.size() != 1) return Unsupported("export of withColumnsRenamed of several");
  return PythonMethod(input, "withColumnRenamed",
                      {Text(node.renames[0].first), Text(node.renames[0].second)});
}

Result<PythonCodePtr> RelationExporter::Node(const DropColumns& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(Codes dropped, Columns(node.columns, ColumnPlace::kColumn));
  for (const std::string& name : node.names) dropped.push_back(Text(name));
  return PythonMethod(input, "drop", std::move(dropped));
}

Result<PythonCodePtr> RelationExporter::Node(const Deduplicate& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  if (node.columns.empty()) return PythonMethod(input, "distinct", {});
  return PythonMethod(input, "dropDuplicates", {PythonList(PythonStrings(node.columns))});
}

Result<PythonCodePtr> RelationExporter::Node(const Aggregate& node) {
  const bool is_plain = !node.is_sql && node.grouping_sets.empty() && !node.pivot_column;
  const std::string_view method = node.type == GroupType::kGroupBy  ? "groupBy"
                                  : node.type == GroupType::kRollup ? "rollup"
                                  : node.type == GroupType::kCube   ? "cube"
                                                                    : "";
  if (!is_plain || method.empty()) return Unsupported("export of a pivot or of grouping sets");
  ASSIGN_OR_RETURN(PythonCodePtr code, Export(node.input));
  ASSIGN_OR_RETURN(Codes keys, Columns(node.grouping, ColumnPlace::kOutput));
  ASSIGN_OR_RETURN(Codes aggregates, Columns(node.aggregates, ColumnPlace::kOutput));
  code = PythonMethod(code, std::string(method), std::move(keys));
  return PythonMethod(code, "agg", std::move(aggregates));
}

Result<PythonCodePtr> RelationExporter::Node(const Sort& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(Codes keys, Columns(node.order, ColumnPlace::kName));
  return PythonMethod(input, node.is_global ? "orderBy" : "sortWithinPartitions", std::move(keys));
}

Result<PythonCodePtr> RelationExporter::Node(const Limit& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(PythonCodePtr count, Count(node.count, "limit"));
  return PythonMethod(input, "limit", {std::move(count)});
}

Result<PythonCodePtr> RelationExporter::Node(const Offset& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(PythonCodePtr count, Count(node.count, "offset"));
  return PythonMethod(input, "offset", {std::move(count)});
}

Result<PythonCodePtr> RelationExporter::Node(const Join& node) {
  if (node.is_natural || node.is_lateral) return Unsupported("export of natural and lateral joins");
  ASSIGN_OR_RETURN(const PythonCodePtr left, Export(node.left));
  ASSIGN_OR_RETURN(PythonCodePtr right, Export(node.right));
  if (node.condition == nullptr && node.using_columns.empty()) {
    if (node.type != JoinType::kCross && node.type != JoinType::kInner)
      return Unsupported("export of an outer join without a condition");
    return PythonMethod(left, "crossJoin", {std::move(right)});
  }
  PythonCodePtr on;
  if (node.condition != nullptr) {
    ASSIGN_OR_RETURN(on, ExportColumn(*node.condition, ColumnPlace::kColumn));
  } else if (node.using_columns.size() == 1) {
    on = Text(node.using_columns[0]);
  } else {
    on = PythonList(PythonStrings(node.using_columns));
  }
  return PythonMethod(left, "join",
                      {std::move(right), std::move(on), Text(std::string(JoinWord(node.type)))});
}

Result<PythonCodePtr> RelationExporter::Node(const SetOperation& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr left, Export(node.left));
  ASSIGN_OR_RETURN(PythonCodePtr right, Export(node.right));
  std::string method;
  switch (node.kind) {
    case SetOperationKind::kUnion:
      method = node.by_name ? "unionByName" : "union";
      break;
    case SetOperationKind::kIntersect:
      method = node.is_all ? "intersectAll" : "intersect";
      break;
    case SetOperationKind::kExcept:
      method = node.is_all ? "exceptAll" : "subtract";
      break;
  }
  Codes arguments = {std::move(right)};
  if (node.allow_missing_columns) arguments.push_back(PythonText("allowMissingColumns=True"));
  const PythonCodePtr code = PythonMethod(left, method, std::move(arguments));
  const bool is_distinct = node.kind == SetOperationKind::kUnion && !node.is_all;
  return is_distinct ? PythonMethod(code, "distinct", {}) : code;
}

Result<PythonCodePtr> RelationExporter::Node(const SubqueryAlias& node) {
  if (!node.qualifier.empty() || !node.columns.empty())
    return Unsupported("export of an alias with column names");
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  return PythonMethod(input, "alias", {Text(node.alias)});
}

Result<PythonCodePtr> RelationExporter::Node(const Repartition& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  ASSIGN_OR_RETURN(const Codes keys, Columns(node.expressions, ColumnPlace::kName));
  Codes arguments;
  if (node.partitions) arguments.push_back(PythonText(std::to_string(*node.partitions)));
  arguments.insert(arguments.end(), keys.begin(), keys.end());
  if (!node.shuffle) return PythonMethod(input, "coalesce", std::move(arguments));
  return PythonMethod(input, node.by_range ? "repartitionByRange" : "repartition",
                      std::move(arguments));
}

Result<PythonCodePtr> RelationExporter::Node(const Hint& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  if (node.name == "broadcast" && node.parameters.empty())
    return PythonCall("F.broadcast", {input});
  Codes arguments = {Text(node.name)};
  for (const ExpressionPtr& parameter : node.parameters) {
    const auto value = PythonValue(*parameter);
    if (!value) return Unsupported("export of a hint with a parameter that is no constant");
    arguments.push_back(PythonText(*value));
  }
  return PythonMethod(input, "hint", std::move(arguments));
}

Result<PythonCodePtr> RelationExporter::Node(const ToDataFrame& node) {
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(node.input));
  return PythonMethod(input, "toDF", PythonStrings(node.names));
}

}  // namespace ember

#include <algorithm>
#include <cctype>
#include <utility>

#include "codec/decoder.h"
#include "codec/literal_codec.h"
#include "codec/type_codec.h"

// Clients of Spark 4.0 and before use fields that the newest protocol calls deprecated.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoRelation = proto::Relation;

// The relations that Ember refuses, each under the name its user knows.
std::string_view UnsupportedName(ProtoRelation::RelTypeCase type) {
  switch (type) {
    case ProtoRelation::kMapPartitions:
      return "mapInPandas and mapInArrow";
    case ProtoRelation::kParse:
      return "reading CSV, JSON or XML from a DataFrame of strings";
    case ProtoRelation::kGroupMap:
      return "applyInPandas and applyInArrow";
    case ProtoRelation::kCoGroupMap:
      return "cogroup";
    case ProtoRelation::kWithWatermark:
      return "DataFrame.withWatermark";
    case ProtoRelation::kApplyInPandasWithState:
      return "applyInPandasWithState";
    case ProtoRelation::kCommonInlineUserDefinedTableFunction:
      return "user-defined table functions";
    case ProtoRelation::kAsOfJoin:
      return "the as-of join of pandas on Spark";
    case ProtoRelation::kCommonInlineUserDefinedDataSource:
      return "Python data sources";
    case ProtoRelation::kRelationChanges:
      return "reading a table's changes";
    case ProtoRelation::kNearestByJoin:
      return "the nearest-by join";
    case ProtoRelation::kMlRelation:
      return "Spark ML";
    case ProtoRelation::kExtension:
      return "Spark Connect relation extensions";
    default:
      return "a Spark Connect relation that this version does not know";
  }
}

Result<JoinType> JoinTypeOf(proto::Join::JoinType type) {
  switch (type) {
    case proto::Join::JOIN_TYPE_INNER:
      return JoinType::kInner;
    case proto::Join::JOIN_TYPE_FULL_OUTER:
      return JoinType::kFullOuter;
    case proto::Join::JOIN_TYPE_LEFT_OUTER:
      return JoinType::kLeftOuter;
    case proto::Join::JOIN_TYPE_RIGHT_OUTER:
      return JoinType::kRightOuter;
    case proto::Join::JOIN_TYPE_LEFT_ANTI:
      return JoinType::kLeftAnti;
    case proto::Join::JOIN_TYPE_LEFT_SEMI:
      return JoinType::kLeftSemi;
    case proto::Join::JOIN_TYPE_CROSS:
      return JoinType::kCross;
    default:
      return Unsupported("a join type that this version does not know");
  }
}

Result<GroupType> GroupTypeOf(proto::Aggregate::GroupType type) {
  switch (type) {
    case proto::Aggregate::GROUP_TYPE_GROUPBY:
      return GroupType::kGroupBy;
    case proto::Aggregate::GROUP_TYPE_ROLLUP:
      return GroupType::kRollup;
    case proto::Aggregate::GROUP_TYPE_CUBE:
      return GroupType::kCube;
    case proto::Aggregate::GROUP_TYPE_PIVOT:
      return GroupType::kPivot;
    case proto::Aggregate::GROUP_TYPE_GROUPING_SETS:
      return GroupType::kGroupingSets;
    default:
      return Unsupported("a grouping that this version does not know");
  }
}

ShowString ShowOf(RelationPtr input, const proto::ShowString& show) {
  return {.input = std::move(input),
          .rows = show.num_rows(),
          .truncate = show.truncate(),
          .vertical = show.vertical()};
}

ShowString HtmlOf(RelationPtr input, const proto::HtmlString& show) {
  return {.input = std::move(input),
          .rows = show.num_rows(),
          .truncate = show.truncate(),
          .vertical = false,
          .html = true};
}

Sample SampleOf(RelationPtr input, const proto::Sample& sample) {
  return {.input = std::move(input),
          .lower_bound = sample.lower_bound(),
          .upper_bound = sample.upper_bound(),
          .with_replacement = sample.with_replacement(),
          .seed = sample.seed(),
          .deterministic_order = sample.deterministic_order()};
}

}  // namespace

Options LowerCaseKeys(const google::protobuf::Map<std::string, std::string>& options) {
  Options out;
  for (const auto& [key, value] : options) {
    std::string lower = key;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.emplace(std::move(lower), value);
  }
  return out;
}

std::vector<std::string> Strings(const google::protobuf::RepeatedPtrField<std::string>& list) {
  return {list.begin(), list.end()};
}

Result<RelationPtr> Decoder::DecodeRelation(const ProtoRelation& relation) {
  ASSIGN_OR_RETURN(RelationNode node, RelationNodeOf(relation));
  std::optional<int64_t> plan_id;
  if (relation.common().has_plan_id()) plan_id = relation.common().plan_id();
  return MakeRelation(std::move(node), plan_id);
}

// Decodes `input` into a variable, for the many relations that have one.
#define EMBER_INPUT(input, message) ASSIGN_OR_RETURN(RelationPtr input, DecodeRelation(message))

Result<RelationNode> Decoder::RelationNodeOf(const ProtoRelation& relation) {
  switch (relation.rel_type_case()) {
    case ProtoRelation::kRead:
      return ReadOf(relation.read());
    case ProtoRelation::kProject:
      return ProjectOf(relation.project());
    case ProtoRelation::kFilter: {
      EMBER_INPUT(input, relation.filter().input());
      ASSIGN_OR_RETURN(auto condition, DecodeExpression(relation.filter().condition()));
      return RelationNode(Filter{std::move(input), std::move(condition)});
    }
    case ProtoRelation::kJoin:
      return JoinOf(relation.join());
    case ProtoRelation::kLateralJoin:
      return LateralJoinOf(relation.lateral_join());
    case ProtoRelation::kSetOp:
      return SetOperationOf(relation.set_op());
    case ProtoRelation::kSort: {
      EMBER_INPUT(input, relation.sort().input());
      ASSIGN_OR_RETURN(auto order, DecodeSortOrders(relation.sort().order()));
      const bool is_global = !relation.sort().has_is_global() || relation.sort().is_global();
      return RelationNode(Sort{std::move(input), std::move(order), is_global});
    }
    case ProtoRelation::kLimit: {
      EMBER_INPUT(input, relation.limit().input());
      return RelationNode(Limit{std::move(input), LiteralInteger(relation.limit().limit())});
    }
    case ProtoRelation::kOffset: {
      EMBER_INPUT(input, relation.offset().input());
      return RelationNode(Offset{std::move(input), LiteralInteger(relation.offset().offset())});
    }
    case ProtoRelation::kTail: {
      EMBER_INPUT(input, relation.tail().input());
      return RelationNode(Tail{std::move(input), relation.tail().limit()});
    }
    case ProtoRelation::kAggregate:
      return AggregateOf(relation.aggregate());
    case ProtoRelation::kSql: {
      ASSIGN_OR_RETURN(SqlQuery query, DecodeSqlQuery(relation.sql()));
      return RelationNode(std::move(query));
    }
    case ProtoRelation::kLocalRelation:
      return LocalRelationOf(relation.local_relation());
    case ProtoRelation::kCachedLocalRelation:
      return CachedLocalOf(relation.cached_local_relation());
    case ProtoRelation::kChunkedCachedLocalRelation:
      return ChunkedLocalOf(relation.chunked_cached_local_relation());
    case ProtoRelation::kCachedRemoteRelation:
      return CheckpointOf(relation.cached_remote_relation());
    case ProtoRelation::kSample: {
      EMBER_INPUT(input, relation.sample().input());
      return RelationNode(SampleOf(std::move(input), relation.sample()));
    }
    case ProtoRelation::kDeduplicate: {
      if (relation.deduplicate().within_watermark()) {
        return MakeError("_LEGACY_ERROR_TEMP_3102",
                         {{"msg",
                           "dropDuplicatesWithinWatermark is not supported with batch "
                           "DataFrames/DataSets"}});
      }
      EMBER_INPUT(input, relation.deduplicate().input());
      return RelationNode(
          Deduplicate{std::move(input), Strings(relation.deduplicate().column_names())});
    }
    case ProtoRelation::kRange:
      return RelationNode(
          Range{relation.range().start(), relation.range().end(), relation.range().step()});
    case ProtoRelation::kSubqueryAlias: {
      EMBER_INPUT(input, relation.subquery_alias().input());
      return RelationNode(SubqueryAlias{std::move(input),
                                        relation.subquery_alias().alias(),
                                        Strings(relation.subquery_alias().qualifier()),
                                        {}});
    }
    case ProtoRelation::kRepartition: {
      EMBER_INPUT(input, relation.repartition().input());
      Repartition out{.input = std::move(input),
                      .partitions = relation.repartition().num_partitions(),
                      .shuffle = relation.repartition().shuffle()};
      return RelationNode(std::move(out));
    }
    case ProtoRelation::kRepartitionByExpression:
      return RepartitionByOf(relation.repartition_by_expression());
    case ProtoRelation::kToDf: {
      EMBER_INPUT(input, relation.to_df().input());
      return RelationNode(ToDataFrame{std::move(input), Strings(relation.to_df().column_names())});
    }
    case ProtoRelation::kToSchema: {
      EMBER_INPUT(input, relation.to_schema().input());
      ASSIGN_OR_RETURN(Schema schema, DecodeSchema(relation.to_schema().schema()));
      return RelationNode(ToSchema{std::move(input), std::move(schema)});
    }
    case ProtoRelation::kWithColumnsRenamed:
      return RenameOf(relation.with_columns_renamed());
    case ProtoRelation::kWithColumns:
      return WithColumnsOf(relation.with_columns());
    case ProtoRelation::kDrop:
      return DropOf(relation.drop());
    case ProtoRelation::kShowString: {
      EMBER_INPUT(input, relation.show_string().input());
      return RelationNode(ShowOf(std::move(input), relation.show_string()));
    }
    case ProtoRelation::kHtmlString: {
      EMBER_INPUT(input, relation.html_string().input());
      return RelationNode(HtmlOf(std::move(input), relation.html_string()));
    }
    case ProtoRelation::kHint: {
      EMBER_INPUT(input, relation.hint().input());
      ASSIGN_OR_RETURN(auto parameters, DecodeExpressions(relation.hint().parameters()));
      return RelationNode(Hint{std::move(input), relation.hint().name(), std::move(parameters)});
    }
    case ProtoRelation::kUnpivot:
      return UnpivotOf(relation.unpivot());
    case ProtoRelation::kWithRelations:
      return WithRelationsOf(relation.with_relations());
    case ProtoRelation::kUnresolvedTableValuedFunction: {
      const auto& function = relation.unresolved_table_valued_function();
      ASSIGN_OR_RETURN(auto arguments, DecodeExpressions(function.arguments()));
      return RelationNode(TableFunction{function.function_name(), std::move(arguments)});
    }
    case ProtoRelation::kCollectMetrics: {
      EMBER_INPUT(input, relation.collect_metrics().input());
      ASSIGN_OR_RETURN(auto metrics, DecodeExpressions(relation.collect_metrics().metrics()));
      return RelationNode(
          CollectMetrics{std::move(input), relation.collect_metrics().name(), std::move(metrics)});
    }
    case ProtoRelation::kTranspose: {
      EMBER_INPUT(input, relation.transpose().input());
      ASSIGN_OR_RETURN(auto index, DecodeExpressions(relation.transpose().index_columns()));
      return RelationNode(Transpose{std::move(input), std::move(index)});
    }
    case ProtoRelation::kSampleBy:
      return SampleByOf(relation.sample_by());
    case ProtoRelation::kFillNa:
    case ProtoRelation::kDropNa:
    case ProtoRelation::kReplace:
    case ProtoRelation::kSummary:
    case ProtoRelation::kCrosstab:
    case ProtoRelation::kDescribe:
    case ProtoRelation::kCov:
    case ProtoRelation::kCorr:
    case ProtoRelation::kApproxQuantile:
    case ProtoRelation::kFreqItems:
      return StatisticsNodeOf(relation);
    case ProtoRelation::kCatalog:
      return DecodeCatalog(relation.catalog());
    default:
      return Unsupported(UnsupportedName(relation.rel_type_case()));
  }
}

Result<RelationNode> Decoder::ProjectOf(const proto::Project& project) {
  Project out;
  if (project.has_input()) {
    ASSIGN_OR_RETURN(out.input, DecodeRelation(project.input()));
  } else {
    out.input = MakeRelation(OneRow{});
  }
  ASSIGN_OR_RETURN(out.expressions, DecodeExpressions(project.expressions()));
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::JoinOf(const proto::Join& join) {
  if (join.has_join_data_type()) return Unsupported("Dataset.joinWith");
  Join out;
  ASSIGN_OR_RETURN(out.left, DecodeRelation(join.left()));
  ASSIGN_OR_RETURN(out.right, DecodeRelation(join.right()));
  ASSIGN_OR_RETURN(out.type, JoinTypeOf(join.join_type()));
  ASSIGN_OR_RETURN(out.condition, DecodeOptional(join.has_join_condition(), join.join_condition()));
  out.using_columns = Strings(join.using_columns());
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::LateralJoinOf(const proto::LateralJoin& join) {
  Join out;
  out.is_lateral = true;
  ASSIGN_OR_RETURN(out.left, DecodeRelation(join.left()));
  ASSIGN_OR_RETURN(out.right, DecodeRelation(join.right()));
  ASSIGN_OR_RETURN(out.type, JoinTypeOf(join.join_type()));
  ASSIGN_OR_RETURN(out.condition, DecodeOptional(join.has_join_condition(), join.join_condition()));
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::SetOperationOf(const proto::SetOperation& operation) {
  SetOperation out;
  ASSIGN_OR_RETURN(out.left, DecodeRelation(operation.left_input()));
  ASSIGN_OR_RETURN(out.right, DecodeRelation(operation.right_input()));
  switch (operation.set_op_type()) {
    case proto::SetOperation::SET_OP_TYPE_UNION:
      out.kind = SetOperationKind::kUnion;
      break;
    case proto::SetOperation::SET_OP_TYPE_INTERSECT:
      out.kind = SetOperationKind::kIntersect;
      break;
    case proto::SetOperation::SET_OP_TYPE_EXCEPT:
      out.kind = SetOperationKind::kExcept;
      break;
    default:
      return Unsupported("a set operation that this version does not know");
  }
  out.is_all = operation.is_all();
  out.by_name = operation.by_name();
  out.allow_missing_columns = operation.allow_missing_columns();
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::AggregateOf(const proto::Aggregate& aggregate) {
  Aggregate out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(aggregate.input()));
  ASSIGN_OR_RETURN(out.type, GroupTypeOf(aggregate.group_type()));
  ASSIGN_OR_RETURN(out.grouping, DecodeExpressions(aggregate.grouping_expressions()));
  ASSIGN_OR_RETURN(out.aggregates, DecodeExpressions(aggregate.aggregate_expressions()));
  for (const auto& set : aggregate.grouping_sets()) {
    ASSIGN_OR_RETURN(auto expressions, DecodeExpressions(set.grouping_set()));
    out.grouping_sets.push_back(std::move(expressions));
  }
  if (aggregate.has_pivot()) {
    ASSIGN_OR_RETURN(out.pivot_column, DecodeExpression(aggregate.pivot().col()));
    for (const auto& value : aggregate.pivot().values()) {
      ASSIGN_OR_RETURN(Literal literal, DecodeLiteral(value));
      out.pivot_values.push_back(MakeLiteral(std::move(literal)));
    }
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::DropOf(const proto::Drop& drop) {
  DropColumns out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(drop.input()));
  ASSIGN_OR_RETURN(out.columns, DecodeExpressions(drop.columns()));
  out.names = Strings(drop.column_names());
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::RenameOf(const proto::WithColumnsRenamed& renamed) {
  WithColumnsRenamed out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(renamed.input()));
  for (const auto& rename : renamed.renames()) {
    out.renames.emplace_back(rename.col_name(), rename.new_col_name());
  }
  if (renamed.renames().empty()) {
    // Clients of Spark 3 send a map, which has no order: sorted, so that equal plans stay equal.
    for (const auto& [from, to] : renamed.rename_columns_map()) out.renames.emplace_back(from, to);
    std::sort(out.renames.begin(), out.renames.end());
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::WithColumnsOf(const proto::WithColumns& with) {
  WithColumns out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(with.input()));
  for (const auto& column : with.aliases()) {
    ASSIGN_OR_RETURN(Alias alias, DecodeAlias(column));
    out.columns.push_back(MakeExpression(std::move(alias)));
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::RepartitionByOf(const proto::RepartitionByExpression& repartition) {
  Repartition out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(repartition.input()));
  if (repartition.has_num_partitions()) out.partitions = repartition.num_partitions();
  ASSIGN_OR_RETURN(out.expressions, DecodeExpressions(repartition.partition_exprs()));
  // repartitionByRange sends sort orders (RepartitionByExpression.partitioning).
  out.by_range = std::any_of(
      out.expressions.begin(), out.expressions.end(),
      [](const ExpressionPtr& e) { return std::holds_alternative<SortOrder>(e->node); });
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::UnpivotOf(const proto::Unpivot& unpivot) {
  Unpivot out;
  ASSIGN_OR_RETURN(out.input, DecodeRelation(unpivot.input()));
  ASSIGN_OR_RETURN(out.ids, DecodeExpressions(unpivot.ids()));
  if (unpivot.has_values()) {
    ASSIGN_OR_RETURN(auto values, DecodeExpressions(unpivot.values().values()));
    out.values = std::move(values);
  }
  out.variable_column = unpivot.variable_column_name();
  out.value_column = unpivot.value_column_name();
  return RelationNode(std::move(out));
}

// Two uses: spark.sql("… {df}", df=df), where the references are named relations of the query, as
// common tables are; and DataFrame subqueries, whose expressions name their relation's plan id.
Result<RelationNode> Decoder::WithRelationsOf(const proto::WithRelations& with) {
  if (with.root().has_sql()) {
    WithTables out;
    for (const auto& reference : with.references()) {
      if (!reference.has_subquery_alias()) return Unsupported("an unnamed relation of a SQL query");
      ASSIGN_OR_RETURN(auto plan, DecodeRelation(reference.subquery_alias().input()));
      out.tables.push_back({reference.subquery_alias().alias(), {}, std::move(plan)});
    }
    ASSIGN_OR_RETURN(out.input, DecodeRelation(with.root()));
    return RelationNode(std::move(out));
  }
  for (const auto& reference : with.references()) {
    ASSIGN_OR_RETURN(RelationPtr plan, DecodeRelation(reference));
    if (plan->plan_id) references_[*plan->plan_id] = std::move(plan);
  }
  ASSIGN_OR_RETURN(RelationPtr root, DecodeRelation(with.root()));
  return root->node;
}

Result<SqlQuery> Decoder::DecodeSqlQuery(const proto::SQL& sql) {
  SqlQuery out;
  out.text = sql.query();
  for (const auto& [name, literal] : sql.args()) {
    ASSIGN_OR_RETURN(Literal value, DecodeLiteral(literal));
    out.named_arguments[name] = MakeLiteral(std::move(value));
  }
  for (const auto& [name, argument] : sql.named_arguments()) {
    ASSIGN_OR_RETURN(out.named_arguments[name], DecodeExpression(argument));
  }
  for (const auto& literal : sql.pos_args()) {
    ASSIGN_OR_RETURN(Literal value, DecodeLiteral(literal));
    out.positional_arguments.push_back(MakeLiteral(std::move(value)));
  }
  for (const auto& argument : sql.pos_arguments()) {
    ASSIGN_OR_RETURN(auto value, DecodeExpression(argument));
    out.positional_arguments.push_back(std::move(value));
  }
  return out;
}

#undef EMBER_INPUT

Result<RelationPtr> DecodeRelation(const proto::Relation& relation, const DecodeContext& context) {
  return Decoder(context).DecodeRelation(relation);
}

}  // namespace ember

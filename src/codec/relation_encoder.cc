#include <string>
#include <utility>

#include "codec/encoder.h"
#include "codec/literal_codec.h"
#include "codec/source_encoder.h"
#include "codec/type_codec.h"
#include "plan/attribute_name.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoRelation = proto::Relation;

proto::Join::JoinType JoinTypeOf(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return proto::Join::JOIN_TYPE_INNER;
    case JoinType::kLeftOuter:
      return proto::Join::JOIN_TYPE_LEFT_OUTER;
    case JoinType::kRightOuter:
      return proto::Join::JOIN_TYPE_RIGHT_OUTER;
    case JoinType::kFullOuter:
      return proto::Join::JOIN_TYPE_FULL_OUTER;
    case JoinType::kLeftSemi:
      return proto::Join::JOIN_TYPE_LEFT_SEMI;
    case JoinType::kLeftAnti:
      return proto::Join::JOIN_TYPE_LEFT_ANTI;
    case JoinType::kCross:
      return proto::Join::JOIN_TYPE_CROSS;
  }
  return proto::Join::JOIN_TYPE_UNSPECIFIED;
}

proto::Aggregate::GroupType GroupTypeOf(GroupType type) {
  switch (type) {
    case GroupType::kGroupBy:
      return proto::Aggregate::GROUP_TYPE_GROUPBY;
    case GroupType::kRollup:
      return proto::Aggregate::GROUP_TYPE_ROLLUP;
    case GroupType::kCube:
      return proto::Aggregate::GROUP_TYPE_CUBE;
    case GroupType::kGroupingSets:
      return proto::Aggregate::GROUP_TYPE_GROUPING_SETS;
    case GroupType::kPivot:
      return proto::Aggregate::GROUP_TYPE_PIVOT;
  }
  return proto::Aggregate::GROUP_TYPE_UNSPECIFIED;
}

Result<int32_t> RowCountOf(const Expression& count) {
  const auto* literal = std::get_if<Literal>(&count.node);
  const auto* rows = literal == nullptr ? nullptr : std::get_if<int64_t>(&literal->value.data);
  if (rows == nullptr || *rows > INT32_MAX) {
    return Unsupported("a row count that is not an integer constant, outside SQL text");
  }
  return static_cast<int32_t>(*rows);
}

Result<const Literal*> LiteralOf(const Expression& expression) {
  const auto* literal = std::get_if<Literal>(&expression.node);
  if (literal == nullptr) return Unsupported("pivot values that are not constants");
  return literal;
}

// Visits the alternatives of RelationNode, one function each.
struct NodeEncoder {
  Encoder& encoder;
  ProtoRelation* out;

  Status operator()(const ReadFiles& read) const { return EncodeSource(read, out); }
  Status operator()(const ReadTable& read) const { return EncodeSource(read, out); }
  Status operator()(const LocalRelation& local) const { return EncodeSource(local, out); }
  Status operator()(const ValuesRelation& values) const { return EncodeSource(values, out); }
  Status operator()(const CachedLocalRelation& local) const {
    out->mutable_cached_local_relation()->set_hash(local.hash);
    return {};
  }
  Status operator()(const SqlQuery& query) const {
    return encoder.EncodeSql(query, out->mutable_sql());
  }
  Status operator()(const InlineTable&) const { return Unsupported("VALUES outside SQL text"); }
  Status operator()(const OneRow&) const {
    out->mutable_project();  // a projection without input is a row without columns
    return {};
  }

  Status operator()(const Project& project) const {
    if (!std::holds_alternative<OneRow>(project.input->node)) {
      RETURN_IF_ERROR(encoder.Encode(*project.input, out->mutable_project()->mutable_input()));
    }
    return encoder.EncodeAll(project.expressions, out->mutable_project()->mutable_expressions());
  }

  Status operator()(const Filter& filter) const {
    RETURN_IF_ERROR(encoder.Encode(*filter.input, out->mutable_filter()->mutable_input()));
    return encoder.Encode(*filter.condition, out->mutable_filter()->mutable_condition());
  }

  Status operator()(const Having&) const { return Unsupported("HAVING outside SQL text"); }

  Status operator()(const Join& join) const {
    if (join.is_natural) return Unsupported("natural joins outside SQL text");
    if (join.is_lateral) {
      auto* lateral = out->mutable_lateral_join();
      lateral->set_join_type(JoinTypeOf(join.type));
      return EncodeSides(join, lateral);
    }
    out->mutable_join()->set_join_type(JoinTypeOf(join.type));
    CopyStrings(join.using_columns, out->mutable_join()->mutable_using_columns());
    return EncodeSides(join, out->mutable_join());
  }

  template <typename Message>
  Status EncodeSides(const Join& join, Message* encoded) const {
    RETURN_IF_ERROR(encoder.Encode(*join.left, encoded->mutable_left()));
    RETURN_IF_ERROR(encoder.Encode(*join.right, encoded->mutable_right()));
    if (join.condition == nullptr) return {};
    return encoder.Encode(*join.condition, encoded->mutable_join_condition());
  }

  Status operator()(const SetOperation& operation) const {
    auto* encoded = out->mutable_set_op();
    switch (operation.kind) {
      case SetOperationKind::kUnion:
        encoded->set_set_op_type(proto::SetOperation::SET_OP_TYPE_UNION);
        break;
      case SetOperationKind::kIntersect:
        encoded->set_set_op_type(proto::SetOperation::SET_OP_TYPE_INTERSECT);
        break;
      case SetOperationKind::kExcept:
        encoded->set_set_op_type(proto::SetOperation::SET_OP_TYPE_EXCEPT);
        break;
    }
    encoded->set_is_all(operation.is_all);
    encoded->set_by_name(operation.by_name);
    encoded->set_allow_missing_columns(operation.allow_missing_columns);
    RETURN_IF_ERROR(encoder.Encode(*operation.left, encoded->mutable_left_input()));
    return encoder.Encode(*operation.right, encoded->mutable_right_input());
  }

  Status operator()(const Sort& sort) const {
    out->mutable_sort()->set_is_global(sort.is_global);
    RETURN_IF_ERROR(encoder.Encode(*sort.input, out->mutable_sort()->mutable_input()));
    return encoder.EncodeOrders(sort.order, out->mutable_sort()->mutable_order());
  }

  Status operator()(const Limit& limit) const {
    ASSIGN_OR_RETURN(const int32_t rows, RowCountOf(*limit.count));
    out->mutable_limit()->set_limit(rows);
    return encoder.Encode(*limit.input, out->mutable_limit()->mutable_input());
  }

  Status operator()(const Offset& offset) const {
    ASSIGN_OR_RETURN(const int32_t rows, RowCountOf(*offset.count));
    out->mutable_offset()->set_offset(rows);
    return encoder.Encode(*offset.input, out->mutable_offset()->mutable_input());
  }

  Status operator()(const Tail& tail) const {
    out->mutable_tail()->set_limit(static_cast<int32_t>(tail.count));
    return encoder.Encode(*tail.input, out->mutable_tail()->mutable_input());
  }

  Status operator()(const Aggregate& aggregate) const {
    if (aggregate.is_sql) return Unsupported("GROUP BY outside SQL text");
    auto* encoded = out->mutable_aggregate();
    encoded->set_group_type(GroupTypeOf(aggregate.type));
    RETURN_IF_ERROR(encoder.Encode(*aggregate.input, encoded->mutable_input()));
    RETURN_IF_ERROR(encoder.EncodeAll(aggregate.grouping, encoded->mutable_grouping_expressions()));
    RETURN_IF_ERROR(
        encoder.EncodeAll(aggregate.aggregates, encoded->mutable_aggregate_expressions()));
    for (const auto& set : aggregate.grouping_sets) {
      RETURN_IF_ERROR(encoder.EncodeAll(set, encoded->add_grouping_sets()->mutable_grouping_set()));
    }
    if (aggregate.pivot_column == nullptr) return {};
    RETURN_IF_ERROR(
        encoder.Encode(*aggregate.pivot_column, encoded->mutable_pivot()->mutable_col()));
    for (const ExpressionPtr& value : aggregate.pivot_values) {
      ASSIGN_OR_RETURN(const Literal* literal, LiteralOf(*value));
      RETURN_IF_ERROR(EncodeLiteral(*literal, encoded->mutable_pivot()->add_values()));
    }
    return {};
  }

  Status operator()(const Sample& sample) const {
    auto* encoded = out->mutable_sample();
    encoded->set_lower_bound(sample.lower_bound);
    encoded->set_upper_bound(sample.upper_bound);
    encoded->set_with_replacement(sample.with_replacement);
    encoded->set_seed(sample.seed);
    encoded->set_deterministic_order(sample.deterministic_order);
    return encoder.Encode(*sample.input, encoded->mutable_input());
  }

  Status operator()(const Deduplicate& deduplicate) const {
    auto* encoded = out->mutable_deduplicate();
    encoded->set_all_columns_as_keys(deduplicate.columns.empty());
    CopyStrings(deduplicate.columns, encoded->mutable_column_names());
    return encoder.Encode(*deduplicate.input, encoded->mutable_input());
  }

  Status operator()(const Range& range) const {
    out->mutable_range()->set_start(range.start);
    out->mutable_range()->set_end(range.end);
    out->mutable_range()->set_step(range.step);
    return {};
  }

  Status operator()(const SubqueryAlias& alias) const {
    if (!alias.columns.empty()) return Unsupported("column aliases of a table outside SQL text");
    out->mutable_subquery_alias()->set_alias(alias.alias);
    CopyStrings(alias.qualifier, out->mutable_subquery_alias()->mutable_qualifier());
    return encoder.Encode(*alias.input, out->mutable_subquery_alias()->mutable_input());
  }

  Status operator()(const Repartition& repartition) const {
    if (repartition.expressions.empty()) {
      if (!repartition.partitions) return Unsupported("a repartition without a number or columns");
      out->mutable_repartition()->set_num_partitions(*repartition.partitions);
      out->mutable_repartition()->set_shuffle(repartition.shuffle);
      return encoder.Encode(*repartition.input, out->mutable_repartition()->mutable_input());
    }
    auto* encoded = out->mutable_repartition_by_expression();
    if (repartition.partitions) encoded->set_num_partitions(*repartition.partitions);
    RETURN_IF_ERROR(encoder.EncodeAll(repartition.expressions, encoded->mutable_partition_exprs()));
    return encoder.Encode(*repartition.input, encoded->mutable_input());
  }

  Status operator()(const WithColumns& with) const {
    for (const ExpressionPtr& column : with.columns) {
      const auto* alias = std::get_if<Alias>(&column->node);
      if (alias == nullptr) return InternalError("a column of withColumns without a name");
      RETURN_IF_ERROR(encoder.EncodeAlias(*alias, out->mutable_with_columns()->add_aliases()));
    }
    return encoder.Encode(*with.input, out->mutable_with_columns()->mutable_input());
  }

  Status operator()(const WithColumnsRenamed& renamed) const {
    auto* encoded = out->mutable_with_columns_renamed();
    for (const auto& [from, to] : renamed.renames) {
      auto* rename = encoded->add_renames();
      rename->set_col_name(from);
      rename->set_new_col_name(to);
    }
    return encoder.Encode(*renamed.input, encoded->mutable_input());
  }

  Status operator()(const DropColumns& drop) const {
    CopyStrings(drop.names, out->mutable_drop()->mutable_column_names());
    RETURN_IF_ERROR(encoder.EncodeAll(drop.columns, out->mutable_drop()->mutable_columns()));
    return encoder.Encode(*drop.input, out->mutable_drop()->mutable_input());
  }

  Status operator()(const ToDataFrame& renamed) const {
    CopyStrings(renamed.names, out->mutable_to_df()->mutable_column_names());
    return encoder.Encode(*renamed.input, out->mutable_to_df()->mutable_input());
  }

  Status operator()(const ToSchema& to) const {
    EncodeSchema(to.schema, out->mutable_to_schema()->mutable_schema());
    return encoder.Encode(*to.input, out->mutable_to_schema()->mutable_input());
  }

  Status operator()(const Hint& hint) const {
    out->mutable_hint()->set_name(hint.name);
    RETURN_IF_ERROR(encoder.EncodeAll(hint.parameters, out->mutable_hint()->mutable_parameters()));
    return encoder.Encode(*hint.input, out->mutable_hint()->mutable_input());
  }

  Status operator()(const Unpivot& unpivot) const {
    if (!unpivot.value_columns.empty()) {
      return Unsupported("UNPIVOT with several value columns outside SQL text");
    }
    if (!unpivot.include_nulls) return Unsupported("UNPIVOT EXCLUDE NULLS outside SQL text");
    auto* encoded = out->mutable_unpivot();
    encoded->set_variable_column_name(unpivot.variable_column);
    encoded->set_value_column_name(unpivot.value_column);
    RETURN_IF_ERROR(encoder.EncodeAll(unpivot.ids, encoded->mutable_ids()));
    if (unpivot.values) {
      RETURN_IF_ERROR(
          encoder.EncodeAll(*unpivot.values, encoded->mutable_values()->mutable_values()));
    }
    return encoder.Encode(*unpivot.input, encoded->mutable_input());
  }

  Status operator()(const FillNa& fill) const {
    CopyStrings(fill.columns, out->mutable_fill_na()->mutable_cols());
    for (const Literal& value : fill.values) {
      RETURN_IF_ERROR(EncodeLiteral(value, out->mutable_fill_na()->add_values()));
    }
    return encoder.Encode(*fill.input, out->mutable_fill_na()->mutable_input());
  }

  Status operator()(const DropNa& drop) const {
    CopyStrings(drop.columns, out->mutable_drop_na()->mutable_cols());
    if (drop.min_non_nulls) out->mutable_drop_na()->set_min_non_nulls(*drop.min_non_nulls);
    return encoder.Encode(*drop.input, out->mutable_drop_na()->mutable_input());
  }

  Status operator()(const ReplaceValues& replace) const {
    CopyStrings(replace.columns, out->mutable_replace()->mutable_cols());
    for (const auto& [from, to] : replace.replacements) {
      auto* replacement = out->mutable_replace()->add_replacements();
      RETURN_IF_ERROR(EncodeLiteral(from, replacement->mutable_old_value()));
      RETURN_IF_ERROR(EncodeLiteral(to, replacement->mutable_new_value()));
    }
    return encoder.Encode(*replace.input, out->mutable_replace()->mutable_input());
  }

  Status operator()(const Describe& describe) const {
    CopyStrings(describe.columns, out->mutable_describe()->mutable_cols());
    return encoder.Encode(*describe.input, out->mutable_describe()->mutable_input());
  }

  Status operator()(const Summary& summary) const {
    CopyStrings(summary.statistics, out->mutable_summary()->mutable_statistics());
    return encoder.Encode(*summary.input, out->mutable_summary()->mutable_input());
  }

  Status operator()(const Crosstab& crosstab) const {
    out->mutable_crosstab()->set_col1(crosstab.column1);
    out->mutable_crosstab()->set_col2(crosstab.column2);
    return encoder.Encode(*crosstab.input, out->mutable_crosstab()->mutable_input());
  }

  Status operator()(const ColumnStatistic& statistic) const {
    if (statistic.function == "cov") {
      out->mutable_cov()->set_col1(statistic.column1);
      out->mutable_cov()->set_col2(statistic.column2);
      return encoder.Encode(*statistic.input, out->mutable_cov()->mutable_input());
    }
    out->mutable_corr()->set_col1(statistic.column1);
    out->mutable_corr()->set_col2(statistic.column2);
    return encoder.Encode(*statistic.input, out->mutable_corr()->mutable_input());
  }

  Status operator()(const ApproxQuantile& quantile) const {
    auto* encoded = out->mutable_approx_quantile();
    CopyStrings(quantile.columns, encoded->mutable_cols());
    encoded->mutable_probabilities()->Add(quantile.probabilities.begin(),
                                          quantile.probabilities.end());
    encoded->set_relative_error(quantile.relative_error);
    return encoder.Encode(*quantile.input, encoded->mutable_input());
  }

  Status operator()(const FreqItems& items) const {
    CopyStrings(items.columns, out->mutable_freq_items()->mutable_cols());
    out->mutable_freq_items()->set_support(items.support);
    return encoder.Encode(*items.input, out->mutable_freq_items()->mutable_input());
  }

  Status operator()(const CollectMetrics& collect) const {
    out->mutable_collect_metrics()->set_name(collect.name);
    RETURN_IF_ERROR(
        encoder.EncodeAll(collect.metrics, out->mutable_collect_metrics()->mutable_metrics()));
    return encoder.Encode(*collect.input, out->mutable_collect_metrics()->mutable_input());
  }

  Status operator()(const Transpose& transpose) const {
    RETURN_IF_ERROR(encoder.EncodeAll(transpose.index_columns,
                                      out->mutable_transpose()->mutable_index_columns()));
    return encoder.Encode(*transpose.input, out->mutable_transpose()->mutable_input());
  }

  Status operator()(const ShowString& show) const {
    if (show.html) {
      out->mutable_html_string()->set_num_rows(show.rows);
      out->mutable_html_string()->set_truncate(show.truncate);
      return encoder.Encode(*show.input, out->mutable_html_string()->mutable_input());
    }
    out->mutable_show_string()->set_num_rows(show.rows);
    out->mutable_show_string()->set_truncate(show.truncate);
    out->mutable_show_string()->set_vertical(show.vertical);
    return encoder.Encode(*show.input, out->mutable_show_string()->mutable_input());
  }

  Status operator()(const Generate&) const { return Unsupported("LATERAL VIEW outside SQL text"); }

  Status operator()(const TableFunction& function) const {
    auto* encoded = out->mutable_unresolved_table_valued_function();
    encoded->set_function_name(function.name);
    return encoder.EncodeAll(function.arguments, encoded->mutable_arguments());
  }

  // The named relations of a SQL text; common tables of a parsed query have no other form.
  Status operator()(const WithTables& with) const {
    return encoder.EncodeTables(with, out->mutable_with_relations());
  }

  Status operator()(const WithReferences&) const {
    return Unsupported("relations referred to by id, outside the plan they came in");
  }
  Status operator()(const CatalogQuery& query) const { return EncodeSource(query, out); }
};

}  // namespace

Status Encoder::EncodeSql(const SqlQuery& query, proto::SQL* out) {
  out->set_query(query.text);
  for (const auto& [name, argument] : query.named_arguments) {
    RETURN_IF_ERROR(Encode(*argument, &(*out->mutable_named_arguments())[name]));
  }
  return EncodeAll(query.positional_arguments, out->mutable_pos_arguments());
}

// Spark keeps the named relations of a text as temporary views while it analyses the text
// (SparkConnectPlanner.executeSQLWithRefs), and drops them by name. A relation that holds such a
// text itself would take away the outer text's view of the same name: there, every view gets a name
// of its own, which common tables of the text give back.
Status Encoder::EncodeTables(const WithTables& with, proto::WithRelations* out) {
  const auto* sql = std::get_if<SqlQuery>(&with.input->node);
  if (sql == nullptr) return Unsupported("common tables outside SQL text");
  RETURN_IF_ERROR(Encode(*with.input, out->mutable_root()));
  const int scopes_before = sql_scopes_;
  for (const CommonTable& table : with.tables) {
    auto* reference = out->add_references()->mutable_subquery_alias();
    reference->set_alias(table.name);
    RETURN_IF_ERROR(Encode(*table.plan, reference->mutable_input()));
  }
  const bool is_nested = sql_scopes_ > scopes_before;
  ++sql_scopes_;
  if (!is_nested) return {};
  std::string tables;
  for (int i = 0; i < out->references_size(); ++i) {
    auto* reference = out->mutable_references(i)->mutable_subquery_alias();
    const std::string view = "ember_scope_" + std::to_string(sql_scopes_) + "_" + std::to_string(i);
    tables += (i == 0 ? "" : ", ") + QuoteIdentifier(reference->alias()) + " AS (SELECT * FROM " +
              view + ")";
    reference->set_alias(view);
  }
  std::string text = sql->text.substr(0, sql->text.find_last_not_of("; \t\r\n") + 1);
  out->mutable_root()->mutable_sql()->set_query("WITH " + tables + " SELECT * FROM (\n" + text +
                                                "\n)");
  return {};
}

Status Encoder::Encode(const Relation& relation, ProtoRelation* out) {
  std::vector<ProtoRelation> outer = std::exchange(references_, {});
  if (relation.plan_id) out->mutable_common()->set_plan_id(*relation.plan_id);
  const Status status = std::visit(NodeEncoder{*this, out}, relation.node);
  if (status.ok() && !references_.empty()) {
    ProtoRelation root = std::exchange(*out, {});
    if (relation.plan_id) out->mutable_common()->set_plan_id(*relation.plan_id);
    *out->mutable_with_relations()->mutable_root() = std::move(root);
    for (ProtoRelation& reference : references_) {
      *out->mutable_with_relations()->add_references() = std::move(reference);
    }
  }
  references_ = std::move(outer);
  return status;
}

Status EncodeRelation(const Relation& relation, proto::Relation* out) {
  return Encoder().Encode(relation, out);
}

}  // namespace ember

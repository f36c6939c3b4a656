#include "spark/protocol_subset.h"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

#include "spark/connect/commands.pb.h"
#include "spark/connect/relations.pb.h"

// What 3.5 knows instead is deprecated in later protocols.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ember {
namespace {

namespace sc = spark::connect;
using google::protobuf::DynamicCastToGenerated;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// A field that came with 4.0 and changes what a plan means.
struct NewerField {
  std::string_view name;
  std::string_view feature;
};
constexpr auto kNewerFields = std::to_array<NewerField>({
    {"spark.connect.Relation.with_relations",
     "SQL text over other relations, and DataFrame subqueries,"},
    {"spark.connect.Relation.transpose", "DataFrame.transpose"},
    {"spark.connect.Relation.unresolved_table_valued_function", "table-valued functions"},
    {"spark.connect.Relation.lateral_join", "lateral joins"},
    {"spark.connect.Relation.chunked_cached_local_relation", "local relations in chunks"},
    {"spark.connect.SQL.named_arguments", "named arguments of SQL"},
    {"spark.connect.SQL.pos_arguments", "positional arguments of SQL"},
    {"spark.connect.SqlCommand.input", "SQL with arguments or relations"},
    {"spark.connect.WithColumnsRenamed.renames", "renaming a column twice"},
    {"spark.connect.Aggregate.grouping_sets", "grouping sets of a DataFrame"},
    {"spark.connect.Expression.named_argument_expression", "named arguments of functions"},
    {"spark.connect.Expression.subquery_expression", "subqueries in DataFrame expressions"},
    {"spark.connect.Expression.Cast.eval_mode", "Column.try_cast"},
    {"spark.connect.Expression.UnresolvedAttribute.is_metadata_column", "DataFrame.metadataColumn"},
    {"spark.connect.Expression.UnresolvedFunction.is_internal", "internal functions"},
    {"spark.connect.Expression.UnresolvedStar.plan_id", "all columns of one DataFrame (df['*'])"},
    {"spark.connect.Expression.Literal.specialized_array", "literals of arrays of one type"},
    {"spark.connect.DataType.variant", "the type VARIANT"},
    {"spark.connect.WriteOperation.clustering_columns", "DataFrameWriter.clusterBy"},
    {"spark.connect.WriteOperationV2.clustering_columns", "DataFrameWriterV2.clusterBy"},
    {"spark.connect.Command.merge_into_table_command", "MERGE INTO of a DataFrame"},
    {"spark.connect.Command.checkpoint_command", "DataFrame.checkpoint"},
});

// The older forms.
void UseMapOfRenames(sc::WithColumnsRenamed* renamed) {
  std::set<std::string> names;
  for (const auto& rename : renamed->renames()) names.insert(rename.col_name());
  if (names.size() != static_cast<size_t>(renamed->renames_size())) return;
  for (const auto& rename : renamed->renames()) {
    (*renamed->mutable_rename_columns_map())[rename.col_name()] = rename.new_col_name();
  }
  renamed->clear_renames();
}

void UseTextOfSql(sc::SqlCommand* command) {
  const sc::SQL& sql = command->input().sql();
  const bool is_plain =
      command->input().has_sql() && sql.named_arguments().empty() && sql.pos_arguments().empty();
  if (!is_plain) return;
  command->set_sql(sql.query());
  command->clear_input();
}

}  // namespace

Status AdaptToSpark35(Message* message) {
  if (auto* renamed = DynamicCastToGenerated<sc::WithColumnsRenamed>(message))
    UseMapOfRenames(renamed);
  if (auto* command = DynamicCastToGenerated<sc::SqlCommand>(message)) UseTextOfSql(command);
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto newer = std::find_if(kNewerFields.begin(), kNewerFields.end(), [&](const auto& row) {
      return row.name == field->full_name();
    });
    if (newer != kNewerFields.end()) {
      // A flag that says no is what 3.5 does anyway.
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL &&
          !reflection->GetBool(*message, field)) {
        reflection->ClearField(message, field);
        continue;
      }
      return Unsupported(fmt::format("{} on Spark 3.5 (4.0 has it)", newer->feature));
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      RETURN_IF_ERROR(AdaptToSpark35(reflection->MutableMessage(message, field)));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
      RETURN_IF_ERROR(AdaptToSpark35(reflection->MutableRepeatedMessage(message, field, i)));
    }
  }
  return {};
}

}  // namespace ember

#pragma once

#include <map>
#include <string>
#include <vector>

#include "codec/decode.h"
#include "spark/connect/relations.pb.h"

namespace ember {

/// Decodes one plan: carries the context and the relations that subqueries refer to
/// (WithRelations). One file per family: expression_decoder.cc, relation_decoder.cc,
/// source_decoder.cc, statistics_decoder.cc, catalog_decoder.cc.
class Decoder {
 public:
  explicit Decoder(const DecodeContext& context) : context_(context) {}

  Result<RelationPtr> DecodeRelation(const spark::connect::Relation& proto);
  Result<ExpressionPtr> DecodeExpression(const spark::connect::Expression& proto);

  template <typename List>
  Result<std::vector<ExpressionPtr>> DecodeExpressions(const List& list) {
    std::vector<ExpressionPtr> out;
    out.reserve(list.size());
    for (const auto& item : list) {
      ASSIGN_OR_RETURN(ExpressionPtr decoded, DecodeExpression(item));
      out.push_back(std::move(decoded));
    }
    return out;
  }
  Result<std::vector<ExpressionPtr>> DecodeSortOrders(
      const google::protobuf::RepeatedPtrField<spark::connect::Expression_SortOrder>& list);
  Result<SqlQuery> DecodeSqlQuery(const spark::connect::SQL& proto);
  /// A name of an absent expression (an unset message field) is null.
  Result<ExpressionPtr> DecodeOptional(bool is_set, const spark::connect::Expression& proto);

 private:
  // expression_decoder.cc
  Result<ExpressionNode> ExpressionNodeOf(const spark::connect::Expression& proto);
  Result<ExpressionNode> FunctionOf(const spark::connect::Expression_UnresolvedFunction& proto);
  Result<ExpressionNode> WindowOf(const spark::connect::Expression_Window& proto);
  Result<FrameBound> FrameBoundOf(
      const spark::connect::Expression_Window_WindowFrame_FrameBoundary& proto,
      BoundType unbounded);
  Result<ExpressionNode> CastOf(const spark::connect::Expression_Cast& proto);
  Result<ExpressionNode> SubqueryOf(const spark::connect::SubqueryExpression& proto);
  Result<SortOrder> SortOrderOf(const spark::connect::Expression_SortOrder& proto);

 public:
  Result<Alias> DecodeAlias(const spark::connect::Expression_Alias& proto);

 private:
  // relation_decoder.cc
  Result<RelationNode> RelationNodeOf(const spark::connect::Relation& proto);
  Result<RelationNode> ProjectOf(const spark::connect::Project& proto);
  Result<RelationNode> JoinOf(const spark::connect::Join& proto);
  Result<RelationNode> LateralJoinOf(const spark::connect::LateralJoin& proto);
  Result<RelationNode> SetOperationOf(const spark::connect::SetOperation& proto);
  Result<RelationNode> AggregateOf(const spark::connect::Aggregate& proto);
  Result<RelationNode> DropOf(const spark::connect::Drop& proto);
  Result<RelationNode> RenameOf(const spark::connect::WithColumnsRenamed& proto);
  Result<RelationNode> WithColumnsOf(const spark::connect::WithColumns& proto);
  Result<RelationNode> RepartitionByOf(const spark::connect::RepartitionByExpression& proto);
  Result<RelationNode> UnpivotOf(const spark::connect::Unpivot& proto);
  Result<RelationNode> WithRelationsOf(const spark::connect::WithRelations& proto);
  // source_decoder.cc
  Result<RelationNode> ReadOf(const spark::connect::Read& proto);
  Result<RelationNode> LocalRelationOf(const spark::connect::LocalRelation& proto);
  Result<RelationNode> CachedLocalOf(const spark::connect::CachedLocalRelation& proto);
  Result<RelationNode> ChunkedLocalOf(const spark::connect::ChunkedCachedLocalRelation& proto);
  Result<RelationNode> CheckpointOf(const spark::connect::CachedRemoteRelation& proto);
  // statistics_decoder.cc: df.na and df.stat
  Result<RelationNode> SampleByOf(const spark::connect::StatSampleBy& sample);
  Result<RelationNode> StatisticsNodeOf(const spark::connect::Relation& proto);

  const DecodeContext& context_;
  std::map<int64_t, RelationPtr> references_;  // by plan id
};

/// catalog_decoder.cc: spark.catalog's calls, each under its Python name.
Result<RelationNode> DecodeCatalog(const spark::connect::Catalog& proto);

/// Spark compares option keys without case; ours are lower-case.
Options LowerCaseKeys(const google::protobuf::Map<std::string, std::string>& options);
std::vector<std::string> Strings(const google::protobuf::RepeatedPtrField<std::string>& list);

}  // namespace ember

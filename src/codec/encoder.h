#pragma once

#include <string>
#include <vector>

#include "codec/encode.h"
#include "spark/connect/commands.pb.h"
#include "spark/connect/relations.pb.h"

namespace ember {

/// Encodes one plan. Subqueries become references of the relation whose expressions hold them, as
/// the PySpark client does: the plan they name gets an id of its own when it has none.
class Encoder {
 public:
  Status Encode(const Relation& relation, spark::connect::Relation* out);
  Status Encode(const Expression& expression, spark::connect::Expression* out);

  template <typename List>
  Status EncodeAll(const std::vector<ExpressionPtr>& expressions, List* out) {
    for (const ExpressionPtr& expression : expressions) {
      RETURN_IF_ERROR(Encode(*expression, out->Add()));
    }
    return {};
  }
  /// `expressions` must be SortOrder expressions.
  Status EncodeOrders(
      const std::vector<ExpressionPtr>& expressions,
      google::protobuf::RepeatedPtrField<spark::connect::Expression_SortOrder>* out);
  Status EncodeAlias(const Alias& alias, spark::connect::Expression_Alias* out);
  Status EncodeSql(const SqlQuery& query, spark::connect::SQL* out);
  Status EncodeTables(const WithTables& with, spark::connect::WithRelations* out);
  Status EncodeSubquery(const SubqueryExpression& subquery, spark::connect::Expression* out);

 private:
  std::vector<spark::connect::Relation> references_;  // of the relation being encoded
  int64_t next_plan_id_ = int64_t{1} << 40;           // beyond the ids that clients count
  int sql_scopes_ = 0;                                // SQL texts with named relations, so far
};

void CopyStrings(const std::vector<std::string>& from,
                 google::protobuf::RepeatedPtrField<std::string>* to);
void CopyOptions(const Options& from, google::protobuf::Map<std::string, std::string>* to);

}  // namespace ember

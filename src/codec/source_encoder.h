#pragma once

#include "base/result.h"
#include "plan/relation.h"

namespace spark::connect {
class Relation;
}

namespace ember {

/// The relations without input.
Status EncodeSource(const ReadFiles& read, spark::connect::Relation* out);
Status EncodeSource(const ReadTable& read, spark::connect::Relation* out);
Status EncodeSource(const LocalRelation& local, spark::connect::Relation* out);
/// Sent as a local relation: rows in Arrow.
Status EncodeSource(const ValuesRelation& values, spark::connect::Relation* out);
Status EncodeSource(const CatalogQuery& query, spark::connect::Relation* out);

}  // namespace ember

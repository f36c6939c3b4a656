#pragma once

#include "base/result.h"
#include "plan/command.h"
#include "plan/relation.h"

namespace spark::connect {
class Command;
class Expression;
class Relation;
}  // namespace spark::connect

namespace ember {

/// A plan of ours as Spark Connect 4.0 knows it; DecodeRelation gives the same plan back.
/// Unsupported: what only SQL text can say (HAVING, FILTER, LATERAL VIEW, natural joins, common
/// tables, …): such queries go as text.
Status EncodeRelation(const Relation& relation, spark::connect::Relation* out);
Status EncodeExpression(const Expression& expression, spark::connect::Expression* out);
/// Writes, temporary views; other commands go as SQL text.
Status EncodeCommand(const Command& command, spark::connect::Command* out);

}  // namespace ember

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/result.h"
#include "plan/command.h"
#include "plan/relation.h"

namespace spark::connect {
class Command;
class Expression;
class Relation;
}  // namespace spark::connect

namespace ember {

/// What a Spark Connect plan refers to by name and the receiver keeps. Both may be empty: then a
/// cached local relation stays a CachedLocalRelation, and a checkpoint is an error.
struct DecodeContext {
  /// The bytes of artifact "cache/<hash>"; null when it was never sent.
  std::function<std::shared_ptr<const std::string>(const std::string& hash)> cached_artifact;
  /// The plan that a checkpoint command kept; null when there is none of that id.
  std::function<RelationPtr(const std::string& id)> checkpoint;
};

/// A plan of Spark Connect (4.0, with the additions up to 4.2) as ours. What Ember does not support
/// is a typed error that names it; unknown messages of newer protocols too. Subqueries get the
/// relation they refer to.
Result<RelationPtr> DecodeRelation(const spark::connect::Relation& proto,
                                   const DecodeContext& context = {});
Result<ExpressionPtr> DecodeExpression(const spark::connect::Expression& proto);

/// spark.sql(…): to be executed at once when it is a command. `plan` is the same query as a
/// relation, with the DataFrames it names as common tables.
struct SqlStatement {
  SqlQuery query;
  RelationPtr plan;
};
/// df.checkpoint and df.localCheckpoint.
struct Checkpoint {
  RelationPtr input;
  bool is_eager = true;
};
struct RemoveCheckpoint {
  std::string id;
};
struct GetResources {};
using DecodedCommand =
    std::variant<Command, SqlStatement, Checkpoint, RemoveCheckpoint, GetResources>;
Result<DecodedCommand> DecodeCommand(const spark::connect::Command& proto,
                                     const DecodeContext& context = {});

}  // namespace ember

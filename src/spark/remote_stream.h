#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>

#include "session/session.h"
#include "spark/connect_client.h"

namespace ember {

/// The answer of one execution as batches; also what a SQL command answers.
class RemoteStream : public BatchStream {
 public:
  /// Runs until the schema is known.
  static Result<std::unique_ptr<RemoteStream>> Open(std::shared_ptr<ConnectClient> client,
                                                    spark::connect::Plan plan,
                                                    ExecuteOptions options);

  const Schema& schema() const override { return *schema_; }
  Result<std::optional<Batch>> Next() override;

  /// Reads to the end, dropping rows.
  Status Drain();
  /// The relation that a SQL command answered with; none for other plans.
  const std::optional<spark::connect::Relation>& command_result() const { return command_result_; }
  /// The first metric of a CollectMetrics of that name, when it is a BIGINT; known at the end.
  std::optional<int64_t> ObservedCount(const std::string& name) const;

 private:
  RemoteStream(std::shared_ptr<ConnectClient> client, spark::connect::Plan plan,
               ExecuteOptions options);
  /// One response; false at the end.
  Result<bool> Step();

  ExecuteOptions options_;
  PlanExecution execution_;
  std::shared_ptr<const Schema> schema_;
  std::deque<Batch> ready_;
  std::string chunks_;  // Arrow bytes of a batch that arrives in pieces
  std::optional<spark::connect::Relation> command_result_;
  std::map<std::string, int64_t> observed_counts_;
  bool ended_ = false;
};

}  // namespace ember

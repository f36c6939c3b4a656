#include "spark/remote_stream.h"

#include <algorithm>

#include "codec/type_codec.h"

namespace ember {

namespace sc = spark::connect;

RemoteStream::RemoteStream(std::shared_ptr<ConnectClient> client, sc::Plan plan,
                           ExecuteOptions options)
    : options_(std::move(options)), execution_(std::move(client), std::move(plan), options_.stop) {}

Result<std::unique_ptr<RemoteStream>> RemoteStream::Open(std::shared_ptr<ConnectClient> client,
                                                         sc::Plan plan, ExecuteOptions options) {
  RETURN_IF_ERROR(client->Adapt(&plan));
  std::unique_ptr<RemoteStream> stream(
      new RemoteStream(std::move(client), std::move(plan), std::move(options)));
  while (stream->schema_ == nullptr && !stream->ended_) {
    ASSIGN_OR_RETURN(stream->ended_, stream->Step());
    stream->ended_ = !stream->ended_;
  }
  if (stream->schema_ == nullptr) stream->schema_ = std::make_shared<const Schema>();
  return stream;
}

Result<bool> RemoteStream::Step() {
  ASSIGN_OR_RETURN(const auto response, execution_.Next());
  if (!response) return false;
  if (response->has_schema() && schema_ == nullptr) {
    ASSIGN_OR_RETURN(Schema schema, DecodeSchema(response->schema()));
    schema_ = std::make_shared<const Schema>(std::move(schema));
  }
  if (response->has_sql_command_result())
    command_result_ = response->sql_command_result().relation();
  for (const auto& observed : response->observed_metrics()) {
    if (observed.values_size() > 0 && observed.values(0).has_long_()) {
      observed_counts_[observed.name()] = observed.values(0).long_();
    }
  }
  if (response->has_execution_progress() && options_.progress) {
    int64_t done = 0;
    int64_t total = 0;
    Progress progress;
    for (const auto& stage : response->execution_progress().stages()) {
      done += stage.num_completed_tasks();
      total += stage.num_tasks();
    }
    if (total > 0) progress.fraction = static_cast<double>(done) / static_cast<double>(total);
    options_.progress(progress);
  }
  if (response->has_arrow_batch()) {
    const auto& batch = response->arrow_batch();
    chunks_ += batch.data();
    const bool is_last =
        !batch.has_num_chunks_in_batch() || batch.chunk_index() + 1 >= batch.num_chunks_in_batch();
    if (is_last) {
      ASSIGN_OR_RETURN(auto batches, ReadIpcStream(chunks_, schema_));
      chunks_.clear();
      std::move(batches.begin(), batches.end(), std::back_inserter(ready_));
    }
  }
  return true;
}

Result<std::optional<Batch>> RemoteStream::Next() {
  while (ready_.empty() && !ended_) {
    ASSIGN_OR_RETURN(const bool more, Step());
    ended_ = !more;
  }
  if (ready_.empty()) return std::optional<Batch>();
  std::optional<Batch> batch(std::move(ready_.front()));
  ready_.pop_front();
  return batch;
}

std::optional<int64_t> RemoteStream::ObservedCount(const std::string& name) const {
  const auto found = observed_counts_.find(name);
  if (found == observed_counts_.end()) return std::nullopt;
  return found->second;
}

Status RemoteStream::Drain() {
  while (!ended_) {
    ASSIGN_OR_RETURN(const bool more, Step());
    ended_ = !more;
    ready_.clear();
  }
  return {};
}

}  // namespace ember

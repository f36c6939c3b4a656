#include "server/server_session.h"

#include <utility>

#include "base/uuid.h"
#include "server/error_status.h"

namespace ember {
namespace {

constexpr size_t kKeptErrors = 100;
constexpr size_t kKeptClosedIds = 10'000;
constexpr std::string_view kCachePrefix = "cache/";
// spark.connect.session.manager.defaultSessionTimeout, as Spark has it.
constexpr std::chrono::minutes kSessionTimeout(60);
// spark.connect.execute.manager.detachedTimeout is five minutes in Spark. Here queries of dead
// clients keep the machine of their owner busy: it is a little more than the longest pause of a
// client that tries to come back.
constexpr std::chrono::seconds kDetachedTimeout(75);

Error HandleError(std::string_view condition, const std::string& handle) {
  return MakeError(condition, {{"handle", handle}});
}

}  // namespace

ServerSession::ServerSession(std::string client_id, std::shared_ptr<Session> session)
    : client_id_(std::move(client_id)),
      server_side_id_(NewUuid()),
      session_(std::move(session)),
      last_used_(std::chrono::steady_clock::now()) {}

Status ServerSession::AddOperation(std::shared_ptr<ServerOperation> operation) {
  const std::lock_guard lock(mutex_);
  const std::string id = operation->id();
  if (!operations_.emplace(id, std::move(operation)).second) {
    return HandleError("INVALID_HANDLE.OPERATION_ALREADY_EXISTS", id);
  }
  return {};
}

std::shared_ptr<ServerOperation> ServerSession::FindOperation(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = operations_.find(id);
  return found == operations_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<ServerOperation>> ServerSession::Operations() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<ServerOperation>> out;
  for (const auto& [id, operation] : operations_) out.push_back(operation);
  return out;
}

void ServerSession::RemoveOperation(const std::string& id) {
  std::shared_ptr<ServerOperation> removed;
  {
    const std::lock_guard lock(mutex_);
    const auto found = operations_.find(id);
    if (found == operations_.end()) return;
    removed = std::move(found->second);
    operations_.erase(found);
  }
  removed->Interrupt();
}

void ServerSession::RemoveAbandoned(std::chrono::steady_clock::duration limit) {
  for (const auto& operation : Operations()) {
    const auto abandoned = operation->AbandonedFor();
    if (abandoned && *abandoned > limit) RemoveOperation(operation->id());
  }
}

grpc::Status ServerSession::Report(const Error& error) {
  std::string id = NewUuid();
  const grpc::Status status = ToGrpcStatus(error, id);
  const std::lock_guard lock(mutex_);
  errors_.emplace_back(std::move(id), error);
  if (errors_.size() > kKeptErrors) errors_.pop_front();
  return status;
}

std::optional<Error> ServerSession::FindError(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, error] : errors_) {
    if (key == id) return error;
  }
  return std::nullopt;
}

Status ServerSession::AddArtifact(const std::string& name, std::string bytes) {
  if (!name.starts_with(kCachePrefix)) return session_->AddArtifact(name, std::move(bytes));
  const std::lock_guard lock(mutex_);
  cached_artifacts_[name.substr(kCachePrefix.size())] =
      std::make_shared<const std::string>(std::move(bytes));
  return {};
}

bool ServerSession::HasArtifact(const std::string& name) const {
  if (!name.starts_with(kCachePrefix)) return session_->HasArtifact(name);
  const std::lock_guard lock(mutex_);
  return cached_artifacts_.contains(name.substr(kCachePrefix.size()));
}

std::string ServerSession::AddCheckpoint(RelationPtr relation) {
  std::string id = NewUuid();
  const std::lock_guard lock(mutex_);
  checkpoints_[id] = std::move(relation);
  return id;
}

RelationPtr ServerSession::RemoveCheckpoint(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = checkpoints_.find(id);
  if (found == checkpoints_.end()) return nullptr;
  RelationPtr relation = std::move(found->second);
  checkpoints_.erase(found);
  return relation;
}

DecodeContext ServerSession::MakeDecodeContext() const {
  return {.cached_artifact = [this](const std::string& hash) -> std::shared_ptr<const std::string> {
            const std::lock_guard lock(mutex_);
            const auto found = cached_artifacts_.find(hash);
            return found == cached_artifacts_.end() ? nullptr : found->second;
          },
          .checkpoint = [this](const std::string& id) -> RelationPtr {
            const std::lock_guard lock(mutex_);
            const auto found = checkpoints_.find(id);
            return found == checkpoints_.end() ? nullptr : found->second;
          }};
}

void ServerSession::Touch() {
  const std::lock_guard lock(mutex_);
  last_used_ = std::chrono::steady_clock::now();
}

std::chrono::steady_clock::duration ServerSession::IdleFor() const {
  const std::lock_guard lock(mutex_);
  if (!operations_.empty()) return {};
  return std::chrono::steady_clock::now() - last_used_;
}

Result<std::shared_ptr<ServerSession>> SessionRegistry::FindOrMake(const std::string& user,
                                                                   const std::string& id,
                                                                   const std::string& observed) {
  if (!IsUuid(id)) return HandleError("INVALID_HANDLE.FORMAT", id);
  const Key key(user, id);
  const std::lock_guard lock(mutex_);
  auto found = sessions_.find(key);
  if (found == sessions_.end()) {
    if (closed_.contains(key)) return HandleError("INVALID_HANDLE.SESSION_CLOSED", id);
    if (!observed.empty()) return HandleError("INVALID_HANDLE.SESSION_CHANGED", id);
    ASSIGN_OR_RETURN(std::shared_ptr<Session> session, factory_->NewSession(id, user));
    found = sessions_.emplace(key, std::make_shared<ServerSession>(id, std::move(session))).first;
  }
  if (!observed.empty() && observed != found->second->server_side_id()) {
    return HandleError("INVALID_HANDLE.SESSION_CHANGED", id);
  }
  found->second->Touch();
  return found->second;
}

std::shared_ptr<ServerSession> SessionRegistry::Find(const std::string& user,
                                                     const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find({user, id});
  return found == sessions_.end() ? nullptr : found->second;
}

std::shared_ptr<ServerSession> SessionRegistry::Remove(const std::string& user,
                                                       const std::string& id, Reuse reuse) {
  std::shared_ptr<ServerSession> removed;
  {
    const std::lock_guard lock(mutex_);
    const Key key(user, id);
    const auto found = sessions_.find(key);
    if (found != sessions_.end()) {
      removed = std::move(found->second);
      sessions_.erase(found);
    }
    if (reuse == Reuse::kNever && IsUuid(id)) {
      if (closed_.size() > kKeptClosedIds) closed_.clear();
      closed_.insert(key);
    }
  }
  if (removed != nullptr) {
    for (const auto& operation : removed->Operations()) removed->RemoveOperation(operation->id());
  }
  return removed;
}

void SessionRegistry::RemoveExpired() {
  std::map<Key, std::shared_ptr<ServerSession>> sessions;
  {
    const std::lock_guard lock(mutex_);
    sessions = sessions_;
  }
  for (const auto& [key, session] : sessions) {
    session->RemoveAbandoned(kDetachedTimeout);
    if (session->IdleFor() > kSessionTimeout) Remove(key.first, key.second, Reuse::kNever);
  }
}

void SessionRegistry::Close() {
  std::map<Key, std::shared_ptr<ServerSession>> sessions;
  {
    const std::lock_guard lock(mutex_);
    sessions = sessions_;
  }
  for (const auto& [key, session] : sessions) Remove(key.first, key.second, Reuse::kNever);
}

}  // namespace ember

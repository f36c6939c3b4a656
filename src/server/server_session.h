#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "codec/decode.h"
#include "server/operation.h"
#include "session/session.h"

namespace ember {

/// What the server keeps for one client session, around the engine's. Thread-safe.
class ServerSession {
 public:
  ServerSession(std::string client_id, std::shared_ptr<Session> session);

  const std::string& client_id() const { return client_id_; }
  /// Differs from run to run of the server: clients notice a restart by it.
  const std::string& server_side_id() const { return server_side_id_; }
  Session& session() const { return *session_; }

  /// Errors: INVALID_HANDLE.OPERATION_ALREADY_EXISTS.
  Status AddOperation(std::shared_ptr<ServerOperation> operation);
  std::shared_ptr<ServerOperation> FindOperation(const std::string& id) const;
  std::vector<std::shared_ptr<ServerOperation>> Operations() const;
  void RemoveOperation(const std::string& id);
  /// Interrupts and forgets reattachable operations that nobody has fetched for `limit`.
  void RemoveAbandoned(std::chrono::steady_clock::duration limit);

  /// Keeps an error for FetchErrorDetails (the last hundred) and gives the status that names it.
  grpc::Status Report(const Error& error);
  std::optional<Error> FindError(const std::string& id) const;

  /// Artifacts "cache/<hash>" stay here, where plans are decoded; others go to the engine.
  Status AddArtifact(const std::string& name, std::string bytes);
  bool HasArtifact(const std::string& name) const;
  std::string AddCheckpoint(RelationPtr relation);
  RelationPtr RemoveCheckpoint(const std::string& id);
  /// Refers to this session: must not outlive it.
  DecodeContext MakeDecodeContext() const;

  void Touch();
  std::chrono::steady_clock::duration IdleFor() const;

 private:
  const std::string client_id_;
  const std::string server_side_id_;
  const std::shared_ptr<Session> session_;

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<ServerOperation>> operations_;
  std::deque<std::pair<std::string, Error>> errors_;
  std::map<std::string, std::shared_ptr<const std::string>> cached_artifacts_;  // by hash
  std::map<std::string, RelationPtr> checkpoints_;
  std::chrono::steady_clock::time_point last_used_;
};

/// All sessions, by user and client id. Thread-safe.
class SessionRegistry {
 public:
  explicit SessionRegistry(std::shared_ptr<SessionFactory> factory)
      : factory_(std::move(factory)) {}

  /// The session of that id, made when there is none. `observed` is the server-side id that the
  /// client knows, empty for none. Errors: INVALID_HANDLE.FORMAT, .SESSION_CLOSED,
  /// .SESSION_CHANGED; the factory's.
  Result<std::shared_ptr<ServerSession>> FindOrMake(const std::string& user, const std::string& id,
                                                    const std::string& observed);
  /// Null when there is none.
  std::shared_ptr<ServerSession> Find(const std::string& user, const std::string& id) const;
  /// Interrupts what runs and forgets the session; the id cannot be used again unless `may_return`.
  enum class Reuse { kNever, kAllowed };
  std::shared_ptr<ServerSession> Remove(const std::string& user, const std::string& id,
                                        Reuse reuse);
  /// Forgets idle sessions and abandoned operations.
  void RemoveExpired();
  void Close();

 private:
  using Key = std::pair<std::string, std::string>;

  const std::shared_ptr<SessionFactory> factory_;
  mutable std::mutex mutex_;
  std::map<Key, std::shared_ptr<ServerSession>> sessions_;
  std::set<Key> closed_;
};

}  // namespace ember

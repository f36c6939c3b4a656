#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace ember {

enum class ObjectUrlStyle { kVirtualHost, kPath };
enum class ObjectTransport { kPlain, kTls };

/// How a database that reads objects by itself reaches those of one bucket. It holds secrets: never
/// to be printed.
struct ObjectAccess {
  std::string scope;     // "s3://bucket/": the beginning of every path it is for
  std::string endpoint;  // host and port
  ObjectTransport transport = ObjectTransport::kTls;
  ObjectUrlStyle url_style = ObjectUrlStyle::kVirtualHost;
  std::string region;
  std::string access_key_id;  // empty: unsigned
  std::string secret_access_key;
  std::string session_token;
  int64_t expires_us = 0;  // of the keys, microseconds UTC; 0: never
  int max_attempts = 1;    // of a request that meets a passing fault
  std::string ca_file;     // PEM; empty: the system's
};

/// What lies behind paths like s3://bucket/key, as a session with certain settings reaches it. Safe
/// to use from several threads. `settings` are those of the session's configuration that concern
/// it.
class RemoteStores {
 public:
  virtual ~RemoteStores() = default;
  using Settings = std::map<std::string, std::string>;
  /// Whether paths of this form are this one's.
  virtual bool Owns(std::string_view path) const = 0;
  /// Whether a key of the configuration is one of the settings.
  virtual bool IsSetting(std::string_view key) const = 0;
  virtual Result<std::shared_ptr<Store>> StoreFor(const Settings& settings) = 0;
  virtual Result<ObjectAccess> AccessTo(const std::string& path, const Settings& settings) = 0;
};

}  // namespace ember

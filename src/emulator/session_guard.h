#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace ember {

enum class SessionEntry { kAllowed, kUnauthenticated, kTooMany };

/// Who may pass the gateway of managed sessions. Thread-safe.
class SessionGuard {
 public:
  explicit SessionGuard(std::function<int64_t()> now_us) : now_us_(std::move(now_us)) {}

  std::string Mint(const std::string& session_id);
  void Revoke(const std::string& session_id);
  /// A call from an address with its two metadata entries; empty: it has none. Every call counts
  /// against the address's limit.
  SessionEntry Check(const std::string& address, const std::string& token,
                     const std::string& session_id);

 private:
  struct Token {
    std::string session_id;
    int64_t expires_us = 0;
  };

  std::function<int64_t()> now_us_;
  std::mutex mutex_;
  std::map<std::string, Token> tokens_;
  std::map<std::string, std::deque<int64_t>> calls_;  // when, by address
};

}  // namespace ember

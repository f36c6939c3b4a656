#include "emulator/session_guard.h"

#include "base/uuid.h"

namespace ember {
namespace {

// Of EMR's managed Connect endpoints (AWS's documentation, 2026).
constexpr int64_t kSecondUs = 1000000;
constexpr int64_t kTokenUs = 3600 * kSecondUs;
constexpr int64_t kWindowUs = 300 * kSecondUs;
constexpr size_t kCallsInWindow = 5000;

}  // namespace

std::string SessionGuard::Mint(const std::string& session_id) {
  const int64_t now_us = now_us_();
  const std::lock_guard lock(mutex_);
  std::erase_if(tokens_, [&](const auto& entry) { return entry.second.expires_us <= now_us; });
  std::string token = NewUuid() + NewUuid();
  tokens_[token] = {.session_id = session_id, .expires_us = now_us + kTokenUs};
  return token;
}

void SessionGuard::Revoke(const std::string& session_id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(tokens_, [&](const auto& entry) { return entry.second.session_id == session_id; });
}

SessionEntry SessionGuard::Check(const std::string& address, const std::string& token,
                                 const std::string& session_id) {
  const int64_t now_us = now_us_();
  const std::lock_guard lock(mutex_);
  std::deque<int64_t>& calls = calls_[address];
  while (!calls.empty() && calls.front() <= now_us - kWindowUs) calls.pop_front();
  if (calls.size() >= kCallsInWindow) return SessionEntry::kTooMany;
  calls.push_back(now_us);
  const auto found = tokens_.find(token);
  const bool is_allowed = found != tokens_.end() && found->second.session_id == session_id &&
                          found->second.expires_us > now_us;
  return is_allowed ? SessionEntry::kAllowed : SessionEntry::kUnauthenticated;
}

}  // namespace ember

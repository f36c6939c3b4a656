#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

enum class ConfigType { kText, kBoolean, kInteger, kTimeZone };

/// One key Spark knows: its default, and whether a session may change it.
struct ConfigRow {
  std::string_view key;
  std::string_view default_value;
  ConfigType type = ConfigType::kText;
  bool is_static = false;
};
std::span<const ConfigRow> KnownConfig();

/// The configuration of one session. Thread-safe.
class Config {
 public:
  /// `initial` holds what the program or the command line gave; it wins over defaults.
  explicit Config(std::map<std::string, std::string> initial);

  /// What is set or the default; SQL_CONF_NOT_FOUND when there is neither.
  Result<std::string> Get(const std::string& key) const;
  std::optional<std::string> Find(const std::string& key) const;
  /// CANNOT_MODIFY_CONFIG, INVALID_CONF_VALUE.
  Status Set(const std::string& key, const std::string& value);
  Status Unset(const std::string& key);
  void Reset();
  std::map<std::string, std::string> All() const;
  static bool IsModifiable(const std::string& key);

  bool GetBoolean(const std::string& key) const;
  int64_t GetInteger(const std::string& key) const;
  std::string GetText(const std::string& key) const { return Find(key).value_or(""); }

 private:
  mutable std::mutex mutex_;
  const std::map<std::string, std::string> initial_;
  std::map<std::string, std::string> values_;
};

/// The machine's zone: TZ, /etc/timezone, the link /etc/localtime; UTC when nothing says.
std::string SystemTimeZone();

}  // namespace ember

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ember {

/// Whose defaults a session of the local engine has.
enum class SparkRelease { kSpark35, kSpark40 };

/// "3.5" and "3.5.6", "4.0" and "4.0.2", empty for 4.0. Error: EMBER_INVALID_INPUT.
Result<SparkRelease> ParseSparkRelease(std::string_view text);

/// A setting whose default changed from 3.5 to 4.0, of those that Ember knows.
struct ChangedDefault {
  std::string_view key;
  std::string_view spark35;
  std::string_view spark40;
};
std::span<const ChangedDefault> ChangedDefaults();
bool IsChangedDefault(std::string_view key);

/// All changed defaults as `release` has them: what a session of the local engine begins with, and
/// what makes a real Spark of another release answer alike.
std::map<std::string, std::string> DefaultsOf(SparkRelease release);

}  // namespace ember

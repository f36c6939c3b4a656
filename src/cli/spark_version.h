#pragma once

#include <ember/session.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace ember {

/// --spark VERSION: whose defaults a session has, "3.5" or "4.0"; empty: 4.0's.
void AddSparkFlag(CLI::App& command, std::string& version);

/// Takes `version` out of a pipeline's `spark:` section; empty when there is none.
std::string TakeSparkVersion(std::map<std::string, std::string>& settings);

/// Gives a session, of this process or of a real Spark, the defaults of `version`; with an empty
/// one does nothing. Errors: EMBER_INVALID_INPUT for a version that Ember does not know.
Status UseSparkDefaults(const SparkSession& session, const std::string& version);

}  // namespace ember

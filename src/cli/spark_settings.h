#pragma once

#include <ember/session.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// Whether Spark takes the setting only when it starts: executors, drivers, their memory. A running
/// session does not, so it is for spark-submit, for `ember export` and for `ember cluster up`.
bool IsStartSetting(std::string_view key);

/// Shapes the engine of this process by the settings that have a meaning for it, where `options`
/// does not say otherwise: executor cores are its threads, executor memory is its memory, Spark's
/// local folder is where it spills.
void ShapeLocalEngine(const std::map<std::string, std::string>& settings, LocalOptions& options);

/// A line for each setting that is not simply one of the session: what becomes of it here.
std::vector<std::string> DescribeSparkSettings(const std::map<std::string, std::string>& settings,
                                               bool is_remote);  // NOLINT: which engine

/// "4g" as the engine writes it, "4GiB"; empty when it is no size of Spark's.
std::string EngineMemory(const std::string& spark_memory);

}  // namespace ember

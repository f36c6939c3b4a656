// What a real Spark answers to a recorded case through Ember's client, in the form of the
// recordings (tests/golden/README.md).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "spark/remote_session.h"

namespace ember {

Result<nlohmann::json> RunSql(RemoteSession& session, const std::string& sql);
/// `text` with every `from` as `to`.
std::string Replaced(std::string text, const std::string& from, const std::string& to);

/// The answer to `entry` of a recording: {"schema", "rows"} or {"error"}. `plans` are those of the
/// recording's plan file; `data` is the folder that `{data}` stands for.
nlohmann::json AnswerOf(RemoteSession& session, const nlohmann::json& entry,
                        const nlohmann::json& plans, const std::string& data);

/// Whether `answer` is the recorded one: rows in any order unless the case orders them, numbers
/// within the case's tolerance or the given one, and but for Spark's notes to itself in the
/// metadata of fields.
bool IsAsRecorded(const nlohmann::json& entry, nlohmann::json answer, double tolerance = 0);

/// The recorded answer alone.
nlohmann::json RecordedAnswer(const nlohmann::json& entry);

}  // namespace ember

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ember {

/// The committer of S3A that writes each file as an upload which the job's commit completes
/// ("magic"): without it Spark copies every file once more and a failed job leaves some of them. It
/// refuses dynamic partition overwrite.
std::map<std::string, std::string> MagicCommitterSettings();

/// Whether a session with this spark.sql.sources.commitProtocolClass commits by it.
bool IsMagicCommitProtocol(std::string_view protocol_class);
/// What a session sets to have Spark's own committer again, for dynamic partition overwrite.
std::map<std::string, std::string> RenamingCommitterSettings();

}  // namespace ember

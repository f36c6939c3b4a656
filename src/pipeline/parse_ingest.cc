#include "pipeline/parse_ingest.h"

#include <fmt/format.h>

#include <array>

namespace ember {
namespace {

constexpr auto kIngestKeys = std::to_array<std::string_view>(
    {"from", "to", "include", "exclude", "delete", "checksum", "parallel"});

}  // namespace

Result<IngestSpec> ParseIngest(const std::string& name, const YamlReader& value) {
  RETURN_IF_ERROR(value.CheckKeys(kIngestKeys));
  IngestSpec ingest;
  ingest.name = name;
  ingest.location = value.location();
  ASSIGN_OR_RETURN(const YamlReader from, value.Get("from"));
  ASSIGN_OR_RETURN(ingest.from, from.Texts());
  if (ingest.from.empty()) return value.Fail("'from' names no file and no folder");
  ASSIGN_OR_RETURN(const YamlReader to, value.Get("to"));
  ASSIGN_OR_RETURN(ingest.to, to.Text());
  if (!ingest.to.starts_with("s3://") && !ingest.to.starts_with("s3a://")) {
    return to.Fail(fmt::format("'{}' is no path like s3://bucket/folder", ingest.to));
  }
  ASSIGN_OR_RETURN(ingest.include, value.Texts("include"));
  ASSIGN_OR_RETURN(ingest.exclude, value.Texts("exclude"));
  ASSIGN_OR_RETURN(ingest.removes_others, value.Boolean("delete", false));
  ASSIGN_OR_RETURN(ingest.compares_content, value.Boolean("checksum", false));
  ASSIGN_OR_RETURN(ingest.parallel, value.Integer("parallel", 8));
  if (ingest.parallel < 1 || ingest.parallel > 256) {
    return value.Fail("'parallel' must be from 1 to 256");
  }
  return ingest;
}

}  // namespace ember

#include "lifecycle/program_upload.h"

#include <fmt/format.h>

#include "aws/digest.h"
#include "aws/service_call.h"
#include "emr/nodes.h"

namespace ember {
namespace {

constexpr std::string_view kFolder = "programs/ember/";
constexpr size_t kHashDigits = 32;
constexpr int kPreconditionFailed = 412;

}  // namespace

Result<UploadedProgram> UploadEmrProgram(S3Client& s3, std::string_view name,
                                         const std::string& text, const std::stop_token& stop) {
  const std::string hash = HexText(DigestBytes(Sha256(text))).substr(0, kHashDigits);
  const std::string key = fmt::format("{}{}/{}", kFolder, hash, name);
  UploadedProgram program{.uri = fmt::format("s3://{}/{}", s3.settings().bucket, key)};
  ASSIGN_OR_RETURN(const auto there, s3.Head(key, stop));
  program.was_there = there && there->size == static_cast<int64_t>(text.size());
  if (program.was_there) return program;
  const auto put =
      s3.Put(key, {.text = text, .file = {}}, {.condition = {.is_absent = !there}}, stop);
  // Somebody else has put the same content there at this moment.
  if (!put.ok() && ServiceStatusOf(put.error()) == kPreconditionFailed) {
    program.was_there = true;
    return program;
  }
  if (!put.ok()) {
    return WithContext(put.error(), fmt::format("putting '{}' into the cluster's bucket", name));
  }
  return program;
}

Result<std::string> ProgramBucket(const RunningCluster& cluster) {
  const std::string bucket = ParseS3Place(cluster.log_uri).bucket;
  if (!bucket.empty()) return bucket;
  return InvalidInput(fmt::format(
      "cluster {} has no log URI to tell its bucket by: say where the program goes with --bucket",
      cluster.id));
}

}  // namespace ember

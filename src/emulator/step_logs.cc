#include "emulator/step_logs.h"

#include <chrono>
#include <fstream>
#include <iterator>

#include "gzip/gzip_stream.h"

namespace ember {
namespace {

constexpr int64_t kEveryMs = 2000;

}  // namespace

void StepLogs::Bring(const std::string& folder, const std::string& target, bool is_end) {
  if (!put_) return;
  const int64_t now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::steady_clock::now().time_since_epoch())
                             .count();
  int64_t& last = last_time_ms_[folder];
  if (!is_end && now_ms - last < kEveryMs) return;
  last = now_ms;
  for (const char* name : {"controller", "stderr", "stdout"}) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    if (!file) continue;
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::string uri = target + name + ".gz";
    const auto before = brought_.find(uri);
    const bool has_grown =
        before == brought_.end() ? is_end || !text.empty() : before->second != text.size();
    if (!has_grown) continue;
    const Result<std::string> packed = Gzip(text);
    if (packed.ok() && put_(uri, *packed).ok()) brought_[uri] = text.size();
  }
}

}  // namespace ember

#include "emulator/step_logs.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "base/crc32.h"

namespace ember {
namespace {

constexpr int64_t kEveryMs = 2000;
constexpr size_t kMaxBlock = 65535;  // of what DEFLATE calls a stored block

void AppendNumber(std::string& out, uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xff);
}

}  // namespace

std::string GzipStored(std::string_view bytes) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  size_t at = 0;
  do {
    const size_t size = std::min(kMaxBlock, bytes.size() - at);
    const bool is_last = at + size == bytes.size();
    out += is_last ? '\1' : '\0';
    AppendNumber(out, size, 2);
    AppendNumber(out, ~size & 0xffff, 2);
    out.append(bytes.substr(at, size));
    at += size;
  } while (at < bytes.size());
  AppendNumber(out, Crc32(bytes), 4);
  AppendNumber(out, bytes.size(), 4);
  return out;
}

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
    if (has_grown && put_(uri, GzipStored(text)).ok()) brought_[uri] = text.size();
  }
}

}  // namespace ember

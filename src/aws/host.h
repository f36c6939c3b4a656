#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

struct ProcessOutput {
  int exit_code = 0;
  std::string output;  // standard output
};

/// What this room asks of the machine: one seam for variables, files, clock, chance and processes.
/// Safe to use from several threads.
class AwsHost {
 public:
  virtual ~AwsHost() = default;
  /// An environment variable; nothing when it is not set or empty.
  virtual std::optional<std::string> Variable(const std::string& name) = 0;
  /// PATH_NOT_FOUND when there is no such file.
  virtual Result<std::string> ReadFile(const std::string& path) = 0;
  /// Microseconds UTC.
  virtual int64_t NowUs() = 0;
  /// In [0, 1).
  virtual double Random() = 0;
  /// OPERATION_CANCELLED when stopped before the end.
  virtual Status Sleep(int64_t duration_ms, const std::stop_token& stop) = 0;
  /// Runs a program, found by PATH, without a shell; it is ended after `timeout_ms`.
  virtual Result<ProcessOutput> Run(const std::vector<std::string>& arguments, int64_t timeout_ms,
                                    const std::stop_token& stop) = 0;
};
std::unique_ptr<AwsHost> MakeSystemAwsHost();

/// Words of a command line: blanks part them, '…' and "…" hold them together, a backslash takes the
/// next character as it is.
std::vector<std::string> SplitCommandLine(const std::string& command);
/// "2026-01-02T03:04:05Z", with a fraction or an offset or without, in microseconds UTC.
std::optional<int64_t> ParseIsoTime(const std::string& text);

}  // namespace ember

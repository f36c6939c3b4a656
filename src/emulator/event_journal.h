#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_api.h"

namespace ember {

/// What happened in the emulator, in order: what tests and people read. Safe to use from several
/// threads.
class EventJournal {
 public:
  /// `echo` gets every event as a line of JSON; may be empty.
  explicit EventJournal(std::function<void(const std::string&)> echo = {})
      : echo_(std::move(echo)) {}

  /// `details` is an object; its members follow "time", "event" and "cluster".
  void Add(int64_t time_us, std::string_view event, const std::string& cluster,
           const AwsJson& details = AwsJson::object());
  /// One line of JSON each, from the event number `first` on.
  std::string Lines(size_t first = 0) const;
  /// How many events of the name there are.
  int Count(std::string_view event) const;

 private:
  std::function<void(const std::string&)> echo_;
  mutable std::mutex mutex_;
  std::vector<AwsJson> events_;
};

}  // namespace ember

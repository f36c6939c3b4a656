#include "emulator/event_journal.h"

namespace ember {

void EventJournal::Add(int64_t time_us, std::string_view event, const std::string& cluster,
                       const AwsJson& details) {
  AwsJson entry = {{"time", static_cast<double>(time_us) / 1e6}, {"event", event}};
  if (!cluster.empty()) entry["cluster"] = cluster;
  for (const auto& [key, value] : details.items()) entry[key] = value;
  const std::lock_guard lock(mutex_);
  if (echo_) echo_(entry.dump());
  events_.push_back(std::move(entry));
}

std::string EventJournal::Lines(size_t first) const {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (size_t i = first; i < events_.size(); ++i) text += events_[i].dump() + "\n";
  return text;
}

int EventJournal::Count(std::string_view event) const {
  const std::lock_guard lock(mutex_);
  int count = 0;
  for (const AwsJson& entry : events_) count += entry["event"] == event ? 1 : 0;
  return count;
}

}  // namespace ember

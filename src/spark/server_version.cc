#include "spark/server_version.h"

#include <charconv>

namespace ember {
namespace {

// The number at the start of `text`, taken off with the dot behind it; -1: there is none.
int TakeNumber(std::string_view& text) {
  int number = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return -1;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  if (text.starts_with('.')) text.remove_prefix(1);
  return number;
}

}  // namespace

Result<ServerVersion> ParseServerVersion(std::string_view text, std::string_view server) {
  std::string_view rest = text;
  ServerVersion version;
  version.major = TakeNumber(rest);
  version.minor = TakeNumber(rest);
  version.text = text;
  const bool is_known =
      version.minor >= 0 && (version.major == 4 || (version.major == 3 && version.minor >= 5));
  if (is_known) return version;
  return MakeError("EMBER_CONNECT.VERSION",
                   {{"server", std::string(server)},
                    {"version", text.empty() ? "of no version that it tells" : std::string(text)},
                    {"supported", "Spark 3.5 and 4.x"}});
}

}  // namespace ember

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// A column of price bars and the header spellings under which vendors publish it (compared without
/// case, spaces and underscores).
struct BarColumnNames {
  std::string_view role;  // ticker date open high low close volume adj_close
  std::span<const std::string_view> spellings;
};
std::span<const BarColumnNames> KnownBarColumns();

/// Which header of a file plays which role; a role that is not found has none.
struct HeaderMapping {
  std::string_view role;
  std::optional<std::string> header;
};
/// The first header that matches a role wins; a header plays one role at most.
std::vector<HeaderMapping> MapHeaders(std::span<const std::string> headers);

}  // namespace ember

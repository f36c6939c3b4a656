#pragma once

namespace ember {

/// Where in a file something stands, both from 1.
struct Location {
  int line = 0;
  int column = 0;
  bool operator==(const Location&) const = default;
};

}  // namespace ember

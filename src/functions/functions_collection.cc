#include <vector>

#include "functions/registry.h"

namespace ember {

std::span<const FunctionRow> ArrayFunctions();
std::span<const FunctionRow> MapFunctions();
std::span<const FunctionRow> HigherOrderFunctions();
std::span<const FunctionRow> SequenceFunctions();

std::span<const FunctionRow> CollectionFunctions() {
  static const std::vector<FunctionRow> rows = [] {
    std::vector<FunctionRow> all;
    for (auto part :
         {ArrayFunctions(), MapFunctions(), HigherOrderFunctions(), SequenceFunctions()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return rows;
}

}  // namespace ember

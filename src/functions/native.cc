#include "functions/native.h"

#include <iterator>

#include "functions/native_tables.h"

namespace ember {

std::vector<NativeFunction> NativeFunctions() {
  std::vector<NativeFunction> all;
  for (auto* table : {&AggregateNatives, &TextNatives, &RegexNatives, &MathNatives, &CastNatives,
                      &DecimalNatives, &FormatNatives, &CharsetNatives, &HashNatives,
                      &DatetimeNatives, &CollectionNatives, &JsonNatives}) {
    std::vector<NativeFunction> rows = table();
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace ember

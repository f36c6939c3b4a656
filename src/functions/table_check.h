#pragma once

#include <span>

#include "functions/registry.h"

namespace ember {

/// What every table of rows keeps, checked by static_assert in the file of the table: names ascend
/// (so none occurs twice), each row has a documentation line, an example, and a way to be computed
/// and typed.
constexpr bool IsWellFormedTable(std::span<const FunctionRow> rows) {
  for (size_t i = 0; i < rows.size(); ++i) {
    const FunctionRow& row = rows[i];
    if (i > 0 && !(rows[i - 1].name < row.name)) return false;
    if (row.name.empty() || row.doc.empty() || row.example.empty()) return false;
    if (row.duckdb.empty() == (row.emit == nullptr)) return false;
    if (row.result == nullptr) return false;
    if (row.max_arguments >= 0 && row.max_arguments < row.min_arguments) return false;
    if (row.max_arguments != 0 && row.arguments.empty()) return false;
    if ((row.coercion == CoercionRule::kCustom) != (row.coerce != nullptr)) return false;
    if ((row.nullability == Nullability::kCustom) != (row.nullable != nullptr)) return false;
    if ((row.style == PrettyStyle::kCustom) != (row.pretty != nullptr)) return false;
  }
  return true;
}

/// The classes of a row's arguments: `kTypes<TypeClass::kString, TypeClass::kInteger>`.
template <TypeClass... classes>
inline constexpr TypeClass kTypes[] = {classes...};

}  // namespace ember

#pragma once

#include <string>
#include <string_view>

#include "functions/registry.h"

namespace ember {

// DuckDB SQL of arrays and maps, shared by their tables.

/// MAP(keys, values) of two list expressions. A null key raises NULL_MAP_KEY, one that occurs twice
/// DUPLICATED_MAP_KEY; a null list gives null (ArrayBasedMapBuilder with its default policy).
std::string CheckedMap(std::string_view keys, std::string_view values);
/// What sets compare of an element and of a list's elements: -0.0 and 0.0 are two (SQLOpenHashSet),
/// though they are equal.
std::string SetKey(std::string_view sql, const DataType& element);
std::string SetKeys(std::string_view list, const DataType& element);
/// The first occurrence of each element, in order.
std::string DistinctElements(std::string_view list, const DataType& element);
/// `sql`, or null where one of the arguments is null.
std::string NullWhenAnyNull(const EmitContext& context, std::string_view sql);

/// The common type of an array's element and a value, without making strings of anything
/// (findWiderTypeWithoutStringPromotion); none when there is none.
std::optional<DataType> WiderWithoutStrings(const DataType& a, const DataType& b, bool ansi);
/// ARRAY_FUNCTION_DIFF_TYPES, MAP_FUNCTION_DIFF_TYPES, BINARY_ARRAY_DIFF_TYPES.
Error ContainerMismatch(std::string_view condition, std::string_view function,
                        std::string_view kind_parameter, std::string_view kind,
                        std::span<const ArgumentInfo> arguments);

std::vector<DataType> ArgumentTypes(std::span<const ArgumentInfo> arguments);

}  // namespace ember

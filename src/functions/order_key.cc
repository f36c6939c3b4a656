#include "functions/order_key.h"

#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

bool IsNested(const StructField& child) { return NeedsOrderKey(child.type); }

// A null is less than any value: its first field is false, and false is less than true.
std::string FlaggedKey(const std::string& sql, const StructField& child, int depth);

std::string KeyAt(const std::string& sql, const DataType& type, int depth) {
  if (!NeedsOrderKey(type)) return sql;
  if (type.Is(TypeKind::kArray)) {
    const std::string name = fmt::format("ember_k{}", depth);
    return fmt::format("list_transform({}, lambda {}: {})", sql, name,
                       FlaggedKey(name, type.element(), depth + 1));
  }
  std::string fields;
  for (size_t i = 0; i < type.fields().size(); ++i) {
    const std::string field = fmt::format("struct_extract_at({}, {})", sql, i + 1);
    fields += fmt::format("{}k{} := {}", i > 0 ? ", " : "", i,
                          FlaggedKey(field, type.fields()[i], depth));
  }
  return fmt::format("(CASE WHEN {} IS NOT NULL THEN struct_pack({}) END)", sql, fields);
}

std::string FlaggedKey(const std::string& sql, const StructField& child, int depth) {
  const std::string key = KeyAt(sql, child.type, depth);
  if (!child.nullable) return key;
  return fmt::format("struct_pack(f := {} IS NOT NULL, v := {})", sql, key);
}

}  // namespace

bool NeedsOrderKey(const DataType& type) {
  if (type.Is(TypeKind::kArray)) return type.element().nullable || IsNested(type.element());
  if (!type.Is(TypeKind::kStruct)) return false;
  return std::ranges::any_of(
      type.fields(), [](const StructField& field) { return field.nullable || IsNested(field); });
}

std::string OrderKey(std::string_view sql, const DataType& type) {
  return KeyAt(std::string(sql), type, 0);
}

}  // namespace ember

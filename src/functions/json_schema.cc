#include "functions/json_schema.h"

#include <algorithm>

#include "functions/json_tree.h"
#include "types/coercion.h"

namespace ember {
namespace {

// JsonInferSchema.compatibleType.
DataType Merged(const DataType& a, const DataType& b) {
  if (a.Is(TypeKind::kNull)) return b;
  if (b.Is(TypeKind::kNull) || SameType(a, b)) return a;
  if (a.Is(TypeKind::kStruct) && b.Is(TypeKind::kStruct)) {
    std::vector<StructField> fields = a.fields();
    for (const StructField& field : b.fields()) {
      auto found = std::ranges::find(fields, field.name, &StructField::name);
      if (found == fields.end()) {
        fields.push_back(field);
      } else {
        found->type = Merged(found->type, field.type);
      }
    }
    std::ranges::sort(fields, {}, &StructField::name);
    return StructType(std::move(fields));
  }
  if (a.Is(TypeKind::kArray) && b.Is(TypeKind::kArray)) {
    return ArrayType(Merged(a.element().type, b.element().type), true);
  }
  if (a.IsNumeric() && b.IsNumeric()) {
    if (a.Is(TypeKind::kDouble) || b.Is(TypeKind::kDouble)) return DoubleType();
    return WiderDecimalType(a.Is(TypeKind::kDecimal) ? a : DecimalForType(a),
                            b.Is(TypeKind::kDecimal) ? b : DecimalForType(b));
  }
  return StringType();
}

DataType TypeOf(const JsonTree& tree) {
  switch (tree.kind) {
    case JsonTree::Kind::kNull:
      return NullType();
    case JsonTree::Kind::kTrue:
    case JsonTree::Kind::kFalse:
      return BooleanType();
    case JsonTree::Kind::kInteger: {
      const size_t digits = tree.text.size() - (tree.text.starts_with('-') ? 1 : 0);
      if (digits <= 18) return LongType();
      return digits <= 38 ? DecimalType(static_cast<int>(digits), 0) : DoubleType();
    }
    case JsonTree::Kind::kFraction:
      return DoubleType();
    case JsonTree::Kind::kString:
      return StringType();
    case JsonTree::Kind::kArray: {
      DataType element = NullType();
      for (const JsonTree& item : tree.items) element = Merged(element, TypeOf(item));
      return ArrayType(element, true);
    }
    case JsonTree::Kind::kObject: {
      std::vector<StructField> fields;
      for (size_t i = 0; i < tree.items.size(); ++i) {
        fields.push_back({tree.keys[i], TypeOf(tree.items[i]), true, ""});
      }
      std::ranges::stable_sort(fields, {}, &StructField::name);
      return StructType(std::move(fields));
    }
  }
  return NullType();
}

// canonicalizeType: what stayed null is a string.
DataType Canonical(const DataType& type) {
  if (type.Is(TypeKind::kNull)) return StringType();
  if (type.Is(TypeKind::kArray)) return ArrayType(Canonical(type.element().type), true);
  if (!type.Is(TypeKind::kStruct)) return type;
  std::vector<StructField> fields = type.fields();
  for (StructField& field : fields) field.type = Canonical(field.type);
  return StructType(std::move(fields));
}

}  // namespace

Result<DataType> InferJsonType(std::string_view json) {
  std::optional<JsonTree> tree = ParseJsonTree(json);
  if (!tree) return StringType();
  return Canonical(TypeOf(*tree));
}

}  // namespace ember

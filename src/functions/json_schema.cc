#include "functions/json_schema.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "functions/string_casts.h"
#include "types/coercion.h"

namespace ember {
namespace {

constexpr int kMaxDecimalDigits = 38;

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
    const DataType left = a.Is(TypeKind::kDecimal) ? a : DecimalForType(a);
    const DataType right = b.Is(TypeKind::kDecimal) ? b : DecimalForType(b);
    const int scale = std::max(left.scale, right.scale);
    const int whole = std::max(left.precision - left.scale, right.precision - right.scale);
    return whole + scale > kMaxDecimalDigits ? DoubleType() : DecimalType(whole + scale, scale);
  }
  return StringType();
}

DataType NumberType(const JsonTree& tree, bool prefers_decimal) {
  const std::string& text = tree.text;
  const bool is_whole = tree.kind == JsonTree::Kind::kInteger;
  if (is_whole && ParseInteger(text, INT64_MIN, INT64_MAX, false)) return LongType();
  if (!is_whole && !prefers_decimal) return DoubleType();
  const auto decimal = ParseBigDecimal(text);
  if (!decimal) return DoubleType();
  const auto scale = decimal->scale;
  const auto digits = std::max<int64_t>(std::ssize(decimal->digits), std::max<int64_t>(scale, 1));
  if (digits > kMaxDecimalDigits || scale < 0) return DoubleType();
  return DecimalType(static_cast<int>(digits), static_cast<int>(scale));
}

// canonicalizeType: what stayed null is a string, or no field at all; a struct without fields is
// none.
std::optional<DataType> Canonical(const DataType& type, bool drops_nulls) {
  if (type.Is(TypeKind::kNull)) {
    return drops_nulls ? std::nullopt : std::optional(StringType());
  }
  if (type.Is(TypeKind::kArray)) {
    auto element = Canonical(type.element().type, drops_nulls);
    if (!element) return std::nullopt;
    return ArrayType(*std::move(element), true);
  }
  if (!type.Is(TypeKind::kStruct)) return type;
  std::vector<StructField> fields;
  for (const StructField& field : type.fields()) {
    if (field.name.empty()) continue;
    auto kept = Canonical(field.type, drops_nulls);
    if (kept) fields.push_back({field.name, *std::move(kept), true, ""});
  }
  if (fields.empty()) return std::nullopt;
  return StructType(std::move(fields));
}

}  // namespace

Result<DataType> InferJsonType(std::string_view json) {
  ASSIGN_OR_RETURN(const auto inference,
                   JsonSchemaInference::Make(JsonSchemaInference::Specification({})));
  if (!ParseJsonTree(json)) return StringType();
  ASSIGN_OR_RETURN(const std::optional<DataType> type, inference.TypeOfRecord(json));
  if (!type) return StringType();
  const auto canonical = Canonical(*type, false);
  return canonical ? *canonical : type->Is(TypeKind::kStruct) ? StructType(Schema()) : StringType();
}

std::string JsonSchemaInference::Specification(const JsonInferOptions& options) {
  return nlohmann::json{{"read", JsonOptionsText(options.read)},
                        {"decimal", options.prefers_decimal},
                        {"timestamp", options.infers_timestamp},
                        {"strings", options.primitives_as_string},
                        {"drops", options.drops_null_fields}}
      .dump();
}

Result<JsonSchemaInference> JsonSchemaInference::Make(std::string_view specification) {
  const nlohmann::json json = nlohmann::json::parse(specification, nullptr, false);
  if (!json.is_object()) return InternalError("JSON inference: a specification that is none");
  JsonSchemaInference inference;
  inference.options_ = {.read = ReadJsonOptionsText(json.value("read", "")),
                        .prefers_decimal = json.value("decimal", false),
                        .infers_timestamp = json.value("timestamp", false),
                        .primitives_as_string = json.value("strings", false),
                        .drops_null_fields = json.value("drops", false)};
  const std::string& pattern = inference.options_.read.timestamp_format;
  if (!pattern.empty()) {
    ASSIGN_OR_RETURN(DateTimePattern made,
                     DateTimePattern::Make(pattern, DateTimePattern::Use::kParse));
    inference.timestamp_pattern_ = std::make_shared<DateTimePattern>(std::move(made));
  }
  return inference;
}

Error JsonSchemaInference::Malformed() const {
  return MakeError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                   {{"badRecord", options_.read.corrupt_column}, {"failFastMode", "FAILFAST"}});
}

// Generators of JSON write an empty text for null as well.
DataType JsonSchemaInference::TypeOfText(const JsonTree& tree) const {
  if (tree.text.empty()) return NullType();
  if (options_.primitives_as_string) return StringType();
  if (options_.prefers_decimal && ParseBigDecimal(tree.text)) return NumberType(tree, true);
  if (!options_.infers_timestamp) return StringType();
  const bool is_time = timestamp_pattern_
                           ? timestamp_pattern_->Parse(tree.text).is_ok
                           : ParseSparkTimestamp(tree.text, options_.read.zone).has_value();
  return is_time ? TimestampType() : StringType();
}

DataType JsonSchemaInference::TypeOf(const JsonTree& tree) const {
  switch (tree.kind) {
    case JsonTree::Kind::kNull:
      return NullType();
    case JsonTree::Kind::kTrue:
    case JsonTree::Kind::kFalse:
      return options_.primitives_as_string ? StringType() : BooleanType();
    case JsonTree::Kind::kInteger:
    case JsonTree::Kind::kFraction:
      return options_.primitives_as_string ? StringType()
                                           : NumberType(tree, options_.prefers_decimal);
    case JsonTree::Kind::kString:
      return TypeOfText(tree);
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

Result<std::optional<DataType>> JsonSchemaInference::TypeOfRecord(std::string_view text) const {
  if (text.find_first_not_of(" \t\n\r") == std::string_view::npos) return std::optional<DataType>();
  const std::optional<JsonTree> tree = ParseJsonTree(text, options_.read.syntax);
  if (tree) return std::optional(TypeOf(*tree));
  if (options_.read.drops_malformed) return std::optional<DataType>();
  if (options_.read.is_fail_fast) return Malformed();
  return std::optional(
      StructType(Schema{StructField{options_.read.corrupt_column, StringType(), true, ""}}));
}

Result<DataType> JsonSchemaInference::WithCorruptField(const DataType& type) const {
  if (options_.read.drops_malformed) return type;
  if (options_.read.is_fail_fast) return Malformed();
  std::vector<StructField> fields = type.fields();
  const std::string& name = options_.read.corrupt_column;
  if (std::ranges::find(fields, name, &StructField::name) != fields.end()) return type;
  fields.push_back({name, StringType(), true, ""});
  std::ranges::stable_sort(fields, {}, &StructField::name);
  return StructType(std::move(fields));
}

// JsonInferSchema.compatibleRootType.
Result<DataType> JsonSchemaInference::Merge(const DataType& a, const DataType& b) const {
  if (a.Is(TypeKind::kArray)) return Merge(a.element().type, b);
  if (b.Is(TypeKind::kArray)) return Merge(a, b.element().type);
  const bool is_left = a.Is(TypeKind::kStruct), is_right = b.Is(TypeKind::kStruct);
  if (is_left == is_right || a.Is(TypeKind::kNull) || b.Is(TypeKind::kNull)) return Merged(a, b);
  return WithCorruptField(is_left ? a : b);
}

Schema JsonSchemaInference::SchemaOf(const DataType& type) const {
  const auto canonical = Canonical(type, options_.drops_null_fields);
  return canonical && canonical->Is(TypeKind::kStruct) ? canonical->fields() : Schema();
}

}  // namespace ember

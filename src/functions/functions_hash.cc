#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/registry.h"
#include "functions/result_types.h"
#include "functions/sql_build.h"
#include "functions/table_check.h"

namespace ember {
namespace {

using enum TypeKind;
using Arguments = std::span<const ArgumentInfo>;

// The native that hashes a type of one value; empty for nested types.
std::string_view HashNameOf(const DataType& type) {
  switch (type.kind) {
    case kBoolean:
    case kByte:
    case kShort:
    case kInteger:
    case kYearMonthInterval:
      return "int";
    case kLong:
    case kDayTimeInterval:
      return "long";
    case kFloat:
      return "float";
    case kDouble:
      return "double";
    case kDecimal:
      return type.precision <= 18 ? "short_decimal" : "decimal";
    case kString:
    case kChar:
    case kVarchar:
      return "text";
    case kBinary:
      return "blob";
    case kDate:
      return "date";
    case kTimestamp:
    case kTimestampNtz:
      return "timestamp";
    default:
      return "";
  }
}

struct HashFamily {
  std::string_view prefix;
  std::string_view seed_type;
};
constexpr HashFamily kMurmur = {"ember_murmur_", "INTEGER"};
constexpr HashFamily kXxHash = {"ember_xxhash_", "BIGINT"};

// The hash of `value` with `seed`; nested types hash their parts one after the other.
Result<std::string> HashOf(const HashFamily& family, const DataType& type, const std::string& value,
                           const std::string& seed, int depth) {
  if (type.Is(kNull)) return seed;
  if (std::string_view name = HashNameOf(type); !name.empty()) {
    std::string argument = name == "int" && !type.Is(kInteger) ? SqlCast(value, "INTEGER") : value;
    return fmt::format("{}{}({}, {})", family.prefix, name, argument, seed);
  }
  if (type.Is(kStruct)) {
    std::string hash = seed;
    for (size_t i = 0; i < type.fields().size(); ++i) {
      ASSIGN_OR_RETURN(hash,
                       HashOf(family, type.fields()[i].type,
                              fmt::format("struct_extract_at({}, {})", value, i + 1), hash, depth));
    }
    return hash;
  }
  if (!type.Is(kArray)) return Unsupported("a hash of " + SimpleString(type));
  const DataType& element = type.element().type;
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(element));
  const std::string state = fmt::format("ember_s{}", depth), item = fmt::format("ember_e{}", depth);
  ASSIGN_OR_RETURN(std::string next, HashOf(family, element, item + ".v", state + ".h", depth + 1));
  // A fold over {hash, element}: list_reduce wants state and elements of one type.
  const std::string shape = fmt::format("STRUCT(h {}, v {})", family.seed_type, storage);
  return fmt::format(
      "coalesce(list_reduce(list_transform({0}, lambda {1}: CAST(struct_pack(h := 0, v := {1}) AS "
      "{2})), "
      "lambda {3}, {1}: CAST(struct_pack(h := {4}, v := {1}.v) AS {2}), CAST(struct_pack(h := {5}, "
      "v := NULL) "
      "AS {2})).h, {5})",
      value, item, shape, state, next, seed);
}

Result<std::string> EmitHash(const EmitContext& context, const HashFamily& family) {
  std::string hash = fmt::format("CAST(42 AS {})", family.seed_type);
  for (size_t i = 0; i < context.sql.size(); ++i) {
    ASSIGN_OR_RETURN(hash, HashOf(family, context.arguments[i].type, context.sql[i], hash, 0));
  }
  return hash;
}
Result<std::string> EmitMurmur(const EmitContext& context) { return EmitHash(context, kMurmur); }
Result<std::string> EmitXxHash(const EmitContext& context) { return EmitHash(context, kXxHash); }

bool HasMap(const DataType& type) {
  if (type.Is(kMap)) return true;
  if (type.Is(kArray)) return HasMap(type.element().type);
  if (!type.Is(kStruct)) return false;
  for (const StructField& field : type.fields()) {
    if (HasMap(field.type)) return true;
  }
  return false;
}

// HashExpression.checkInputDataTypes: no maps at any depth.
Status CheckNoMap(Arguments arguments, std::string_view name) {
  for (const ArgumentInfo& argument : arguments) {
    if (!HasMap(argument.type)) continue;
    return MakeError("DATATYPE_MISMATCH.HASH_MAP_TYPE", {{"functionName", QuoteIdentifier(name)}});
  }
  return {};
}
Result<DataType> ResultHash(Arguments arguments, const TypeContext&) {
  RETURN_IF_ERROR(CheckNoMap(arguments, "hash"));
  return IntegerType();
}
Result<DataType> ResultXxHash(Arguments arguments, const TypeContext&) {
  RETURN_IF_ERROR(CheckNoMap(arguments, "xxhash64"));
  return LongType();
}

constexpr FunctionRow kRows[] = {
    {.name = "crc32",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<TypeClass::kBinary>,
     .result = ResultLong,
     .duckdb = "ember_crc32({0})",
     .doc = "The CRC-32 check sum.",
     .example = "SELECT crc32('Spark')"},
    {.name = "hash",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<TypeClass::kAny>,
     .result = ResultHash,
     .nullability = Nullability::kNever,
     .emit = EmitMurmur,
     .doc = "Spark's Murmur3 hash of the arguments, an int.",
     .example = "SELECT hash('Spark', 2)"},
    {.name = "md5",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<TypeClass::kBinary>,
     .result = ResultString,
     .duckdb = "md5({0})",
     .doc = "The MD5 digest in hexadecimal digits.",
     .example = "SELECT md5('Spark')"},
    {.name = "sha1",
     .min_arguments = 1,
     .max_arguments = 1,
     .arguments = kTypes<TypeClass::kBinary>,
     .result = ResultString,
     .duckdb = "sha1({0})",
     .doc = "The SHA-1 digest in hexadecimal digits.",
     .example = "SELECT sha1('Spark')"},
    {.name = "sha2",
     .min_arguments = 2,
     .max_arguments = 2,
     .arguments = kTypes<TypeClass::kBinary, TypeClass::kInteger>,
     .result = ResultString,
     .nullability = Nullability::kAlways,
     .duckdb = "ember_sha2({0}, {1})",
     .doc = "The SHA-224, 256, 384 or 512 digest in hexadecimal digits; NULL for other lengths.",
     .example = "SELECT sha2('Spark', 256)"},
    {.name = "xxhash64",
     .min_arguments = 1,
     .max_arguments = -1,
     .arguments = kTypes<TypeClass::kAny>,
     .result = ResultXxHash,
     .nullability = Nullability::kNever,
     .emit = EmitXxHash,
     .doc = "The xxHash of the arguments, a bigint.",
     .example = "SELECT xxhash64('Spark', 2)"},
};
static_assert(IsWellFormedTable(kRows));

}  // namespace

std::span<const FunctionRow> HashFunctions() { return kRows; }

}  // namespace ember

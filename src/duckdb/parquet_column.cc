// Columns of Parquet in the type that is wanted.
#include "duckdb/parquet_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "functions/cast_sql.h"
#include "functions/error_token.h"

namespace ember {
namespace {

bool HoldsInstant(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return true;
  if (type.children == nullptr) return false;
  for (const StructField& child : *type.children) {
    if (HoldsInstant(child.type)) return true;
  }
  return false;
}

// DuckDB reads instants as TIMESTAMPTZ, whose casts are slow; its microseconds are had for nothing.
Result<std::string> WithPlainInstants(const std::string& sql, const DataType& type, int depth) {
  if (!HoldsInstant(type)) return sql;
  const std::string item = fmt::format("\"i{}\"", depth);
  switch (type.kind) {
    case TypeKind::kTimestamp:
      return fmt::format("make_timestamp(epoch_us({}))", sql);
    case TypeKind::kArray: {
      ASSIGN_OR_RETURN(std::string body, WithPlainInstants(item, type.element().type, depth + 1));
      return fmt::format("list_transform({}, lambda {}: {})", sql, item, body);
    }
    case TypeKind::kMap: {
      ASSIGN_OR_RETURN(std::string key, WithPlainInstants(item, type.key().type, depth + 1));
      ASSIGN_OR_RETURN(std::string value, WithPlainInstants(item, type.value().type, depth + 1));
      return fmt::format(
          "map(list_transform(map_keys({0}), lambda {1}: {2}), list_transform(map_values({0}), "
          "lambda {1}: {3}))",
          sql, item, key, value);
    }
    case TypeKind::kStruct: {
      const std::vector<std::string> names = StorageFieldNames(type);
      std::string fields;
      for (size_t i = 0; i < names.size(); ++i) {
        ASSIGN_OR_RETURN(std::string field,
                         WithPlainInstants(fmt::format("struct_extract_at({}, {})", sql, i + 1),
                                           type.fields()[i].type, depth));
        fields += fmt::format("{}{} := {}", i > 0 ? ", " : "", SqlIdentifier(names[i]), field);
      }
      return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE struct_pack({}) END", sql, fields);
    }
    default:
      return sql;
  }
}

// How a file stores a column, as far as reading it as something else goes.
enum class Storage {
  kBoolean,
  kInt32,
  kSmallUnsigned,  // one or two bytes in INT32
  kUnsigned32,
  kInt64,
  kUnsigned64,
  kFloat,
  kDouble,
  kDate,
  kDecimal32,
  kDecimal64,
  kDecimalBytes,
  kText,
  kBytes,
  kFixedBytes,
  kMillis,
  kMicros,
  kInt96,
  kOther,  // nested
};

Storage StorageOf(const ParquetElement& e) {
  if (e.children > 0) return Storage::kOther;
  const bool is_decimal = e.converted == "DECIMAL";
  if (e.physical == "BOOLEAN") return Storage::kBoolean;
  if (e.physical == "FLOAT") return Storage::kFloat;
  if (e.physical == "DOUBLE") return Storage::kDouble;
  if (e.physical == "INT96") return Storage::kInt96;
  if (e.physical == "INT32") {
    if (is_decimal) return Storage::kDecimal32;
    if (e.converted == "DATE") return Storage::kDate;
    if (e.converted == "UINT_8" || e.converted == "UINT_16") return Storage::kSmallUnsigned;
    return e.converted == "UINT_32" ? Storage::kUnsigned32 : Storage::kInt32;
  }
  if (e.physical == "INT64") {
    if (is_decimal) return Storage::kDecimal64;
    if (e.converted == "UINT_64") return Storage::kUnsigned64;
    if (!e.converted.starts_with("TIMESTAMP") && !HoldsText(e.logical, "Timestamp"))
      return Storage::kInt64;
    return HoldsText(e.logical, "MilliSeconds()") || e.converted == "TIMESTAMP_MILLIS"
               ? Storage::kMillis
               : Storage::kMicros;
  }
  if (is_decimal) return Storage::kDecimalBytes;
  if (e.physical == "FIXED_LEN_BYTE_ARRAY") return Storage::kFixedBytes;
  const bool is_text = !e.converted.empty() || HoldsText(e.logical, "String");
  return is_text ? Storage::kText : Storage::kBytes;
}

// What stands in 32 bits, as SQL of the column {0}; {1} is ten to the power of a decimal's scale.
struct Int32Storage {
  Storage storage;
  std::string_view sql;
};
constexpr auto kInt32Storages = std::to_array<Int32Storage>({
    {Storage::kInt32, "{0}"},
    {Storage::kSmallUnsigned, "{0}"},
    {Storage::kDate, "({0} - DATE '1970-01-01')"},
    {Storage::kDecimal32, "CAST({0} * {1} AS BIGINT)"},
});

// What Spark makes of 32 bits, whatever they meant: a date is its days, a decimal its digits, and
// what is too wide loses its upper bits. SQL of {0}.
struct Int32Reading {
  TypeKind wanted;
  std::string_view sql;
};
constexpr auto kInt32Readings = std::to_array<Int32Reading>({
    {TypeKind::kByte, "CAST(((CAST({0} AS BIGINT) + 128) & 255) - 128 AS TINYINT)"},
    {TypeKind::kShort, "CAST(((CAST({0} AS BIGINT) + 32768) & 65535) - 32768 AS SMALLINT)"},
    {TypeKind::kInteger, "CAST({0} AS INTEGER)"},
    {TypeKind::kLong, "CAST({0} AS BIGINT)"},
    {TypeKind::kDouble, "CAST({0} AS DOUBLE)"},
    {TypeKind::kDate, "(DATE '1970-01-01' + CAST({0} AS INTEGER))"},
    {TypeKind::kYearMonthInterval, "CAST({0} AS INTEGER)"},
});

// The other conversions of ParquetVectorUpdaterFactory but those to decimals.
struct Conversion {
  Storage storage;
  TypeKind wanted;
  std::string_view sql;
};
constexpr auto kConversions = std::to_array<Conversion>({
    {Storage::kUnsigned32, TypeKind::kLong, "CAST({0} AS BIGINT)"},
    {Storage::kUnsigned32, TypeKind::kDouble,
     "CAST(((CAST({0} AS BIGINT) + 2147483648) & 4294967295) - 2147483648 AS DOUBLE)"},
    {Storage::kInt64, TypeKind::kLong, "{0}"},
    {Storage::kInt64, TypeKind::kDayTimeInterval, "{0}"},
    {Storage::kFloat, TypeKind::kFloat, "{0}"},
    {Storage::kFloat, TypeKind::kDouble, "CAST({0} AS DOUBLE)"},
    {Storage::kDouble, TypeKind::kDouble, "{0}"},
    {Storage::kBoolean, TypeKind::kBoolean, "{0}"},
    {Storage::kDate, TypeKind::kTimestampNtz, "CAST({0} AS TIMESTAMP)"},
    {Storage::kDecimal64, TypeKind::kLong, "CAST({0} * {1} AS BIGINT)"},
    {Storage::kText, TypeKind::kString, "{0}"},
    {Storage::kText, TypeKind::kChar, "{0}"},
    {Storage::kText, TypeKind::kVarchar, "{0}"},
    {Storage::kText, TypeKind::kBinary, "encode({0})"},
    {Storage::kBytes, TypeKind::kString, "decode({0})"},
    {Storage::kBytes, TypeKind::kChar, "decode({0})"},
    {Storage::kBytes, TypeKind::kVarchar, "decode({0})"},
    {Storage::kBytes, TypeKind::kBinary, "{0}"},
    {Storage::kFixedBytes, TypeKind::kBinary, "{0}"},
    {Storage::kMillis, TypeKind::kLong, "epoch_ms({0})"},
    {Storage::kMillis, TypeKind::kTimestamp, "make_timestamp(epoch_us({0}))"},
    {Storage::kMillis, TypeKind::kTimestampNtz, "make_timestamp(epoch_us({0}))"},
    {Storage::kMicros, TypeKind::kLong, "epoch_us({0})"},
    {Storage::kMicros, TypeKind::kTimestamp, "make_timestamp(epoch_us({0}))"},
    {Storage::kMicros, TypeKind::kTimestampNtz, "make_timestamp(epoch_us({0}))"},
    {Storage::kInt96, TypeKind::kTimestamp, "make_timestamp(epoch_us({0}))"},
    {Storage::kInt96, TypeKind::kTimestampNtz, "make_timestamp(epoch_us({0}))"},
});

// `sql` with every `mark` as `text`.
std::string Filled(std::string_view sql, std::string_view mark, std::string_view text) {
  std::string out(sql);
  for (size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at + text.size()))
    out.replace(at, mark.size(), text);
  return out;
}

// Digits before the point that a decimal must have to take every value stored; nothing where Spark
// takes none of them.
std::optional<int> IntegralDigits(const ParquetElement& element, Storage storage) {
  switch (storage) {
    case Storage::kInt32:
      return 10;
    case Storage::kInt64:
    case Storage::kUnsigned64:
      return 20;
    case Storage::kDecimal32:
    case Storage::kDecimal64:
    case Storage::kDecimalBytes:
      return element.precision - element.scale;
    default:
      return {};
  }
}

bool TakesDecimal(const ParquetElement& element, Storage storage, const DataType& wanted) {
  const auto digits = IntegralDigits(element, storage);
  return digits && wanted.scale >= element.scale && wanted.precision - wanted.scale >= *digits;
}

Error Mismatch(const StructField& field, const ParquetElement& element) {
  const bool is_remote = element.file.find("://") != std::string::npos;
  return MakeError("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
                   {{"path", (is_remote ? "" : "file://") + element.file},
                    {"column", "[" + field.name + "]"},
                    {"expectedType", SimpleString(field.type)},
                    {"actualType", ParquetPhysicalName(element)}});
}

// The conversion of a file's column, as SQL of {0}.
Result<std::string> ConversionOf(const StructField& field, const ParquetElement& element) {
  const Storage storage = StorageOf(element);
  if (field.type.Is(TypeKind::kDecimal)) {
    if (!TakesDecimal(element, storage, field.type)) return Mismatch(field, element);
    ASSIGN_OR_RETURN(const std::string type, DuckDbTypeName(field.type));
    return fmt::format("CAST({{0}} AS {})", type);
  }
  if (storage == Storage::kDecimalBytes && field.type.Is(TypeKind::kBinary))
    return Unsupported("reading the bytes of a Parquet decimal");
  const std::string factor = "1" + std::string(element.scale, '0');
  for (const Conversion& conversion : kConversions) {
    if (conversion.storage == storage && conversion.wanted == field.type.kind)
      return Filled(conversion.sql, "{1}", factor);
  }
  for (const Int32Storage& stored : kInt32Storages) {
    if (stored.storage != storage) continue;
    for (const Int32Reading& reading : kInt32Readings) {
      if (reading.wanted == field.type.kind)
        return Filled(reading.sql, "{0}", Filled(stored.sql, "{1}", factor));
    }
  }
  return Mismatch(field, element);
}

}  // namespace

Result<bool> IsStoredAs(const DataType& wanted, const std::string& stored) {
  if (wanted.Is(TypeKind::kArray)) return stored.ends_with("[]");
  if (wanted.Is(TypeKind::kMap)) return stored.starts_with("MAP");
  if (wanted.Is(TypeKind::kStruct)) return stored.starts_with("STRUCT");
  if (wanted.Is(TypeKind::kTimestamp) || wanted.Is(TypeKind::kTimestampNtz))
    return stored.starts_with("TIMESTAMP");
  ASSIGN_OR_RETURN(std::string name, DuckDbTypeName(wanted));
  if (wanted.Is(TypeKind::kDecimal)) std::erase(name, ' ');
  return name == stored;
}

Result<std::string> ParquetColumnSql(const StructField& field, const std::string& stored) {
  std::string name = SqlIdentifier(field.name);
  if (field.type.Is(TypeKind::kTimestamp) && stored == "TIMESTAMP") return name;
  if (HoldsInstant(field.type)) return WithPlainInstants(name, field.type, 0);
  ASSIGN_OR_RETURN(std::string wanted, DuckDbTypeName(field.type));
  if (field.type.Is(TypeKind::kDecimal)) std::erase(wanted, ' ');
  return stored == wanted ? name : fmt::format("CAST({} AS {})", name, wanted);
}

Result<std::string> ConvertedParquetColumnSql(const StructField& field,
                                              std::span<const ParquetElement> elements) {
  std::optional<std::string> conversion;
  bool is_one = true;
  for (const ParquetElement& element : elements) {
    if (StorageOf(element) == Storage::kOther) return Mismatch(field, element);
    ASSIGN_OR_RETURN(std::string sql, ConversionOf(field, element));
    is_one = is_one && (!conversion || *conversion == sql);
    conversion = std::move(sql);
  }
  if (!conversion) return InternalError("a Parquet column that no file has");
  const std::string name = SqlIdentifier(field.name);
  if (is_one) return Filled(*conversion, "{0}", name);
  // DuckDB has united what the files store.
  const bool are_numbers = std::all_of(elements.begin(), elements.end(), [](const auto& element) {
    const Storage storage = StorageOf(element);
    return storage == Storage::kInt32 || storage == Storage::kInt64 || storage == Storage::kFloat ||
           storage == Storage::kDouble;
  });
  if (!are_numbers || !field.type.IsNumeric()) {
    return Unsupported("reading " + SqlIdentifier(field.name) +
                       " from Parquet files that store it in different ways");
  }
  ASSIGN_OR_RETURN(const std::string type, DuckDbTypeName(field.type));
  return fmt::format("CAST({} AS {})", name, type);
}

}  // namespace ember

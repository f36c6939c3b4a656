#include "analyzer/function_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/name_matching.h"

namespace ember {
namespace {

constexpr std::string_view kDocRoot = "https://spark.apache.org/docs/latest";

// What Spark says it expects where that is not what it takes: its builders and overloaded
// constructors speak of one of them only.
struct ExpectedCount {
  std::string_view function;
  std::string_view text;
};
constexpr ExpectedCount kExpectedCounts[] = {
    {"ceil", "2"}, {"decode", "2"},       {"floor", "2"},        {"make_timestamp_ltz", "6"},
    {"mode", "0"}, {"try_avg", "[1, 2]"}, {"try_sum", "[1, 2]"},
};

std::string ExpectedText(const FunctionRow& row, std::string_view name) {
  for (const auto& [function, text] : kExpectedCounts) {
    if (function == name) return std::string(text);
  }
  if (row.max_arguments < 0) {
    return row.min_arguments == 1 ? "> 0" : fmt::format("> {}", row.min_arguments - 1);
  }
  if (row.min_arguments == row.max_arguments) return std::to_string(row.min_arguments);
  std::string list;
  for (int i = row.min_arguments; i <= row.max_arguments; ++i) {
    list += (list.empty() ? "" : ", ") + std::to_string(i);
  }
  return "[" + list + "]";
}

// The functions that are casts under a type's name; their calls show the argument alone.
struct CastFunction {
  std::string_view name;
  DataType (*type)();
};
constexpr auto kCastFunctions = std::to_array<CastFunction>({
    {"bigint", LongType},
    {"binary", BinaryType},
    {"boolean", BooleanType},
    {"date", DateType},
    {"decimal", [] { return DecimalType(10, 0); }},
    {"double", DoubleType},
    {"float", FloatType},
    {"int", IntegerType},
    {"smallint", ShortType},
    {"string", StringType},
    {"timestamp", TimestampType},
    {"tinyint", ByteType},
});

// The functions of Spark 4.0 that have no row here; sorted.
constexpr auto kMissingFunctions = std::to_array<std::string_view>({
    "aes_decrypt",
    "aes_encrypt",
    "bitmap_bit_position",
    "bitmap_bucket_number",
    "bitmap_construct_agg",
    "bitmap_count",
    "bitmap_or_agg",
    "collate",
    "collation",
    "count_min_sketch",
    "from_avro",
    "from_csv",
    "from_protobuf",
    "from_xml",
    "histogram_numeric",
    "hll_sketch_agg",
    "hll_sketch_estimate",
    "hll_union",
    "hll_union_agg",
    "is_valid_utf8",
    "is_variant_null",
    "java_method",
    "make_valid_utf8",
    "parse_json",
    "parse_url",
    "randstr",
    "reflect",
    "schema_of_avro",
    "schema_of_csv",
    "schema_of_variant",
    "schema_of_variant_agg",
    "schema_of_xml",
    "sentences",
    "to_avro",
    "to_binary",
    "to_char",
    "to_csv",
    "to_number",
    "to_protobuf",
    "to_varchar",
    "to_variant_object",
    "to_xml",
    "try_aes_decrypt",
    "try_parse_json",
    "try_parse_url",
    "try_reflect",
    "try_to_binary",
    "try_to_number",
    "try_validate_utf8",
    "try_variant_get",
    "uniform",
    "validate_utf8",
    "variant_get",
    "xpath",
    "xpath_boolean",
    "xpath_double",
    "xpath_float",
    "xpath_int",
    "xpath_long",
    "xpath_number",
    "xpath_short",
    "xpath_string",
});
static_assert(std::ranges::is_sorted(kMissingFunctions));

Error WithinGroupError(std::string_view reason, std::string_view name) {
  return MakeError(fmt::format("INVALID_WITHIN_GROUP_EXPRESSION.{}", reason),
                   {{"funcName", QuoteIdentifier(name)}});
}

Error WrongOrderings(std::string_view name, size_t actual, int expected) {
  return MakeError("INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS",
                   {{"funcName", QuoteIdentifier(name)},
                    {"expectedNum", std::to_string(expected)},
                    {"actualNum", std::to_string(actual)}});
}

}  // namespace

std::span<const std::string_view> MissingFunctions() { return kMissingFunctions; }

std::optional<DataType> CastFunctionType(std::string_view name) {
  for (const auto& cast : kCastFunctions) {
    if (cast.name == name) return cast.type();
  }
  return std::nullopt;
}

// "db.f" as `db`.`f`.
Error UnresolvedRoutine(std::string_view name) {
  if (std::ranges::binary_search(kMissingFunctions, LowerName(name))) {
    return Unsupported(fmt::format("function {}", name));
  }
  std::string quoted;
  while (!name.empty()) {
    const size_t dot = std::min(name.find('.'), name.size());
    quoted += (quoted.empty() ? "" : ".") + QuoteIdentifier(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return MakeError(
      "UNRESOLVED_ROUTINE",
      {{"routineName", quoted},
       {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]"}});
}

Error WrongArgumentCount(const FunctionRow& row, std::string_view name, size_t actual) {
  return MakeError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", {{"functionName", QuoteIdentifier(name)},
                                                         {"expectedNum", ExpectedText(row, name)},
                                                         {"actualNum", std::to_string(actual)},
                                                         {"docroot", std::string(kDocRoot)}});
}

// SupportsOrderingWithinGroup.
Status CheckWithinGroup(const UnresolvedFunction& call, const FunctionRow& row, size_t actual) {
  const size_t orderings = call.within_group.size();
  const std::string_view name = row.name;
  const bool is_percentile = name == "percentile_cont" || name == "percentile_disc";
  const bool is_list = name == "listagg" || name == "string_agg";
  if (!is_percentile && !is_list && name != "mode") {
    if (orderings == 0) return {};
    return MakeError("INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                     {{"prettyName", QuoteIdentifier(row.symbol.empty() ? name : row.symbol)},
                      {"syntax", "WITHIN GROUP (ORDER BY ...)"}});
  }
  if (is_list) return {};
  if (is_percentile && actual != 1) {
    return WrongArgumentCount({.name = name, .min_arguments = 1, .max_arguments = 1}, name, actual);
  }
  if (!is_percentile && actual > 0) {
    return orderings == 0 ? Status() : WrongOrderings(name, orderings, 0);
  }
  if (orderings == 0) return WithinGroupError("WITHIN_GROUP_MISSING", name);
  if (call.is_distinct) return WithinGroupError("DISTINCT_UNSUPPORTED", name);
  if (orderings != 1) return WrongOrderings(is_percentile ? name : "Mode", orderings, 1);
  return {};
}

}  // namespace ember

#include "functions/emit_collection.h"

#include "functions/emit_sql.h"
#include "functions/error_token.h"
#include "types/coercion.h"

namespace ember {

std::string CheckedMap(std::string_view keys, std::string_view values) {
  const TokenParameter duplicate[] = {
      {"key", "list_filter(mk, lambda mx, mi: list_position(mk, mx) < mi)[1]", true},
      {"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}};
  std::string body = "CASE WHEN mk IS NULL THEN NULL WHEN list_count(mk) < len(mk) THEN " +
                     RaiseSql("NULL_MAP_KEY", {}) + " WHEN len(list_distinct(mk)) < len(mk) THEN " +
                     RaiseSql("DUPLICATED_MAP_KEY", duplicate) + " ELSE MAP(mk, " +
                     std::string(values) + ") END";
  return WithValue("mk", keys, body);
}

std::string SetKey(std::string_view sql, const DataType& element) {
  const bool is_floating = element.Is(TypeKind::kFloat) || element.Is(TypeKind::kDouble);
  if (!is_floating) return std::string(sql);
  return "CAST(" + std::string(sql) + " AS VARCHAR)";
}

std::string SetKeys(std::string_view list, const DataType& element) {
  std::string key = SetKey("kx", element);
  if (key == "kx") return std::string(list);
  return "list_transform(" + std::string(list) + ", lambda kx: " + key + ")";
}

std::string DistinctElements(std::string_view list, const DataType& element) {
  const std::string keys = SetKeys("dl", element);
  const bool has_keys = keys != "dl";
  std::string kept = std::string("list_filter(dl, lambda dx, di: list_position(") +
                     (has_keys ? "dk" : "dl") + ", " + SetKey("dx", element) + ") = di)";
  if (has_keys) kept = WithValue("dk", keys, kept);
  return WithValue("dl", list, "CASE WHEN len(dl) < 2 THEN dl ELSE " + kept + " END");
}

std::string NullWhenAnyNull(const EmitContext& context, std::string_view sql) {
  std::string condition;
  for (size_t i = 0; i < context.sql.size(); ++i) {
    if (!context.arguments[i].nullable) continue;
    condition += (condition.empty() ? "" : " OR ") + context.sql[i] + " IS NULL";
  }
  if (condition.empty()) return "(" + std::string(sql) + ")";
  return Guarded(condition, "NULL", sql);
}

std::optional<DataType> WiderWithoutStrings(const DataType& a, const DataType& b, bool ansi) {
  if (SameType(a, b)) return a;
  if (a.Is(TypeKind::kNull)) return b;
  if (b.Is(TypeKind::kNull)) return a;
  if (a.IsStringLike() != b.IsStringLike()) return std::nullopt;
  return WiderType(a, b, ansi);
}

Error ContainerMismatch(std::string_view condition, std::string_view function,
                        std::string_view kind_parameter, std::string_view kind,
                        std::span<const ArgumentInfo> arguments) {
  return MakeError(condition, {{std::string(kind_parameter), "\"" + std::string(kind) + "\""},
                               {"functionName", QuoteIdentifier(function)},
                               {"leftType", "\"" + SqlText(arguments[0].type) + "\""},
                               {"rightType", "\"" + SqlText(arguments[1].type) + "\""}});
}

std::vector<DataType> ArgumentTypes(std::span<const ArgumentInfo> arguments) {
  std::vector<DataType> types;
  for (const ArgumentInfo& argument : arguments) types.push_back(argument.type);
  return types;
}

}  // namespace ember

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "sql/sql_parser.h"

namespace ember {
namespace {

struct TypeName {
  std::string_view name;
  TypeKind kind;
};

// Types that take no parameters.
constexpr auto kPlainTypes = std::to_array<TypeName>({
    {"BOOLEAN", TypeKind::kBoolean}, {"TINYINT", TypeKind::kByte},
    {"BYTE", TypeKind::kByte},       {"SMALLINT", TypeKind::kShort},
    {"SHORT", TypeKind::kShort},     {"INT", TypeKind::kInteger},
    {"INTEGER", TypeKind::kInteger}, {"BIGINT", TypeKind::kLong},
    {"LONG", TypeKind::kLong},       {"FLOAT", TypeKind::kFloat},
    {"REAL", TypeKind::kFloat},      {"DOUBLE", TypeKind::kDouble},
    {"DATE", TypeKind::kDate},       {"TIMESTAMP", TypeKind::kTimestamp},
    {"STRING", TypeKind::kString},   {"TIMESTAMP_LTZ", TypeKind::kTimestamp},
    {"BINARY", TypeKind::kBinary},   {"TIMESTAMP_NTZ", TypeKind::kTimestampNtz},
    {"VOID", TypeKind::kNull},       {"INTERVAL", TypeKind::kCalendarInterval},
});

constexpr std::array<std::string_view, 4> kDayTimeFields = {"DAY", "HOUR", "MINUTE", "SECOND"};

}  // namespace

Result<DataType> SqlParser::ParseType() {
  DepthGuard guard(*this);
  RETURN_IF_ERROR(CheckDepth());
  const size_t first = at_;
  ASSIGN_OR_RETURN(std::string word, ParseIdentifier());
  const std::string name = ToUpper(word);
  if (name == "ARRAY" || name == "MAP" || name == "STRUCT") return ParseComplexType(name, first);
  if (name == "INTERVAL" && IsAnyWord({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"}))
    return ParseIntervalType();
  std::vector<int> parameters;
  if (TakeSymbol("(")) {
    do {
      int value = 0;
      const std::string_view text = Peek().text;
      const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
      if (Peek().kind != TokenKind::kNumber || end.ptr != text.data() + text.size()) {
        return SyntaxErrorHere(IsSymbol("-") ? ": extra input '-'" : "");
      }
      parameters.push_back(value);
      ++at_;
    } while (TakeSymbol(","));
    RETURN_IF_ERROR(ExpectSymbol(")"));
  }
  if (name == "STRING" && IsWord("COLLATE")) return Unsupported("COLLATE");
  auto type = MakePrimitiveType(name, parameters, first);
  if (type.ok() || type.error().condition == "UNSUPPORTED_FEATURE.EMBER") return type;
  Defer(std::move(type).error());
  return NullType();
}

Result<DataType> SqlParser::MakePrimitiveType(const std::string& name,
                                              const std::vector<int>& parameters,
                                              size_t first_token) {
  if (parameters.empty()) {
    for (const auto& row : kPlainTypes) {
      if (row.name == name) return DataType{.kind = row.kind};
    }
  }
  if (name == "VARIANT" && parameters.empty()) return Unsupported("type VARIANT");
  if (name == "CHAR" || name == "CHARACTER" || name == "VARCHAR") {
    if (parameters.size() == 1)
      return name == "VARCHAR" ? VarcharType(parameters[0]) : CharType(parameters[0]);
    if (parameters.empty())
      return ParseError("DATATYPE_MISSING_SIZE", {{"type", QuoteExpression(name)}}, first_token);
  }
  if ((name == "DECIMAL" || name == "DEC" || name == "NUMERIC") && parameters.size() <= 2) {
    const int precision = parameters.empty() ? 10 : parameters[0];
    const int scale = parameters.size() == 2 ? parameters[1] : 0;
    if (precision > 38) {
      return ParseError("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                        {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}},
                        first_token);
    }
    if (scale > precision) {
      return ParseError(
          "_LEGACY_ERROR_TEMP_1228",
          {{"scale", std::to_string(scale)}, {"precision", std::to_string(precision)}},
          first_token);
    }
    return DecimalType(precision, scale);
  }
  std::string text = name;
  for (const int parameter : parameters)
    text += fmt::format("{}{}", text.size() == name.size() ? "(" : ",", parameter);
  if (!parameters.empty()) text += ")";
  return ParseError("UNSUPPORTED_DATATYPE", {{"typeName", QuoteExpression(text)}}, first_token);
}

// The closing angle bracket; ">=" and the like never end a type.
Status SqlParser::TakeTypeClose() { return ExpectSymbol(">"); }

Result<DataType> SqlParser::ParseComplexType(const std::string& name, size_t first_token) {
  if (name == "STRUCT" && TakeSymbol("<>")) return StructType({});
  if (!IsSymbol("<")) {
    ErrorParameters parameters;
    if (name == "ARRAY") parameters["elementType"] = "<INT>";
    Defer(ParseError("INCOMPLETE_TYPE_DEFINITION." + name, std::move(parameters), first_token));
    return NullType();
  }
  const size_t open = at_++;
  if (name == "ARRAY") {
    ASSIGN_OR_RETURN(DataType element, ParseType());
    RETURN_IF_ERROR(TakeTypeClose());
    return ArrayType(std::move(element), true);
  }
  if (name == "MAP") {
    ASSIGN_OR_RETURN(DataType key, ParseType());
    // The grammar knows no map of one type: Spark points at the bracket.
    if (IsSymbol(">")) return SyntaxError(tokens_[open], ": missing ')'");
    RETURN_IF_ERROR(ExpectSymbol(","));
    ASSIGN_OR_RETURN(DataType value, ParseType());
    RETURN_IF_ERROR(TakeTypeClose());
    return MapType(std::move(key), std::move(value), true);
  }
  std::vector<StructField> fields;
  if (!IsSymbol(">")) {
    do {
      ASSIGN_OR_RETURN(StructField field, ParseField());
      fields.push_back(std::move(field));
    } while (TakeSymbol(","));
  }
  RETURN_IF_ERROR(TakeTypeClose());
  return StructType(std::move(fields));
}

Result<StructField> SqlParser::ParseField() {
  StructField field;
  ASSIGN_OR_RETURN(field.name, ParseNamePart());
  (void)TakeSymbol(":");
  ASSIGN_OR_RETURN(field.type, ParseType());
  if (TakeWords({"NOT", "NULL"})) field.nullable = false;
  if (IsWord("COMMENT") && IsString(1)) {
    ++at_;
    ASSIGN_OR_RETURN(std::string comment, ParseString());
    field.metadata = nlohmann::json{{"comment", comment}}.dump();
  }
  return field;
}

Result<DataType> SqlParser::ParseIntervalType() {
  const auto field_at = [this](size_t ahead) {
    for (size_t i = 0; i < kDayTimeFields.size(); ++i) {
      if (IsWord(kDayTimeFields[i], ahead)) return static_cast<int>(i);
    }
    return -1;
  };
  if (IsAnyWord({"YEAR", "MONTH"})) {
    const auto first = IsWord("YEAR") ? IntervalField::kYear : IntervalField::kMonth;
    ++at_;
    auto last = first;
    if (IsWords({"TO", "MONTH"})) {
      at_ += 2;
      last = IntervalField::kMonth;
    }
    return YearMonthIntervalType(first, last);
  }
  const int first = field_at(0);
  ++at_;
  int last = first;
  if (IsWord("TO") && field_at(1) > 0) {
    if (field_at(1) <= first) return SyntaxErrorHere(": missing ')'");
    last = field_at(1);
    at_ += 2;
  }
  return DayTimeIntervalType(static_cast<IntervalField>(first), static_cast<IntervalField>(last));
}

}  // namespace ember

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "functions/string_casts.h"
#include "sql/interval_literal.h"
#include "sql/sql_parser.h"

namespace ember {
namespace {

constexpr int kMaxPrecision = 38;

struct IntegralSuffix {
  char suffix;
  std::string_view type_name;
  int64_t min;
  int64_t max;
};
constexpr auto kIntegralSuffixes = std::to_array<IntegralSuffix>({
    {'Y', "tinyint", INT8_MIN, INT8_MAX},
    {'S', "smallint", INT16_MIN, INT16_MAX},
    {'L', "bigint", INT64_MIN, INT64_MAX},
});

DataType IntegralType(char suffix) {
  return suffix == 'Y' ? ByteType() : suffix == 'S' ? ShortType() : LongType();
}

// The digits of a number without a point, exponent applied: BigDecimal's unscaled value and scale.
struct DecimalParts {
  std::string digits;  // no leading zeros
  int scale = 0;
};

DecimalParts SplitDecimal(std::string_view text) {
  DecimalParts parts;
  size_t i = 0;
  bool after_point = false;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.') {
      after_point = true;
      continue;
    }
    if (!parts.digits.empty() || text[i] != '0') parts.digits += text[i];
    parts.scale += after_point;
  }
  if (i < text.size()) {
    const long exponent = std::strtol(std::string(text.substr(i + 1)).c_str(), nullptr, 10);
    parts.scale = static_cast<int>(std::clamp(parts.scale - exponent, -1000L, 1000L));
  }
  if (parts.scale < 0) {  // 1E3BD is 1000
    if (!parts.digits.empty()) parts.digits.append(static_cast<size_t>(-parts.scale), '0');
    parts.scale = 0;
  }
  return parts;
}

// None when it needs more than 38 digits; `precision` says how many.
std::optional<Literal> DecimalLiteral(std::string_view text, bool is_negative, int& precision) {
  const DecimalParts parts = SplitDecimal(text);
  precision = std::max({static_cast<int>(parts.digits.size()), parts.scale, 1});
  if (precision > kMaxPrecision) return std::nullopt;
  Int128 value = 0;
  for (const char c : parts.digits) value = value * 10 + (c - '0');
  return Literal{DecimalType(precision, parts.scale), {DecimalValue{is_negative ? -value : value}}};
}

// None when it does not fit 64 bits.
std::optional<int64_t> ParseDigits(std::string_view digits, bool is_negative) {
  int64_t value = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(value, int64_t{10}, &value)) return std::nullopt;
    const int64_t digit = is_negative ? -(c - '0') : c - '0';
    if (__builtin_add_overflow(value, digit, &value)) return std::nullopt;
  }
  return value;
}

Error RangeError(std::string_view text, std::string min, std::string max,
                 std::string_view type_name) {
  return MakeError("INVALID_NUMERIC_LITERAL_RANGE", {{"rawStrippedQualifier", std::string(text)},
                                                     {"minValue", std::move(min)},
                                                     {"maxValue", std::move(max)},
                                                     {"typeName", std::string(type_name)}});
}

Result<Literal> FloatingLiteral(const std::string& text, bool is_float) {
  const double value = is_float ? static_cast<double>(std::strtof(text.c_str(), nullptr))
                                : std::strtod(text.c_str(), nullptr);
  if (!std::isinf(value)) return Literal{is_float ? FloatType() : DoubleType(), {value}};
  const std::string max = is_float ? "3.4028234663852886E+38" : "1.7976931348623157E+308";
  return RangeError(text, "-" + max, max, is_float ? "float" : "double");
}

Result<Literal> DecimalOrError(std::string_view text, bool is_negative) {
  int precision = 0;
  auto literal = DecimalLiteral(text, is_negative, precision);
  if (literal) return *std::move(literal);
  return MakeError(
      "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
      {{"precision", std::to_string(precision)}, {"maxPrecision", std::to_string(kMaxPrecision)}});
}

Result<Literal> NumberLiteral(std::string_view token, bool is_negative) {
  const auto ends_with = [token](char upper) {
    return ToUpper(token.substr(token.size() - 1))[0] == upper;
  };
  const std::string sign = is_negative ? "-" : "";
  if (token.size() > 2 && EqualsIgnoreCase(token.substr(token.size() - 2), "BD")) {
    return DecimalOrError(token.substr(0, token.size() - 2), is_negative);
  }
  for (const auto& row : kIntegralSuffixes) {
    if (!ends_with(row.suffix)) continue;
    const std::string_view digits = token.substr(0, token.size() - 1);
    const auto value = ParseDigits(digits, is_negative);
    if (value && *value >= row.min && *value <= row.max)
      return Literal{IntegralType(row.suffix), {*value}};
    return RangeError(sign + std::string(digits), std::to_string(row.min), std::to_string(row.max),
                      row.type_name);
  }
  if (ends_with('D') || ends_with('F')) {
    return FloatingLiteral(sign + std::string(token.substr(0, token.size() - 1)), ends_with('F'));
  }
  if (token.find_first_of("eE") != std::string_view::npos) {
    return FloatingLiteral(sign + std::string(token), false);
  }
  if (token.find('.') != std::string_view::npos) return DecimalOrError(token, is_negative);
  const auto value = ParseDigits(token, is_negative);
  if (!value) return DecimalOrError(token, is_negative);
  const bool fits_int = *value >= INT32_MIN && *value <= INT32_MAX;
  return Literal{fits_int ? IntegerType() : LongType(), {*value}};
}

// Bytes of X'…'; none for anything but hexadecimal digits. An odd count gets a leading zero.
std::optional<std::string> HexBytes(std::string text) {
  if (text.size() % 2 == 1) text.insert(text.begin(), '0');
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    if (!std::isxdigit(static_cast<unsigned char>(text[i])) ||
        !std::isxdigit(static_cast<unsigned char>(text[i + 1]))) {
      return std::nullopt;
    }
    bytes += static_cast<char>(std::strtol(text.substr(i, 2).c_str(), nullptr, 16));
  }
  return bytes;
}

// The words of interval text that are units: what decides the literal's type.
std::vector<std::string> UnitWords(std::string_view text) {
  std::vector<std::string> units;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (static_cast<unsigned char>(c) > ' ') {
      word += c;
    } else if (!word.empty()) {
      if (std::isalpha(static_cast<unsigned char>(word[0])) &&
          !EqualsIgnoreCase(word, "interval")) {
        units.push_back(word);
      }
      word.clear();
    }
  }
  return units;
}

}  // namespace

Result<ExpressionPtr> SqlParser::ParseNumber(bool is_negative) {
  const size_t first = is_negative ? at_ - 1 : at_;
  auto literal = NumberLiteral(tokens_[at_++].text, is_negative);
  if (!literal.ok()) {
    Defer(At(std::move(literal).error(), tokens_[at_ - 1]));
    return LiteralNull();
  }
  return Node(std::move(literal).value(), first);
}

Result<ExpressionPtr> SqlParser::ParseStringLiteral() {
  const size_t first = at_;
  std::string value;
  while (IsString()) value += UnescapeString(tokens_[at_++].text);
  return Node(Literal{StringType(), {std::move(value)}}, first);
}

// DATE '…', TIMESTAMP '…', X'…', INTERVAL '…'; any other word before a string is
// UNSUPPORTED_TYPED_LITERAL.
Result<ExpressionPtr> SqlParser::ParseTypedLiteral() {
  const size_t first = at_;
  const std::string type = ToUpper(tokens_[at_++].text);
  const std::string text = UnescapeString(tokens_[at_++].text);
  const auto invalid = [&]() {
    Defer(ParseError("INVALID_TYPED_LITERAL",
                     {{"valueType", QuoteExpression(type)}, {"value", fmt::format("'{}'", text)}},
                     first));
    return LiteralNull();
  };
  const std::string lower = ToLower(text);
  if (type == "DATE" || type.starts_with("TIMESTAMP")) {
    for (const std::string_view special : {"now", "today", "yesterday", "tomorrow"}) {
      if (lower == special) return Unsupported(fmt::format("{} '{}'", type, special));
    }
  }
  const bool is_epoch = lower == "epoch";
  if (type == "DATE") {
    const auto days = is_epoch ? std::optional<int32_t>(0) : ParseSparkDate(text);
    if (!days) return invalid();
    return Node(Literal{DateType(), {int64_t{*days}}}, first);
  }
  if (type == "TIMESTAMP" || type == "TIMESTAMP_LTZ" || type == "TIMESTAMP_NTZ") {
    const bool is_wall_clock = type == "TIMESTAMP_NTZ";
    auto micros =
        is_wall_clock ? ParseSparkTimestampNtz(text) : ParseSparkTimestamp(text, options_.zone);
    if (is_epoch) micros = 0;
    if (!micros) return invalid();
    return Node(Literal{is_wall_clock ? TimestampNtzType() : TimestampType(), {*micros}}, first);
  }
  if (type == "X") {
    auto bytes = HexBytes(text);
    if (!bytes) return invalid();
    return Node(Literal{BinaryType(), {*std::move(bytes)}}, first);
  }
  if (type == "INTERVAL") {
    const auto value = ParseIntervalText(text);
    if (!value.ok()) return invalid();
    ASSIGN_OR_RETURN(auto literal, MakeMultiUnitInterval(*value, UnitWords(text)));
    if (literal) return Node(*std::move(literal), first);
    Defer(ParseError("_LEGACY_ERROR_TEMP_0029", {{"literal", TextBetween(first, at_)}}, first));
    return LiteralNull();
  }
  Defer(ParseError("UNSUPPORTED_TYPED_LITERAL",
                   {{"unsupportedType", QuoteExpression(type)},
                    {"supportedTypes",
                     R"("DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X")"}},
                   first));
  return LiteralNull();
}

bool SqlParser::IsInterval() const {
  if (!IsWord("INTERVAL")) return false;
  if (Peek(1).kind == TokenKind::kNumber) return true;
  const size_t value = IsSymbol("-", 1) || IsSymbol("+", 1) ? 2 : 1;
  const bool has_value = IsString(value) || Peek(value).kind == TokenKind::kNumber;
  return has_value && Peek(value + 1).kind == TokenKind::kWord &&
         IsIntervalUnit(Peek(value + 1).text);
}

// INTERVAL 1 DAY 2 HOURS or INTERVAL '1-2' YEAR TO MONTH.
Result<ExpressionPtr> SqlParser::ParseInterval() {
  const size_t first = at_++;
  std::string text;
  std::vector<std::string> units;
  std::optional<Literal> range;
  while (true) {
    const size_t value_at = at_ + (IsSymbol("-") || IsSymbol("+") ? 1 : 0);
    const Token& value = tokens_[std::min(value_at, tokens_.size() - 1)];
    if (value.kind != TokenKind::kString && value.kind != TokenKind::kNumber) break;
    const Token& unit = tokens_[std::min(value_at + 1, tokens_.size() - 1)];
    const bool is_unit = unit.kind == TokenKind::kWord && IsIntervalUnit(unit.text);
    if (!is_unit && (!units.empty() || range)) break;
    const bool is_negative = IsSymbol("-");
    at_ = value_at + 1;
    if (!is_unit) return SyntaxErrorHere();
    ++at_;
    std::string number =
        value.kind == TokenKind::kString ? UnescapeString(value.text) : std::string(value.text);
    if (is_negative) number = number.starts_with('-') ? number.substr(1) : "-" + number;
    if (range) return ParseError("_LEGACY_ERROR_TEMP_0024", {}, first);
    if (IsWord("TO") && Peek(1).kind == TokenKind::kWord && IsIntervalField(Peek(1).text)) {
      if (!units.empty()) return ParseError("_LEGACY_ERROR_TEMP_0024", {}, first);
      if (value.kind != TokenKind::kString) return ParseError("_LEGACY_ERROR_TEMP_0027", {}, first);
      auto literal = ParseUnitToUnitInterval(number, unit.text, Peek(1).text);
      if (!literal.ok()) Defer(At(literal.error(), tokens_[first]));
      range = literal.ok() ? std::move(literal).value() : Literal{};
      at_ += 2;
      continue;
    }
    if (value.kind == TokenKind::kString &&
        std::any_of(number.begin(), number.end(),
                    [](unsigned char c) { return std::isalpha(c); })) {
      return ParseError("_LEGACY_ERROR_TEMP_0026", {{"value", number}}, first);
    }
    text += " " + number + " " + std::string(unit.text);
    units.push_back(std::string(unit.text));
  }
  if (range) return Node(*std::move(range), first);
  const auto value = ParseIntervalText(text);
  if (!value.ok()) {
    Defer(At(value.error(), tokens_[first]));
    return LiteralNull();
  }
  ASSIGN_OR_RETURN(auto literal, MakeMultiUnitInterval(*value, units));
  if (literal) return Node(*std::move(literal), first);
  Defer(ParseError("_LEGACY_ERROR_TEMP_0029", {{"literal", TextBetween(first, at_)}}, first));
  return LiteralNull();
}

}  // namespace ember

#include <fmt/format.h>

#include "functions/argument_errors.h"
#include "functions/cast_sql.h"
#include "functions/emit_string.h"
#include "functions/error_token.h"
#include "functions/sql_build.h"

namespace ember {
namespace {

// One conversion of java.util.Formatter: %[index$][flags][width][.precision]letter.
struct Conversion {
  int index = 0;  // 0: the next argument
  std::string flags;
  int width = 0;
  int precision = -1;
  char letter = 's';
};

class FormatReader {
 public:
  explicit FormatReader(std::string_view text) : text_(text) {}
  bool at_end() const { return at_ >= text_.size(); }

  // Plain text up to the next conversion.
  std::string TakeText() {
    const size_t percent = std::min(text_.find('%', at_), text_.size());
    std::string plain(text_.substr(at_, percent - at_));
    at_ = percent;
    return plain;
  }

  std::optional<Conversion> TakeConversion() {
    Conversion conversion;
    ++at_;
    int number = 0;
    size_t start = at_;
    if (TakeNumber(&number) && Peek() == '$') {
      conversion.index = number;
      if (number == 0) conversion.index = -1;
      ++at_;
    } else {
      at_ = start;
    }
    while (std::string_view("-#+ 0,(<").find(Peek()) != std::string_view::npos && !at_end()) {
      conversion.flags += text_[at_++];
    }
    if (TakeNumber(&number)) conversion.width = number;
    if (Peek() == '.') {
      ++at_;
      if (!TakeNumber(&number)) return std::nullopt;
      conversion.precision = number;
    }
    if (at_end()) return std::nullopt;
    conversion.letter = text_[at_++];
    return conversion;
  }

 private:
  char Peek() const { return at_end() ? '\0' : text_[at_]; }
  bool TakeNumber(int* number) {
    const size_t start = at_;
    *number = 0;
    while (Peek() >= '0' && Peek() <= '9' && at_ - start < 6)
      *number = *number * 10 + (text_[at_++] - '0');
    return at_ > start;
  }
  std::string_view text_;
  size_t at_ = 0;
};

std::string Upper(std::string sql, bool is_upper) { return is_upper ? "upper(" + sql + ")" : sql; }

Result<std::string> EmitConversion(const Conversion& conversion, const EmitContext& context,
                                   size_t index) {
  const std::string& sql = context.sql[index];
  const DataType& type = context.arguments[index].type;
  const std::string flags = conversion.flags;
  const std::string quoted = SqlString(flags);
  const char lower = static_cast<char>(conversion.letter | 0x20);
  const bool is_upper = conversion.letter != lower;
  const std::string null_text =
      fmt::format("ember_format_text('{}', {}, {}, {})", is_upper ? "NULL" : "null", quoted,
                  conversion.width, lower == 'd' || lower == 'x' ? -1 : conversion.precision);
  auto or_null = [&](const std::string& text) {
    if (!context.arguments[index].nullable) return text;
    return fmt::format("coalesce({}, {})", text, null_text);
  };
  if (type.Is(TypeKind::kNull) && lower != 'b') return null_text;
  if (lower == 's') {
    // Dates and timestamps reach the formatter as the numbers that Spark keeps.
    std::string shown = sql;
    DataType from = type;
    if (type.Is(TypeKind::kDate)) {
      shown = fmt::format("({} - DATE '1970-01-01')", sql);
      from = LongType();
    } else if (type.Is(TypeKind::kTimestamp) || type.Is(TypeKind::kTimestampNtz)) {
      shown = fmt::format("epoch_us({})", sql);
      from = LongType();
    }
    ASSIGN_OR_RETURN(std::string text,
                     EmitCast(shown, from, StringType(), CastMode::kLegacy, context.zone));
    return Upper(or_null(fmt::format("ember_format_text({}, {}, {}, {})", text, quoted,
                                     conversion.width, conversion.precision)),
                 is_upper);
  }
  if (lower == 'b') {
    std::string value = type.Is(TypeKind::kBoolean) ? fmt::format("coalesce({}, FALSE)", sql)
                                                    : fmt::format("({} IS NOT NULL)", sql);
    return Upper(fmt::format("ember_format_text(CAST({} AS VARCHAR), {}, {}, {})", value, quoted,
                             conversion.width, conversion.precision),
                 is_upper);
  }
  if (lower == 'd' && type.IsIntegral()) {
    return or_null(fmt::format("ember_format_integer(CAST({} AS BIGINT), {}, {})", sql, quoted,
                               conversion.width));
  }
  if ((lower == 'x' || lower == 'o') && type.IsIntegral()) {
    const int bits = type.Is(TypeKind::kByte)      ? 8
                     : type.Is(TypeKind::kShort)   ? 16
                     : type.Is(TypeKind::kInteger) ? 32
                                                   : 64;
    return or_null(fmt::format("ember_format_bits(CAST({} AS BIGINT), {}, {}, {})", sql,
                               SqlString(flags + conversion.letter), conversion.width, bits));
  }
  if (lower == 'c' && type.IsIntegral() && !type.Is(TypeKind::kLong)) {
    return or_null(
        fmt::format("ember_format_text(ember_code_point(CAST({} AS INTEGER)), {}, {}, -1)", sql,
                    quoted, conversion.width));
  }
  if (lower == 'f' || lower == 'e' || lower == 'g') {
    if (!type.Is(TypeKind::kDouble) && !type.Is(TypeKind::kFloat) && !type.Is(TypeKind::kDecimal)) {
      return Unsupported(
          fmt::format("format_string's %{} of {}", conversion.letter, SimpleString(type)));
    }
    ASSIGN_OR_RETURN(std::string number,
                     EmitCast(sql, type, DoubleType(), CastMode::kLegacy, context.zone));
    std::string all = lower == 'f' ? flags : flags + lower;
    return Upper(
        or_null(fmt::format("ember_format_floating({}, {}, {}, {})", number, SqlString(all),
                            conversion.width, conversion.precision < 0 ? 6 : conversion.precision)),
        is_upper);
  }
  return Unsupported(
      fmt::format("format_string's %{} of {}", conversion.letter, SimpleString(type)));
}

}  // namespace

Result<std::string> EmitFormatString(const EmitContext& context) {
  if (IsConstantNull(context.arguments[0])) return "CAST(NULL AS VARCHAR)";
  const std::optional<std::string> format = ConstantText(context.arguments[0]);
  if (!format) return Unsupported("format_string with a format that is not constant");
  FormatReader reader(*format);
  std::string sql = "''";
  size_t next = 1;
  while (!reader.at_end()) {
    const std::string plain = reader.TakeText();
    if (!plain.empty()) sql += " || " + SqlString(plain);
    if (reader.at_end()) break;
    std::optional<Conversion> conversion = reader.TakeConversion();
    if (!conversion) return Unsupported("this format of format_string: " + *format);
    if (conversion->index < 0) {
      return MakeError("INVALID_PARAMETER_VALUE.ZERO_INDEX",
                       {{"functionName", "`format_string`"}, {"parameter", "`strfmt`"}});
    }
    if (conversion->letter == '%' || conversion->letter == 'n') {
      sql += conversion->letter == 'n' ? " || chr(10)" : " || '%'";
      continue;
    }
    const size_t index = conversion->index > 0 ? static_cast<size_t>(conversion->index) : next++;
    if (index >= context.sql.size()) return Unsupported("format_string with too few arguments");
    ASSIGN_OR_RETURN(std::string piece, EmitConversion(*conversion, context, index));
    sql += " || " + piece;
  }
  return "(" + sql + ")";
}

}  // namespace ember

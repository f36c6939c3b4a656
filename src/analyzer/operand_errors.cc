#include "analyzer/operand_errors.h"

#include <fmt/format.h>

#include <utility>

#include "analyzer/analysis.h"

namespace ember {
namespace {

using enum TypeKind;

constexpr std::string_view kTimestampText = "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"";
constexpr std::string_view kDaysText = "(\"INT\" or \"SMALLINT\" or \"TINYINT\")";

struct Operand {
  DataType type;
  std::string text;
};

Error Unexpected(std::string sql, std::string_view index, std::string_view required,
                 const Operand& operand) {
  return MakeError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                   {{"sqlExpr", QuoteExpression(sql)},
                    {"paramIndex", std::string(index)},
                    {"requiredType", std::string(required)},
                    {"inputSql", QuoteExpression(operand.text)},
                    {"inputType", "\"" + SqlText(operand.type) + "\""}});
}

bool IsTimestamp(const DataType& type) { return type.Is(kTimestamp) || type.Is(kTimestampNtz); }
bool IsTimeInterval(const DataType& type) {
  return type.Is(kCalendarInterval) || type.Is(kDayTimeInterval);
}

// A string beside a number or date has been converted before (PromoteStrings).
void Promote(Operand& operand, const Operand& other, bool ansi) {
  if (!operand.type.IsStringLike() || other.type.IsInterval()) return;
  operand.type = ansi ? other.type : DoubleType();
}

std::optional<Error> AddError(const Operand& l, const Operand& r) {
  if (IsTimeInterval(r.type) && !l.type.IsDatetime()) {
    return Unexpected(fmt::format("{} + {}", l.text, r.text), "first", kTimestampText, l);
  }
  if (IsTimeInterval(l.type) && !r.type.IsDatetime()) {
    return Unexpected(fmt::format("{} + {}", r.text, l.text), "first", kTimestampText, r);
  }
  if (l.type.Is(kDate)) {
    return Unexpected(fmt::format("date_add({}, {})", l.text, r.text), "second", kDaysText, r);
  }
  if (r.type.Is(kDate)) {
    return Unexpected(fmt::format("date_add({}, {})", r.text, l.text), "second", kDaysText, l);
  }
  return std::nullopt;
}

std::optional<Error> SubtractError(const Operand& l, const Operand& r) {
  const std::string sql = fmt::format("({} - {})", l.text, r.text);
  if (IsTimeInterval(r.type) && !l.type.IsDatetime()) {
    return Unexpected(fmt::format("{} + (- {})", l.text, r.text), "first", kTimestampText, l);
  }
  if (IsTimestamp(l.type)) return Unexpected(sql, "second", kTimestampText, r);
  if (IsTimestamp(r.type)) return Unexpected(sql, "first", kTimestampText, l);
  if (r.type.Is(kDate)) return Unexpected(sql, "first", "\"DATE\"", l);
  if (l.type.Is(kDate)) {
    return Unexpected(fmt::format("date_sub({}, {})", l.text, r.text), "second", kDaysText, r);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> OperandError(const ResolvedCall& call, bool ansi) {
  if (call.arguments.size() != 2) return std::nullopt;
  const auto operand = [&](size_t i) {
    return Operand{call.arguments[i]->type, call.arguments[i]->pretty};
  };
  Operand left = operand(0);
  Operand right = operand(1);
  const Operand written = left;
  Promote(left, right, ansi);
  Promote(right, written, ansi);
  const std::string_view name = call.function->name;
  if (name == "+" || name == "try_add") return AddError(left, right);
  if (name == "-" || name == "try_subtract") return SubtractError(left, right);
  if (name == "/" && left.type.Is(kCalendarInterval)) {
    return Unexpected(fmt::format("divide_interval({}, {})", left.text, right.text), "second",
                      "\"DOUBLE\"", right);
  }
  if (name == "/" && left.type.IsInterval()) {
    return Unexpected(fmt::format("({} / {})", left.text, right.text), "second", "\"NUMERIC\"",
                      right);
  }
  if (name == "*" && (left.type.IsInterval() || right.type.IsInterval())) {
    const bool swapped = !left.type.IsInterval();
    const Operand& factor = swapped ? left : right;
    const Operand& interval = swapped ? right : left;
    if (interval.type.Is(kCalendarInterval)) {
      return Unexpected(fmt::format("multiply_interval({}, {})", interval.text, factor.text),
                        "second", "\"DOUBLE\"", factor);
    }
    return Unexpected(fmt::format("({} * {})", interval.text, factor.text), "second", "\"NUMERIC\"",
                      factor);
  }
  return std::nullopt;
}

std::optional<Error> TextOperandError(const ResolvedCall& call, bool ansi) {
  if (ansi || call.function->name != "-" || call.arguments.size() != 2) return std::nullopt;
  const Operand left{call.arguments[0]->type, call.arguments[0]->pretty};
  const Operand right{call.arguments[1]->type, call.arguments[1]->pretty};
  const std::string sql = fmt::format("({} - {})", left.text, right.text);
  if (IsTimestamp(left.type) && right.type.IsStringLike()) {
    return Unexpected(sql, "second", kTimestampText, right);
  }
  if (left.type.IsStringLike() && IsTimestamp(right.type)) {
    return Unexpected(sql, "first", kTimestampText, left);
  }
  if (left.type.Is(kDate) && right.type.IsStringLike()) {
    return Unexpected(fmt::format("date_sub({}, {})", left.text, right.text), "second", kDaysText,
                      {DoubleType(), right.text});
  }
  return std::nullopt;
}

bool IsTextAndInterval(const ResolvedCall& call) {
  const std::string_view name = call.function->name;
  if ((name != "+" && name != "-") || call.arguments.size() != 2) return false;
  const DataType& left = call.arguments[0]->type;
  const DataType& right = call.arguments[1]->type;
  if (left.IsStringLike() && IsTimeInterval(right)) return true;
  return name == "+" && IsTimeInterval(left) && right.IsStringLike();
}

Result<ResolvedExpressionPtr> Analysis::MoveTextByInterval(ResolvedCall call) {
  if (!call.arguments[0]->type.IsStringLike()) std::swap(call.arguments[0], call.arguments[1]);
  const CastMode mode = call.is_try ? CastMode::kTry : SessionCast();
  call.arguments[0] = ImplicitCastTo(call.arguments[0], TimestampType(), mode);
  ASSIGN_OR_RETURN(auto moved, ConvertAndType(std::move(call)));
  return MakeCast(std::move(moved), StringType(), SessionCast(), false);
}

}  // namespace ember

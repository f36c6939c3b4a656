#include <fmt/format.h>

#include "plan/dump_text.h"

namespace ember {
namespace {

std::string_view EvalModeName(EvalMode mode) {
  switch (mode) {
    case EvalMode::kSession:
      return "cast";
    case EvalMode::kLegacy:
      return "legacy_cast";
    case EvalMode::kAnsi:
      return "ansi_cast";
    case EvalMode::kTry:
      return "try_cast";
  }
  return "";
}

std::string_view NullOrderName(NullOrder order) {
  switch (order) {
    case NullOrder::kDefault:
      return "";
    case NullOrder::kFirst:
      return " nulls first";
    case NullOrder::kLast:
      return " nulls last";
  }
  return "";
}

std::string_view SubqueryKindName(SubqueryKind kind) {
  switch (kind) {
    case SubqueryKind::kScalar:
      return "scalar";
    case SubqueryKind::kExists:
      return "exists";
    case SubqueryKind::kIn:
      return "in";
  }
  return "";
}

// Names that read as they are stay bare; all others are quoted.
std::string NameText(std::string_view name) {
  bool plain = !name.empty();
  for (const char c : name)
    plain = plain && (std::isalnum(static_cast<unsigned char>(c)) || c == '_');
  return plain ? std::string(name) : QuoteIdentifier(name);
}

std::string NamesText(const std::vector<std::string>& names, std::string_view separator) {
  std::string out;
  for (const auto& name : names)
    out += (out.empty() ? "" : std::string(separator)) + NameText(name);
  return out;
}

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace

std::string ExpressionWriter::Write(const ExpressionPtr& expression) {
  return expression == nullptr ? "none" : Write(*expression);
}

std::string ExpressionWriter::WriteList(const std::vector<ExpressionPtr>& expressions) {
  std::string out;
  for (const auto& expression : expressions) out += (out.empty() ? "" : ", ") + Write(expression);
  return "[" + out + "]";
}

std::vector<RelationPtr> ExpressionWriter::TakeSubqueries() {
  return std::exchange(subqueries_, {});
}

// Structured bindings name every field, so that a new one does not compile until it is written
// here.
std::string ExpressionWriter::Write(const Expression& expression) {
  return std::visit(
      Overloaded{
          [](const Literal& node) { return DumpLiteral(node); },
          [](const UnresolvedAttribute& node) {
            const auto& [parts, plan_id, is_metadata_column] = node;
            return "$" + NamesText(parts, ".") + PlanIdUse(plan_id) +
                   (is_metadata_column ? "#metadata" : "");
          },
          [](const UnresolvedStar& node) {
            const auto& [target, plan_id, except] = node;
            std::string text = target.empty() ? "*" : "$" + NamesText(target, ".") + ".*";
            for (const auto& name : except) text += " except $" + NamesText(name, ".");
            return text + PlanIdUse(plan_id);
          },
          [](const UnresolvedRegex& node) {
            const auto& [pattern, plan_id] = node;
            return "regex(" + DumpQuoted(pattern) + ")" + PlanIdUse(plan_id);
          },
          [this](const UnresolvedFunction& node) { return WriteFunction(node); },
          [](const ExpressionString& node) { return "sql(" + DumpQuoted(node.text) + ")"; },
          [this](const Alias& node) {
            const auto& [child, names, metadata] = node;
            const std::string name =
                names.size() == 1 ? NameText(names[0]) : "(" + NamesText(names, ", ") + ")";
            return "(" + Write(child) + " as " + name +
                   (metadata.empty() ? "" : " metadata=" + DumpQuoted(metadata)) + ")";
          },
          [this](const Cast& node) {
            const auto& [child, type, mode] = node;
            return fmt::format("{}({} as {})", EvalModeName(mode), Write(child), DumpType(type));
          },
          [this](const SortOrder& node) {
            const auto& [child, direction, null_order] = node;
            return fmt::format("{} {}{}", Write(child),
                               direction == SortDirection::kAscending ? "asc" : "desc",
                               NullOrderName(null_order));
          },
          [this](const WindowExpression& node) { return WriteWindow(node); },
          [this](const LambdaFunction& node) {
            const auto& [body, parameters] = node;
            return "lambda(" + NamesText(parameters, ", ") + " -> " + Write(body) + ")";
          },
          [](const LambdaVariable& node) { return "^" + NamesText(node.parts, "."); },
          [this](const ExtractValue& node) {
            const auto& [child, extraction] = node;
            return Write(child) + "[" + Write(extraction) + "]";
          },
          [this](const UpdateFields& node) {
            const auto& [child, field, value] = node;
            return fmt::format("update_fields({}, {}, {})", Write(child), NameText(field),
                               value == nullptr ? "drop" : Write(value));
          },
          [this](const SubqueryExpression& node) { return WriteSubquery(node); },
          [](const Parameter& node) {
            const auto& [name, position] = node;
            return name.empty() ? fmt::format("?{}", position) : ":" + NameText(name);
          },
      },
      expression.node);
}

std::string ExpressionWriter::WriteFunction(const UnresolvedFunction& function) {
  const auto& [name, arguments, is_distinct, ignore_nulls, filter, within_group, is_internal] =
      function;
  std::string out =
      NameText(name) + (is_internal ? "#internal" : "") + "(" + (is_distinct ? "distinct " : "");
  std::string_view separator;
  for (const auto& argument : arguments) {
    out += separator;
    out += Write(argument);
    separator = ", ";
  }
  out += ")";
  if (!within_group.empty()) out += " within_group=" + WriteList(within_group);
  if (filter != nullptr) out += " filter=(" + Write(filter) + ")";
  if (ignore_nulls) out += " ignore_nulls";
  return out;
}

std::string ExpressionWriter::WriteBound(const FrameBound& bound) {
  const auto& [type, value] = bound;
  switch (type) {
    case BoundType::kUnboundedPreceding:
      return "unbounded preceding";
    case BoundType::kCurrentRow:
      return "current row";
    case BoundType::kUnboundedFollowing:
      return "unbounded following";
    case BoundType::kValue:
      return Write(value);
  }
  return "";
}

std::string ExpressionWriter::WriteWindow(const WindowExpression& window) {
  const auto& [function, partition_by, order_by, frame] = window;
  std::string out = Write(function) + " over(";
  if (!partition_by.empty()) out += "partition=" + WriteList(partition_by) + " ";
  if (!order_by.empty()) out += "order=" + WriteList(order_by) + " ";
  if (frame) {
    const auto& [type, lower, upper] = *frame;
    out += fmt::format("{} {} .. {}", type == FrameType::kRow ? "rows" : "range", WriteBound(lower),
                       WriteBound(upper));
  }
  if (out.back() == ' ') out.pop_back();
  return out + ")";
}

std::string ExpressionWriter::WriteSubquery(const SubqueryExpression& subquery) {
  const auto& [kind, plan, in_values] = subquery;
  subqueries_.push_back(plan);
  return fmt::format("{}_subquery#{}({})", SubqueryKindName(kind), subquery_count_++,
                     in_values.empty() ? "" : WriteList(in_values));
}

}  // namespace ember

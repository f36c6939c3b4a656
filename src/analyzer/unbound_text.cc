#include "analyzer/unbound_text.h"

#include <fmt/format.h>

#include <vector>

#include "analyzer/function_lookup.h"
#include "analyzer/name_matching.h"
#include "analyzer/pretty_names.h"
#include "functions/registry.h"

namespace ember {
namespace {

using Out = Result<std::string>;

std::string JoinedParts(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ".") + part;
  return out;
}

struct TextVisitor {
  std::string_view zone;

  Out Text(const ExpressionPtr& expression) const { return std::visit(*this, expression->node); }

  Out operator()(const Literal& n) const { return PrettyLiteral(n, zone); }
  Out operator()(const UnresolvedAttribute& n) const { return JoinedParts(n.parts); }
  Out operator()(const LambdaVariable& n) const { return JoinedParts(n.parts); }
  Out operator()(const ExpressionString& n) const { return n.text; }
  Out operator()(const Alias& n) const { return Text(n.child); }
  Out operator()(const UnresolvedFunction& n) const {
    const FunctionRow* row = FindFunction(LowerName(n.name));
    std::vector<std::string> texts;
    for (const auto& argument : n.arguments) {
      ASSIGN_OR_RETURN(auto text, Text(argument));
      texts.push_back(std::move(text));
    }
    if (row != nullptr) return PrettyCall(*row, texts, n.is_distinct ? "DISTINCT " : "");
    // A cast under a type's name shows its argument alone.
    if (texts.size() == 1 && CastFunctionType(LowerName(n.name))) return texts[0];
    return UnresolvedRoutine(n.name);
  }
  Out operator()(const Cast& n) const {
    ASSIGN_OR_RETURN(const auto child, Text(n.child));
    return PrettyCast(child, n.type, n.mode == EvalMode::kTry ? CastMode::kTry : CastMode::kAnsi);
  }
  Out operator()(const LambdaFunction& n) const {
    ASSIGN_OR_RETURN(std::string out, Text(n.body));
    for (const auto& parameter : n.parameters) out += ", " + parameter;
    return fmt::format("lambdafunction({})", out);
  }
  Out operator()(const ExtractValue& n) const {
    ASSIGN_OR_RETURN(const auto child, Text(n.child));
    const auto* name = std::get_if<Literal>(&n.extraction->node);
    if (name != nullptr && name->type.IsStringLike()) {
      return fmt::format("{}.{}", child, PrettyLiteral(*name, zone));
    }
    ASSIGN_OR_RETURN(const auto extraction, Text(n.extraction));
    return fmt::format("{}[{}]", child, extraction);
  }
  template <typename Other>
  Out operator()(const Other&) const {
    return Unsupported("the text of this lambda in an error");
  }
};

}  // namespace

Result<std::string> UnboundText(const Expression& expression, std::string_view zone) {
  return std::visit(TextVisitor{zone}, expression.node);
}

}  // namespace ember

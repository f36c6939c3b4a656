#include "analyzer/named_arguments.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include "analyzer/name_matching.h"

namespace ember {
namespace {

struct SignatureParameter {
  std::string_view name;
  std::optional<std::string_view> fallback;  // text of the default; empty for NULL
  bool is_required = true;
};

// FunctionSignature of Spark's builders. `proposal` is what the error suggests.
struct Signature {
  std::string_view function;
  std::span<const SignatureParameter> parameters;
  std::string_view proposal;
};

constexpr SignatureParameter kCollection[] = {{"collection", std::nullopt}};
constexpr SignatureParameter kInput[] = {{"input", std::nullopt}};
constexpr SignatureParameter kMask[] = {{"str", std::nullopt},
                                        {"upperChar", "X", false},
                                        {"lowerChar", "x", false},
                                        {"digitChar", "n", false},
                                        {"otherChar", std::nullopt, false}};
constexpr auto kSignatures = std::to_array<Signature>({
    {"explode", kCollection, "`collection`"},
    {"explode_outer", kCollection, "`collection`"},
    {"inline", kInput, "`input`"},
    {"inline_outer", kInput, "`input`"},
    {"mask", kMask, "`str` `upperChar` `otherChar`"},
    {"posexplode", kCollection, "`collection`"},
    {"posexplode_outer", kCollection, "`collection`"},
});

struct Named {
  std::string name;
  ExpressionPtr value;
};

std::optional<Named> AsNamed(const Expression& argument) {
  const auto* call = std::get_if<UnresolvedFunction>(&argument.node);
  if (call == nullptr || !call->is_internal || call->name != "named_argument") return std::nullopt;
  const auto& name = std::get<Literal>(call->arguments[0]->node);
  return Named{std::get<std::string>(name.value.data), call->arguments[1]};
}

Error RoutineError(std::string_view condition, std::string_view routine, std::string_view key,
                   std::string_view name) {
  return MakeError(std::string(condition), {{"routineName", QuoteIdentifier(routine)},
                                            {std::string(key), QuoteIdentifier(name)}});
}

ExpressionPtr Default(const SignatureParameter& parameter) {
  if (parameter.fallback) return LiteralString(std::string(*parameter.fallback));
  return MakeLiteral({StringType(), {}});
}

// The arguments by their places in the signature, null where none is given.
Result<std::vector<ExpressionPtr>> Place(const UnresolvedFunction& call,
                                         const Signature& signature) {
  const std::string& routine = call.name;
  const auto& parameters = signature.parameters;
  std::vector<ExpressionPtr> placed;
  std::string last_name;
  std::vector<Named> named;
  for (const auto& argument : call.arguments) {
    if (auto with_name = AsNamed(*argument)) {
      last_name = with_name->name;
      named.push_back(std::move(*with_name));
    } else if (!named.empty()) {
      return RoutineError("UNEXPECTED_POSITIONAL_ARGUMENT", routine, "parameterName", last_name);
    } else {
      placed.push_back(argument);
    }
  }
  const size_t positional = placed.size();
  placed.resize(std::max(placed.size(), parameters.size()));
  for (const auto& [name, value] : named) {
    // Names are compared as they are written.
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const SignatureParameter& p) { return p.name == name; });
    if (found == parameters.end()) {
      Error error = RoutineError("UNRECOGNIZED_PARAMETER_NAME", routine, "argumentName", name);
      error.parameters["proposal"] = signature.proposal;
      return MakeError(error.condition, error.parameters);
    }
    const auto at = static_cast<size_t>(found - parameters.begin());
    if (at < positional) {
      return RoutineError("DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED",
                          routine, "parameterName", name);
    }
    if (placed[at] != nullptr) {
      return RoutineError("DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
                          routine, "parameterName", name);
    }
    placed[at] = value;
  }
  return placed;
}

}  // namespace

const Expression* NamedArgumentValue(const Expression& argument) {
  const auto* call = std::get_if<UnresolvedFunction>(&argument.node);
  if (call == nullptr || !call->is_internal || call->name != "named_argument") return nullptr;
  return call->arguments[1].get();
}

// NamedParametersSupport.rearrange.
Result<std::optional<UnresolvedFunction>> PlaceNamedArguments(const UnresolvedFunction& call) {
  const std::string name = LowerName(call.name);
  const auto signature = std::find_if(kSignatures.begin(), kSignatures.end(),
                                      [&](const Signature& s) { return s.function == name; });
  const bool has_names = std::any_of(call.arguments.begin(), call.arguments.end(),
                                     [](const auto& a) { return NamedArgumentValue(*a); });
  if (signature == kSignatures.end()) {
    if (!has_names) return std::optional<UnresolvedFunction>();
    return MakeError("NAMED_PARAMETERS_NOT_SUPPORTED",
                     {{"functionName", QuoteIdentifier(call.name)}});
  }
  ASSIGN_OR_RETURN(auto placed, Place(call, *signature));
  const auto& parameters = signature->parameters;
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (placed[i] != nullptr || !parameters[i].is_required) continue;
    Error error = RoutineError("REQUIRED_PARAMETER_NOT_FOUND", call.name, "parameterName",
                               parameters[i].name);
    error.parameters["index"] = std::to_string(i);
    return MakeError(error.condition, error.parameters);
  }
  while (!placed.empty() && placed.back() == nullptr) placed.pop_back();
  for (size_t i = 0; i < placed.size(); ++i) {
    if (placed[i] == nullptr) placed[i] = Default(parameters[i]);
  }
  UnresolvedFunction changed = call;
  changed.arguments = std::move(placed);
  return std::optional(std::move(changed));
}

}  // namespace ember

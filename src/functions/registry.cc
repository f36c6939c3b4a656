#include "functions/registry.h"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_map>

namespace ember {
namespace {

constexpr std::span<const FunctionRow> (*kGroups[])() = {
    OperatorFunctions,    MathFunctions,       StringFunctions,    DatetimeFunctions,
    ConditionalFunctions, CollectionFunctions, JsonFunctions,      HashFunctions,
    AggregateFunctions,   WindowFunctions,     GeneratorFunctions, MiscFunctions,
};

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

struct Registry {
  std::vector<const FunctionRow*> rows;
  std::deque<FunctionRow> renamed;  // rows of aliases that keep their name; addresses stay
  std::unordered_map<std::string, const FunctionRow*> by_name;

  Registry() {
    for (auto* group : kGroups) {
      for (const FunctionRow& row : group()) {
        rows.push_back(&row);
        by_name.emplace(row.name, &row);
      }
    }
    for (const FunctionAlias& alias : FunctionAliases()) {
      auto found = by_name.find(std::string(alias.name));
      if (found == by_name.end()) continue;
      const FunctionRow* row = found->second;
      if (alias.keeps_name) {
        FunctionRow& copy = renamed.emplace_back(*row);
        copy.name = alias.alias;
        copy.style = PrettyStyle::kCall;
        copy.symbol = {};
        copy.pretty = nullptr;
        row = &copy;
      }
      by_name.emplace(alias.alias, row);
    }
  }
};

const Registry& TheRegistry() {
  static const Registry registry;
  return registry;
}

// Fills the placeholder `key` (the text between the braces); false when it is none.
Result<bool> AppendPlaceholder(std::string_view key, const EmitContext& context, std::string& out) {
  if (key == "*") {
    for (size_t i = 0; i < context.sql.size(); ++i) {
      if (i > 0) out += ", ";
      out += context.sql[i];
    }
    return true;
  }
  if (key == "d") {
    out += context.distinct;
    return true;
  }
  if (key == "t") {
    out += context.tail;
    return true;
  }
  size_t digits = 0;
  while (digits < key.size() && key[digits] >= '0' && key[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2) return false;
  size_t index = static_cast<size_t>(key[0] - '0');
  if (digits == 2) index = index * 10 + static_cast<size_t>(key[1] - '0');
  std::string_view fallback = key.substr(digits);
  if (!fallback.empty() && fallback[0] != '=') return false;
  if (index < context.sql.size()) {
    out += context.sql[index];
  } else if (!fallback.empty()) {
    out += fallback.substr(1);
  } else {
    return InternalError("a function template names argument " + std::to_string(index) + " of " +
                         std::to_string(context.sql.size()));
  }
  return true;
}

}  // namespace

std::span<const FunctionRow* const> AllFunctions() { return TheRegistry().rows; }

const FunctionRow* FindFunction(std::string_view name) {
  const auto& index = TheRegistry().by_name;
  auto found = index.find(LowerCase(name));
  return found == index.end() ? nullptr : found->second;
}

Result<std::string> FillTemplate(std::string_view duckdb, const EmitContext& context) {
  std::string out;
  out.reserve(duckdb.size() * 2);
  while (!duckdb.empty()) {
    size_t open = duckdb.find('{');
    out += duckdb.substr(0, open);
    if (open == std::string_view::npos) break;
    duckdb.remove_prefix(open);
    size_t close = duckdb.find('}');
    bool is_filled = false;
    if (close != std::string_view::npos) {
      ASSIGN_OR_RETURN(is_filled, AppendPlaceholder(duckdb.substr(1, close - 1), context, out));
    }
    if (!is_filled) out += '{';
    duckdb.remove_prefix(is_filled ? close + 1 : 1);
  }
  return out;
}

Result<std::string> EmitCall(const FunctionRow& row, const EmitContext& context) {
  if (row.emit != nullptr) return row.emit(context);
  return FillTemplate(row.duckdb, context);
}

}  // namespace ember

#include "analyzer/expression_class.h"

#include <string_view>

namespace ember {
namespace {

constexpr std::string_view kPackage = "org.apache.spark.sql.catalyst.expressions.";

struct ClassOfFunction {
  std::string_view function;
  std::string_view name;
};
constexpr ClassOfFunction kClasses[] = {
    {"array", "CreateArray"},
    {"avg", "Average"},
    {"ceil", "Ceil"},
    {"date_add", "DateAdd"},
    {"date_sub", "DateSub"},
    {"initcap", "InitCap"},
    {"instr", "StringInstr"},
    {"locate", "StringLocate"},
    {"lpad", "StringLPad"},
    {"ltrim", "StringTrimLeft"},
    {"map", "CreateMap"},
    {"named_struct", "CreateNamedStruct"},
    {"power", "Pow"},
    {"repeat", "StringRepeat"},
    {"replace", "StringReplace"},
    {"rpad", "StringRPad"},
    {"rtrim", "StringTrimRight"},
    {"split", "StringSplit"},
    {"to_json", "StructsToJson"},
    {"trim", "StringTrim"},
    {"when", "CaseWhen"},
};

}  // namespace

std::string ExpressionClassName(const FunctionRow& row) {
  std::string out(kPackage);
  if (row.kind == FunctionKind::kAggregate) out += "aggregate.";
  for (const auto& [function, name] : kClasses) {
    if (function == row.name) return out.append(name);
  }
  bool is_first = true;
  for (const char c : row.name) {
    if (c != '_') out += is_first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    is_first = c == '_';
  }
  return out;
}

}  // namespace ember

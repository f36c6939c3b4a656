#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

struct PythonCode;
using PythonCodePtr = std::shared_ptr<const PythonCode>;

enum class PythonCodeKind {
  kText,      // source that is never broken
  kString,    // a string literal; `text` is its value; broken into adjacent literals at blanks
  kBracket,   // text + parts separated by commas + close: a call, a list
  kSequence,  // parts one after the other
  kChain,     // a value and the method calls on it, each ".name(…)"
  kInfix,     // parts separated by the operator `text`
};

/// A piece of Python that knows where it may be broken over lines. Immutable.
struct PythonCode {
  PythonCodeKind kind = PythonCodeKind::kText;
  std::string text;
  std::string close;
  bool has_trailing_comma = false;  // kBracket, when it is broken
  std::vector<PythonCodePtr> parts;
};

PythonCodePtr PythonText(std::string source);
PythonCodePtr PythonLiteralText(std::string value);
/// `callee(argument, …)`.
PythonCodePtr PythonCall(const std::string& callee, std::vector<PythonCodePtr> arguments);
/// `[item, …]`.
PythonCodePtr PythonList(std::vector<PythonCodePtr> items);
PythonCodePtr PythonParentheses(PythonCodePtr inner);
PythonCodePtr PythonSequence(std::vector<PythonCodePtr> parts);
PythonCodePtr PythonInfix(std::string symbol, std::vector<PythonCodePtr> operands);
/// `receiver.name(argument, …)`; a further call on a chain makes it longer.
PythonCodePtr PythonMethod(const PythonCodePtr& receiver, const std::string& name,
                           std::vector<PythonCodePtr> arguments);

/// On one line, however long.
std::string FlatPython(const PythonCode& code);
/// The statement `name = code`, or only `code` when the name is empty, at `indent` blanks; lines
/// have at most 100 characters where that is possible. Ends with a line end.
std::string PythonStatement(std::string_view name, const PythonCode& code, size_t indent);

/// A string literal: "a \"b\"\n".
std::string PythonString(std::string_view text);

/// Names for variables: each is an identifier, no keyword, and given once.
class PythonNames {
 public:
  /// `wanted` itself where it can be a name that is still free.
  std::string Claim(std::string_view wanted);

 private:
  std::set<std::string> taken_;
};

}  // namespace ember

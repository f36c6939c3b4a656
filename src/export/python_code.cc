#include "export/python_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace ember {
namespace {

constexpr size_t kWidth = 100;
constexpr size_t kStep = 4;

constexpr auto kReserved = std::to_array<std::string_view>(
    {"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
     "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
     "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
     "with", "yield",
     // What a reader expects to be Python's own, and what the program itself uses.
     "all", "any", "filter", "input", "list", "map", "max", "min", "next", "open", "print", "range",
     "round", "set", "sum", "type", "zip", "F", "FOLDER", "SparkSession", "Window", "main", "spark",
     "sys"});

PythonCodePtr Make(PythonCode code) { return std::make_shared<const PythonCode>(std::move(code)); }

// Characters, not bytes.
size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void AppendFlat(const PythonCode& code, std::string& out) {
  const auto join = [&](std::string_view separator) {
    for (size_t i = 0; i < code.parts.size(); ++i) {
      if (i > 0) out += separator;
      AppendFlat(*code.parts[i], out);
    }
  };
  switch (code.kind) {
    case PythonCodeKind::kText:
      out += code.text;
      break;
    case PythonCodeKind::kString:
      out += PythonString(code.text);
      break;
    case PythonCodeKind::kBracket:
      out += code.text;
      join(", ");
      out += code.close;
      break;
    case PythonCodeKind::kSequence:
    case PythonCodeKind::kChain:
      join("");
      break;
    case PythonCodeKind::kInfix:
      join(" " + code.text + " ");
      break;
  }
}

class Layout {
 public:
  explicit Layout(std::string start) : out_(std::move(start)) {}

  std::string Take() { return std::move(out_); }
  void Put(std::string_view text) { out_ += text; }
  void NewLine(size_t indent) {
    out_ += '\n';
    out_.append(indent, ' ');
  }

  // `trailing`: how many characters will follow on the last line.
  void Write(const PythonCode& code, size_t indent, size_t trailing) {
    const std::string flat = FlatPython(code);
    if (flat.find('\n') == std::string::npos && Column() + Width(flat) + trailing <= kWidth) {
      out_ += flat;
      return;
    }
    switch (code.kind) {
      case PythonCodeKind::kText:
        out_ += code.text;
        break;
      case PythonCodeKind::kString:
        WriteString(code.text, indent);
        break;
      case PythonCodeKind::kBracket:
        WriteBracket(code, indent);
        break;
      case PythonCodeKind::kSequence:
        WriteSequence(code, indent, trailing);
        break;
      case PythonCodeKind::kChain:
        if (code.parts.size() <= 2) {
          WriteSequence(code, indent, trailing);
        } else {
          WriteLines(code, indent, "");
        }
        break;
      case PythonCodeKind::kInfix:
        WriteLines(code, indent, code.text + " ");
        break;
    }
  }

  void WriteLines(const PythonCode& code, size_t indent, const std::string& prefix) {
    for (size_t i = 0; i < code.parts.size(); ++i) {
      if (i > 0) {
        NewLine(indent);
        out_ += prefix;
      }
      Write(*code.parts[i], indent, 1);
    }
  }

 private:
  size_t Column() const {
    const size_t line = out_.rfind('\n');
    return Width(std::string_view(out_).substr(line == std::string::npos ? 0 : line + 1));
  }

  void WriteSequence(const PythonCode& code, size_t indent, size_t trailing) {
    // A call is broken rather than the short one that follows it.
    size_t rest = trailing;
    for (const PythonCodePtr& part : code.parts) rest += Width(FlatPython(*part));
    for (size_t i = 0; i < code.parts.size(); ++i) {
      const bool is_last = i + 1 == code.parts.size();
      rest -= Width(FlatPython(*code.parts[i]));
      const bool is_call = code.parts[i]->kind == PythonCodeKind::kBracket;
      Write(*code.parts[i], indent, is_last ? trailing : is_call ? rest : 0);
    }
  }

  void WriteBracket(const PythonCode& code, size_t indent) {
    out_ += code.text;
    // A text of several lines is not moved: its lines would not be what they were.
    const bool is_block = code.parts.size() == 1 && code.parts[0]->kind == PythonCodeKind::kText;
    if (is_block || code.parts.empty()) {
      if (is_block) out_ += code.parts[0]->text;
      out_ += code.close;
      return;
    }
    for (const PythonCodePtr& part : code.parts) {
      NewLine(indent + kStep);
      Write(*part, indent + kStep, 1);
      if (code.has_trailing_comma) out_ += ',';
    }
    NewLine(indent);
    out_ += code.close;
  }

  void WriteString(std::string_view text, size_t indent) {
    const size_t room = kWidth - std::min(kWidth / 2, indent) - 4;
    bool is_first = true;
    while (!text.empty()) {
      size_t length = text.size();
      if (Width(PythonString(text)) > room) {
        size_t blank = text.find(' ');
        length = blank == std::string_view::npos ? text.size() : blank + 1;
        while (blank != std::string_view::npos &&
               Width(PythonString(text.substr(0, blank + 1))) <= room) {
          length = blank + 1;
          blank = text.find(' ', blank + 1);
        }
      }
      if (!is_first) NewLine(indent);
      is_first = false;
      out_ += PythonString(text.substr(0, length));
      text.remove_prefix(length);
    }
  }

  std::string out_;
};

}  // namespace

PythonCodePtr PythonText(std::string source) {
  return Make({.kind = PythonCodeKind::kText, .text = std::move(source)});
}

PythonCodePtr PythonLiteralText(std::string value) {
  return Make({.kind = PythonCodeKind::kString, .text = std::move(value)});
}

PythonCodePtr PythonCall(const std::string& callee, std::vector<PythonCodePtr> arguments) {
  return Make({.kind = PythonCodeKind::kBracket,
               .text = callee + "(",
               .close = ")",
               .has_trailing_comma = true,
               .parts = std::move(arguments)});
}

PythonCodePtr PythonList(std::vector<PythonCodePtr> items) {
  return Make({.kind = PythonCodeKind::kBracket,
               .text = "[",
               .close = "]",
               .has_trailing_comma = true,
               .parts = std::move(items)});
}

PythonCodePtr PythonParentheses(PythonCodePtr inner) {
  return Make({.kind = PythonCodeKind::kBracket,
               .text = "(",
               .close = ")",
               .has_trailing_comma = false,
               .parts = {std::move(inner)}});
}

PythonCodePtr PythonSequence(std::vector<PythonCodePtr> parts) {
  return Make({.kind = PythonCodeKind::kSequence, .parts = std::move(parts)});
}

PythonCodePtr PythonInfix(std::string symbol, std::vector<PythonCodePtr> operands) {
  return Make(
      {.kind = PythonCodeKind::kInfix, .text = std::move(symbol), .parts = std::move(operands)});
}

PythonCodePtr PythonMethod(const PythonCodePtr& receiver, const std::string& name,
                           std::vector<PythonCodePtr> arguments) {
  PythonCode chain{.kind = PythonCodeKind::kChain};
  chain.parts = receiver->kind == PythonCodeKind::kChain ? receiver->parts
                                                         : std::vector<PythonCodePtr>{receiver};
  chain.parts.push_back(PythonCall("." + name, std::move(arguments)));
  return Make(std::move(chain));
}

std::string FlatPython(const PythonCode& code) {
  std::string out;
  AppendFlat(code, out);
  return out;
}

std::string PythonStatement(std::string_view name, const PythonCode& code, size_t indent) {
  const size_t short_chain = name.empty() ? 4 : 3;  // a value and its calls
  const std::string start =
      std::string(indent, ' ') + (name.empty() ? "" : fmt::format("{} = ", name));
  const std::string flat = FlatPython(code);
  const bool is_chain = code.kind == PythonCodeKind::kChain && code.parts.size() > 2;
  const bool fits = flat.find('\n') == std::string::npos && Width(start) + Width(flat) <= kWidth;
  if (fits && (!is_chain || code.parts.size() <= short_chain)) return start + flat + "\n";
  Layout layout(start);
  if (!is_chain) {
    layout.Write(code, indent, 0);
  } else {
    layout.Put("(");
    layout.NewLine(indent + kStep);
    layout.WriteLines(code, indent + kStep, "");
    layout.NewLine(indent);
    layout.Put(")");
  }
  return layout.Take() + "\n";
}

std::string PythonString(std::string_view text) {
  const bool has_double = text.find('"') != std::string_view::npos;
  const bool has_single = text.find('\'') != std::string_view::npos;
  const char quote = has_double && !has_single ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + quote;
}

std::string PythonNames::Claim(std::string_view wanted) {
  std::string name;
  for (const char c : wanted) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    name += is_plain ? c : '_';
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name = "_" + name;
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) name += '_';
  std::string unique = name;
  for (int i = 2; !taken_.insert(unique).second; ++i) unique = fmt::format("{}_{}", name, i);
  return unique;
}

}  // namespace ember

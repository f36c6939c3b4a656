#include "export/python_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sql/lexer.h"

namespace ember {
namespace {

constexpr size_t kWidth = 100;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  while (lines.size() > 1 && lines.back().find_first_not_of(" \t") == std::string::npos)
    lines.pop_back();
  return lines;
}

// Without the blanks that all lines begin with.
std::string Dedented(const std::string& text) {
  std::vector<std::string> lines = Lines(text);
  size_t common = std::string::npos;
  for (const std::string& line : lines) {
    const size_t start = line.find_first_not_of(' ');
    if (start != std::string::npos) common = std::min(common, start);
  }
  std::string out;
  for (const std::string& line : lines) {
    out += (out.empty() ? "" : "\n");
    out += line.size() <= common ? "" : line.substr(common);
  }
  return out;
}

// A query written on one long line, broken between tokens.
std::string Wrapped(const std::string& text, const std::vector<Token>& tokens, size_t width) {
  std::string out;
  size_t column = 0;
  size_t end = 0;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kEnd) break;
    const bool has_gap = token.offset > end && !out.empty();
    if (has_gap && column + 1 + token.text.size() > width) {
      out += '\n';
      column = 0;
    } else if (has_gap) {
      out += ' ';
      ++column;
    }
    out += token.text;
    column += token.text.size();
    end = token.offset + token.text.size();
  }
  return out.size() < text.size() / 2 ? text : out;
}

std::string EscapedBlock(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += '\\';
    if (c == '"' && out.ends_with("\"\"")) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string QueryText(const std::string& query, const std::string& input_view, size_t indent) {
  const auto tokens = Tokenize(query, {});
  const bool has_open_string =
      !tokens.ok() || std::any_of(tokens->begin(), tokens->end(), [](const Token& token) {
        return token.text.find('\n') != std::string_view::npos;
      });
  std::string body = query;
  if (!has_open_string) {
    body = Dedented(query);
    if (body.find('\n') == std::string::npos && body.size() + indent + 4 > kWidth)
      body = Wrapped(query, *tokens, kWidth - indent - 4);
  }
  std::string text;
  if (!input_view.empty()) {
    text = fmt::format("WITH input AS (SELECT * FROM {})\n", input_view);
    const bool has_own =
        tokens.ok() && !tokens->empty() && EqualsIgnoreCase(tokens->front().text, "WITH");
    body = has_own ? "(\n" + body + "\n)" : body;
  }
  text += body;
  const std::string margin(has_open_string ? 0 : indent + 4, ' ');
  std::string out = "\"\"\"";
  for (const std::string& line : Lines(text)) {
    out += "\n" + (line.empty() ? "" : margin + EscapedBlock(line));
  }
  return out + "\n" + std::string(indent, ' ') + "\"\"\"";
}

}  // namespace ember

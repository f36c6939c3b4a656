#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ember {

enum class TokenKind {
  kEnd,
  kWord,              // unquoted identifier or keyword
  kQuotedIdentifier,  // `…`, and "…" with double_quoted_identifiers
  kString,            // '…', "…", r'…', r"…"
  kNumber,            // with its suffix
  kSymbol,
  kHintStart,  // "/*+"
  kHintEnd,    // "*/"
  kUnknown,    // a character that starts no token
};

/// A piece of the statement; `text` is the source text, quotes and suffixes included.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;
  size_t offset = 0;
  int line = 1;       // from 1
  int column = 0;     // characters from the line's start
  int character = 0;  // UTF-16 units from the text's start, as Spark's query contexts count
};

struct LexerOptions {
  bool double_quoted_identifiers = false;
};

/// Splits Spark SQL into tokens; the last one is kEnd. Comments are left out. `>>` and `>>>` come
/// as single
/// `>` tokens, because types end in them too. The tokens point into `sql`. Error:
/// UNCLOSED_BRACKETED_COMMENT.
Result<std::vector<Token>> Tokenize(std::string_view sql, const LexerOptions& options);

/// ASCII case-insensitive.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
std::string ToUpper(std::string_view text);
std::string ToLower(std::string_view text);

/// The value of a string token: quotes removed, Spark's escapes replaced
/// (ParserUtils.unescapeSQLString).
std::string UnescapeString(std::string_view token);
/// The name in a quoted identifier token.
std::string UnquoteIdentifier(std::string_view token);

/// Length in UTF-16 units.
int CharacterCount(std::string_view text);

}  // namespace ember

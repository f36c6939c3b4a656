#include "sql/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ember {
namespace {

// Longest first, so that the first match is the longest.
constexpr auto kSymbols = std::to_array<std::string_view>(
    {"<=>", "==", "!=", "<>", "<=", ">=", "!<", "!>", "<<", "||", "|>", "::", "->", "=>"});
constexpr std::string_view kSingleSymbols = ";(),.[]!=<>+-*/%~&|^:?";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// Bytes above ASCII are letters here; names narrow that down later (INVALID_IDENTIFIER).
bool IsWordChar(char c) {
  const auto u = static_cast<unsigned char>(c);
  return std::isalnum(u) || c == '_' || u >= 0x80;
}
char Upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

class Lexer {
 public:
  Lexer(std::string_view sql, const LexerOptions& options) : sql_(sql), options_(options) {}

  Result<std::vector<Token>> Run() {
    std::vector<Token> tokens;
    while (true) {
      RETURN_IF_ERROR(SkipHidden());
      Token token = Start();
      if (at_ >= sql_.size()) {
        tokens.push_back(token);
        return tokens;
      }
      const size_t length = Match(token);
      token.text = sql_.substr(at_, length);
      tokens.push_back(token);
      Advance(length);
    }
  }

 private:
  char At(size_t i) const { return i < sql_.size() ? sql_[i] : '\0'; }
  bool StartsWith(std::string_view text) const { return sql_.substr(at_).starts_with(text); }

  Token Start() const {
    Token token;
    token.text = sql_.substr(std::min(at_, sql_.size()), 0);
    token.offset = at_;
    token.line = line_;
    token.column = column_;
    token.character = character_;
    return token;
  }

  void Advance(size_t length) {
    character_ += CharacterCount(sql_.substr(at_, length));
    for (const size_t end = std::min(at_ + length, sql_.size()); at_ < end; ++at_) {
      if (sql_[at_] == '\n') {
        ++line_;
        column_ = 0;
      } else if ((static_cast<unsigned char>(sql_[at_]) & 0xC0) != 0x80) {
        ++column_;
      }
    }
  }

  size_t SpaceLength() const {
    if (At(at_) == '\0') return 0;
    if (std::string_view(" \t\n\f\r\v").find(sql_[at_]) != std::string_view::npos) return 1;
    for (const std::string_view space :
         {"\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
          "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u202F", "\u205F", "\u3000"}) {
      if (StartsWith(space)) return space.size();
    }
    return 0;
  }

  Status SkipHidden() {
    while (at_ < sql_.size()) {
      if (const size_t space = SpaceLength(); space > 0) {
        Advance(space);
      } else if (StartsWith("--")) {
        size_t end = at_ + 2;
        while (end < sql_.size() && sql_[end] != '\n' && sql_[end] != '\r') {
          end += sql_[end] == '\\' && At(end + 1) == '\n' ? 2 : 1;
        }
        Advance(end - at_);
      } else if (StartsWith("/*") && !StartsWith("/*+")) {
        RETURN_IF_ERROR(SkipBracketedComment());
      } else {
        break;
      }
    }
    return {};
  }

  Status SkipBracketedComment() {
    size_t end = at_ + 2;
    int depth = 1;
    while (depth > 0) {
      if (end >= sql_.size()) return MakeError("UNCLOSED_BRACKETED_COMMENT");
      const std::string_view two = sql_.substr(end, 2);
      if (two == "/*" && At(end + 2) != '+') {
        ++depth;
        end += 2;
      } else if (two == "*/") {
        --depth;
        end += 2;
      } else {
        ++end;
      }
    }
    Advance(end - at_);
    return {};
  }

  // Sets the kind and returns the length of the token at at_.
  size_t Match(Token& token) const {
    const char c = sql_[at_];
    if (IsDigit(c) || (c == '.' && IsDigit(At(at_ + 1)))) {
      if (const size_t length = NumberLength(); length > 0) {
        token.kind = TokenKind::kNumber;
        return length;
      }
    }
    if (c == '\'' || c == '"' ||
        ((c == 'r' || c == 'R') && (At(at_ + 1) == '\'' || At(at_ + 1) == '"'))) {
      if (const size_t length = StringLength(); length > 0) {
        token.kind = c == '"' && options_.double_quoted_identifiers ? TokenKind::kQuotedIdentifier
                                                                    : TokenKind::kString;
        return length;
      }
    }
    if (c == '`') {
      if (const size_t length = QuotedLength(at_, '`', true); length > 0) {
        token.kind = TokenKind::kQuotedIdentifier;
        return length;
      }
    }
    if (IsWordChar(c)) {
      token.kind = TokenKind::kWord;
      return WordLength();
    }
    return MatchSymbol(token);
  }

  size_t MatchSymbol(Token& token) const {
    if (StartsWith("/*+")) {
      token.kind = TokenKind::kHintStart;
      return 3;
    }
    if (StartsWith("*/")) {
      token.kind = TokenKind::kHintEnd;
      return 2;
    }
    token.kind = TokenKind::kSymbol;
    for (const auto symbol : kSymbols) {
      if (StartsWith(symbol)) return symbol.size();
    }
    if (kSingleSymbols.find(sql_[at_]) == std::string_view::npos) token.kind = TokenKind::kUnknown;
    return 1;
  }

  size_t WordLength() const {
    size_t end = at_;
    bool letters = true;
    while (end < sql_.size() && IsWordChar(sql_[end])) {
      letters = letters && !IsDigit(sql_[end]) && sql_[end] != '_';
      ++end;
    }
    if (letters && sql_.substr(end, 3) == "://") {  // a path written as a name
      constexpr std::string_view kPathChars = "_/-.?=&#%";
      size_t path = end + 3;
      while (path < sql_.size() &&
             (IsWordChar(sql_[path]) || kPathChars.find(sql_[path]) != std::string_view::npos)) {
        ++path;
      }
      if (path > end + 3) end = path;
    }
    return end - at_;
  }

  // Length of quoted text from `start`, or 0 when it does not end. Doubled quotes or backslashes
  // escape.
  size_t QuotedLength(size_t start, char quote, bool doubled) const {
    size_t end = start + 1;
    while (end < sql_.size()) {
      if (sql_[end] == quote) {
        if (!doubled || At(end + 1) != quote) return end + 1 - at_;
        end += 2;
      } else {
        end += !doubled && sql_[end] == '\\' ? 2 : 1;
      }
    }
    return 0;
  }

  size_t StringLength() const {
    if (sql_[at_] == '\'' || sql_[at_] == '"') return QuotedLength(at_, sql_[at_], false);
    const size_t end = sql_.find(sql_[at_ + 1], at_ + 2);
    return end == std::string_view::npos ? 0 : end + 1 - at_;
  }

  size_t DigitsEnd(size_t from) const {
    while (IsDigit(At(from))) ++from;
    return from;
  }
  // Behind an exponent at `from`, or `from` when there is none.
  size_t ExponentEnd(size_t from) const {
    if (Upper(At(from)) != 'E') return from;
    const size_t digits = from + 1 + (At(from + 1) == '+' || At(from + 1) == '-' ? 1 : 0);
    return IsDigit(At(digits)) ? DigitsEnd(digits) : from;
  }
  size_t SuffixEnd(size_t from, bool integral) const {
    const char c = Upper(At(from));
    if (c == 'B' && Upper(At(from + 1)) == 'D') return from + 2;
    if (c == 'F' || c == 'D' || (integral && (c == 'L' || c == 'S' || c == 'Y'))) return from + 1;
    return from;
  }

  // As the longest match of Spark's number rules; a longer run of word characters ("1st") is a
  // word, and a number with a point must not touch one (isValidDecimal).
  size_t NumberLength() const {
    const size_t digits = DigitsEnd(at_);
    size_t best = 0;
    if (digits > at_) {
      const size_t exponent = ExponentEnd(digits);
      best = std::max(digits, SuffixEnd(exponent, exponent == digits));
      best = std::max(best, exponent);
    }
    if (At(digits) == '.') {
      const size_t fraction = DigitsEnd(digits + 1);
      const size_t exponent = ExponentEnd(fraction);
      for (const size_t end :
           {SuffixEnd(exponent, false), exponent, SuffixEnd(fraction, false), fraction}) {
        if (end > best && !IsWordChar(At(end))) {
          best = end;
          break;
        }
      }
    }
    if (best == 0) return 0;
    size_t word = at_;
    while (IsWordChar(At(word))) ++word;
    return word > best ? 0 : best - at_;
  }

  std::string_view sql_;
  LexerOptions options_;
  size_t at_ = 0;
  int line_ = 1;
  int column_ = 0;
  int character_ = 0;
};

}  // namespace

Result<std::vector<Token>> Tokenize(std::string_view sql, const LexerOptions& options) {
  return Lexer(sql, options).Run();
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Upper(x) == Upper(y); });
}

std::string ToUpper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), Upper);
  return out;
}

std::string ToLower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

int CharacterCount(std::string_view text) {
  int count = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((u & 0xC0) != 0x80) count += u >= 0xF0 ? 2 : 1;
  }
  return count;
}

}  // namespace ember

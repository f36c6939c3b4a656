#include "functions/json_tree.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>

#include "types/value.h"

namespace ember {
namespace {

constexpr int kMaxDepth = 1000;  // Jackson's StreamReadConstraints

class JsonReader {
 public:
  JsonReader(std::string_view text, const JsonSyntax& syntax) : text_(text), syntax_(syntax) {}

  bool Read(JsonTree& tree, int depth = 0) {
    SkipSpace();
    if (at_ >= text_.size() || depth > kMaxDepth) return false;
    size_t begin = at_;
    if (!ReadValue(tree, depth)) return false;
    tree.source = text_.substr(begin, at_ - begin);
    return true;
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
    if (syntax_.comments && SkipComment()) SkipSpace();
  }
  bool SkipComment() {
    const std::string_view rest = text_.substr(at_);
    size_t end = std::string_view::npos;
    if (rest.starts_with("//")) {
      end = std::min(rest.find('\n'), rest.size());
    } else if (rest.starts_with("/*")) {
      end = rest.find("*/", 2);
      if (end != std::string_view::npos) end += 2;
    }
    if (end == std::string_view::npos) return false;
    at_ += end;
    return true;
  }
  bool IsQuote(char c) const { return c == '"' || (c == '\'' && syntax_.single_quotes); }
  bool Take(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool TakeWord(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    size_t after = at_ + word.size();
    if (after < text_.size() && std::isalnum(static_cast<unsigned char>(text_[after])))
      return false;
    at_ = after;
    return true;
  }

  bool ReadValue(JsonTree& tree, int depth) {
    switch (text_[at_]) {
      case '{':
        return ReadObject(tree, depth);
      case '[':
        return ReadArray(tree, depth);
      case '"':
      case '\'':
        tree.kind = JsonTree::Kind::kString;
        return IsQuote(text_[at_]) && ReadString(tree.text);
      case 't':
        tree.kind = JsonTree::Kind::kTrue;
        return TakeWord("true");
      case 'f':
        tree.kind = JsonTree::Kind::kFalse;
        return TakeWord("false");
      case 'n':
        tree.kind = JsonTree::Kind::kNull;
        return TakeWord("null");
      default:
        return ReadNumber(tree);
    }
  }

  bool ReadObject(JsonTree& tree, int depth) {
    tree.kind = JsonTree::Kind::kObject;
    ++at_;
    if (Take('}')) return true;
    do {
      SkipSpace();
      std::string key;
      if (!ReadName(key) || !Take(':')) return false;
      tree.keys.push_back(std::move(key));
      if (!Read(tree.items.emplace_back(), depth + 1)) return false;
    } while (Take(','));
    return Take('}');
  }

  bool ReadName(std::string& key) {
    if (at_ >= text_.size()) return false;
    if (IsQuote(text_[at_])) return ReadString(key);
    if (!syntax_.unquoted_names) return false;
    const size_t begin = at_;
    const auto is_letter = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || c == '-' ||
             static_cast<unsigned char>(c) >= 0x80;
    };
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    key = text_.substr(begin, at_ - begin);
    return !key.empty() && !std::isdigit(static_cast<unsigned char>(key[0])) && key[0] != '-';
  }

  bool ReadArray(JsonTree& tree, int depth) {
    tree.kind = JsonTree::Kind::kArray;
    ++at_;
    if (Take(']')) return true;
    do {
      if (!Read(tree.items.emplace_back(), depth + 1)) return false;
    } while (Take(','));
    return Take(']');
  }

  bool ReadHex(uint32_t& value) {
    if (at_ + 4 > text_.size()) return false;
    value = 0;
    for (int i = 0; i < 4; ++i) {
      char c = text_[at_++];
      uint32_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<uint32_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<uint32_t>(c - 'A' + 10);
      } else {
        return false;
      }
      value = value * 16 + digit;
    }
    return true;
  }

  static void AppendUtf8(uint32_t code, std::string& out) {
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x800) {
      out += static_cast<char>(0xC0 | (code >> 6));
      out += static_cast<char>(0x80 | (code & 63));
    } else if (code < 0x10000) {
      out += static_cast<char>(0xE0 | (code >> 12));
      out += static_cast<char>(0x80 | ((code >> 6) & 63));
      out += static_cast<char>(0x80 | (code & 63));
    } else {
      out += static_cast<char>(0xF0 | (code >> 18));
      out += static_cast<char>(0x80 | ((code >> 12) & 63));
      out += static_cast<char>(0x80 | ((code >> 6) & 63));
      out += static_cast<char>(0x80 | (code & 63));
    }
  }

  bool ReadEscape(std::string& out) {
    if (at_ >= text_.size()) return false;
    char c = text_[at_++];
    switch (c) {
      case 'b':
        out += '\b';
        return true;
      case 'f':
        out += '\f';
        return true;
      case 'n':
        out += '\n';
        return true;
      case 'r':
        out += '\r';
        return true;
      case 't':
        out += '\t';
        return true;
      case '"':
      case '\'':
      case '\\':
      case '/':
        out += c;
        return true;
      case 'u': {
        uint32_t code = 0;
        if (!ReadHex(code)) return false;
        if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
          at_ += 2;
          uint32_t low = 0;
          if (!ReadHex(low)) return false;
          if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          } else {
            out += '?';
            code = low;
          }
        }
        // Half of a pair is no character: Java writes a question mark.
        if (code >= 0xD800 && code < 0xE000) {
          out += '?';
        } else {
          AppendUtf8(code, out);
        }
        return true;
      }
      default:
        out += c;
        return syntax_.escapes_of_any;
    }
  }

  bool ReadString(std::string& out) {
    const char quote = text_[at_++];
    while (at_ < text_.size()) {
      char c = text_[at_++];
      if (c == quote) return true;
      if (c == '\\') {
        if (!ReadEscape(out)) return false;
      } else if (static_cast<unsigned char>(c) < 0x20 && !syntax_.control_characters) {
        return false;
      } else {
        out += c;
      }
    }
    return false;
  }

  bool ReadNumber(JsonTree& tree) {
    for (std::string_view word :
         {"NaN", "Infinity", "-Infinity", "+Infinity", "INF", "-INF", "+INF"}) {
      if (syntax_.non_numeric && TakeWord(word)) {
        tree.kind = JsonTree::Kind::kFraction;
        tree.text = word;
        return true;
      }
    }
    size_t begin = at_;
    auto digits = [this] {
      size_t first = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
      return at_ - first;
    };
    if (text_[at_] == '-') ++at_;
    size_t whole_begin = at_;
    size_t whole = digits();
    if (whole == 0) return false;
    size_t zeros = 0;
    while (zeros + 1 < whole && text_[whole_begin + zeros] == '0') ++zeros;
    if (zeros > 0 && !syntax_.leading_zeros) return false;
    bool is_fraction = false;
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      is_fraction = true;
      if (digits() == 0) return false;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      is_fraction = true;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) return false;
    }
    if (at_ < text_.size() &&
        (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.')) {
      return false;
    }
    tree.kind = is_fraction ? JsonTree::Kind::kFraction : JsonTree::Kind::kInteger;
    tree.text = text_.substr(begin, whole_begin - begin);
    tree.text += text_.substr(whole_begin + zeros, at_ - whole_begin - zeros);
    return true;
  }

  std::string_view text_;
  JsonSyntax syntax_;
  size_t at_ = 0;
};

bool IsNonNumeric(const std::string& text) { return text.find_first_of("NI") != std::string::npos; }

}  // namespace

std::optional<JsonTree> ParseJsonTree(std::string_view text, const JsonSyntax& syntax) {
  JsonTree tree;
  if (!JsonReader(text, syntax).Read(tree)) return std::nullopt;
  return tree;
}

void AppendJsonString(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void AppendJson(const JsonTree& tree, std::string& out) {
  switch (tree.kind) {
    case JsonTree::Kind::kNull:
      out += "null";
      break;
    case JsonTree::Kind::kTrue:
      out += "true";
      break;
    case JsonTree::Kind::kFalse:
      out += "false";
      break;
    case JsonTree::Kind::kInteger:
      out += tree.text;
      break;
    case JsonTree::Kind::kFraction:
      if (IsNonNumeric(tree.text)) {
        AppendJsonString(tree.text, out);
      } else {
        out += JavaDoubleText(std::strtod(tree.text.c_str(), nullptr));
      }
      break;
    case JsonTree::Kind::kString:
      AppendJsonString(tree.text, out);
      break;
    case JsonTree::Kind::kArray:
      out += '[';
      for (size_t i = 0; i < tree.items.size(); ++i) {
        if (i > 0) out += ',';
        AppendJson(tree.items[i], out);
      }
      out += ']';
      break;
    case JsonTree::Kind::kObject:
      out += '{';
      for (size_t i = 0; i < tree.items.size(); ++i) {
        if (i > 0) out += ',';
        AppendJsonString(tree.keys[i], out);
        out += ':';
        AppendJson(tree.items[i], out);
      }
      out += '}';
      break;
  }
}

}  // namespace ember

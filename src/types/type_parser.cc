// Text to types: Spark's DDL ("a INT NOT NULL, b ARRAY<STRING>") and DataType.json.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>

#include "types/data_type.h"

namespace ember {
namespace {

struct NamedType {
  std::string_view name;
  TypeKind kind;
};

constexpr auto kDdlNames = std::to_array<NamedType>({
    {"boolean", TypeKind::kBoolean},
    {"tinyint", TypeKind::kByte},
    {"byte", TypeKind::kByte},
    {"smallint", TypeKind::kShort},
    {"short", TypeKind::kShort},
    {"int", TypeKind::kInteger},
    {"integer", TypeKind::kInteger},
    {"bigint", TypeKind::kLong},
    {"long", TypeKind::kLong},
    {"float", TypeKind::kFloat},
    {"real", TypeKind::kFloat},
    {"double", TypeKind::kDouble},
    {"date", TypeKind::kDate},
    {"timestamp", TypeKind::kTimestamp},
    {"timestamp_ltz", TypeKind::kTimestamp},
    {"timestamp_ntz", TypeKind::kTimestampNtz},
    {"string", TypeKind::kString},
    {"binary", TypeKind::kBinary},
    {"void", TypeKind::kNull},
    {"null", TypeKind::kNull},
    {"char", TypeKind::kChar},
    {"character", TypeKind::kChar},
    {"varchar", TypeKind::kVarchar},
    {"decimal", TypeKind::kDecimal},
    {"dec", TypeKind::kDecimal},
    {"numeric", TypeKind::kDecimal},
    {"interval", TypeKind::kCalendarInterval},
    {"array", TypeKind::kArray},
    {"map", TypeKind::kMap},
    {"struct", TypeKind::kStruct},
});

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return out;
}

// A cursor over DDL text; each Parse* consumes what it recognises.
class DdlParser {
 public:
  explicit DdlParser(std::string_view text) : text_(text) {}

  Result<Schema> ParseFields(char end) {
    Schema fields;
    SkipSpace();
    if (AtEnd(end)) return fields;
    while (true) {
      ASSIGN_OR_RETURN(StructField field, ParseField());
      fields.push_back(std::move(field));
      if (Take(',')) continue;
      if (AtEnd(end)) return fields;
      return Unexpected();
    }
  }

  Result<DataType> ParseType() {
    if (++depth_ > 200) return Unsupported("types nested more than 200 deep");
    auto type = ParseTypeInner();
    --depth_;
    return type;
  }

  Status ExpectEnd() {
    SkipSpace();
    if (at_ < text_.size()) return Unexpected();
    return {};
  }

 private:
  bool AtEnd(char end) {
    SkipSpace();
    return end == 0 ? at_ >= text_.size() : at_ < text_.size() && text_[at_] == end;
  }

  void SkipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  bool Take(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  static bool IsWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

  std::string_view PeekWord() {
    SkipSpace();
    size_t end = at_;
    while (end < text_.size() && IsWordChar(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  bool TakeWord(std::string_view word) {
    if (Lower(PeekWord()) != word) return false;
    at_ += word.size();
    return true;
  }

  Error Unexpected() {
    SkipSpace();
    if (at_ >= text_.size())
      return MakeError("PARSE_SYNTAX_ERROR", {{"error", "end of input"}, {"hint", ""}});
    std::string_view word = PeekWord();
    if (word.empty()) word = text_.substr(at_, 1);
    Error error =
        MakeError("PARSE_SYNTAX_ERROR", {{"error", fmt::format("'{}'", word)}, {"hint", ""}});
    error.context.push_back(fmt::format("in type text '{}' at column {}", text_, at_ + 1));
    return error;
  }

  Result<std::string> ParseIdentifier() {
    SkipSpace();
    if (Take('`')) {
      std::string name;
      while (at_ < text_.size()) {
        if (text_[at_] == '`') {
          if (at_ + 1 < text_.size() && text_[at_ + 1] == '`') {
            ++at_;
          } else {
            ++at_;
            return name;
          }
        }
        name += text_[at_++];
      }
      return Unexpected();
    }
    const std::string_view word = PeekWord();
    if (word.empty()) return Unexpected();
    at_ += word.size();
    return std::string(word);
  }

  Result<std::string> ParseQuoted() {
    SkipSpace();
    if (at_ >= text_.size() || (text_[at_] != '\'' && text_[at_] != '"')) return Unexpected();
    const char quote = text_[at_++];
    std::string out;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_++];
    }
    if (!Take(quote)) return Unexpected();
    return out;
  }

  Result<StructField> ParseField() {
    StructField field;
    ASSIGN_OR_RETURN(field.name, ParseIdentifier());
    Take(':');
    ASSIGN_OR_RETURN(field.type, ParseType());
    if (TakeWord("not")) {
      if (!TakeWord("null")) return Unexpected();
      field.nullable = false;
    }
    if (TakeWord("comment")) {
      ASSIGN_OR_RETURN(std::string comment, ParseQuoted());
      field.metadata = nlohmann::json{{"comment", comment}}.dump();
    }
    return field;
  }

  Result<int> ParseInteger() {
    const std::string_view word = PeekWord();
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || error != std::errc() || end != word.data() + word.size())
      return Unexpected();
    at_ += word.size();
    return value;
  }

  Result<DataType> ParseDecimal() {
    int precision = 10;
    int scale = 0;
    if (Take('(')) {
      ASSIGN_OR_RETURN(precision, ParseInteger());
      if (Take(',')) {
        ASSIGN_OR_RETURN(scale, ParseInteger());
      }
      if (!Take(')')) return Unexpected();
    }
    return DecimalType(precision, scale);
  }

  Result<int> ParseLength() {
    if (!Take('(')) return Unexpected();
    ASSIGN_OR_RETURN(int length, ParseInteger());
    if (!Take(')')) return Unexpected();
    return length;
  }

  DataType ParseInterval() {
    static constexpr std::array<std::string_view, 2> kYearMonth = {"year", "month"};
    static constexpr std::array<std::string_view, 4> kDayTime = {"day", "hour", "minute", "second"};
    const auto field = [&](auto names) {
      for (size_t i = 0; i < names.size(); ++i) {
        if (TakeWord(names[i])) return static_cast<int>(i);
      }
      return -1;
    };
    const auto range = [&](auto names, TypeKind kind) -> std::optional<DataType> {
      const int first = field(names);
      if (first < 0) return std::nullopt;
      int last = first;
      const size_t before_to = at_;
      if (TakeWord("to")) {
        last = field(names);
        if (last < 0) {
          at_ = before_to;
          last = first;
        }
      }
      return DataType{.kind = kind, .precision = first, .scale = last, .children = nullptr};
    };
    if (auto type = range(kYearMonth, TypeKind::kYearMonthInterval)) return *type;
    if (auto type = range(kDayTime, TypeKind::kDayTimeInterval)) return *type;
    return CalendarIntervalType();
  }

  Result<DataType> ParseTypeInner() {
    const std::string_view word = PeekWord();
    const std::string name = Lower(word);
    const auto row = std::find_if(kDdlNames.begin(), kDdlNames.end(),
                                  [&](const auto& r) { return r.name == name; });
    if (row == kDdlNames.end()) {
      if (word.empty()) return Unexpected();
      std::string upper(word);
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](unsigned char c) { return std::toupper(c); });
      return MakeError("UNSUPPORTED_DATATYPE", {{"typeName", fmt::format("\"{}\"", upper)}});
    }
    at_ += word.size();
    switch (row->kind) {
      case TypeKind::kDecimal:
        return ParseDecimal();
      case TypeKind::kChar: {
        ASSIGN_OR_RETURN(int length, ParseLength());
        return CharType(length);
      }
      case TypeKind::kVarchar: {
        ASSIGN_OR_RETURN(int length, ParseLength());
        return VarcharType(length);
      }
      case TypeKind::kCalendarInterval:
        return ParseInterval();
      case TypeKind::kArray: {
        if (!Take('<')) return Unexpected();
        ASSIGN_OR_RETURN(DataType element, ParseType());
        if (!Take('>')) return Unexpected();
        return ArrayType(std::move(element), true);
      }
      case TypeKind::kMap: {
        if (!Take('<')) return Unexpected();
        ASSIGN_OR_RETURN(DataType key, ParseType());
        if (!Take(',')) return Unexpected();
        ASSIGN_OR_RETURN(DataType value, ParseType());
        if (!Take('>')) return Unexpected();
        return MapType(std::move(key), std::move(value), true);
      }
      case TypeKind::kStruct: {
        if (!Take('<')) return Unexpected();
        ASSIGN_OR_RETURN(Schema fields, ParseFields('>'));
        if (!Take('>')) return Unexpected();
        return StructType(std::move(fields));
      }
      default:
        return DataType{.kind = row->kind, .children = nullptr};
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
};

constexpr auto kJsonNames = std::to_array<NamedType>({
    {"void", TypeKind::kNull},
    {"null", TypeKind::kNull},
    {"boolean", TypeKind::kBoolean},
    {"byte", TypeKind::kByte},
    {"short", TypeKind::kShort},
    {"integer", TypeKind::kInteger},
    {"long", TypeKind::kLong},
    {"float", TypeKind::kFloat},
    {"double", TypeKind::kDouble},
    {"string", TypeKind::kString},
    {"binary", TypeKind::kBinary},
    {"date", TypeKind::kDate},
    {"timestamp", TypeKind::kTimestamp},
    {"timestamp_ltz", TypeKind::kTimestamp},
    {"timestamp_ntz", TypeKind::kTimestampNtz},
    {"interval", TypeKind::kCalendarInterval},
});

Result<DataType> FromJson(const nlohmann::json& json);

Result<StructField> FieldFromJson(const nlohmann::json& json) {
  if (!json.is_object() || !json.contains("name") || !json.contains("type")) {
    return InvalidInput("schema JSON: a field needs \"name\" and \"type\"");
  }
  StructField field;
  field.name = json["name"].get<std::string>();
  ASSIGN_OR_RETURN(field.type, FromJson(json["type"]));
  field.nullable = json.value("nullable", true);
  if (json.contains("metadata") && json["metadata"].is_object() && !json["metadata"].empty()) {
    field.metadata = json["metadata"].dump();
  }
  return field;
}

Result<DataType> FromJson(const nlohmann::json& json) {
  if (json.is_string()) {
    const std::string name = json.get<std::string>();
    for (const auto& row : kJsonNames) {
      if (row.name == name) return DataType{.kind = row.kind, .children = nullptr};
    }
    // decimal(p,s), char(n), varchar(n) and intervals are spelled as in DDL.
    return ParseDataType(name);
  }
  if (!json.is_object() || !json.contains("type") || !json["type"].is_string()) {
    return InvalidInput(fmt::format("schema JSON: not a type: {}", json.dump()));
  }
  const std::string kind = json["type"].get<std::string>();
  if (kind == "array" && json.contains("elementType")) {
    ASSIGN_OR_RETURN(DataType element, FromJson(json["elementType"]));
    return ArrayType(std::move(element), json.value("containsNull", true));
  }
  if (kind == "map" && json.contains("keyType") && json.contains("valueType")) {
    ASSIGN_OR_RETURN(DataType key, FromJson(json["keyType"]));
    ASSIGN_OR_RETURN(DataType value, FromJson(json["valueType"]));
    return MapType(std::move(key), std::move(value), json.value("valueContainsNull", true));
  }
  if (kind == "struct" && json.contains("fields") && json["fields"].is_array()) {
    std::vector<StructField> fields;
    for (const auto& item : json["fields"]) {
      ASSIGN_OR_RETURN(StructField field, FieldFromJson(item));
      fields.push_back(std::move(field));
    }
    return StructType(std::move(fields));
  }
  return Unsupported(fmt::format("type {}", kind));
}

}  // namespace

Result<DataType> ParseDataType(std::string_view ddl) {
  DdlParser parser(ddl);
  ASSIGN_OR_RETURN(DataType type, parser.ParseType());
  RETURN_IF_ERROR(parser.ExpectEnd());
  return type;
}

Result<Schema> ParseDdlSchema(std::string_view ddl) {
  DdlParser fields_parser(ddl);
  auto fields = fields_parser.ParseFields(0);
  if (fields.ok()) return fields;
  auto type = ParseDataType(ddl);
  if (!type.ok()) {
    // One bare word is taken for a type that does not exist; anything else for a broken field list.
    const bool is_word = ddl.find_first_of(" \t\n,:<(") == std::string_view::npos;
    return is_word ? std::move(type).error() : std::move(fields).error();
  }
  if (type->kind == TypeKind::kStruct) return type->fields();
  return Schema{{.name = "value", .type = *std::move(type), .nullable = true, .metadata = {}}};
}

Result<DataType> ParseTypeJson(std::string_view json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (parsed.is_discarded()) return InvalidInput(fmt::format("schema JSON: not JSON: {}", json));
  return FromJson(parsed);
}

}  // namespace ember

#include "functions/json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "functions/cast_sql.h"
#include "functions/string_casts.h"
#include "functions/timestamp_zone.h"
#include "types/value.h"

namespace ember {
namespace {

using Kind = JsonTree::Kind;

bool IsNumber(const JsonTree& tree) {
  return tree.kind == Kind::kInteger || tree.kind == Kind::kFraction;
}

bool AppendInteger(const JsonTree& tree, int64_t minimum, int64_t maximum, std::string& out) {
  if (tree.kind != Kind::kInteger) return false;
  std::optional<int64_t> value = ParseInteger(tree.text, minimum, maximum, false);
  if (!value) return false;
  out += std::to_string(*value);
  return true;
}

std::optional<double> NonNumeric(const std::string& text) {
  if (text == "NaN") return std::nan("");
  if (text == "Infinity" || text == "+Infinity" || text == "INF" || text == "+INF") {
    return std::numeric_limits<double>::infinity();
  }
  if (text == "-Infinity" || text == "-INF") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

bool AppendFraction(const JsonTree& tree, bool is_float, std::string& out) {
  std::optional<double> value;
  if (tree.kind == Kind::kString || IsNumber(tree)) value = NonNumeric(tree.text);
  if (!value && IsNumber(tree)) value = std::strtod(tree.text.c_str(), nullptr);
  if (!value) return false;
  if (std::isnan(*value)) {
    out += "\"nan\"";
  } else if (std::isinf(*value)) {
    out += *value > 0 ? "\"inf\"" : "\"-inf\"";
  } else {
    out += '"';
    out += is_float ? JavaFloatText(static_cast<float>(*value)) : JavaDoubleText(*value);
    out += '"';
  }
  return true;
}

bool AppendDecimal(const JsonTree& tree, const DataType& type, std::string& out) {
  if (!IsNumber(tree) && tree.kind != Kind::kString) return false;
  std::optional<ParsedDecimal> parsed = ParseBigDecimal(tree.text);
  if (!parsed) return false;
  std::optional<Int128> unscaled = ToUnscaled(*parsed, type.precision, type.scale);
  if (!unscaled) {
    out += "null";  // what does not fit is null, not malformed
  } else {
    out += "\"" + DecimalText(*unscaled, type.scale) + "\"";
  }
  return true;
}

// UnivocityParser and JacksonParser take no zone in the text of a TIMESTAMP_NTZ.
std::optional<int64_t> ParseZonelessTimestamp(std::string_view text) {
  return HasZone(text) ? std::nullopt : ParseSparkTimestampNtz(text);
}

}  // namespace

std::string JsonTypeReader::Specification(const DataType& type, const JsonReadOptions& options) {
  return nlohmann::json{{"type", TypeJson(type)}, {"options", JsonOptionsText(options)}}.dump();
}

Result<JsonTypeReader> JsonTypeReader::Make(std::string_view specification) {
  nlohmann::json json = nlohmann::json::parse(specification, nullptr, false);
  if (!json.is_object()) return InternalError("from_json: a specification that is none");
  JsonTypeReader reader;
  ASSIGN_OR_RETURN(reader.type_, ParseTypeJson(json.value("type", "")));
  reader.options_ = ReadJsonOptionsText(json.value("options", ""));
  auto compile = [](const std::string& pattern,
                    std::shared_ptr<const DateTimePattern>& compiled) -> Status {
    if (pattern.empty()) return {};
    ASSIGN_OR_RETURN(DateTimePattern made,
                     DateTimePattern::Make(pattern, DateTimePattern::Use::kParse));
    compiled = std::make_shared<DateTimePattern>(std::move(made));
    return {};
  };
  RETURN_IF_ERROR(compile(reader.options_.date_format, reader.date_pattern_));
  RETURN_IF_ERROR(compile(reader.options_.timestamp_format, reader.timestamp_pattern_));
  RETURN_IF_ERROR(compile(reader.options_.timestamp_ntz_format, reader.timestamp_ntz_pattern_));
  return reader;
}

std::optional<int64_t> JsonTypeReader::ReadTimestamp(const JsonTree& tree, bool is_instant) const {
  if (tree.kind == Kind::kInteger && is_instant) {
    auto seconds = ParseInteger(tree.text, -9'223'372'036'854, 9'223'372'036'854, false);
    return seconds ? std::optional(*seconds * kMicrosPerSecond) : std::nullopt;
  }
  if (tree.kind != Kind::kString) return std::nullopt;
  const auto& pattern = is_instant ? timestamp_pattern_ : timestamp_ntz_pattern_;
  if (pattern == nullptr) {
    return is_instant ? ParseSparkTimestamp(tree.text, options_.zone)
                      : ParseZonelessTimestamp(tree.text);
  }
  auto parsed = pattern->Parse(tree.text);
  if (!parsed.is_ok) return std::nullopt;
  if (!is_instant) return parsed.wall_micros;
  auto zone = parsed.zone ? parsed.zone : Zone::Find(options_.zone);
  return zone->ToInstant(parsed.wall_micros);
}

bool JsonTypeReader::ConvertScalar(const JsonTree& tree, const DataType& type,
                                   std::string& out) const {
  switch (type.kind) {
    case TypeKind::kBoolean:
      if (tree.kind != Kind::kTrue && tree.kind != Kind::kFalse) return false;
      out += tree.kind == Kind::kTrue ? "true" : "false";
      return true;
    case TypeKind::kByte:
      return AppendInteger(tree, -128, 127, out);
    case TypeKind::kShort:
      return AppendInteger(tree, -32768, 32767, out);
    case TypeKind::kInteger:
      return AppendInteger(tree, std::numeric_limits<int32_t>::min(),
                           std::numeric_limits<int32_t>::max(), out);
    case TypeKind::kLong:
      return AppendInteger(tree, std::numeric_limits<int64_t>::min(),
                           std::numeric_limits<int64_t>::max(), out);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return AppendFraction(tree, type.Is(TypeKind::kFloat), out);
    case TypeKind::kDecimal:
      return AppendDecimal(tree, type, out);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      // What is no string keeps the text it has in the source.
      AppendJsonString(tree.kind == Kind::kString ? std::string_view(tree.text) : tree.source, out);
      return true;
    case TypeKind::kDate: {
      if (tree.kind != Kind::kString) return false;
      std::optional<int64_t> days;
      if (date_pattern_) {
        auto parsed = date_pattern_->Parse(tree.text);
        if (parsed.is_ok)
          days = parsed.wall_micros / kMicrosPerDay - (parsed.wall_micros % kMicrosPerDay < 0);
      } else {
        days = ParseSparkDate(tree.text);
      }
      if (!days) return false;
      out += "\"" + DateText(*days) + "\"";
      return true;
    }
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: {
      const auto micros = ReadTimestamp(tree, type.Is(TypeKind::kTimestamp));
      if (!micros) return false;
      out += "\"" + TimestampText(*micros) + "\"";
      return true;
    }
    default:
      return false;
  }
}

bool JsonTypeReader::Convert(const JsonTree& tree, const DataType& type, std::string& out,
                             bool& is_bad) const {
  if (tree.kind == Kind::kNull) {
    out += "null";
    return true;
  }
  if (type.Is(TypeKind::kStruct)) {
    return tree.kind == Kind::kObject && ConvertObject(tree, type, out, is_bad);
  }
  if (type.Is(TypeKind::kArray)) {
    if (tree.kind != Kind::kArray) return false;
    std::string list = "[";
    for (size_t i = 0; i < tree.items.size(); ++i) {
      if (i > 0) list += ',';
      if (!Convert(tree.items[i], type.element().type, list, is_bad)) return false;
    }
    out += list + "]";
    return true;
  }
  if (type.Is(TypeKind::kMap)) {
    if (tree.kind != Kind::kObject) return false;
    std::string map = "{";
    for (size_t i = 0; i < tree.items.size(); ++i) {
      if (i > 0) map += ',';
      AppendJsonString(tree.keys[i], map);
      map += ':';
      if (!Convert(tree.items[i], type.value().type, map, is_bad)) return false;
    }
    out += map + "}";
    return true;
  }
  return ConvertScalar(tree, type, out);
}

void JsonTypeReader::AppendStruct(const std::vector<std::string>& values, const DataType& type,
                                  std::string& out) const {
  std::vector<std::string> names = StorageFieldNames(type);
  out += '{';
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(names[i], out);
    out += ':';
    out += values[i].empty() ? "null" : values[i];
  }
  out += '}';
}

// JacksonParser.convertObject: a field that does not fit is null and marks the record; the last of
// repeated keys counts.
bool JsonTypeReader::ConvertObject(const JsonTree& tree, const DataType& type, std::string& out,
                                   bool& is_bad) const {
  const auto& fields = type.fields();
  std::vector<std::string> values(fields.size());
  for (size_t i = 0; i < tree.items.size(); ++i) {
    for (size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].name != tree.keys[i]) continue;
      std::string value;
      if (Convert(tree.items[i], fields[f].type, value, is_bad)) {
        values[f] = std::move(value);
      } else {
        values[f].clear();
        is_bad = true;
      }
      break;
    }
  }
  AppendStruct(values, type, out);
  return true;
}

std::string JsonTypeReader::NullRow(std::string_view record) const {
  std::vector<std::string> values(type_.fields().size());
  for (size_t i = 0; i < values.size(); ++i) {
    if (type_.fields()[i].name == options_.corrupt_column &&
        type_.fields()[i].type.IsStringLike()) {
      AppendJsonString(record, values[i]);
    }
  }
  std::string out;
  AppendStruct(values, type_, out);
  return out;
}

// A partial row, with the record's text where the type has a column for it.
std::string JsonTypeReader::WithRecord(std::string row, std::string_view record) const {
  for (const StructField& field : type_.fields()) {
    if (field.name != options_.corrupt_column) continue;
    nlohmann::ordered_json json = nlohmann::ordered_json::parse(row, nullptr, false);
    json[field.name] = std::string(record);
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }
  return row;
}

std::optional<std::string> JsonTypeReader::Read(std::string_view text) const {
  const bool is_struct = type_.Is(TypeKind::kStruct);
  if (text.find_first_not_of(" \t\n\r") == std::string_view::npos) return std::nullopt;
  std::optional<JsonTree> tree = ParseJsonTree(text, options_.syntax);
  std::string out;
  bool is_bad = !tree.has_value(), is_converted = false;
  if (tree) {
    const bool wraps = type_.Is(TypeKind::kArray) && tree->kind == Kind::kObject &&
                       type_.element().type.Is(TypeKind::kStruct);
    if (wraps) {
      out = "[";
      is_converted = ConvertObject(*tree, type_.element().type, out, is_bad);
      out += "]";
    } else if (tree->kind == Kind::kNull) {
      if (!is_struct) return std::nullopt;
    } else {
      is_converted = Convert(*tree, type_, out, is_bad);
    }
    is_bad = is_bad || !is_converted;
  }
  if (!is_bad) return out;
  if (options_.is_fail_fast) return std::string(kFailed);
  if (!is_struct) return is_converted ? std::optional(out) : std::nullopt;
  return is_converted ? WithRecord(std::move(out), text) : NullRow(text);
}

// One row of a struct: of an object, or of what should have been one.
void JsonTypeReader::AddRecord(const JsonTree* tree, std::string_view text,
                               std::vector<std::string>& rows) const {
  std::string row;
  bool is_bad = false;
  const bool is_object =
      tree != nullptr && tree->kind == Kind::kObject && ConvertObject(*tree, type_, row, is_bad);
  if (is_object && !is_bad) {
    rows.push_back(std::move(row));
  } else if (options_.is_fail_fast) {
    rows.emplace_back(kFailed);
  } else if (!options_.drops_malformed) {
    rows.push_back(is_object ? WithRecord(std::move(row), text) : NullRow(text));
  }
}

// JacksonParser.parse with FailureSafeParser: an array gives its objects, one that holds anything
// else is malformed as a whole.
std::vector<std::string> JsonTypeReader::ReadRecords(std::string_view text) const {
  std::vector<std::string> rows;
  if (text.find_first_not_of(" \t\n\r") == std::string_view::npos) return rows;
  const std::optional<JsonTree> tree = ParseJsonTree(text, options_.syntax);
  const bool is_list = tree && tree->kind == Kind::kArray &&
                       std::all_of(tree->items.begin(), tree->items.end(),
                                   [](const JsonTree& item) { return item.kind == Kind::kObject; });
  if (!is_list) {
    AddRecord(tree ? &*tree : nullptr, text, rows);
    return rows;
  }
  for (const JsonTree& item : tree->items) AddRecord(&item, text, rows);
  return rows;
}

Result<std::string> JsonStructure(const DataType& type) {
  if (type.Is(TypeKind::kStruct)) {
    std::vector<std::string> names = StorageFieldNames(type);
    if (names.empty()) return Unsupported("from_json of a struct without fields");
    std::string out = "{";
    for (size_t i = 0; i < names.size(); ++i) {
      if (i > 0) out += ',';
      AppendJsonString(names[i], out);
      ASSIGN_OR_RETURN(std::string field, JsonStructure(type.fields()[i].type));
      out += ":" + field;
    }
    return out + "}";
  }
  if (type.Is(TypeKind::kArray)) {
    ASSIGN_OR_RETURN(std::string element, JsonStructure(type.element().type));
    return "[" + element + "]";
  }
  if (type.Is(TypeKind::kBinary)) return Unsupported("reading JSON into a binary");
  ASSIGN_OR_RETURN(std::string storage, DuckDbTypeName(type));
  std::string out;
  AppendJsonString(storage, out);
  return out;
}

}  // namespace ember

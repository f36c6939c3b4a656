// The text of df.show(): Spark's Dataset.showString.
#include <fmt/format.h>

#include "duckdb/local_session.h"
#include "duckdb/result_stream.h"
#include "functions/cast_sql.h"

namespace ember {
namespace {

size_t CharacterCount(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

// The first `count` characters.
std::string Prefix(const std::string& text, size_t count) {
  size_t i = 0;
  for (; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && count-- == 0) break;
  }
  return text.substr(0, i);
}

uint32_t CodePoint(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) {
    return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0);
  };
  if (byte(0) < 0x80) return byte(0);
  if (byte(0) < 0xE0) return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
  if (byte(0) < 0xF0) return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return 0x10000;  // beyond 16 bits: two of Java's characters
}

// Columns on a screen: East Asian wide characters take two (Utils.stringHalfWidth).
size_t ScreenWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    const uint32_t c = CodePoint(text, i);
    const bool is_wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                         (c >= 0xFFE0 && c <= 0xFFE6) || c >= 0x10000;
    width += is_wide ? 2 : 1;
  }
  return width;
}

std::string EscapeMetaCharacters(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\v':
        out += "\\v";
        break;
      case '\a':
        out += "\\a";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// ToPrettyString: as a cast to string, but NULL in capitals at every depth and binary as spaced
// hex.
std::string CellText(const DataType& type, const Value& value) {
  if (value.is_null()) return "NULL";
  switch (type.kind) {
    case TypeKind::kArray: {
      std::string out = "[";
      for (const Value& item : std::get<std::vector<Value>>(value.data)) {
        if (out.size() > 1) out += ", ";
        out += CellText(type.element().type, item);
      }
      return out + "]";
    }
    case TypeKind::kMap: {
      const auto& items = std::get<std::vector<Value>>(value.data);
      std::string out = "{";
      for (size_t i = 0; i + 1 < items.size(); i += 2) {
        if (i > 0) out += ", ";
        out += CellText(type.key().type, items[i]) + " -> " +
               CellText(type.value().type, items[i + 1]);
      }
      return out + "}";
    }
    case TypeKind::kStruct: {
      const auto& items = std::get<std::vector<Value>>(value.data);
      std::string out = "{";
      for (size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out += ", ";
        out += CellText(type.fields()[i].type, items[i]);
      }
      return out + "}";
    }
    case TypeKind::kBoolean:
      return std::get<bool>(value.data) ? "true" : "false";
    case TypeKind::kFloat:
      return JavaFloatText(static_cast<float>(std::get<double>(value.data)));
    case TypeKind::kDouble:
      return JavaDoubleText(std::get<double>(value.data));
    case TypeKind::kDecimal:
      return DecimalText(std::get<DecimalValue>(value.data).unscaled, type.scale);
    case TypeKind::kDate:
      return DateText(std::get<int64_t>(value.data));
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return TimestampText(std::get<int64_t>(value.data));
    case TypeKind::kBinary: {
      std::string out = "[";
      for (const char c : std::get<std::string>(value.data)) {
        out += fmt::format("{}{:02X}", out.size() > 1 ? " " : "", static_cast<unsigned char>(c));
      }
      return out + "]";
    }
    default:
      if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
      if (const auto* number = std::get_if<int64_t>(&value.data)) return std::to_string(*number);
      return "";
  }
}

// Where instants have to move into the session's zone before they are printed.
bool HoldsInstant(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return true;
  if (type.children == nullptr) return false;
  for (const StructField& child : *type.children) {
    if (HoldsInstant(child.type)) return true;
  }
  return false;
}

DataType WallClockType(const DataType& type) {
  if (type.Is(TypeKind::kTimestamp)) return TimestampNtzType();
  if (type.children == nullptr) return type;
  auto children = std::make_shared<std::vector<StructField>>(*type.children);
  for (StructField& child : *children) child.type = WallClockType(child.type);
  DataType result = type;
  result.children = std::move(children);
  return result;
}

using Table = std::vector<std::vector<std::string>>;

std::string Rule(const std::vector<size_t>& widths) {
  std::string line = "+";
  for (size_t c = 0; c < widths.size(); ++c)
    line += (c > 0 ? "+" : "") + std::string(widths[c], '-');
  return line + "+\n";
}

std::string Grid(const Table& table, const ResolvedShowString& show) {
  std::vector<size_t> widths(table[0].size(), 3);
  for (const auto& row : table) {
    for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], ScreenWidth(row[c]));
  }
  const std::string rule = Rule(widths);
  std::string out = rule;
  for (size_t r = 0; r < table.size(); ++r) {
    out += "|";
    for (size_t c = 0; c < table[r].size(); ++c) {
      const std::string padding(widths[c] - ScreenWidth(table[r][c]), ' ');
      out += c > 0 ? "|" : "";
      out += show.truncate > 0 ? padding + table[r][c] : table[r][c] + padding;
    }
    out += "|\n";
    if (r == 0) out += rule;
  }
  return out + rule;
}

std::string VerticalRecords(const Table& table) {
  size_t name_width = 3;
  size_t value_width = 3;
  for (const std::string& name : table[0]) name_width = std::max(name_width, ScreenWidth(name));
  for (size_t r = 1; r < table.size(); ++r) {
    for (const std::string& cell : table[r]) value_width = std::max(value_width, ScreenWidth(cell));
  }
  std::string out;
  for (size_t r = 1; r < table.size(); ++r) {
    std::string head = fmt::format("-RECORD {}", r - 1);
    head.resize(std::max(head.size(), name_width + value_width + 5), '-');
    out += head + "\n";
    for (size_t c = 0; c < table[0].size(); ++c) {
      out += fmt::format(" {}{} | {}{} \n", table[0][c],
                         std::string(name_width - ScreenWidth(table[0][c]), ' '), table[r][c],
                         std::string(value_width - ScreenWidth(table[r][c]), ' '));
    }
  }
  return out;
}

std::string EscapeHtml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '<'   ? "&lt;"
           : c == '>' ? "&gt;"
           : c == '&' ? "&amp;"
           : c == '"' ? "&quot;"
                      : std::string(1, c);
  }
  return out;
}

std::string HtmlTable(const Table& table) {
  std::string out = "<table border='1'>\n";
  for (size_t r = 0; r < table.size(); ++r) {
    const char* tag = r == 0 ? "th" : "td";
    out += "<tr>";
    for (const std::string& cell : table[r])
      out += fmt::format("<{0}>{1}</{0}>", tag, EscapeHtml(cell));
    out += "</tr>\n";
  }
  return out + "</table>\n";
}

std::string Render(const Table& table, const ResolvedShowString& show, bool has_more) {
  std::string out = show.html       ? HtmlTable(table)
                    : show.vertical ? VerticalRecords(table)
                                    : Grid(table, show);
  if (show.html) {
    if (has_more)
      out += fmt::format("only showing top {} {}", show.rows, show.rows == 1 ? "row" : "rows");
    return out;
  }
  if (show.vertical && table.size() == 1) return "(0 rows)";
  if (has_more)
    out += fmt::format("only showing top {} {}", show.rows, show.rows == 1 ? "row" : "rows");
  return out;
}

}  // namespace

Result<std::unique_ptr<BatchStream>> LocalSession::RunShowString(const ResolvedShowString& show,
                                                                 const Schema& schema,
                                                                 const ExecuteOptions& options) {
  const int64_t limit = std::max(show.rows, 0);
  const SqlWriterOptions writer_options = MakeWriterOptions();
  SqlWriter writer(*this, writer_options);
  ASSIGN_OR_RETURN(std::string input, writer.WriteRelation(*show.input));
  std::string list;
  auto shown = std::make_shared<Schema>();
  for (const ResolvedColumn& column : show.input->columns) {
    std::string sql = ColumnName(column.id);
    DataType type = column.type;
    if (type.IsInterval()) {
      ASSIGN_OR_RETURN(sql,
                       EmitCast(sql, type, StringType(), CastMode::kAnsi, writer_options.zone));
      type = StringType();
    } else if (HoldsInstant(type)) {
      ASSIGN_OR_RETURN(
          sql, EmitCast(sql, type, WallClockType(type), CastMode::kAnsi, writer_options.zone));
      type = WallClockType(type);
    }
    list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ", sql,
                        ColumnName(static_cast<int64_t>(shown->size())));
    shown->push_back({column.name, type, true, ""});
  }
  if (list.empty()) list = "1 AS \"nothing\"";
  ASSIGN_OR_RETURN(Connection connection, shared_->engine->Connect());
  ASSIGN_OR_RETURN(
      std::unique_ptr<BatchStream> stream,
      StreamQuery(std::move(connection),
                  fmt::format("SELECT {} FROM ({} LIMIT {}) AS t", list,
                              fmt::format("SELECT * FROM ({}) AS u", input), limit + 1),
                  shown, options));
  Table table(1);
  for (const StructField& field : *shown) table[0].push_back(EscapeMetaCharacters(field.name));
  bool has_more = false;
  const auto truncate = static_cast<size_t>(std::max(show.truncate, 0));
  while (true) {
    ASSIGN_OR_RETURN(std::optional<Batch> batch, stream->Next());
    if (!batch) break;
    for (int64_t r = 0; r < batch->row_count(); ++r) {
      if (static_cast<int64_t>(table.size()) - 1 == limit) {
        has_more = true;
        break;
      }
      std::vector<std::string> row;
      for (size_t c = 0; c < shown->size(); ++c) {
        std::string cell =
            EscapeMetaCharacters(CellText((*shown)[c].type, batch->Get(r, static_cast<int>(c))));
        if (truncate > 0 && CharacterCount(cell) > truncate) {
          cell = truncate < 4 ? Prefix(cell, truncate) : Prefix(cell, truncate - 3) + "...";
        }
        row.push_back(std::move(cell));
      }
      table.push_back(std::move(row));
    }
  }
  ValuesRelation answer;
  answer.schema = schema;
  answer.rows = {{Value{Render(table, show, has_more)}}};
  return Execute(MakeRelation(std::move(answer)), options);
}

}  // namespace ember

#include "glue/glue_projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace ember {
namespace {

using Properties = std::map<std::string, std::string>;

constexpr std::string_view kInjected = "injected";

std::string LowerCaseOf(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool IsWholeNumber(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// "2024-01-31", "NOW", "NOW-3YEARS", "NOW+1DAYS".
bool IsDateBound(std::string_view text) {
  if (text.starts_with("NOW")) {
    text.remove_prefix(3);
    if (text.empty()) return true;
    if (text[0] != '-' && text[0] != '+') return false;
    text.remove_prefix(1);
    const size_t digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == text.npos) return false;
    const std::string_view unit = text.substr(digits);
    return unit == "DAYS" || unit == "WEEKS" || unit == "MONTHS" || unit == "YEARS";
  }
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 4 || i == 7;
    if (is_dash != (text[i] == '-') || (!is_dash && (text[i] < '0' || text[i] > '9'))) return false;
  }
  return true;
}

Result<std::pair<std::string, std::string>> BoundsOf(const std::string& column,
                                                     const std::string& text) {
  const size_t dots = text.find("..");
  if (dots == std::string::npos) {
    return InvalidInput(fmt::format(
        "projection of '{}': '{}' is no range like 1990..2040, no list and not 'injected'", column,
        text));
  }
  return std::pair(text.substr(0, dots), text.substr(dots + 2));
}

Status AddRange(const StructField& field, const std::string& name, const std::string& text,
                Properties& properties) {
  ASSIGN_OR_RETURN(const auto bounds, BoundsOf(field.name, text));
  const bool is_date = field.type.Is(TypeKind::kDate);
  const auto fits = [&](const std::string& bound) {
    return is_date ? IsDateBound(bound) : IsWholeNumber(bound);
  };
  if (!is_date && !field.type.IsIntegral()) {
    return InvalidInput(
        fmt::format("projection of '{}': a range is for whole numbers and dates, the column is {}",
                    field.name, SimpleString(field.type)));
  }
  if (!fits(bounds.first) || !fits(bounds.second)) {
    return InvalidInput(fmt::format("projection of '{}': '{}' is no range of {}", field.name, text,
                                    is_date ? "dates like 1990-01-01..NOW" : "whole numbers"));
  }
  properties[name + ".type"] = is_date ? "date" : "integer";
  properties[name + ".range"] = bounds.first + "," + bounds.second;
  if (is_date) {
    properties[name + ".format"] = "yyyy-MM-dd";
    properties[name + ".interval"] = "1";
    properties[name + ".interval.unit"] = "DAYS";
  }
  return {};
}

Status AddValues(const StructField& field, const std::string& name,
                 const std::vector<std::string>& values, Properties& properties) {
  std::string list;
  for (const std::string& value : values) {
    if (value.empty() || value.find(',') != std::string::npos) {
      return InvalidInput(fmt::format(
          "projection of '{}': Athena takes no value that is empty or has a comma: '{}'",
          field.name, value));
    }
    list += (list.empty() ? "" : ",") + value;
  }
  properties[name + ".type"] = "enum";
  properties[name + ".values"] = list;
  return {};
}

Status AddDefault(const StructField& field, const std::string& name, Properties& properties) {
  if (field.type.Is(TypeKind::kDate)) return AddRange(field, name, "1970-01-01..NOW", properties);
  if (field.type.IsStringLike()) {
    properties[name + ".type"] = kInjected;
    return {};
  }
  return InvalidInput(fmt::format(
      "projection of '{}', which is {}: say which values there are, as a range like 1990..2040 or "
      "a list",
      field.name, SimpleString(field.type)));
}

}  // namespace

Result<Properties> GlueProjection(const Schema& partition_columns,
                                  const std::map<std::string, GlueProjectedColumn>& by_column) {
  if (partition_columns.empty()) {
    return InvalidInput("projection is for outputs with partition_by");
  }
  for (const auto& [column, ignored] : by_column) {
    const bool is_known =
        std::any_of(partition_columns.begin(), partition_columns.end(),
                    [&](const auto& f) { return LowerCaseOf(f.name) == LowerCaseOf(column); });
    if (!is_known) {
      return InvalidInput(
          fmt::format("projection of '{}', which is no column of partition_by", column));
    }
  }
  Properties properties = {{"projection.enabled", "true"}};
  for (const StructField& field : partition_columns) {
    const std::string name = "projection." + LowerCaseOf(field.name);
    const auto said = std::find_if(by_column.begin(), by_column.end(), [&](const auto& entry) {
      return LowerCaseOf(entry.first) == LowerCaseOf(field.name);
    });
    if (said == by_column.end()) {
      RETURN_IF_ERROR(AddDefault(field, name, properties));
    } else if (said->second.is_list) {
      RETURN_IF_ERROR(AddValues(field, name, said->second.texts, properties));
    } else if (said->second.texts == std::vector{std::string(kInjected)}) {
      properties[name + ".type"] = kInjected;
    } else {
      RETURN_IF_ERROR(AddRange(field, name, said->second.texts.at(0), properties));
    }
  }
  return properties;
}

}  // namespace ember

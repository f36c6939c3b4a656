#include "duckdb/partition_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "types/coercion.h"

namespace ember {
namespace {

constexpr std::string_view kEscaped = "\"#%'*/:=?\\\x7f{[]^";

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Takes up to `max` digits off the front; their value, or nothing when there are fewer than `min`.
std::optional<int> TakeDigits(std::string_view& text, size_t min, size_t max) {
  size_t n = 0;
  while (n < max && n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  if (n < min) return {};
  int value = 0;
  std::from_chars(text.data(), text.data() + n, value);
  text.remove_prefix(n);
  return value;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

bool IsDay(int year, int month, int day) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

// "yyyy-M-d" off the front.
bool TakeDate(std::string_view& text) {
  const auto year = TakeDigits(text, 4, 7);
  if (!year || !Take(text, '-')) return false;
  const auto month = TakeDigits(text, 1, 2);
  if (!month || !Take(text, '-')) return false;
  const auto day = TakeDigits(text, 1, 2);
  return day && IsDay(*year, *month, *day);
}

bool IsTimestamp(std::string_view text) {
  if (!TakeDate(text)) return false;
  if (!Take(text, ' ') && !Take(text, 'T')) return false;
  const auto hour = TakeDigits(text, 1, 2);
  if (!hour || *hour > 23 || !Take(text, ':')) return false;
  const auto minute = TakeDigits(text, 1, 2);
  if (!minute || *minute > 59) return false;
  if (Take(text, ':')) {
    const auto second = TakeDigits(text, 1, 2);
    if (!second || *second > 59) return false;
    if (Take(text, '.') && !TakeDigits(text, 1, 9)) return false;
  }
  return text.empty() || text == "Z" || text.starts_with('+') || text.starts_with('-');
}

bool IsJavaDouble(std::string_view text) {
  if (text == "NaN" || text == "Infinity" || text == "-Infinity" || text == "+Infinity")
    return true;
  if (!text.empty() && std::string_view("dDfF").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_word = !text.empty() && (text.find_first_of("nNiI") != std::string_view::npos);
  return !text.empty() && !is_word && end == text.data() + text.size() && error == std::errc();
}

}  // namespace

std::string EscapePathName(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || kEscaped.find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string UnescapePathName(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    int code = 0;
    if (name[i] == '%' && i + 2 < name.size() &&
        std::from_chars(name.data() + i + 1, name.data() + i + 3, code, 16).ptr ==
            name.data() + i + 3) {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += name[i];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> PartitionOf(std::string_view file,
                                                             std::string_view base) {
  std::vector<std::pair<std::string, std::string>> columns;
  if (!file.starts_with(base)) return columns;
  std::string_view folders = file.substr(base.size());
  const size_t last = folders.rfind('/');
  folders = last == std::string_view::npos ? std::string_view() : folders.substr(0, last);
  while (!folders.empty()) {
    const size_t slash = folders.rfind('/');
    const std::string_view folder =
        slash == std::string_view::npos ? folders : folders.substr(slash + 1);
    folders = slash == std::string_view::npos ? std::string_view() : folders.substr(0, slash);
    if (folder.empty()) continue;
    const size_t equals = folder.find('=');
    if (equals == std::string_view::npos || equals == 0) break;
    columns.emplace_back(UnescapePathName(folder.substr(0, equals)),
                         UnescapePathName(folder.substr(equals + 1)));
  }
  std::reverse(columns.begin(), columns.end());
  return columns;
}

DataType InferPartitionType(std::string_view raw) {
  if (raw == kNullPartition) return NullType();
  std::string_view digits = raw;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (IsDigits(digits)) {
    const std::string_view number = raw.starts_with('+') ? digits : raw;
    int32_t narrow = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), narrow).ec == std::errc()) {
      return IntegerType();
    }
    int64_t wide = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), wide).ec == std::errc()) {
      return LongType();
    }
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() <= 38) return DecimalType(static_cast<int>(digits.size()), 0);
  }
  if (IsJavaDouble(raw)) return DoubleType();
  std::string_view rest = raw;
  if (TakeDate(rest) && rest.empty()) return DateType();
  if (IsTimestamp(raw)) return TimestampType();
  return StringType();
}

DataType WidenPartitionTypes(const DataType& a, const DataType& b) {
  const bool has_double = a.Is(TypeKind::kDouble) || b.Is(TypeKind::kDouble);
  const auto is_exact = [](const DataType& t) {
    return t.Is(TypeKind::kDecimal) || t.Is(TypeKind::kLong);
  };
  if (has_double && (is_exact(a) || is_exact(b))) return StringType();
  return WiderType(a, b, false).value_or(StringType());
}

}  // namespace ember

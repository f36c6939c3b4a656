#include "emr/cluster_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace ember {
namespace {

void Find(EmrReading& reading, std::string_view rule, const std::string& path, Location at,
          std::string what, std::string fix = "") {
  reading.findings.push_back({rule, path, at, std::move(what), std::move(fix)});
}

void FindWrongType(EmrReading& reading, const YamlReader& value, const std::string& path,
                   std::string_view expected) {
  const auto text = value.Text();
  Find(reading, "wrong-type", path, reading.cluster.Where(path),
       text.ok() ? fmt::format("{}: must be {}, not '{}'", path, expected, *text)
                 : fmt::format("{}: must be {}", path, expected));
}

template <typename T>
bool ParseNumber(std::string_view text, T& out) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size();
}

template <typename T>
void ReadNumber(const YamlReader& value, const std::string& path, std::string_view expected, T& out,
                EmrReading& reading) {
  const auto text = value.Text();
  T number{};
  if (!text.ok() || !ParseNumber(*text, number)) {
    FindWrongType(reading, value, path, expected);
  } else if (number < 0) {
    Find(reading, "negative-number", path, reading.cluster.Where(path),
         fmt::format("{}: '{}' is below 0", path, *text));
  } else {
    out = number;
  }
}

void CheckChoice(const YamlReader& value, const std::string& path, const EmrKeyRow& row,
                 EmrReading& reading) {
  if (row.choices.empty()) return;
  const auto texts = value.Texts();
  if (!texts.ok()) return;
  for (const std::string& text : *texts) {
    if (std::find(row.choices.begin(), row.choices.end(), text) != row.choices.end()) continue;
    const std::string nearest = NearestName(text, row.choices);
    Find(reading, "unknown-value", path, reading.cluster.Where(path),
         fmt::format("{}: '{}' is none of {}", path, text, fmt::join(row.choices, ", ")),
         nearest.empty() ? "" : fmt::format("did you mean '{}'?", nearest));
  }
}

std::string Below(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

constexpr auto kUnits = std::to_array<std::pair<std::string_view, double>>({
    {"", 1},
    {"B", 1},
    {"KB", 1e3},
    {"MB", 1e6},
    {"GB", 1e9},
    {"TB", 1e12},
    {"PB", 1e15},
    {"KiB", 1024.0},
    {"MiB", 1048576.0},
    {"GiB", 1073741824.0},
    {"TiB", 1099511627776.0},
    {"PiB", 1125899906842624.0},
});

}  // namespace

std::optional<ByteSize> ParseByteSize(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  double number = 0;
  if (!ParseNumber(text.substr(0, digits), number)) return std::nullopt;
  text.remove_prefix(digits);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  for (const auto& [unit, factor] : kUnits) {
    if (text != unit) continue;
    const double bytes = number * factor;
    if (bytes > 9e18) return std::nullopt;
    return ByteSize{static_cast<int64_t>(std::llround(bytes))};
  }
  return std::nullopt;
}

void ReadEmrKeys(const YamlReader& value, const std::string& path, void* object,
                 std::span<const EmrKeyRow> rows, EmrReading& reading) {
  if (!value.is_map()) {
    FindWrongType(reading, value, path, "a map");
    return;
  }
  std::vector<std::string_view> known;
  for (const EmrKeyRow& row : rows) {
    known.push_back(row.key);
    if (!row.alias.empty()) known.push_back(row.alias);
  }
  std::set<std::string_view> seen;
  for (const YamlEntry& entry : value.RawEntries()) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const EmrKeyRow& r) {
      return !entry.name.empty() && (r.key == entry.name || r.alias == entry.name);
    });
    if (row == rows.end()) {
      const std::string nearest = NearestName(entry.name, known);
      Find(reading, "unknown-key", Below(path, entry.name), entry.key_location,
           fmt::format("unknown key '{}'", Below(path, entry.name)),
           nearest.empty() ? fmt::format("known keys here: {}", fmt::join(known, ", "))
                           : fmt::format("did you mean '{}'?", nearest));
      continue;
    }
    const std::string key_path = Below(path, row->key);
    if (!seen.insert(row->key).second) {
      Find(reading, "duplicate-key", key_path, entry.key_location,
           fmt::format("key '{}' is here twice", key_path));
      continue;
    }
    if (entry.value.is_null()) {
      reading.cluster.positions[key_path] = entry.key_location;
      Find(reading, "wrong-type", key_path, entry.key_location,
           fmt::format("{}: has no value; its form is {}", key_path, row->form));
      continue;
    }
    reading.cluster.positions[key_path] = entry.value.location();
    CheckChoice(entry.value, key_path, *row, reading);
    row->read(object, entry.value, key_path, reading);
  }
}

void ReadEmrValue(const YamlReader& value, const std::string& path, std::string& out,
                  EmrReading& reading) {
  auto text = value.Text();
  if (!text.ok()) return FindWrongType(reading, value, path, "text");
  out = *std::move(text);
}

void ReadEmrValue(const YamlReader& value, const std::string& path, int& out, EmrReading& reading) {
  ReadNumber(value, path, "an integer", out, reading);
}

void ReadEmrValue(const YamlReader& value, const std::string& path, double& out,
                  EmrReading& reading) {
  ReadNumber(value, path, "a number", out, reading);
}

void ReadEmrValue(const YamlReader& value, const std::string& path, bool& out,
                  EmrReading& reading) {
  const auto flag = value.Boolean();
  if (!flag.ok()) return FindWrongType(reading, value, path, "true or false");
  out = *flag;
}

void ReadEmrValue(const YamlReader& value, const std::string& path, ByteSize& out,
                  EmrReading& reading) {
  const auto text = value.Text();
  const auto size = text.ok() ? ParseByteSize(*text) : std::nullopt;
  if (!size) return FindWrongType(reading, value, path, "a size like 256MiB, 12GB or 1.5TiB");
  out = *size;
}

void ReadEmrValue(const YamlReader& value, const std::string& path, std::vector<std::string>& out,
                  EmrReading& reading) {
  auto texts = value.Texts();
  if (!texts.ok()) return FindWrongType(reading, value, path, "a list of texts");
  out = *std::move(texts);
  const auto items = value.Items();
  for (size_t i = 0; items.ok() && i < items->size(); ++i) {
    reading.cluster.positions[fmt::format("{}[{}]", path, i + 1)] = (*items)[i].location();
  }
}

void ReadEmrValue(const YamlReader& value, const std::string& path,
                  std::map<std::string, std::string>& out, EmrReading& reading) {
  if (!value.is_map()) return FindWrongType(reading, value, path, "a map of texts");
  for (const YamlEntry& entry : value.RawEntries()) {
    const std::string key_path = Below(path, entry.name);
    if (out.contains(entry.name)) {
      Find(reading, "duplicate-key", key_path, entry.key_location,
           fmt::format("key '{}' is here twice", key_path));
      continue;
    }
    reading.cluster.positions[key_path] = entry.key_location;
    ReadEmrValue(entry.value, key_path, out[entry.name], reading);
  }
}

void ReadEmrValue(const YamlReader& value, const std::string& path,
                  std::vector<EmrInstanceType>& out, EmrReading& reading) {
  if (value.is_map()) {
    for (const YamlEntry& entry : value.RawEntries()) {
      EmrInstanceType type;
      type.name = entry.name;
      type.path = Below(path, entry.name);
      type.has_weight = true;
      reading.cluster.positions[type.path] = entry.key_location;
      ReadEmrValue(entry.value, type.path, type.weight, reading);
      out.push_back(std::move(type));
    }
    return;
  }
  std::vector<std::string> names;
  ReadEmrValue(value, path, names, reading);
  for (size_t i = 0; i < names.size(); ++i) {
    EmrInstanceType type;
    type.path = value.is_list() ? fmt::format("{}[{}]", path, i + 1) : path;
    type.name = std::move(names[i]);
    out.push_back(std::move(type));
  }
}

}  // namespace ember

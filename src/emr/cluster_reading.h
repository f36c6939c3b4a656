#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emr/cluster_file.h"
#include "yaml/yaml_reader.h"

namespace ember {

/// One key of a map in the cluster file: which member it fills, and what it means.
struct EmrKeyRow {
  std::string_view key;
  std::string_view alias;  // another spelling, such as AWS's own
  std::string_view form;
  std::string_view doc;
  std::span<const std::string_view> choices;  // empty: any
  void (*read)(void* object, const YamlReader& value, const std::string& path, EmrReading& reading);
  std::span<const EmrKeyRow> (*below)();  // the keys of its value; null where it has none
};

/// Reads a map into `object` by its rows: unknown, doubled and ill-formed keys become findings.
void ReadEmrKeys(const YamlReader& value, const std::string& path, void* object,
                 std::span<const EmrKeyRow> rows, EmrReading& reading);

// What a key's value may be. Each adds a finding and leaves the default where the value has
// another form.
void ReadEmrValue(const YamlReader& value, const std::string& path, std::string& out,
                  EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path, int& out, EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path, double& out,
                  EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path, bool& out, EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path, ByteSize& out,
                  EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path, std::vector<std::string>& out,
                  EmrReading& reading);
void ReadEmrValue(const YamlReader& value, const std::string& path,
                  std::map<std::string, std::string>& out, EmrReading& reading);
/// "m5.xlarge", [m5.xlarge, m5a.xlarge] or {m5.xlarge: 1, m5.2xlarge: 2} with weights.
void ReadEmrValue(const YamlReader& value, const std::string& path,
                  std::vector<EmrInstanceType>& out, EmrReading& reading);
/// A map, or just the instance type.
void ReadEmrValue(const YamlReader& value, const std::string& path, EmrNodes& out,
                  EmrReading& reading);

}  // namespace ember

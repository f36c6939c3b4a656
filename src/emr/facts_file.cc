// A facts file: what is otherwise than in the tables of facts.cc.
//   date: 2026-11-01
//   price_region: eu-central-1
//   types: {m5.xlarge: {ec2_usd_hour: 0.23, emr_usd_hour: 0.048}, x8g.xlarge: {architecture: …}}
//   releases: {emr-7.14.0: 3.5.6}
//   regions: [xx-north-1]
//   numbers: {nat_hour: 0.052, steps: 256}
#include <array>
#include <charconv>

#include "emr/facts.h"
#include "yaml/yaml_reader.h"

namespace ember {
namespace {

constexpr auto kFactKeys = std::to_array<std::string_view>(
    {"date", "price_region", "types", "releases", "regions", "numbers"});
constexpr auto kTypeKeys = std::to_array<std::string_view>(
    {"architecture", "vcpu", "memory_mb", "yarn_mb", "ec2_usd_hour", "emr_usd_hour"});

Status ReadFactNumber(const YamlReader& value, double& out) {
  ASSIGN_OR_RETURN(const std::string text, value.Text());
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (code != std::errc() || end != text.data() + text.size() || !(out >= 0))
    return value.Fail("must be a number of at least 0");
  return {};
}

Status ReadTypeFact(const YamlReader& value, EmrTypeFact& type) {
  RETURN_IF_ERROR(value.CheckKeys(kTypeKeys));
  ASSIGN_OR_RETURN(type.architecture, value.Text("architecture", type.architecture));
  if (type.architecture != "x86_64" && type.architecture != "arm64")
    return value.Fail("'architecture' must be x86_64 or arm64");
  ASSIGN_OR_RETURN(type.vcpu, value.Integer("vcpu", type.vcpu));
  ASSIGN_OR_RETURN(type.memory_mb, value.Integer("memory_mb", type.memory_mb));
  ASSIGN_OR_RETURN(type.yarn_mb, value.Integer("yarn_mb", type.yarn_mb));
  if (type.vcpu < 1 || type.memory_mb < 1 || type.yarn_mb < 1)
    return value.Fail("a new type needs vcpu, memory_mb and yarn_mb of at least 1");
  if (value.Has("vcpu") || value.Has("memory_mb") || value.Has("yarn_mb"))
    type.source = EmrSource::kFile;
  struct PriceKey {
    std::string_view key;
    double* price;
  };
  for (const PriceKey& row : {PriceKey{"ec2_usd_hour", &type.ec2_usd_hour},
                              PriceKey{"emr_usd_hour", &type.emr_usd_hour}}) {
    if (!value.Has(row.key)) continue;
    ASSIGN_OR_RETURN(const YamlReader price, value.Get(row.key));
    RETURN_IF_ERROR(ReadFactNumber(price, *row.price));
    type.price_source = EmrSource::kFile;
  }
  return {};
}

Status ReadNumberFacts(const YamlReader& numbers, EmrFacts& facts) {
  std::vector<std::string_view> names;
  for (const EmrNumberFact& number : facts.numbers) names.push_back(number.name);
  RETURN_IF_ERROR(numbers.CheckKeys(names));
  for (EmrNumberFact& number : facts.numbers) {
    if (!numbers.Has(number.name)) continue;
    ASSIGN_OR_RETURN(const YamlReader value, numbers.Get(number.name));
    RETURN_IF_ERROR(ReadFactNumber(value, number.value));
    number.source = EmrSource::kFile;
  }
  return {};
}

}  // namespace

Result<EmrFacts> ReadEmrFacts(std::string file, const std::string& text) {
  EmrFacts facts = DefaultEmrFacts();
  ASSIGN_OR_RETURN(const YamlReader root,
                   YamlReader::Parse(std::move(file), text,
                                     "a facts file is a map with keys such as types and numbers"));
  RETURN_IF_ERROR(root.CheckKeys(kFactKeys));
  ASSIGN_OR_RETURN(facts.date, root.Text("date", facts.date));
  ASSIGN_OR_RETURN(facts.price_region, root.Text("price_region", facts.price_region));
  if (root.Has("types")) {
    ASSIGN_OR_RETURN(const YamlReader types, root.Get("types"));
    ASSIGN_OR_RETURN(const auto entries, types.Entries());
    for (const auto& [name, value] : entries) {
      EmrTypeFact& type = facts.types[name];
      type.name = name;
      RETURN_IF_ERROR(ReadTypeFact(value, type));
    }
  }
  ASSIGN_OR_RETURN(const auto releases, root.TextMap("releases"));
  for (const auto& [name, spark] : releases) {
    facts.releases[name] = {name, spark, EmrSource::kFile};
  }
  ASSIGN_OR_RETURN(const auto regions, root.Texts("regions"));
  facts.regions.insert(facts.regions.end(), regions.begin(), regions.end());
  if (root.Has("numbers")) {
    ASSIGN_OR_RETURN(const YamlReader numbers, root.Get("numbers"));
    RETURN_IF_ERROR(ReadNumberFacts(numbers, facts));
  }
  return facts;
}

}  // namespace ember

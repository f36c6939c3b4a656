#include "aws/shared_config.h"

#include <fmt/format.h>

#include <algorithm>

namespace ember {
namespace {

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string SectionName(std::string_view line) {
  std::string_view name = Trimmed(line.substr(1, line.find(']') - 1));
  // [profile "a b"] and [profile a b] are the same.
  const size_t blank = name.find_first_of(" \t");
  if (blank == name.npos) return std::string(name);
  std::string_view rest = Trimmed(name.substr(blank));
  if (rest.size() > 1 && (rest[0] == '"' || rest[0] == '\'') && rest.back() == rest[0]) {
    rest = rest.substr(1, rest.size() - 2);
  }
  return std::string(name.substr(0, blank)) + " " + std::string(rest);
}

std::string InHome(AwsHost& host, const std::string& path) {
  if (!path.starts_with("~/")) return path;
  return host.Variable("HOME").value_or("") + path.substr(1);
}

Result<AwsSections> ReadSections(AwsHost& host, const std::string& path) {
  Result<std::string> text = host.ReadFile(path);
  if (!text.ok()) return AwsSections{};
  return ParseAwsSections(*text);
}

}  // namespace

AwsSections ParseAwsSections(std::string_view text) {
  AwsSections sections;
  AwsSection* section = nullptr;
  std::string outer;  // the last setting without a value, which indented lines belong to
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view trimmed = Trimmed(line);
    if (trimmed.empty() || trimmed[0] == '#' || trimmed[0] == ';') continue;
    if (line[0] == '[') {
      section = trimmed.find(']') == trimmed.npos ? nullptr : &sections[SectionName(trimmed)];
      outer.clear();
      continue;
    }
    const size_t equals = trimmed.find('=');
    if (section == nullptr || equals == trimmed.npos) continue;
    std::string name(Trimmed(trimmed.substr(0, equals)));
    const std::string value(Trimmed(trimmed.substr(equals + 1)));
    const bool is_indented = line[0] == ' ' || line[0] == '\t';
    if (is_indented && !outer.empty()) {
      name = outer + "." + name;
    } else {
      outer = value.empty() ? name : "";
    }
    (*section)[name] = value;
  }
  return sections;
}

std::optional<AwsSection> AwsSharedConfig::Profile(const std::string& name) const {
  const auto in_config = config.find(name);
  const auto in_credentials = credentials.find(name);
  if (in_config == config.end() && in_credentials == credentials.end()) return std::nullopt;
  AwsSection merged;
  if (in_credentials != credentials.end()) merged = in_credentials->second;
  if (in_config != config.end()) merged.insert(in_config->second.begin(), in_config->second.end());
  return merged;
}

std::optional<std::string> AwsSharedConfig::Setting(const std::string& name) const {
  const std::optional<AwsSection> section = Profile(profile);
  if (!section) return std::nullopt;
  const auto at = section->find(name);
  if (at == section->end() || at->second.empty()) return std::nullopt;
  return at->second;
}

std::optional<std::string> AwsSharedConfig::ServiceSetting(const std::string& service,
                                                           const std::string& name) const {
  const std::optional<std::string> services = Setting("services");
  if (!services) return std::nullopt;
  const auto section = config.find("services " + *services);
  if (section == config.end()) return std::nullopt;
  const auto at = section->second.find(service + "." + name);
  if (at == section->second.end() || at->second.empty()) return std::nullopt;
  return at->second;
}

Result<AwsSharedConfig> LoadAwsSharedConfig(AwsHost& host, const std::string& profile) {
  AwsSharedConfig shared;
  shared.config_path = InHome(host, host.Variable("AWS_CONFIG_FILE").value_or("~/.aws/config"));
  shared.credentials_path =
      InHome(host, host.Variable("AWS_SHARED_CREDENTIALS_FILE").value_or("~/.aws/credentials"));
  ASSIGN_OR_RETURN(AwsSections config, ReadSections(host, shared.config_path));
  ASSIGN_OR_RETURN(shared.credentials, ReadSections(host, shared.credentials_path));
  constexpr std::string_view kProfile = "profile ";
  for (auto& [name, section] : config) {
    // [profile default] counts over [default]; it comes later in the order of names.
    const bool is_profile = name.starts_with(kProfile);
    shared.config[is_profile ? name.substr(kProfile.size()) : name] = section;
  }
  std::optional<std::string> chosen = host.Variable("AWS_PROFILE");
  if (!chosen) chosen = host.Variable("AWS_DEFAULT_PROFILE");
  if (!profile.empty()) chosen = profile;
  if (!chosen) return shared;
  shared.profile = *chosen;
  if (!shared.Profile(*chosen)) {
    return AwsConfigError(fmt::format("profile \"{}\" is neither in {} nor in {}", *chosen,
                                      shared.config_path, shared.credentials_path));
  }
  return shared;
}

Error AwsConfigError(std::string what) {
  return MakeError("EMBER_AWS.INVALID_CONFIG", {{"what", std::move(what)}});
}

}  // namespace ember

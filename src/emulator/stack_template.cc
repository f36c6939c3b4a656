#include "emulator/stack_template.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <charconv>
#include <set>

#include "emulator/api_fault.h"

namespace ember {
namespace {

Error Invalid(std::string message) { return ApiFault("ValidationError", std::move(message)); }

// {"Fn::X": argument}: the function's name; empty for any other value.
std::string FunctionOf(const AwsJson& value) {
  if (!value.is_object() || value.size() != 1) return "";
  const std::string key = value.begin().key();
  return key == "Ref" || key.starts_with("Fn::") ? key : "";
}

class StackResolver {
 public:
  explicit StackResolver(const StackValues& values) : values_(values) {}

  Result<AwsJson> Resolve(const AwsJson& value) {
    const std::string function = FunctionOf(value);
    if (!function.empty()) return Apply(function, value.begin().value());
    AwsJson out = value;
    if (!value.is_structured()) return out;
    for (auto at = out.begin(); at != out.end(); ++at) {
      ASSIGN_OR_RETURN(AwsJson resolved, Resolve(*at));
      *at = std::move(resolved);
    }
    return out;
  }

 private:
  using Function = Result<AwsJson> (StackResolver::*)(const AwsJson& argument);

  Result<AwsJson> Apply(const std::string& name, const AwsJson& argument) {
    static constexpr std::array<std::pair<std::string_view, Function>, 7> kFunctions = {{
        {"Ref", &StackResolver::Ref},
        {"Fn::GetAtt", &StackResolver::GetAtt},
        {"Fn::Sub", &StackResolver::Sub},
        {"Fn::Join", &StackResolver::Join},
        {"Fn::Select", &StackResolver::Select},
        {"Fn::GetAZs", &StackResolver::GetAZs},
        {"Fn::Cidr", &StackResolver::CidrBlocks},
    }};
    for (const auto& [known, function] : kFunctions) {
      if (known == name) return (this->*function)(argument);
    }
    return Invalid(fmt::format("Template error: the emulator does not have {}", name));
  }

  Result<AwsJson> Ref(const AwsJson& argument) {
    const std::string name = argument.is_string() ? argument.get<std::string>() : "";
    const std::map<std::string_view, std::string> pseudo = {
        {"AWS::Region", values_.region},    {"AWS::AccountId", values_.account},
        {"AWS::Partition", "aws"},          {"AWS::StackName", values_.stack_name},
        {"AWS::StackId", values_.stack_id}, {"AWS::URLSuffix", "amazonaws.com"}};
    const auto known = pseudo.find(name);
    if (known != pseudo.end()) return AwsJson(known->second);
    for (const auto* names : {&values_.parameters, &values_.ids}) {
      const auto found = names->find(name);
      if (found != names->end()) return AwsJson(found->second);
    }
    return Invalid(fmt::format("Template error: unresolved reference to {}", name));
  }

  Result<AwsJson> GetAtt(const AwsJson& argument) {
    std::string resource;
    std::string attribute;
    if (argument.is_string()) {
      const std::string text = argument;
      const size_t dot = std::min(text.find('.'), text.size());
      resource = text.substr(0, dot);
      attribute = dot < text.size() ? text.substr(dot + 1) : "";
    } else if (argument.is_array() && argument.size() == 2 && argument[1].is_string()) {
      resource = argument[0];
      attribute = argument[1];
    }
    const auto found = values_.attributes.find(resource);
    if (found == values_.attributes.end() || !found->second.contains(attribute)) {
      return Invalid(
          fmt::format("Template error: resource {} does not support attribute type {} "
                      "in Fn::GetAtt",
                      resource, attribute));
    }
    return AwsJson(found->second.at(attribute));
  }

  Result<AwsJson> Sub(const AwsJson& argument) {
    const bool has_names = argument.is_array() && argument.size() == 2;
    const AwsJson& text_json = has_names ? argument[0] : argument;
    if (!text_json.is_string()) return Invalid("Template error: Fn::Sub needs a text");
    const std::string text = text_json;
    std::string out;
    size_t at = 0;
    while (at < text.size()) {
      const size_t open = text.find("${", at);
      out += text.substr(at, open - at);
      if (open == std::string::npos) break;
      const size_t close = std::min(text.find('}', open), text.size());
      const std::string name = text.substr(open + 2, close - open - 2);
      at = close + 1;
      if (name.starts_with('!')) {
        out += "${" + name.substr(1) + "}";
        continue;
      }
      Result<AwsJson> value = has_names && argument[1].contains(name) ? Resolve(argument[1][name])
                              : name.find('.') != std::string::npos   ? GetAtt(name)
                                                                      : Ref(name);
      if (!value.ok()) return value;
      out += value->is_string() ? value->get<std::string>() : value->dump();
    }
    return AwsJson(out);
  }

  Result<AwsJson> Join(const AwsJson& argument) {
    ASSIGN_OR_RETURN(const AwsJson parts, Resolve(argument));
    if (!parts.is_array() || parts.size() != 2 || !parts[1].is_array())
      return Invalid("Template error: Fn::Join needs a delimiter and a list");
    std::string out;
    for (const AwsJson& part : parts[1]) {
      if (&part != &parts[1].front()) out += parts[0].get<std::string>();
      out += part.is_string() ? part.get<std::string>() : part.dump();
    }
    return AwsJson(out);
  }

  Result<AwsJson> Select(const AwsJson& argument) {
    ASSIGN_OR_RETURN(const AwsJson parts, Resolve(argument));
    size_t index = 0;
    if (parts.is_array() && parts.size() == 2) {
      const std::string text = parts[0].is_string() ? parts[0].get<std::string>() : parts[0].dump();
      std::from_chars(text.data(), text.data() + text.size(), index);
    }
    if (!parts.is_array() || parts.size() != 2 || !parts[1].is_array() || index >= parts[1].size())
      return Invalid("Template error: Fn::Select cannot select a value that is not there");
    return parts[1][index];
  }

  Result<AwsJson> GetAZs(const AwsJson&) {
    AwsJson zones = AwsJson::array();
    for (const char letter : {'a', 'b', 'c', 'd', 'e', 'f'})
      zones.push_back(values_.region + letter);
    return zones;
  }

  // [block, count, bits of a host's part]
  Result<AwsJson> CidrBlocks(const AwsJson& argument) {
    ASSIGN_OR_RETURN(const AwsJson parts, Resolve(argument));
    if (!parts.is_array() || parts.size() < 2 || !parts[0].is_string())
      return Invalid("Template error: Fn::Cidr needs a block and a count");
    const std::string block = parts[0];
    uint32_t address = 0;
    size_t at = 0;
    for (int i = 0; i < 4; ++i) {
      address = address << 8 | static_cast<uint32_t>(std::strtoul(block.c_str() + at, nullptr, 10));
      at = block.find_first_of("./", at) + 1;
    }
    const auto number = [](const AwsJson& value, uint32_t otherwise) {
      if (value.is_string())
        return static_cast<uint32_t>(
            std::strtoul(value.get_ref<const std::string&>().c_str(), nullptr, 10));
      return value.is_number() ? value.get<uint32_t>() : otherwise;
    };
    const uint32_t bits = parts.size() > 2 ? number(parts[2], 8) : 8;
    AwsJson list = AwsJson::array();
    for (uint32_t i = 0; i < number(parts[1], 1); ++i) {
      const uint32_t start = address + (i << bits);
      list.push_back(fmt::format("{}.{}.{}.{}/{}", start >> 24, start >> 16 & 255, start >> 8 & 255,
                                 start & 255, 32 - bits));
    }
    return list;
  }

  const StackValues& values_;
};

// Names that a value refers to.
void CollectNames(const AwsJson& value, std::set<std::string>& names) {
  const std::string function = FunctionOf(value);
  const AwsJson* argument = function.empty() ? nullptr : &value.begin().value();
  if (function == "Ref" && argument->is_string()) {
    names.insert(argument->get<std::string>());
  } else if (function == "Fn::GetAtt") {
    const std::string text = argument->is_array() && !argument->empty()
                                 ? (*argument)[0].get<std::string>()
                             : argument->is_string() ? argument->get<std::string>()
                                                     : "";
    names.insert(text.substr(0, text.find('.')));
  } else if (function == "Fn::Sub") {
    const AwsJson& text_json = argument->is_array() ? (*argument)[0] : *argument;
    const std::string text = text_json.is_string() ? text_json.get<std::string>() : "";
    for (size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
      const std::string name = text.substr(at + 2, text.find_first_of(".}", at) - at - 2);
      const bool is_own =
          argument->is_array() && argument->size() == 2 && (*argument)[1].contains(name);
      if (!name.starts_with('!') && !is_own) names.insert(name);
    }
    if (argument->is_array() && argument->size() == 2) CollectNames((*argument)[1], names);
    return;
  }
  if (!value.is_structured()) return;
  for (const AwsJson& entry : value) CollectNames(entry, names);
}

class OrderFinder {
 public:
  explicit OrderFinder(const AwsJson& document)
      : resources_(document["Resources"]),
        parameters_(document.value("Parameters", AwsJson::object())) {}

  Result<std::vector<std::string>> Find() {
    for (const auto& [name, resource] : resources_.items()) RETURN_IF_ERROR(Visit(name));
    return order_;
  }

 private:
  Status Visit(const std::string& name) {
    if (done_.contains(name)) return {};
    if (!open_.insert(name).second)
      return Invalid(fmt::format("Circular dependency between resources: [{}]", name));
    const AwsJson& resource = resources_[name];
    std::set<std::string> needed;
    CollectNames(resource.value("Properties", AwsJson::object()), needed);
    const AwsJson depends = resource.value("DependsOn", AwsJson::array());
    if (depends.is_string()) needed.insert(depends.get<std::string>());
    if (depends.is_array()) {
      for (const AwsJson& other : depends) needed.insert(other.get<std::string>());
    }
    for (const std::string& other : needed) {
      if (other.starts_with("AWS::") || parameters_.contains(other)) continue;
      if (!resources_.contains(other)) {
        return Invalid(fmt::format(
            "Template format error: Unresolved resource dependencies [{}] in the Resources block "
            "of the template",
            other));
      }
      RETURN_IF_ERROR(Visit(other));
    }
    done_.insert(name);
    order_.push_back(name);
    return {};
  }

  const AwsJson& resources_;
  const AwsJson parameters_;
  std::set<std::string> open_;
  std::set<std::string> done_;
  std::vector<std::string> order_;
};

}  // namespace

Result<AwsJson> ResolveStackValue(const AwsJson& value, const StackValues& values) {
  return StackResolver(values).Resolve(value);
}

Result<std::vector<std::string>> StackOrder(const AwsJson& document) {
  return OrderFinder(document).Find();
}

Result<std::map<std::string, std::string>> StackParameters(
    const AwsJson& document, const std::map<std::string, std::string>& given) {
  const AwsJson declared = document.value("Parameters", AwsJson::object());
  for (const auto& [name, value] : given) {
    if (!declared.contains(name))
      return Invalid(fmt::format("Parameters: [{}] do not exist in the template", name));
  }
  std::map<std::string, std::string> parameters = given;
  std::vector<std::string> missing;
  for (const auto& [name, parameter] : declared.items()) {
    if (parameters.contains(name)) continue;
    if (!parameter.contains("Default")) {
      missing.push_back(name);
      continue;
    }
    const AwsJson& value = parameter["Default"];
    parameters[name] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  if (!missing.empty())
    return Invalid(fmt::format("Parameters: [{}] must have values", fmt::join(missing, ", ")));
  return parameters;
}

}  // namespace ember

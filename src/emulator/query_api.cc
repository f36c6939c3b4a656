#include "emulator/query_api.h"

#include <fmt/format.h>

#include "aws/uri.h"
#include "base/uuid.h"
#include "emulator/api_fault.h"

namespace ember {
namespace {

constexpr const char* kXml = "text/xml";

std::string XmlEscaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

void AppendXml(const AwsJson& json, std::string& out) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      if (value.is_null()) continue;
      out += fmt::format("<{}>", key);
      AppendXml(value, out);
      out += fmt::format("</{}>", key);
    }
  } else if (json.is_array()) {
    for (const AwsJson& value : json) {
      out += "<member>";
      AppendXml(value, out);
      out += "</member>";
    }
  } else {
    out += XmlEscaped(json.is_string() ? json.get<std::string>() : json.dump());
  }
}

// {"member": {"1": a, "2": b}} is the list [a, b]; the numbers count in their order as numbers.
AwsJson WithLists(const AwsJson& json) {
  if (!json.is_object()) return json;
  AwsJson out = AwsJson::object();
  for (const auto& [key, value] : json.items()) out[key] = WithLists(value);
  if (out.size() != 1 || !out.contains("member") || !out["member"].is_object()) return out;
  const AwsJson members = out["member"];
  AwsJson list = AwsJson::array();
  for (size_t i = 1; members.contains(std::to_string(i)); ++i)
    list.push_back(members[std::to_string(i)]);
  return list;
}

}  // namespace

AwsJson ParseQueryForm(std::string_view body) {
  // Forms write a blank as '+'.
  std::string plain;
  for (const char c : body) plain += c == '+' ? std::string("%20") : std::string(1, c);
  AwsJson json = AwsJson::object();
  for (const auto& [name, value] : ParseUriQuery(plain)) {
    AwsJson* at = &json;
    size_t start = 0;
    while (start <= name.size()) {
      const size_t end = std::min(name.find('.', start), name.size());
      if (!at->is_object()) *at = AwsJson::object();
      at = &(*at)[name.substr(start, end - start)];
      start = end + 1;
    }
    *at = value;
  }
  return WithLists(json);
}

EmulatorAnswer QueryAnswer(std::string_view action, std::string_view name_space,
                           const AwsJson& result) {
  const std::string id = NewUuid();
  std::string xml = fmt::format("<{}Response xmlns=\"{}\">", action, name_space);
  if (!result.is_null()) {
    xml += fmt::format("<{}Result>", action);
    AppendXml(result, xml);
    xml += fmt::format("</{}Result>", action);
  }
  xml += fmt::format("<ResponseMetadata><RequestId>{}</RequestId></ResponseMetadata></{}Response>",
                     id, action);
  return {.content_type = kXml, .body = xml, .headers = {{"x-amzn-RequestId", id}}};
}

EmulatorAnswer QueryFault(const Error& error, std::string_view name_space) {
  const ApiFaultParts parts = PartsOfFault(error);
  std::string xml = fmt::format("<ErrorResponse xmlns=\"{}\">", name_space);
  AppendXml({{"Error",
              {{"Type", parts.status < 500 ? "Sender" : "Receiver"},
               {"Code", parts.code},
               {"Message", parts.message}}},
             {"RequestId", NewUuid()}},
            xml);
  return {.status = parts.status, .content_type = kXml, .body = xml + "</ErrorResponse>"};
}

}  // namespace ember

#include "aws/aws_json.h"

#include <charconv>
#include <cmath>

#include "aws/host.h"

namespace ember {
namespace {

const AwsJson& EmptyArray() {
  static const AwsJson kEmpty = AwsJson::array();
  return kEmpty;
}
const AwsJson& EmptyObject() {
  static const AwsJson kEmpty = AwsJson::object();
  return kEmpty;
}

const AwsJson* Member(const AwsJson& answer, std::string_view member) {
  if (!answer.is_object()) return nullptr;
  const auto at = answer.find(std::string(member));
  return at == answer.end() || at->is_null() ? nullptr : &*at;
}

}  // namespace

const AwsJson& AwsList(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  return found != nullptr && found->is_array() ? *found : EmptyArray();
}

const AwsJson& AwsStructure(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  return found != nullptr && found->is_object() ? *found : EmptyObject();
}

std::string AwsText(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  if (found == nullptr) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::optional<int64_t> AwsInteger(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  if (found == nullptr) return std::nullopt;
  if (found->is_number_integer()) return found->get<int64_t>();
  if (!found->is_string()) return std::nullopt;
  const std::string text = found->get<std::string>();
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool AwsFlag(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  if (found == nullptr) return false;
  return found->is_boolean() ? found->get<bool>() : *found == "true";
}

std::optional<int64_t> AwsTimeUs(const AwsJson& answer, std::string_view member) {
  const AwsJson* found = Member(answer, member);
  if (found == nullptr) return std::nullopt;
  if (found->is_number_integer()) return found->get<int64_t>() * 1000000;
  if (found->is_number()) {
    return static_cast<int64_t>(std::llround(found->get<double>() * 1e6));
  }
  return found->is_string() ? ParseIsoTime(found->get<std::string>()) : std::nullopt;
}

}  // namespace ember

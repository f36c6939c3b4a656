#include "emr/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace ember {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool IsEmrName(std::string_view name) {
  constexpr size_t kMaxLength = 40;
  return !name.empty() && name.size() <= kMaxLength && IsLower(name.front()) &&
         name.back() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
           return IsLower(c) || IsDigit(c) || c == '-';
         });
}

bool IsAwsId(std::string_view id, std::string_view prefix) {
  if (!id.starts_with(prefix)) return false;
  id.remove_prefix(prefix.size());
  return (id.size() == 8 || id.size() == 17) && std::all_of(id.begin(), id.end(), [](char c) {
           return IsDigit(c) || (c >= 'a' && c <= 'f');
         });
}

bool IsBucketName(std::string_view name) {
  if (name.size() < 3 || name.size() > 63) return false;
  const auto is_end = [](char c) { return IsLower(c) || IsDigit(c); };
  return is_end(name.front()) && is_end(name.back()) && name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_end(c) || c == '.' || c == '-'; });
}

std::optional<Arn> ParseArn(std::string_view text) {
  std::array<std::string_view, 6> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    const size_t colon = i + 1 < parts.size() ? text.find(':') : text.size();
    if (colon == std::string_view::npos) return std::nullopt;
    parts[i] = text.substr(0, colon);
    text.remove_prefix(std::min(colon + 1, text.size()));
  }
  if (parts[0] != "arn" || parts[2].empty() || parts[5].empty()) return std::nullopt;
  return Arn{std::string(parts[1]), std::string(parts[2]), std::string(parts[3]),
             std::string(parts[4]), std::string(parts[5])};
}

std::optional<Cidr> ParseCidr(std::string_view text) {
  Cidr cidr;
  const auto read = [&](int max, char end, bool is_last, int& out) {
    const auto [rest, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc() || out < 0 || out > max) return false;
    text.remove_prefix(static_cast<size_t>(rest - text.data()));
    if (is_last) return text.empty();
    if (!text.starts_with(end)) return false;
    text.remove_prefix(1);
    return true;
  };
  for (int i = 0; i < 4; ++i) {
    int part = 0;
    if (!read(255, i < 3 ? '.' : '/', false, part)) return std::nullopt;
    cidr.address = (cidr.address << 8) | static_cast<uint32_t>(part);
  }
  if (!read(32, 0, true, cidr.bits)) return std::nullopt;
  const uint32_t mask = cidr.bits == 0 ? 0 : ~uint32_t{0} << (32 - cidr.bits);
  if ((cidr.address & ~mask) != 0) return std::nullopt;
  return cidr;
}

std::string SubCidr(const Cidr& cidr, int bits, int index) {
  const uint32_t address = cidr.address + (static_cast<uint32_t>(index) << (32 - bits));
  return fmt::format("{}.{}.{}.{}/{}", address >> 24, (address >> 16) & 255, (address >> 8) & 255,
                     address & 255, bits);
}

}  // namespace ember

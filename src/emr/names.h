#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ember {

/// Whether `name` may become part of names of AWS: lower-case letters, digits, hyphens.
bool IsEmrName(std::string_view name);

/// `prefix` and 8 or 17 hexadecimal digits: "subnet-0123456789abcdef0".
bool IsAwsId(std::string_view id, std::string_view prefix);

/// A bucket's name by S3's rules: 3 to 63 of lower-case letters, digits, dots and hyphens.
bool IsBucketName(std::string_view name);

/// An ARN taken apart: arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.
struct Arn {
  std::string partition;
  std::string service;
  std::string region;
  std::string account;
  std::string resource;
};
std::optional<Arn> ParseArn(std::string_view text);

/// A block of IPv4 addresses: "10.20.0.0/16".
struct Cidr {
  uint32_t address = 0;
  int bits = 0;
};
/// Nothing where the text is none, or its address has bits beyond the length.
std::optional<Cidr> ParseCidr(std::string_view text);
/// The `index`th part of `cidr` when it is cut into blocks of length `bits`.
std::string SubCidr(const Cidr& cidr, int bits, int index);

}  // namespace ember

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aws/aws_api.h"

namespace ember {

// Reading answers of AwsApi: none of these trips over what a service leaves out. They borrow from
// `answer`, which must outlive what they return.

/// A member that is a list; an empty array when it is missing or no list.
const AwsJson& AwsList(const AwsJson& answer, std::string_view member);
/// A member that is a structure; an empty object when it is missing or no structure.
const AwsJson& AwsStructure(const AwsJson& answer, std::string_view member);
/// A member that is text; "" when it is missing. Numbers and booleans are spelled out.
std::string AwsText(const AwsJson& answer, std::string_view member);
/// A whole number, also one spelled as text; nothing when it is missing or is none.
std::optional<int64_t> AwsInteger(const AwsJson& answer, std::string_view member);
/// A boolean, also one spelled as text; false when it is missing.
bool AwsFlag(const AwsJson& answer, std::string_view member);
/// A time in microseconds UTC: JSON services give seconds since 1970, Query services ISO 8601.
std::optional<int64_t> AwsTimeUs(const AwsJson& answer, std::string_view member);

}  // namespace ember

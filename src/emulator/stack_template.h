#pragma once

#include <map>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"

namespace ember {

/// What the functions of a template are resolved with.
struct StackValues {
  std::string region;
  std::string account;
  std::string stack_name;
  std::string stack_id;
  std::map<std::string, std::string> parameters;
  std::map<std::string, std::string> ids;                                // by logical name
  std::map<std::string, std::map<std::string, std::string>> attributes;  // by logical name
};

/// Refs, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::GetAZs and Fn::Cidr replaced by what they
/// stand for. Errors: ValidationError for other functions and for names that are not there.
Result<AwsJson> ResolveStackValue(const AwsJson& value, const StackValues& values);

/// The logical names in the order they are to be made: what one refers to, or depends on, before
/// it. Errors: ValidationError for circles and for names that are not in the template.
Result<std::vector<std::string>> StackOrder(const AwsJson& document);

/// The parameters of a stack: given ones, else their defaults. Errors: ValidationError for those
/// that have neither, or that the template does not have.
Result<std::map<std::string, std::string>> StackParameters(
    const AwsJson& document, const std::map<std::string, std::string>& given);

}  // namespace ember

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_api.h"

namespace ember {

/// A kind of resource that an emulated stack can hold: how it is named, what can be asked of it,
/// and which of its properties cannot change without making it anew.
struct StackKind {
  std::string_view type;             // "AWS::EC2::VPC"
  std::string_view id;               // a pattern; see PhysicalId
  std::string_view name_property;    // a name of the user's own comes before the pattern
  std::string_view attributes;       // "Arn=arn:… GroupId={id}": what Fn::GetAtt gives
  std::string_view fixed;            // properties whose change replaces it: "CidrBlock VpcId"
  bool is_held_by_clusters = false;  // it cannot be deleted while a live cluster names it
};

/// Null for a type that the emulator does not have.
const StackKind* FindStackKind(std::string_view type);

/// What the patterns are filled with: {stack}, {logical}, {region}, {account}, {hex}, {upper},
/// {lower}, {uuid} are of the stack and of chance; {id} in attributes is the physical id; {X} any
/// other is the property X.
struct StackNaming {
  std::string stack;
  std::string logical;
  std::string region;
  std::string account;
  std::function<uint64_t()> random;
};
std::string PhysicalId(const StackKind& kind, const AwsJson& properties, const StackNaming& naming);
std::map<std::string, std::string> StackAttributes(const StackKind& kind, const std::string& id,
                                                   const AwsJson& properties,
                                                   const StackNaming& naming);

/// Whether making the change from `before` to `after` makes the resource anew; `changed` gets the
/// names of the properties that differ.
bool ReplacesResource(const StackKind& kind, const AwsJson& before, const AwsJson& after,
                      std::vector<std::string>& changed);

}  // namespace ember

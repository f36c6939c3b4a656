#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "emr/template.h"

namespace ember {

/// What a cluster stands on as resources of Terraform's AWS provider.
struct TerraformGround {
  EmrJson resources = EmrJson::object();       // by type and name
  EmrJson data = EmrJson::object();            // the same
  std::map<std::string, std::string> outputs;  // the template's, as expressions
  EmrJson needed = EmrJson::array();           // what must be there before the nodes
};

/// From the ground's template, so that both say the same. An internal error for a type or property
/// that has no row here.
Result<TerraformGround> TerraformGroundOf(const EmrJson& stack, const std::string& region);

/// A text that Terraform takes as it is.
std::string TerraformLiteral(const std::string& text);

}  // namespace ember

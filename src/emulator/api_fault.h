#pragma once

#include <string>

#include "base/error.h"

namespace ember {

/// An error answer of an emulated service: what its clients get as EMBER_AWS.SERVICE.
Error ApiFault(std::string code, std::string message, int status = 400);
/// A request that fits the model but that the service does not take.
Error ValidationFault(std::string message);
/// EMR's InvalidRequestException of the actions that ask about a cluster.
Error InvalidRequestFault(std::string message);

struct ApiFaultParts {
  int status = 500;
  std::string code = "InternalFailure";
  std::string message;
};
/// Of any error: one that is no fault of the request is an internal failure.
ApiFaultParts PartsOfFault(const Error& error);

}  // namespace ember

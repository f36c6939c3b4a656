#include "emulator/api_fault.h"

#include "aws/service_call.h"

namespace ember {

Error ApiFault(std::string code, std::string message, int status) {
  return MakeErrorWithMessage("EMBER_AWS.SERVICE",
                              {{"code", std::move(code)}, {"httpStatus", std::to_string(status)}},
                              std::move(message));
}

Error ValidationFault(std::string message) {
  return ApiFault("ValidationException", std::move(message));
}

Error InvalidRequestFault(std::string message) {
  return ApiFault("InvalidRequestException", std::move(message));
}

ApiFaultParts PartsOfFault(const Error& error) {
  const std::string code = ServiceCodeOf(error);
  if (code.empty()) return {.message = error.message};
  return {ServiceStatusOf(error), code, error.message};
}

}  // namespace ember

#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace ember {

/// A certificate that only its own holder vouches for, for a server on this machine: a client is
/// given it as the authority that it trusts.
struct SelfSignedCertificate {
  std::string key;          // PEM, secret
  std::string certificate;  // PEM
};

/// For the hosts of a server, "localhost" and 127.0.0.1 among them, for 30 days from yesterday on.
Result<SelfSignedCertificate> MakeSelfSignedCertificate(const std::vector<std::string>& hosts);

}  // namespace ember

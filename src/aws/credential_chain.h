#pragma once

#include <memory>
#include <string>

#include "aws/credentials.h"
#include "aws/host.h"
#include "aws/http.h"

namespace ember {

/// Asks the sources of CredentialSources() in order, keeps what the first one gives, and asks again
/// before it expires. `profile` not empty: in place of AWS_PROFILE. `host` and `http` must outlive
/// it.
std::unique_ptr<AwsCredentialsProvider> MakeCredentialChain(AwsHost& host, HttpClient& http,
                                                            const std::string& profile = "");

/// One of the sources alone, by its name in CredentialSources(); null when there is none.
std::unique_ptr<AwsCredentialsProvider> MakeCredentialSource(AwsHost& host, HttpClient& http,
                                                             std::string_view source);

}  // namespace ember

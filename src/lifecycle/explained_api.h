#pragma once

#include "aws/aws_api.h"

namespace ember {

/// An AwsApi whose failures say what to do: which right is missing, how to renew credentials.
class ExplainedAwsApi final : public AwsApi {
 public:
  /// `api` must outlive this.
  explicit ExplainedAwsApi(AwsApi& api) : api_(api) {}
  Result<AwsJson> Call(const AwsApiCall& call) override;
  const std::string& region() const override { return api_.region(); }

 private:
  AwsApi& api_;
};

}  // namespace ember

#pragma once

#include <memory>

#include "store/remote_stores.h"

namespace ember {

/// Paths s3://, s3a:// and s3n://; settings fs.s3a.* and spark.hadoop.fs.s3a.*. The HTTP library is
/// loaded with the first path that is asked for.
std::unique_ptr<RemoteStores> MakeS3RemoteStores();

}  // namespace ember

#pragma once

#include "base/result.h"

namespace google::protobuf {
class Message;
}

namespace ember {

/// Makes `message` one that Spark 3.5 understands, which passes silently over fields that it does
/// not know: what has an older form gets it; anything else that is newer is UNSUPPORTED_FEATURE,
/// before it is sent.
Status AdaptToSpark35(google::protobuf::Message* message);

}  // namespace ember

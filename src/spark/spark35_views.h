#pragma once

#include <functional>

#include "base/result.h"

namespace google::protobuf {
class Message;
}
namespace spark::connect {
class Plan;
}

namespace ember {

/// Spark 3.5 has no SQL text over other relations of a plan (WithRelations): puts a temporary view
/// in the place of each, made by plans that `run` executes in their order. What such a text reads
/// is listed and analysed when its view is made, which is each time. Not for two threads of a
/// session at once. Errors: those of `run`; UNSUPPORTED_FEATURE for what is not such a text.
Status UseViewsForRelations(google::protobuf::Message* message,
                            const std::function<Status(spark::connect::Plan)>& run);

}  // namespace ember

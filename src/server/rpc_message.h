#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>

namespace ember {

/// Reads a message of a call. Plans nest deeper than protobuf's default of 100 levels (each
/// DataFrame operation adds two), so Spark's own limit holds here: 1024.
bool ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite* message);
/// The bytes of a message, held once: copies of the buffer share them.
grpc::ByteBuffer SerializeMessage(const google::protobuf::MessageLite& message);

}  // namespace ember

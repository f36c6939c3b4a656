#include "server/rpc_message.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <grpcpp/support/slice.h>

#include <vector>

namespace ember {
namespace {

constexpr int kRecursionLimit = 1024;

}  // namespace

bool ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite* message) {
  grpc::Slice slice;
  if (!bytes.DumpToSingleSlice(&slice).ok()) return false;
  google::protobuf::io::CodedInputStream input(slice.begin(), static_cast<int>(slice.size()));
  input.SetRecursionLimit(kRecursionLimit);
  return message->ParseFromCodedStream(&input) && input.ConsumedEntireMessage();
}

grpc::ByteBuffer SerializeMessage(const google::protobuf::MessageLite& message) {
  const size_t size = message.ByteSizeLong();
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace ember

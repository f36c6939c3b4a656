#include <cstring>
#include <utility>

#include "codec/decoder.h"
#include "codec/type_codec.h"
#include "plan/attribute_name.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

// The end of an Arrow IPC stream: a continuation marker and no metadata.
constexpr std::string_view kEndOfStream("\xff\xff\xff\xff\0\0\0\0", 8);

// The length of the schema message that an Arrow IPC stream begins with: marker, metadata length,
// metadata (padded); a schema has no body. 0 when `stream` is not one.
size_t SchemaMessageLength(std::string_view stream) {
  constexpr size_t kPrefix = 8;
  if (stream.size() < kPrefix || !stream.starts_with(kEndOfStream.substr(0, 4))) return 0;
  uint32_t metadata = 0;
  std::memcpy(&metadata, stream.data() + 4, sizeof(metadata));
  return stream.size() - kPrefix < metadata ? 0 : kPrefix + metadata;
}

// One Arrow IPC stream of the batches of several with the same schema (4.1 clients send big local
// relations in pieces).
Result<std::shared_ptr<const std::string>> ConcatenateStreams(
    const std::vector<std::shared_ptr<const std::string>>& streams) {
  if (streams.size() == 1) return streams.front();
  auto out = std::make_shared<std::string>();
  for (const auto& stream : streams) {
    std::string_view part = *stream;
    if (part.ends_with(kEndOfStream)) part.remove_suffix(kEndOfStream.size());
    const size_t schema = SchemaMessageLength(part);
    if (schema == 0) return Unsupported("a chunk of a local relation that is not an Arrow stream");
    out->append(out->empty() ? part : part.substr(schema));
  }
  out->append(kEndOfStream);
  return std::shared_ptr<const std::string>(std::move(out));
}

Error MissingArtifact(const std::string& hash) {
  return InternalError("the plan refers to a local relation that was not sent: cache/" + hash);
}

}  // namespace

Result<RelationNode> Decoder::ReadOf(const proto::Read& read) {
  if (read.is_streaming()) return Unsupported("streaming reads");
  if (read.has_named_table()) {
    ASSIGN_OR_RETURN(auto name, SplitAttributeName(read.named_table().unparsed_identifier()));
    return RelationNode(ReadTable{std::move(name), LowerCaseKeys(read.named_table().options())});
  }
  if (!read.has_data_source()) {
    return Unsupported("a read of something that this version does not know");
  }
  const auto& source = read.data_source();
  if (!source.predicates().empty()) return Unsupported("reads by JDBC predicates");
  ReadFiles out{.format = source.format(),
                .paths = Strings(source.paths()),
                .options = LowerCaseKeys(source.options())};
  if (source.has_schema() && !source.schema().empty()) {
    ASSIGN_OR_RETURN(Schema schema, ParseSchemaText(source.schema()));
    out.schema = std::move(schema);
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::LocalRelationOf(const proto::LocalRelation& local) {
  LocalRelation out;
  if (local.has_data() && !local.data().empty()) {
    out.arrow_ipc = std::make_shared<const std::string>(local.data());
  }
  if (local.has_schema() && !local.schema().empty()) {
    ASSIGN_OR_RETURN(Schema schema, ParseSchemaText(local.schema()));
    out.schema = std::move(schema);
  }
  return RelationNode(std::move(out));
}

// Artifact "cache/<hash>" of a CachedLocalRelation is a LocalRelation message.
Result<RelationNode> Decoder::CachedLocalOf(const proto::CachedLocalRelation& cached) {
  if (!context_.cached_artifact) return RelationNode(CachedLocalRelation{cached.hash()});
  const auto bytes = context_.cached_artifact(cached.hash());
  if (bytes == nullptr) return MissingArtifact(cached.hash());
  proto::LocalRelation local;
  if (!local.ParseFromString(*bytes)) {
    return InternalError("artifact cache/" + cached.hash() + " is not a local relation");
  }
  return LocalRelationOf(local);
}

// Here the artifacts are Arrow streams and the schema's text.
Result<RelationNode> Decoder::ChunkedLocalOf(const proto::ChunkedCachedLocalRelation& chunked) {
  if (!context_.cached_artifact) return Unsupported("a local relation in chunks outside a session");
  LocalRelation out;
  std::vector<std::shared_ptr<const std::string>> streams;
  for (const std::string& hash : chunked.datahashes()) {
    auto bytes = context_.cached_artifact(hash);
    if (bytes == nullptr) return MissingArtifact(hash);
    streams.push_back(std::move(bytes));
  }
  if (!streams.empty()) {
    ASSIGN_OR_RETURN(out.arrow_ipc, ConcatenateStreams(streams));
  }
  if (chunked.has_schemahash()) {
    const auto text = context_.cached_artifact(chunked.schemahash());
    if (text == nullptr) return MissingArtifact(chunked.schemahash());
    ASSIGN_OR_RETURN(Schema schema, ParseSchemaText(*text));
    out.schema = std::move(schema);
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> Decoder::CheckpointOf(const proto::CachedRemoteRelation& cached) {
  const RelationPtr plan =
      context_.checkpoint ? context_.checkpoint(cached.relation_id()) : RelationPtr();
  if (plan == nullptr) {
    return InternalError("checkpoint " + cached.relation_id() + " is not kept any more");
  }
  return plan->node;
}

}  // namespace ember

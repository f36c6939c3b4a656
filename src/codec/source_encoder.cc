#include "codec/source_encoder.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cctype>
#include <utility>

#include "batch/batch.h"
#include "codec/encoder.h"
#include "codec/type_codec.h"
#include "plan/attribute_name.h"
#include "spark/connect/catalog.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

// "listTables" → "list_tables": the calls' and arguments' names in Spark Connect.
std::string SnakeCase(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace

Status EncodeSource(const ReadFiles& read, proto::Relation* out) {
  auto* source = out->mutable_read()->mutable_data_source();
  if (!read.format.empty()) source->set_format(read.format);
  CopyStrings(read.paths, source->mutable_paths());
  CopyOptions(read.options, source->mutable_options());
  if (read.schema) source->set_schema(SchemaJson(*read.schema));
  return {};
}

Status EncodeSource(const ReadTable& read, proto::Relation* out) {
  auto* table = out->mutable_read()->mutable_named_table();
  table->set_unparsed_identifier(JoinAttributeName(read.name));
  CopyOptions(read.options, table->mutable_options());
  return {};
}

Status EncodeSource(const LocalRelation& local, proto::Relation* out) {
  auto* encoded = out->mutable_local_relation();
  if (local.arrow_ipc != nullptr) encoded->set_data(*local.arrow_ipc);
  if (local.schema) encoded->set_schema(SchemaJson(*local.schema));
  return {};
}

Status EncodeSource(const ValuesRelation& values, proto::Relation* out) {
  const auto schema = std::make_shared<const Schema>(values.schema);
  ASSIGN_OR_RETURN(Batch batch, BatchFromRows(schema, values.rows));
  ASSIGN_OR_RETURN(std::string bytes, WriteIpcStream(batch, "UTC"));
  out->mutable_local_relation()->set_data(std::move(bytes));
  if (!values.schema.empty()) out->mutable_local_relation()->set_schema(SchemaJson(values.schema));
  return {};
}

// By reflection: each call is a message of plain string fields, named as the call.
Status EncodeSource(const CatalogQuery& query, proto::Relation* out) {
  auto* catalog = out->mutable_catalog();
  const auto* field = catalog->GetDescriptor()->FindFieldByName(SnakeCase(query.operation));
  if (field == nullptr) return Unsupported("catalog call " + query.operation);
  auto* call = catalog->GetReflection()->MutableMessage(catalog, field);
  const auto* reflection = call->GetReflection();
  for (const auto& [name, value] : query.arguments) {
    if (query.operation == "createTable" && name.starts_with("option.")) {
      (*catalog->mutable_create_table()->mutable_options())[name.substr(7)] = value;
      continue;
    }
    if (query.operation == "createTable" && name == "schema") {
      ASSIGN_OR_RETURN(Schema schema, ParseSchemaText(value));
      EncodeSchema(schema, catalog->mutable_create_table()->mutable_schema());
      continue;
    }
    const auto* argument = call->GetDescriptor()->FindFieldByName(SnakeCase(name));
    if (argument == nullptr) {
      return Unsupported("argument " + name + " of catalog call " + query.operation);
    }
    reflection->SetString(call, argument, value);
  }
  return {};
}

}  // namespace ember

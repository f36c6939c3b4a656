// Arrow IPC streams, as Spark Connect sends them: schema, batch, end.
#include <fmt/format.h>

#include <nanoarrow/nanoarrow.h>
#include <nanoarrow/nanoarrow_ipc.h>

#include <cstring>

#include "batch/batch.h"

namespace ember {
namespace {

Error ArrowFailure(std::string_view what, ArrowError* error) {
  return InternalError(fmt::format("Arrow IPC: {}: {}", what, ArrowErrorMessage(error)));
}

// Owns what an IPC writer needs; each is released in reverse order.
struct StreamWriter {
  ArrowBuffer buffer;
  ArrowIpcOutputStream output{};
  ArrowIpcWriter writer{};
  ArrowError error{};
  bool has_writer = false;

  StreamWriter() { ArrowBufferInit(&buffer); }
  StreamWriter(const StreamWriter&) = delete;
  StreamWriter& operator=(const StreamWriter&) = delete;
  ~StreamWriter() {
    if (has_writer) ArrowIpcWriterReset(&writer);
    if (output.release != nullptr) output.release(&output);
    ArrowBufferReset(&buffer);
  }

  Status Start(const ArrowSchema* schema) {
    if (ArrowIpcOutputStreamInitBuffer(&output, &buffer) != NANOARROW_OK ||
        ArrowIpcWriterInit(&writer, &output) != NANOARROW_OK) {
      return InternalError("Arrow IPC: cannot make a writer");
    }
    has_writer = true;
    if (ArrowIpcWriterWriteSchema(&writer, schema, &error) != NANOARROW_OK) {
      return ArrowFailure("schema", &error);
    }
    return {};
  }

  Status WriteArray(const ArrowSchema* schema, const ArrowArray* array) {
    ArrowArrayView view;
    ArrowErrorCode code = ArrowArrayViewInitFromSchema(&view, schema, &error);
    if (code == NANOARROW_OK) code = ArrowArrayViewSetArray(&view, array, &error);
    if (code == NANOARROW_OK) code = ArrowIpcWriterWriteArrayView(&writer, &view, &error);
    ArrowArrayViewReset(&view);
    if (code != NANOARROW_OK) return ArrowFailure("record batch", &error);
    if (ArrowIpcWriterWriteArrayView(&writer, nullptr, &error) != NANOARROW_OK) {
      return ArrowFailure("end of stream", &error);
    }
    return {};
  }

  std::string Bytes() const {
    return {reinterpret_cast<const char*>(buffer.data), static_cast<size_t>(buffer.size_bytes)};
  }
};

// An open IPC stream over bytes that outlive it.
struct StreamReader {
  ArrowArrayStream stream{};
  StreamReader() = default;
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;
  ~StreamReader() {
    if (stream.release != nullptr) stream.release(&stream);
  }

  Status Open(std::string_view bytes) {
    ArrowBuffer buffer;
    ArrowBufferInit(&buffer);
    if (ArrowBufferAppend(&buffer, bytes.data(), static_cast<int64_t>(bytes.size())) !=
        NANOARROW_OK) {
      return InternalError("Arrow IPC: out of memory");
    }
    ArrowIpcInputStream input;
    if (ArrowIpcInputStreamInitBuffer(&input, &buffer) != NANOARROW_OK ||
        ArrowIpcArrayStreamReaderInit(&stream, &input, nullptr) != NANOARROW_OK) {
      return InternalError("Arrow IPC: cannot make a reader");
    }
    return {};
  }

  Error Failure(std::string_view what) {
    const char* message = stream.get_last_error(&stream);
    return InvalidInput(
        fmt::format("Arrow IPC: {} cannot be read: {}", what, message ? message : "unknown"));
  }
};

std::shared_ptr<ArrowSchema> NewSchemaHolder() {
  return {new ArrowSchema{}, [](ArrowSchema* schema) {
            if (schema->release != nullptr) ArrowSchemaRelease(schema);
            delete schema;
          }};
}

}  // namespace

Result<std::string> WriteIpcStream(const Batch& batch, std::string_view zone) {
  auto schema = NewSchemaHolder();
  if (batch.layout() != nullptr) {
    if (ArrowSchemaDeepCopy(batch.layout(), schema.get()) != NANOARROW_OK) {
      return InternalError("Arrow IPC: cannot copy a schema");
    }
  } else {
    RETURN_IF_ERROR(ToArrowSchema(batch.schema(), zone, schema.get()));
  }
  StreamWriter writer;
  RETURN_IF_ERROR(writer.Start(schema.get()));
  RETURN_IF_ERROR(writer.WriteArray(schema.get(), batch.array()));
  return writer.Bytes();
}

Result<std::string> WriteEmptyIpcStream(const Schema& schema, std::string_view zone) {
  ASSIGN_OR_RETURN(const Batch empty, BatchFromRows(std::make_shared<const Schema>(schema), {}));
  return WriteIpcStream(empty, zone);
}

Result<Schema> ReadIpcSchema(std::string_view bytes) {
  StreamReader reader;
  RETURN_IF_ERROR(reader.Open(bytes));
  auto schema = NewSchemaHolder();
  if (reader.stream.get_schema(&reader.stream, schema.get()) != NANOARROW_OK)
    return reader.Failure("schema");
  return FromArrowSchema(*schema);
}

Result<std::vector<Batch>> ReadIpcStream(std::string_view bytes,
                                         std::shared_ptr<const Schema> schema) {
  StreamReader reader;
  RETURN_IF_ERROR(reader.Open(bytes));
  auto layout = NewSchemaHolder();
  if (reader.stream.get_schema(&reader.stream, layout.get()) != NANOARROW_OK)
    return reader.Failure("schema");
  if (schema == nullptr) {
    ASSIGN_OR_RETURN(Schema arrow_schema, FromArrowSchema(*layout));
    schema = std::make_shared<const Schema>(std::move(arrow_schema));
  } else if (static_cast<int64_t>(schema->size()) != layout->n_children) {
    return InvalidInput("Arrow IPC: a stream has not as many columns as its schema");
  }
  std::vector<Batch> batches;
  while (true) {
    ArrowArray array{};
    if (reader.stream.get_next(&reader.stream, &array) != NANOARROW_OK)
      return reader.Failure("record batch");
    if (array.release == nullptr) return batches;
    batches.emplace_back(schema, &array, layout);
  }
}

}  // namespace ember

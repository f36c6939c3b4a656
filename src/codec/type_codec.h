#pragma once

#include "base/result.h"
#include "types/data_type.h"

namespace spark::connect {
class DataType;
}

namespace ember {

/// A type of Spark Connect as ours. `Unparsed` text is read as DDL. Unsupported: user-defined
/// types, variant, time, geometry, geography, string collations other than UTF8_BINARY.
Result<DataType> DecodeType(const spark::connect::DataType& proto);
/// Unsupported for nothing: every type of ours exists in Spark Connect 4.0.
void EncodeType(const DataType& type, spark::connect::DataType* proto);
/// The fields of a struct type; a schema is one at the top.
Result<Schema> DecodeSchema(const spark::connect::DataType& proto);
void EncodeSchema(const Schema& schema, spark::connect::DataType* proto);
/// Schema text as clients send it: JSON when it starts with a brace, else DDL.
Result<Schema> ParseSchemaText(std::string_view text);

}  // namespace ember

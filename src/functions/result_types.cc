#include "functions/result_types.h"

namespace ember {

Result<DataType> ResultNull(std::span<const ArgumentInfo>, const TypeContext&) {
  return NullType();
}

Result<DataType> ResultBoolean(std::span<const ArgumentInfo>, const TypeContext&) {
  return BooleanType();
}

Result<DataType> ResultByte(std::span<const ArgumentInfo>, const TypeContext&) {
  return ByteType();
}

Result<DataType> ResultInteger(std::span<const ArgumentInfo>, const TypeContext&) {
  return IntegerType();
}

Result<DataType> ResultLong(std::span<const ArgumentInfo>, const TypeContext&) {
  return LongType();
}

Result<DataType> ResultFloat(std::span<const ArgumentInfo>, const TypeContext&) {
  return FloatType();
}

Result<DataType> ResultDouble(std::span<const ArgumentInfo>, const TypeContext&) {
  return DoubleType();
}

Result<DataType> ResultString(std::span<const ArgumentInfo>, const TypeContext&) {
  return StringType();
}

Result<DataType> ResultBinary(std::span<const ArgumentInfo>, const TypeContext&) {
  return BinaryType();
}

Result<DataType> ResultDate(std::span<const ArgumentInfo>, const TypeContext&) {
  return DateType();
}

Result<DataType> ResultTimestamp(std::span<const ArgumentInfo>, const TypeContext&) {
  return TimestampType();
}

Result<DataType> ResultTimestampNtz(std::span<const ArgumentInfo>, const TypeContext&) {
  return TimestampNtzType();
}

Result<DataType> ResultStringArray(std::span<const ArgumentInfo>, const TypeContext&) {
  return ArrayType(StringType(), true);
}

Result<DataType> ResultStringArrayNoNulls(std::span<const ArgumentInfo>, const TypeContext&) {
  return ArrayType(StringType(), false);
}

Result<DataType> ResultSameAsFirst(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return arguments.front().type;
}

Result<DataType> ResultSameAsSecond(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return arguments[1].type;
}

Result<DataType> ResultSameAsLast(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return arguments.back().type;
}

Result<DataType> ResultArrayOfFirst(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return ArrayType(arguments.front().type, arguments.front().nullable);
}

Result<DataType> ResultElementOfFirst(std::span<const ArgumentInfo> arguments, const TypeContext&) {
  return arguments.front().type.element().type;
}

}  // namespace ember

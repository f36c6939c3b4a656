#pragma once

#include "base/result.h"
#include "spark/connect/expressions.pb.h"
#include "types/value.h"

namespace ember {

/// A constant of Spark Connect (LiteralValueProtoConverter): a decimal gets the wider of its own
/// and its declared precision and scale; array elements and map values may be null. Unsupported:
/// TIME.
Result<Literal> DecodeLiteral(const spark::connect::Expression::Literal& proto);
Status EncodeLiteral(const Literal& literal, spark::connect::Expression::Literal* proto);

}  // namespace ember

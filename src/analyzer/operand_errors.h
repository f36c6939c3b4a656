#pragma once

#include <optional>

#include "analyzer/resolved.h"

namespace ember {

/// The error of + - * / whose operands are dates, timestamps or intervals and do not fit: Spark has
/// replaced the operator by then (BinaryArithmeticWithDatetimeResolver) and complains about that
/// expression's argument. None when the operator's own error stands.
std::optional<Error> OperandError(const ResolvedCall& call, bool ansi);

/// The error of a date or timestamp minus a string with ANSI mode off: neither becomes the other.
std::optional<Error> TextOperandError(const ResolvedCall& call, bool ansi);

/// Whether the call moves a string by an interval of time: Spark reads it as a timestamp.
bool IsTextAndInterval(const ResolvedCall& call);

}  // namespace ember

#pragma once

#include <optional>

#include "analyzer/resolved.h"

namespace ember {

/// The error of + - * / whose operands are dates, timestamps or intervals and do not fit: Spark has
/// replaced the operator by then (BinaryArithmeticWithDatetimeResolver) and complains about that
/// expression's argument. None when the operator's own error stands.
std::optional<Error> OperandError(const ResolvedCall& call, bool ansi);

}  // namespace ember

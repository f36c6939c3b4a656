#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "functions/registry.h"
#include "types/coercion.h"

namespace ember {

/// The type to which an argument is converted for a TypeClass (ImplicitTypeCasts.implicitCast of
/// TypeCoercion or AnsiTypeCoercion): its own when it is accepted, null when nothing helps.
std::optional<DataType> ImplicitCastType(const DataType& type, TypeClass target, bool ansi);

/// Whether Spark converts values of `from` to `to` where a function asks for it, at any depth.
bool CastsImplicitly(const DataType& from, const DataType& to, bool ansi);

/// Types of the two operands of an arithmetic operator or comparison after conversion; unchanged
/// where Spark converts nothing (the type check then fails).
struct OperandTypes {
  DataType left;
  DataType right;
};
/// What a string and the other operand become first (PromoteStrings).
OperandTypes PromotedOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi);
/// Operands of AND and OR.
OperandTypes LogicalOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi);
OperandTypes ArithmeticOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                    TypeClass accepted, bool ansi);
OperandTypes DivisionOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right, bool ansi);
OperandTypes ComparisonOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                    bool is_equality, bool ansi);
/// Operands of div: whole numbers become bigint.
OperandTypes IntegralDivisionOperandTypes(const ArgumentInfo& left, const ArgumentInfo& right,
                                          bool ansi);

}  // namespace ember

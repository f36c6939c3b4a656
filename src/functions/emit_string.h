#pragma once

#include "functions/registry.h"

namespace ember {

Result<std::vector<DataType>> CoerceConcat(std::span<const ArgumentInfo> arguments,
                                           const TypeContext& context);
Result<std::string> EmitConcat(const EmitContext& context);
Result<std::vector<DataType>> CoerceConcatWs(std::span<const ArgumentInfo> arguments,
                                             const TypeContext& context);
Result<std::string> EmitConcatWs(const EmitContext& context);
Result<std::string> EmitSubstring(const EmitContext& context);
Result<std::string> EmitLeft(const EmitContext& context);
Result<std::string> EmitPad(const EmitContext& context, std::string_view side);
Result<std::string> EmitFormatNumber(const EmitContext& context);
/// printf with a constant format: each conversion becomes a piece of a concatenation.
Result<std::string> EmitFormatString(const EmitContext& context);
Result<std::string> EmitElt(const EmitContext& context);
Result<std::string> EmitDecode(const EmitContext& context);
Result<std::string> EmitEncode(const EmitContext& context);

}  // namespace ember

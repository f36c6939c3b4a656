#include "base/error.h"

#include <fmt/format.h>

#include "base/error_conditions.h"

namespace ember {
namespace {

std::string RenderText(std::string_view text, const ErrorParameters& parameters) {
  std::string out;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '<') {
      const size_t end = text.find('>', i);
      if (end != std::string_view::npos) {
        const auto it = parameters.find(std::string(text.substr(i + 1, end - i - 1)));
        if (it != parameters.end()) out += it->second;
        i = end + 1;
        continue;
      }
    }
    out += text[i++];
  }
  return out;
}

}  // namespace

std::string Error::ToString() const {
  std::string out;
  for (auto it = context.rbegin(); it != context.rend(); ++it) out += *it + ": ";
  if (condition.empty() || condition == "EMBER_INVALID_INPUT") return out + message;
  out += fmt::format("[{}] {}", condition, message);
  if (!sqlstate.empty()) out += " SQLSTATE: " + sqlstate;
  return out;
}

Error MakeError(std::string_view condition, ErrorParameters parameters) {
  if (condition.starts_with("java.") || condition.starts_with("org.")) {
    // Spark lets some exceptions through that are not its own: no condition, no parameters.
    Error error;
    error.error_class = condition == "java.lang.ArithmeticException" ? ErrorClass::kArithmetic
                                                                     : ErrorClass::kIllegalArgument;
    error.java_class = condition;
    error.message = parameters["message"];
    return error;
  }
  const ErrorConditionRow* row = FindErrorCondition(condition);
  if (row == nullptr) return InternalError(fmt::format("unknown error condition {}", condition));
  Error error;
  error.error_class = row->error_class;
  error.condition = row->name;
  error.sqlstate = row->sqlstate;
  error.message = RenderText(row->text, parameters);
  error.parameters = std::move(parameters);
  return error;
}

Error MakeErrorWithMessage(std::string_view condition, ErrorParameters parameters,
                           std::string message) {
  Error error = MakeError(condition, std::move(parameters));
  error.message = std::move(message);
  return error;
}

Error Unsupported(std::string_view feature) {
  return MakeError("UNSUPPORTED_FEATURE.EMBER", {{"feature", std::string(feature)}});
}

Error InternalError(std::string_view what) {
  return MakeError("INTERNAL_ERROR", {{"message", std::string(what)}});
}

Error InvalidInput(std::string message) {
  return MakeError("EMBER_INVALID_INPUT", {{"message", std::move(message)}});
}

std::vector<std::string> JavaClassNames(ErrorClass error_class) {
  // Each list goes from the class Spark throws to the first ancestor that the Python client maps.
  switch (error_class) {
    case ErrorClass::kAnalysis:
      return {"org.apache.spark.sql.AnalysisException", "java.lang.Exception"};
    case ErrorClass::kParse:
      return {"org.apache.spark.sql.catalyst.parser.ParseException",
              "org.apache.spark.sql.AnalysisException", "java.lang.Exception"};
    case ErrorClass::kArithmetic:
      return {"org.apache.spark.SparkArithmeticException", "java.lang.ArithmeticException",
              "java.lang.RuntimeException"};
    case ErrorClass::kArrayIndex:
      return {"org.apache.spark.SparkArrayIndexOutOfBoundsException",
              "java.lang.ArrayIndexOutOfBoundsException", "java.lang.RuntimeException"};
    case ErrorClass::kNumberFormat:
      return {"org.apache.spark.SparkNumberFormatException", "java.lang.NumberFormatException",
              "java.lang.IllegalArgumentException"};
    case ErrorClass::kDateTime:
      return {"org.apache.spark.SparkDateTimeException", "java.time.DateTimeException",
              "java.lang.RuntimeException"};
    case ErrorClass::kIllegalArgument:
      return {"org.apache.spark.SparkIllegalArgumentException",
              "java.lang.IllegalArgumentException", "java.lang.RuntimeException"};
    case ErrorClass::kRuntime:
      return {"org.apache.spark.SparkRuntimeException", "java.lang.RuntimeException"};
    case ErrorClass::kUnsupported:
      return {"org.apache.spark.SparkUnsupportedOperationException",
              "java.lang.UnsupportedOperationException", "java.lang.RuntimeException"};
    case ErrorClass::kNoSuchElement:
      return {"org.apache.spark.SparkNoSuchElementException", "java.util.NoSuchElementException",
              "java.lang.RuntimeException"};
    case ErrorClass::kUpgrade:
      return {"org.apache.spark.SparkUpgradeException", "java.lang.RuntimeException"};
    case ErrorClass::kCancelled:
    case ErrorClass::kSpark:
    case ErrorClass::kInternal:
      return {"org.apache.spark.SparkException", "java.lang.Exception"};
  }
  return {};
}

std::string QuoteIdentifier(std::string_view name) {
  std::string out = "`";
  for (char c : name) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + "`";
}

std::string QuoteName(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += '.';
    out += QuoteIdentifier(part);
  }
  return out;
}

std::string QuoteExpression(std::string_view sql) { return fmt::format("\"{}\"", sql); }

}  // namespace ember

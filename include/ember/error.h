#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// The exception family an error belongs to. Spark's Connect clients choose the Python exception
/// class from the Java class name that `JavaClassName` gives for it.
enum class ErrorClass {
  kAnalysis,         // AnalysisException
  kParse,            // ParseException
  kArithmetic,       // SparkArithmeticException
  kArrayIndex,       // SparkArrayIndexOutOfBoundsException
  kNumberFormat,     // SparkNumberFormatException
  kDateTime,         // SparkDateTimeException
  kIllegalArgument,  // SparkIllegalArgumentException
  kRuntime,          // SparkRuntimeException
  kUnsupported,      // SparkUnsupportedOperationException
  kNoSuchElement,    // SparkNoSuchElementException
  kUpgrade,          // SparkUpgradeException
  kCancelled,        // SparkException with OPERATION_CANCELLED
  kSpark,            // SparkException
  kInternal,         // a bug of Ember's: SparkException with INTERNAL_ERROR
};

/// Where in a query text (SQL or DataFrame call site) an error arose.
struct QueryContext {
  std::string fragment;
  int start_index = -1;
  int stop_index = -1;
  bool operator==(const QueryContext&) const = default;
};

/// A failure in Spark's terms: a condition ("DIVIDE_BY_ZERO", "UNRESOLVED_COLUMN.WITH_SUGGESTION")
/// with its SQLSTATE and named parameters. `message` is rendered prose for people; programs look at
/// the rest.
struct Error {
  ErrorClass error_class = ErrorClass::kInternal;
  std::string condition;
  std::string sqlstate;
  std::map<std::string, std::string> parameters;
  std::string message;
  std::vector<std::string> context;  // what was being done, innermost first
  std::vector<QueryContext> query_contexts;
  std::string java_class;  // a remote Spark's own; empty: the first of JavaClassNames(error_class)

  /// "[CONDITION] message SQLSTATE: xxxxx", preceded by the context, outermost first.
  std::string ToString() const;
  bool operator==(const Error&) const = default;
};

using ErrorParameters = std::map<std::string, std::string>;

/// Makes an error from the table in error_conditions.cc. An unknown condition becomes
/// INTERNAL_ERROR naming it. A Java class in place of a condition ("java.lang.ArithmeticException")
/// makes the error that Spark passes on from Java: without a condition, its text in the parameter
/// `message`.
Error MakeError(std::string_view condition, ErrorParameters parameters = {});
/// As MakeError, with a message in place of the one rendered from the table.
Error MakeErrorWithMessage(std::string_view condition, ErrorParameters parameters,
                           std::string message);
/// The one factory for what Ember does not support: UNSUPPORTED_FEATURE.EMBER with `feature` as
/// parameter.
Error Unsupported(std::string_view feature);
/// A broken invariant of Ember's own.
Error InternalError(std::string_view what);
/// Bad input to Ember's own tools (pipeline files, command line): EMBER_INVALID_INPUT.
Error InvalidInput(std::string message);

/// "org.apache.spark.sql.AnalysisException" and so on, most specific first; what ErrorInfo's
/// `classes` holds.
std::vector<std::string> JavaClassNames(ErrorClass error_class);

/// Spark's quoting in error parameters: `a`.`b` for names, "expr" for expressions, "INT" for types.
std::string QuoteIdentifier(std::string_view name);
std::string QuoteName(const std::vector<std::string>& parts);
std::string QuoteExpression(std::string_view sql);

}  // namespace ember

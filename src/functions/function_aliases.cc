#include "functions/registry.h"

namespace ember {
namespace {

// Spark's FunctionRegistry: names that share a class with another. The last column: whether the
// alias stays in the text of the call (setAlias).
constexpr FunctionAlias kAliases[] = {
    {"!", "not", false},
    {"<>", "!=", false},
    {"=", "==", false},
    {"any", "bool_or"},
    {"approx_percentile", "percentile_approx"},
    {"array_agg", "collect_list", false},
    {"cardinality", "size"},
    {"ceiling", "ceil"},
    {"char", "chr"},
    {"char_length", "length"},
    {"character_length", "length"},
    {"current_schema", "current_database", false},
    {"date_diff", "datediff"},
    {"curdate", "current_date", false},
    {"dateadd", "date_add", false},
    {"day", "dayofmonth"},
    {"every", "bool_and"},
    {"first_value", "first"},
    {"getbit", "bit_get"},
    {"ifnull", "nvl"},
    {"last_value", "last"},
    {"lcase", "lower"},
    {"len", "length"},
    {"mean", "avg"},
    {"mod", "%"},
    {"position", "locate"},
    {"pow", "power"},
    {"printf", "format_string"},
    {"product", "product of"},
    {"random", "rand", false},
    {"session_user", "current_user"},
    {"sha", "sha1"},
    {"sign", "signum"},
    {"some", "bool_or"},
    {"std", "stddev_samp"},
    {"stddev", "stddev_samp"},
    {"string_agg", "listagg"},
    {"substr", "substring"},
    {"to_varchar", "to_char", false},
    {"ucase", "upper"},
    {"user", "current_user"},
    {"variance", "var_samp"},
    {"||", "concat", false},
};

}  // namespace

std::span<const FunctionAlias> FunctionAliases() { return kAliases; }

}  // namespace ember

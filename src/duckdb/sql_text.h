#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

// Pieces of SELECTs that the files of SqlWriter share.

/// A relation without columns still needs one for DuckDB.
inline constexpr std::string_view kNoColumnsSql = "1 AS \"nothing\"";

/// The rows of a query as what stands after FROM.
std::string FromQuery(const std::string& query);
/// The source of rows of a SELECT that holds `sql`: with the index of each row where that asks for
/// it. DuckDB counts rows in one thread, in their order.
std::string FromQueryFor(std::string_view sql, const std::string& query);
/// What passes every column on, but not the index.
std::string_view EveryColumnFor(std::string_view sql);

std::string JoinTexts(const std::vector<std::string>& parts, std::string_view separator);

/// Names of columns, each id once.
std::vector<std::string> DistinctColumnNames(const std::vector<ResolvedColumn>& columns);
std::string ColumnNamesOrNothing(const std::vector<ResolvedColumn>& columns);
/// Names for all columns by position; a repeated id gets a name that nobody refers to.
std::string AllColumnNames(const std::vector<ResolvedColumn>& columns);
/// Whether it is a column that is passed on under its own id.
bool IsItsOwnReference(const NamedExpression& named);

bool IsFloatingType(const DataType& type);
/// NormalizeFloatingNumbers: keys of groups have no -0.0.
std::string NormalizedKey(const std::string& sql, const DataType& type);
/// "*", or with the floating columns among `columns` normalised.
std::string EveryColumnNormalized(const std::vector<ResolvedColumn>& columns);

}  // namespace ember

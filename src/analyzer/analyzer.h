#pragma once

#include <string>

#include "analyzer/resolved.h"
#include "analyzer/source_catalog.h"

namespace ember {

/// What of the session's configuration decides meaning.
struct AnalyzerOptions {
  bool ansi = true;
  std::string zone = "UTC";
  std::string current_database = "default";
  bool case_sensitive = false;
  bool group_by_ordinal = true;
  bool order_by_ordinal = true;
  bool double_quoted_identifiers = false;
  int pivot_max_values = 10000;
  // Instant of the statement for current_timestamp and its kin, microseconds UTC.
  int64_t now_us = 0;
};

/// Resolves names, types, nullability, conversions and output names of a plan, as Spark's analyzer
/// does. Never runs a query but through catalog.Collect where Spark does too. Errors are Spark's
/// AnalysisException conditions.
Result<ResolvedRelationPtr> Analyze(const Relation& relation, SourceCatalog& catalog,
                                    const AnalyzerOptions& options);

/// The resolved plan as indented text (explain).
std::string Dump(const ResolvedRelation& relation);

}  // namespace ember

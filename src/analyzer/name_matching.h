#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/resolved.h"

namespace ember {

bool EqualNames(std::string_view a, std::string_view b, bool case_sensitive);
std::string LowerName(std::string_view name);

/// A name resolved to a column and what of the name is left: fields of it.
struct NameMatch {
  const ResolvedColumn* column = nullptr;
  std::vector<std::string> fields;
  std::string name;  // the column as it was written
};

/// All columns that `parts` may mean (AttributeSeq.resolve): qualified matches first, then bare
/// names. Columns of one id count once.
std::vector<NameMatch> MatchName(const std::vector<std::string>& parts,
                                 const std::vector<ResolvedColumn>& columns, bool case_sensitive);
/// Columns whose qualifier ends with `target` (target.*).
std::vector<const ResolvedColumn*> MatchQualifier(const std::vector<std::string>& target,
                                                  const std::vector<ResolvedColumn>& columns,
                                                  bool case_sensitive);

/// AMBIGUOUS_REFERENCE.
Error AmbiguousReference(const std::vector<std::string>& parts,
                         const std::vector<NameMatch>& matches);
/// UNRESOLVED_COLUMN.WITH_SUGGESTION with the nearest five names, or WITHOUT_SUGGESTION.
Error UnresolvedColumn(const std::vector<std::string>& parts,
                       const std::vector<ResolvedColumn>& columns);
/// The same with the candidates' names in the order that equally near ones keep.
Error UnresolvedAmong(const std::vector<std::string>& parts,
                      std::vector<std::vector<std::string>> candidates);
/// Dataset.resolve: all columns in their order, none nearer than the others.
Error NoSuchField(const std::string& name, const std::vector<ResolvedColumn>& columns);
/// "`a`, `b`": candidates by their edit distance from `name` (StringUtils
/// .orderSuggestedIdentifiersBySimilarity).
std::string Proposal(const std::vector<std::string>& name,
                     std::vector<std::vector<std::string>> candidates);

}  // namespace ember

#include "analyzer/name_matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/edit_distance.h"

namespace ember {
namespace {

constexpr size_t kMaxProposals = 5;

std::vector<std::string> QualifiedName(const ResolvedColumn& column) {
  std::vector<std::string> name = column.qualifier;
  name.push_back(column.name);
  return name;
}

// Whether the last parts of `qualifier` are `parts`.
bool EndsWith(const std::vector<std::string>& qualifier, std::span<const std::string> parts,
              bool case_sensitive) {
  if (qualifier.size() < parts.size()) return false;
  const size_t offset = qualifier.size() - parts.size();
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!EqualNames(qualifier[offset + i], parts[i], case_sensitive)) return false;
  }
  return true;
}

// Matches of a name whose first `depth` parts are the qualifier.
std::vector<NameMatch> MatchAtDepth(const std::vector<std::string>& parts, size_t depth,
                                    const std::vector<ResolvedColumn>& columns,
                                    bool case_sensitive) {
  std::vector<NameMatch> matches;
  if (parts.size() <= depth) return matches;
  const std::span<const std::string> qualifier(parts.data(), depth);
  for (const ResolvedColumn& column : columns) {
    if (!EqualNames(column.name, parts[depth], case_sensitive)) continue;
    if (depth > 0 && !EndsWith(column.qualifier, qualifier, case_sensitive)) continue;
    const bool is_known = std::any_of(matches.begin(), matches.end(), [&](const NameMatch& match) {
      return match.column->id == column.id;
    });
    if (is_known) continue;
    matches.push_back({.column = &column,
                       .fields = {parts.begin() + static_cast<ptrdiff_t>(depth) + 1, parts.end()},
                       .name = parts[depth]});
  }
  return matches;
}

template <typename Key>
bool SharePrefix(const std::vector<std::vector<std::string>>& names, Key drop) {
  const auto prefix = [&](const std::vector<std::string>& name) {
    const size_t kept = name.size() > drop ? name.size() - drop : 0;
    return std::vector<std::string>(name.begin(), name.begin() + static_cast<ptrdiff_t>(kept));
  };
  return std::all_of(names.begin(), names.end(),
                     [&](const auto& name) { return prefix(name) == prefix(names.front()); });
}

void KeepLast(std::vector<std::vector<std::string>>& names, size_t count) {
  for (auto& name : names) {
    if (name.size() > count) name.erase(name.begin(), name.end() - static_cast<ptrdiff_t>(count));
  }
}

}  // namespace

bool EqualNames(std::string_view a, std::string_view b, bool case_sensitive) {
  if (a.size() != b.size()) return false;
  if (case_sensitive) return a == b;
  return std::equal(a.begin(), a.end(), b.begin(), [](unsigned char x, unsigned char y) {
    return x == y || std::tolower(x) == std::tolower(y);
  });
}

std::string LowerName(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::vector<NameMatch> MatchName(const std::vector<std::string>& parts,
                                 const std::vector<ResolvedColumn>& columns, bool case_sensitive) {
  for (size_t depth = std::min<size_t>(parts.size() - 1, 3); depth > 0; --depth) {
    auto matches = MatchAtDepth(parts, depth, columns, case_sensitive);
    if (!matches.empty()) return matches;
  }
  return MatchAtDepth(parts, 0, columns, case_sensitive);
}

std::vector<const ResolvedColumn*> MatchQualifier(const std::vector<std::string>& target,
                                                  const std::vector<ResolvedColumn>& columns,
                                                  bool case_sensitive) {
  std::vector<const ResolvedColumn*> found;
  for (const ResolvedColumn& column : columns) {
    if (EndsWith(column.qualifier, target, case_sensitive)) found.push_back(&column);
  }
  return found;
}

Error AmbiguousReference(const std::vector<std::string>& parts,
                         const std::vector<NameMatch>& matches) {
  std::vector<std::string> names;
  for (const NameMatch& match : matches) {
    std::vector<std::string> name = match.column->qualifier;
    name.push_back(match.name);
    names.push_back(QuoteName(name));
  }
  std::sort(names.begin(), names.end());
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return MakeError("AMBIGUOUS_REFERENCE",
                   {{"name", QuoteName(parts)}, {"referenceNames", "[" + list + "]"}});
}

std::string Proposal(const std::vector<std::string>& name,
                     std::vector<std::vector<std::string>> candidates) {
  if (candidates.empty()) return "";
  if (name.size() == 1 && SharePrefix(candidates, size_t{1})) {
    KeepLast(candidates, 1);
  } else if (name.size() <= 2 && SharePrefix(candidates, size_t{2})) {
    KeepLast(candidates, 2);
  }
  std::string base;
  for (const auto& part : name) base += (base.empty() ? "" : ".") + part;
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& candidate : candidates) {
    std::string quoted = QuoteName(candidate);
    ranked.emplace_back(EditDistance(quoted, base), std::move(quoted));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (size_t i = 0; i < std::min(kMaxProposals, ranked.size()); ++i) {
    out += (i > 0 ? ", " : "") + ranked[i].second;
  }
  return out;
}

Error UnresolvedColumn(const std::vector<std::string>& parts,
                       const std::vector<ResolvedColumn>& columns) {
  // Equally near names come in the order of an AttributeSet: by name, then as they were made.
  std::vector<const ResolvedColumn*> sorted;
  for (const ResolvedColumn& column : columns) sorted.push_back(&column);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    return std::tie(a->name, a->id) < std::tie(b->name, b->id);
  });
  std::vector<std::vector<std::string>> candidates;
  for (const ResolvedColumn* column : sorted) candidates.push_back(QualifiedName(*column));
  return UnresolvedAmong(parts, std::move(candidates));
}

Error NoSuchField(const std::string& name, const std::vector<ResolvedColumn>& columns) {
  if (columns.empty()) return UnresolvedAmong({name}, {});
  std::string proposal;
  for (const ResolvedColumn& column : columns) {
    proposal += (proposal.empty() ? "" : ", ") + QuoteIdentifier(column.name);
  }
  return MakeError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                   {{"objectName", QuoteIdentifier(name)}, {"proposal", proposal}});
}

Error UnresolvedAmong(const std::vector<std::string>& parts,
                      std::vector<std::vector<std::string>> candidates) {
  const std::string proposal = Proposal(parts, std::move(candidates));
  if (proposal.empty()) {
    return MakeError("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", QuoteName(parts)}});
  }
  return MakeError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                   {{"objectName", QuoteName(parts)}, {"proposal", proposal}});
}

}  // namespace ember

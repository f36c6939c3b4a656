#include "duckdb/answered_catalog.h"

#include "plan/dump.h"

namespace ember {

Result<SourceSchema> AnsweredCatalog::DescribeFiles(const ReadFiles& read) {
  const uint64_t key = SemanticHash(*MakeRelation(read));
  const auto known = answers_.files.find(key);
  if (known != answers_.files.end()) return known->second.source;
  ASSIGN_OR_RETURN(SourceSchema source, catalog_.DescribeFiles(read));
  answers_.files.emplace(key, CatalogAnswers::File{read, source});
  return source;
}

Result<std::variant<FoundView, FoundTable>> AnsweredCatalog::FindTable(
    const std::vector<std::string>& name) {
  const auto known = answers_.tables.find(name);
  if (known != answers_.tables.end()) return known->second;
  ASSIGN_OR_RETURN(auto found, catalog_.FindTable(name));
  answers_.tables.emplace(name, found);
  return found;
}

std::optional<uint64_t> AnsweredCatalog::FindCached(const Relation& relation) {
  const std::optional<uint64_t> key = catalog_.FindCached(relation);
  if (!key) return key;
  if (const auto noted = noted_(*key, relation.plan_id)) {
    for (const auto& [hash, file] : noted->files) answers_.files.insert_or_assign(hash, file);
    for (const auto& [name, found] : noted->tables) answers_.tables.insert_or_assign(name, found);
  }
  return key;
}

}  // namespace ember

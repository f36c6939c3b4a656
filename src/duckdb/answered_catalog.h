#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "analyzer/source_catalog.h"

namespace ember {

/// What a plan was told of its sources when it was persisted. Spark keeps the analysed plan of a
/// DataFrame (SessionHolder's plan cache), so that a persisted one needs its files no more.
struct CatalogAnswers {
  struct File {
    ReadFiles read;
    SourceSchema source;
  };
  std::map<uint64_t, File> files;  // by the semantic hash of the read
  std::map<std::vector<std::string>, std::variant<FoundView, FoundTable>> tables;
};

/// A session's catalog during one analysis: notes its answers for a plan that is being persisted,
/// and gives the noted ones again once a persisted plan is met.
class AnsweredCatalog final : public SourceCatalog {
 public:
  /// The noted answers for a persisted plan that is met as the DataFrame `plan_id`; may be null.
  using Noted = std::function<std::shared_ptr<const CatalogAnswers>(
      uint64_t key, std::optional<int64_t> plan_id)>;
  AnsweredCatalog(SourceCatalog& catalog, Noted noted)
      : catalog_(catalog), noted_(std::move(noted)) {}

  /// All answers of this analysis.
  CatalogAnswers TakeAnswers() { return std::move(answers_); }

  Result<SourceSchema> DescribeFiles(const ReadFiles& read) override;
  Result<std::variant<FoundView, FoundTable>> FindTable(
      const std::vector<std::string>& name) override;
  Result<Schema> DescribeArrow(const std::string& arrow_ipc) override {
    return catalog_.DescribeArrow(arrow_ipc);
  }
  Result<std::shared_ptr<const std::string>> FindArtifact(const std::string& hash) override {
    return catalog_.FindArtifact(hash);
  }
  Result<std::vector<std::vector<Value>>> Collect(const ResolvedRelation& relation) override {
    return catalog_.Collect(relation);
  }
  Result<ValuesRelation> QueryCatalog(const CatalogQuery& query) override {
    return catalog_.QueryCatalog(query);
  }
  std::optional<uint64_t> FindCached(const Relation& relation) override;

 private:
  SourceCatalog& catalog_;
  Noted noted_;
  CatalogAnswers answers_;
};

}  // namespace ember

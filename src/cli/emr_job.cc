// What a pipeline's plan says of the cluster that it needs.
#include "cli/emr_job.h"

#include <ember/session.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "aws/s3_store.h"
#include "cli/pipeline_file.h"
#include "cli/s3_world.h"
#include "cli/spark_settings.h"
#include "cli/spark_version.h"
#include "pipeline/graph.h"
#include "pipeline/parse.h"
#include "sql/parser.h"

namespace ember {
namespace {

// spark.sql.autoBroadcastJoinThreshold.
constexpr int64_t kBroadcastBytes = int64_t{10} << 20;

bool IsBroadcastHint(const Hint& hint) {
  std::string name = hint.name;
  std::transform(name.begin(), name.end(), name.begin(), ::tolower);
  return name == "broadcast" || name == "broadcastjoin" || name == "mapjoin";
}

bool IsCompressedText(const std::string& path) {
  return path.ends_with(".gz") || path.ends_with(".bz2") || path.ends_with(".zst") ||
         path.ends_with(".snappy") || path.ends_with(".lz4");
}

/// Walks plans from their outputs to their sources.
class JobWalk {
 public:
  explicit JobWalk(const ListSource& list) : list_(list) {}

  using Sources = std::set<size_t>;

  Result<Sources> Visit(const RelationPtr& relation) {
    if (relation == nullptr) return Sources();
    const auto known = seen_.find(relation.get());
    if (known != seen_.end()) return known->second;
    ASSIGN_OR_RETURN(Sources sources,
                     std::visit([&](const auto& node) { return VisitNode(node); }, relation->node));
    seen_[relation.get()] = sources;
    return sources;
  }

  void Keep(const Sources& sources) { Add(EmrJobStepKind::kPersist, sources); }
  EmrJob Take() { return std::move(job_); }

 private:
  int64_t BytesOf(const Sources& sources) const {
    double bytes = 0;
    for (const size_t i : sources) {
      const EmrJobSource& source = job_.sources[i];
      bytes += static_cast<double>(source.bytes) * EmrRowExpansion(source);
    }
    return static_cast<int64_t>(bytes);
  }
  int64_t FileBytesOf(const Sources& sources) const {
    int64_t bytes = 0;
    for (const size_t i : sources) bytes += job_.sources[i].bytes;
    return bytes;
  }
  void Add(EmrJobStepKind kind, const Sources& sources, bool is_one_task = false) {
    job_.steps.push_back({.kind = kind, .bytes = BytesOf(sources), .is_one_task = is_one_task});
  }

  Result<Sources> VisitNode(const ReadFiles& read) {
    Sources sources;
    for (const std::string& path : read.paths) {
      const auto [at, is_new] = by_path_.emplace(read.format + " " + path, job_.sources.size());
      sources.insert(at->second);
      if (!is_new) continue;
      EmrJobSource source = {.path = path, .format = read.format};
      ASSIGN_OR_RETURN(const std::vector<FileInfo> files, list_(path));
      for (const FileInfo& file : files) {
        source.bytes += file.size;
        ++source.files;
        source.is_compressed = source.is_compressed || IsCompressedText(file.path);
      }
      job_.sources.push_back(std::move(source));
    }
    return sources;
  }

  Result<Sources> VisitNode(const Join& join) {
    ASSIGN_OR_RETURN(const Sources left, Visit(join.left));
    ASSIGN_OR_RETURN(const Sources right, Visit(join.right));
    const auto is_small = [&](const RelationPtr& side, const Sources& sources) {
      return HasBroadcastHint(side) ||
             (!sources.empty() && FileBytesOf(sources) <= kBroadcastBytes);
    };
    Sources all = left;
    all.insert(right.begin(), right.end());
    if (is_small(join.right, right)) {
      Add(EmrJobStepKind::kBroadcastJoin, right);
    } else if (is_small(join.left, left)) {
      Add(EmrJobStepKind::kBroadcastJoin, left);
    } else {
      Add(EmrJobStepKind::kJoin, all);
    }
    return all;
  }

  static bool HasBroadcastHint(const RelationPtr& relation) {
    if (const Hint* hint = std::get_if<Hint>(&relation->node)) {
      return IsBroadcastHint(*hint) || HasBroadcastHint(hint->input);
    }
    const SubqueryAlias* alias = std::get_if<SubqueryAlias>(&relation->node);
    return alias != nullptr && HasBroadcastHint(alias->input);
  }

  Result<Sources> VisitNode(const SetOperation& operation) {
    ASSIGN_OR_RETURN(Sources all, Visit(operation.left));
    ASSIGN_OR_RETURN(const Sources right, Visit(operation.right));
    all.insert(right.begin(), right.end());
    if (operation.kind != SetOperationKind::kUnion || !operation.is_all) {
      Add(EmrJobStepKind::kDistinct, all);
    }
    return all;
  }

  Result<Sources> VisitNode(const SqlQuery& query) {
    ASSIGN_OR_RETURN(const Statement statement, ParseStatement(query.text));
    const RelationPtr* plan = std::get_if<RelationPtr>(&statement);
    if (plan == nullptr) return Sources();
    parsed_.push_back(*plan);
    return Visit(*plan);
  }

  Result<Sources> VisitNode(const WithTables& with) {
    Sources all;
    for (const CommonTable& table : with.tables) {
      ASSIGN_OR_RETURN(tables_[table.name], Visit(table.plan));
      all.insert(tables_[table.name].begin(), tables_[table.name].end());
    }
    ASSIGN_OR_RETURN(const Sources rest, Visit(with.input));
    all.insert(rest.begin(), rest.end());
    return all;
  }

  Result<Sources> VisitNode(const ReadTable& table) {
    const auto at = table.name.size() == 1 ? tables_.find(table.name[0]) : tables_.end();
    return at == tables_.end() ? Result<Sources>(Sources()) : Result<Sources>(at->second);
  }

  Result<Sources> VisitNode(const WithReferences& with) {
    ASSIGN_OR_RETURN(Sources all, Visit(with.input));
    for (const RelationPtr& reference : with.references) {
      ASSIGN_OR_RETURN(const Sources sources, Visit(reference));
      all.insert(sources.begin(), sources.end());
    }
    return all;
  }

  // What takes one input, or none.
  template <typename Node>
  Result<Sources> VisitNode(const Node& node) {
    Sources sources;
    if constexpr (requires { node.input; }) {
      ASSIGN_OR_RETURN(sources, Visit(node.input));
    }
    if constexpr (std::is_same_v<Node, Project>) {
      RETURN_IF_ERROR(AddOfExpressions(node.expressions, sources));
    } else if constexpr (std::is_same_v<Node, WithColumns>) {
      RETURN_IF_ERROR(AddOfExpressions(node.columns, sources));
    } else if constexpr (std::is_same_v<Node, Filter>) {
      RETURN_IF_ERROR(AddOfExpressions({node.condition}, sources));
    } else if constexpr (std::is_same_v<Node, Aggregate>) {
      RETURN_IF_ERROR(AddOfExpressions(node.aggregates, sources));
      Add(EmrJobStepKind::kAggregate, sources);
    } else if constexpr (std::is_same_v<Node, Deduplicate>) {
      Add(EmrJobStepKind::kDistinct, sources);
    } else if constexpr (std::is_same_v<Node, Sort>) {
      if (node.is_global) Add(EmrJobStepKind::kSort, sources);
    } else if constexpr (std::is_same_v<Node, Repartition>) {
      if (node.shuffle) Add(EmrJobStepKind::kRepartition, sources);
    }
    return sources;
  }

  /// Windows of one specification are one step of Spark's.
  struct Windows {
    std::set<std::string> partitions;
    bool has_one_task = false;
  };

  Status AddOfExpressions(const std::vector<ExpressionPtr>& expressions, Sources& sources) {
    Windows windows;
    for (const ExpressionPtr& expression : expressions) {
      RETURN_IF_ERROR(VisitExpression(expression, windows, sources));
    }
    for (const std::string& keys : windows.partitions) {
      Add(EmrJobStepKind::kWindow, sources, keys.empty());
    }
    return {};
  }

  Status VisitExpression(const ExpressionPtr& expression, Windows& windows, Sources& sources) {
    if (expression == nullptr) return {};
    return std::visit(
        [&](const auto& node) -> Status {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (std::is_same_v<Node, WindowExpression>) {
            std::string keys;
            for (const ExpressionPtr& key : node.partition_by) keys += KeyText(key) + ",";
            windows.partitions.insert(keys);
          } else if constexpr (std::is_same_v<Node, ExpressionString>) {
            ASSIGN_OR_RETURN(const ExpressionPtr parsed, ParseExpression(node.text));
            parsed_expressions_.push_back(parsed);
            return VisitExpression(parsed, windows, sources);
          } else if constexpr (std::is_same_v<Node, SubqueryExpression>) {
            ASSIGN_OR_RETURN(const Sources below, Visit(node.plan));
            sources.insert(below.begin(), below.end());
            if (node.kind != SubqueryKind::kScalar) Add(EmrJobStepKind::kJoin, sources);
          } else if constexpr (std::is_same_v<Node, UnresolvedFunction>) {
            for (const ExpressionPtr& argument : node.arguments) {
              RETURN_IF_ERROR(VisitExpression(argument, windows, sources));
            }
          } else if constexpr (requires { node.child; }) {
            return VisitExpression(node.child, windows, sources);
          }
          return {};
        },
        expression->node);
  }

  static std::string KeyText(const ExpressionPtr& key) {
    const UnresolvedAttribute* attribute = std::get_if<UnresolvedAttribute>(&key->node);
    if (attribute == nullptr) return fmt::format("{}", static_cast<const void*>(key.get()));
    return attribute->parts.back();
  }

  const ListSource& list_;
  EmrJob job_;
  std::map<const Relation*, Sources> seen_;
  std::map<std::string, size_t> by_path_;
  std::map<std::string, Sources> tables_;  // of WITH
  // What seen_ points to lives as long as it.
  std::vector<RelationPtr> parsed_;
  std::vector<ExpressionPtr> parsed_expressions_;
};

}  // namespace

Result<EmrJob> EmrJobOfPlans(const std::vector<RelationPtr>& plans,
                             const std::vector<RelationPtr>& kept, const ListSource& list) {
  JobWalk walk(list);
  for (const RelationPtr& plan : plans) {
    ASSIGN_OR_RETURN(const JobWalk::Sources sources, walk.Visit(plan));
    static_cast<void>(sources);
  }
  for (const RelationPtr& plan : kept) {
    ASSIGN_OR_RETURN(const JobWalk::Sources sources, walk.Visit(plan));
    walk.Keep(sources);
  }
  return walk.Take();
}

Result<EmrJob> EmrJobOfPipeline(const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadPipelineText(file));
  ASSIGN_OR_RETURN(PipelineSpec spec, ParsePipeline(file, text));
  const std::string spark_version = TakeSparkVersion(spec.spark);
  ASSIGN_OR_RETURN(const SparkSession session, SparkSession::Local({}));
  RETURN_IF_ERROR(UseSparkDefaults(session, spark_version));
  std::map<std::string, std::string> s3_settings;
  for (const auto& [key, value] : spec.spark) {
    if (IsStartSetting(key)) continue;
    RETURN_IF_ERROR(session.SetConfig(key, value));
    if (key.find("fs.s3a.") != std::string::npos) s3_settings[key] = value;
  }
  ASSIGN_OR_RETURN(const PipelineGraph graph, BuildGraph(spec, session));
  std::vector<RelationPtr> plans;
  std::vector<RelationPtr> kept;
  for (const PlannedOutput& output : graph.outputs) plans.push_back(output.frame.relation());
  for (const KeptFrame& frame : graph.kept) {
    if (frame.level.starts_with("DISK_ONLY")) continue;
    kept.push_back(graph.frames.at(frame.name).relation());
  }

  const std::unique_ptr<FileOperations> files = MakeLocalFileOperations();
  const std::unique_ptr<Store> local = MakeLocalStore(*files);
  std::unique_ptr<S3World> world;
  std::unique_ptr<Store> remote;
  const ListSource list = [&](const std::string& path) -> Result<std::vector<FileInfo>> {
    if (!ParseS3Path(path)) return local->List(path);
    if (remote == nullptr) {
      ASSIGN_OR_RETURN(world, S3World::Make(s3_settings));
      // The clients live as long as the world.
      remote = MakeS3Store(std::shared_ptr<S3Clients>(world->clients.get(), [](S3Clients*) {}));
    }
    return remote->List(path);
  };
  return EmrJobOfPlans(plans, kept, list);
}

}  // namespace ember

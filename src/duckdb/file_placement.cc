#include "duckdb/file_placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "duckdb/file_formats.h"
#include "duckdb/partition_values.h"
#include "functions/cast_sql.h"
#include "functions/error_token.h"
#include "functions/registry.h"

namespace ember {
namespace {

std::string NewUuid() {
  std::random_device random;
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}", random(), random() & 0xffff,
                     random() & 0xfff, 0x8000 | (random() & 0x3fff), random() & 0xffff, random());
}

// HashPartitioning.partitionIdExpression: pmod(murmur3hash(keys), count).
Result<std::string> HashedTo(const std::vector<ResolvedExpressionPtr>& keys, int count,
                             SqlWriter& writer) {
  ResolvedExpression hash;
  hash.node = ResolvedCall{.function = FindFunction("hash"), .arguments = keys};
  hash.type = IntegerType();
  hash.nullable = false;
  ASSIGN_OR_RETURN(std::string sql, writer.WriteExpression(hash));
  return fmt::format("((({0})::BIGINT % {1} + {1}) % {1})", sql, count);
}

ResolvedExpressionPtr ReferenceTo(const ResolvedColumn& column) {
  ResolvedExpression reference;
  reference.node = ColumnReference{.id = column.id, .name = column.name};
  reference.type = column.type;
  reference.nullable = column.nullable;
  return std::make_shared<const ResolvedExpression>(std::move(reference));
}

}  // namespace

FilePlacement::FilePlacement(const FileWriteRequest& request, std::string extension)
    : request_(request), extension_(std::move(extension)), uuid_(NewUuid()) {}

Result<FilePlacement> FilePlacement::Make(const FileWriteRequest& request,
                                          const ResolvedRelation& plan, SqlWriter& writer,
                                          std::string extension) {
  FilePlacement placement(request, std::move(extension));
  RETURN_IF_ERROR(placement.AddPartitions(plan));
  RETURN_IF_ERROR(placement.AddBuckets(plan, writer));
  RETURN_IF_ERROR(placement.AddTasks(writer));
  return placement;
}

void FilePlacement::Add(const std::string& sql, const std::string& name) {
  keys_ += fmt::format(", {} AS {}", sql, name);
  names_.push_back(name);
}

Status FilePlacement::AddPartitions(const ResolvedRelation& plan) {
  for (const std::string& name : request_.partition_by) {
    const int column = FindField(request_.schema, name);
    ASSIGN_OR_RETURN(std::string text,
                     EmitCast(ColumnName(plan.columns[column].id), request_.schema[column].type,
                              StringType(), CastMode::kAnsi, request_.zone));
    Add(fmt::format("coalesce(nullif({}, ''), {})", text, SqlString(kNullPartition)),
        fmt::format("\"__p{}\"", partitions_.size()));
    partitions_.push_back(column);
  }
  return {};
}

Status FilePlacement::AddBuckets(const ResolvedRelation& plan, SqlWriter& writer) {
  if (request_.bucket.empty()) return {};
  std::vector<ResolvedExpressionPtr> keys;
  for (const std::string& name : request_.bucket.columns)
    keys.push_back(ReferenceTo(plan.columns[FindField(request_.schema, name)]));
  ASSIGN_OR_RETURN(std::string bucket, HashedTo(keys, request_.bucket.count, writer));
  Add(bucket, "\"__bucket\"");
  return {};
}

Status FilePlacement::AddTasks(SqlWriter& writer) {
  const WriteLayout& layout = request_.layout;
  if (layout.merged_into <= 1) return {};
  const std::string name = "\"__task\"";
  if (!layout.range_by.empty()) {
    ASSIGN_OR_RETURN(std::string order, writer.WriteOrder(layout.range_by));
    keys_ += fmt::format(", dense_rank() OVER (ORDER BY {}) AS {}", order, kRankColumn);
    names_.push_back(name);
    has_ranks_ = true;
  } else if (!layout.hash_by.empty()) {
    ASSIGN_OR_RETURN(std::string task, HashedTo(layout.hash_by, layout.partitions, writer));
    Add(MergedTask(task), name);
  } else {
    Add(fmt::format("(row_number() OVER () - 1) % {}", layout.merged_into), name);
  }
  return {};
}

// DefaultPartitionCoalescer joins neighbours.
std::string FilePlacement::MergedTask(const std::string& task) const {
  const WriteLayout& layout = request_.layout;
  if (layout.merged_into == layout.partitions) return task;
  return fmt::format("((({}) + 1) * {} - 1) // {}", task, layout.merged_into, layout.partitions);
}

std::string FilePlacement::TaskSql(const std::vector<int64_t>& bounds) const {
  std::string cases;
  for (size_t i = 0; i < bounds.size(); ++i)
    cases += fmt::format(" WHEN {} <= {} THEN {}", kRankColumn, bounds[i], i);
  if (cases.empty()) return "0";
  return MergedTask(fmt::format("(CASE{} ELSE {} END)", cases, bounds.size()));
}

std::string FilePlacement::PathOf(const std::vector<std::string>& values, int64_t count) const {
  std::string path;
  size_t next = 0;
  for (const std::string& name : request_.partition_by) {
    const std::string& value = values[next++];
    // The folder has the name as partitionBy spells it.
    path += EscapePathName(name) + "=" + (value == kNullPartition ? value : EscapePathName(value)) +
            "/";
  }
  std::string bucket;
  if (!request_.bucket.empty()) bucket = fmt::format("_{:05}", std::stoll(values[next++]));
  const int64_t task = next < values.size() ? std::stoll(values[next]) : 0;
  // A dot before the count where files are told apart by rows (DynamicPartitionDataWriter).
  return fmt::format("{}part-{:05}-{}{}{}c{:03}{}", path, task, uuid_, bucket,
                     is_dynamic() ? '.' : '-', count, extension_);
}

std::vector<int64_t> RangeBounds(const std::vector<RankedKey>& candidates, int64_t rows,
                                 int64_t ranks, int partitions) {
  std::vector<int64_t> bounds;
  const auto wanted = static_cast<size_t>(std::min<int64_t>(partitions, rows)) - (rows > 0 ? 1 : 0);
  if (rows == 0 || wanted == 0) return bounds;
  // Spark adds step after step in floating point: so do we.
  const double step = static_cast<double>(rows) / static_cast<double>(wanted + 1);
  double target = step;
  int64_t passed = 0;  // rows up to the last bound
  const auto add = [&](int64_t rank) {
    bounds.push_back(rank);
    target += step;
  };
  // One key is one bound at most: when it passes several targets, the keys after it are bounds too.
  const auto catch_up = [&](int64_t before_rank) {
    while (bounds.size() < wanted && !bounds.empty() && static_cast<double>(passed) >= target &&
           bounds.back() + 1 < before_rank) {
      add(bounds.back() + 1);
    }
  };
  for (const RankedKey& key : candidates) {
    catch_up(key.rank);
    if (bounds.size() == wanted) return bounds;
    if (static_cast<double>(key.rows_after) < target) continue;
    add(key.rank);
    passed = key.rows_after;
  }
  catch_up(ranks + 1);
  return bounds;
}

}  // namespace ember

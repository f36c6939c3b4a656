#include "glue/glue_sync.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "aws/aws_json.h"
#include "aws/service_call.h"
#include "glue/glue_catalog.h"

namespace ember {
namespace {

// How often a table is looked at again when somebody else changes it at the same time.
constexpr int kRounds = 8;
// What one call takes.
constexpr size_t kCreateBatch = 100;
constexpr size_t kDeleteBatch = 25;

// The members that a Table and a TableInput share; a Table has others, which are Glue's own.
constexpr auto kInputMembers = std::to_array<std::string_view>(
    {"Name", "Description", "Owner", "LastAccessTime", "LastAnalyzedTime", "Retention",
     "StorageDescriptor", "PartitionKeys", "ViewOriginalText", "ViewExpandedText", "TableType",
     "Parameters", "TargetTable"});

AwsJson InputOf(const AwsJson& table) {
  AwsJson input = AwsJson::object();
  for (const std::string_view member : kInputMembers) {
    const auto at = table.find(std::string(member));
    if (at != table.end()) input[std::string(member)] = *at;
  }
  return input;
}

std::string LowerCaseOf(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

std::vector<std::string> NamesOf(const AwsJson& columns) {
  std::vector<std::string> names;
  for (const AwsJson& column : columns) names.push_back(AwsText(column, "Name"));
  return names;
}

// Comments that somebody gave to columns of the same name stay.
AwsJson WithComments(AwsJson columns, const AwsJson& known) {
  for (AwsJson& column : columns) {
    if (column.contains("Comment")) continue;
    for (const AwsJson& other : known) {
      if (AwsText(other, "Name") != AwsText(column, "Name")) continue;
      if (const std::string comment = AwsText(other, "Comment"); !comment.empty()) {
        column["Comment"] = comment;
      }
    }
  }
  return columns;
}

// The table as it shall be: ours laid over what is there.
AwsJson Laid(const AwsJson& wanted, const AwsJson& known) {
  AwsJson laid = known;
  for (const auto& [member, value] : wanted.items()) {
    if (member != "Parameters" && member != "StorageDescriptor") laid[member] = value;
  }
  AwsJson& parameters = laid["Parameters"];
  if (!parameters.is_object()) parameters = AwsJson::object();
  std::vector<std::string> gone;
  for (const auto& [key, value] : parameters.items()) {
    if (IsOwnGlueParameter(key) && !wanted["Parameters"].contains(key)) gone.push_back(key);
  }
  for (const std::string& key : gone) parameters.erase(key);
  parameters.update(wanted["Parameters"]);
  AwsJson& storage = laid["StorageDescriptor"];
  if (!storage.is_object()) storage = AwsJson::object();
  const AwsJson columns = AwsList(storage, "Columns");
  storage.update(wanted["StorageDescriptor"]);
  storage["Columns"] = WithComments(storage["Columns"], columns);
  laid["PartitionKeys"] = WithComments(laid["PartitionKeys"], AwsList(known, "PartitionKeys"));
  return laid;
}

// Equal as values: the order of members says nothing.
bool IsSame(const AwsJson& a, const AwsJson& b) {
  return nlohmann::json::parse(a.dump()) == nlohmann::json::parse(b.dump());
}

class TableSync {
 public:
  TableSync(AwsApi& api, const GlueTable& table, GlueOldFiles old_files,
            const std::stop_token& stop)
      : api_(api), table_(table), old_files_(old_files), stop_(stop) {
    report_.table = table.database + "." + table.name;
  }

  Result<GlueSyncReport> Run(const std::vector<GluePartition>& partitions) {
    RETURN_IF_ERROR(SyncTable());
    const bool is_explicit =
        !table_.partition_columns.empty() && table_.partitioning == GluePartitioning::kExplicit;
    if (is_explicit) RETURN_IF_ERROR(SyncPartitions(partitions));
    return std::move(report_);
  }

 private:
  Result<AwsJson> Call(const std::string& action, AwsJson request) {
    return api_.Call({.service = AwsService::kGlue,
                      .action = action,
                      .request = std::move(request),
                      .stop = stop_});
  }

  AwsJson Named(AwsJson request) const {
    request["DatabaseName"] = table_.database;
    return request;
  }

  Status SyncTable() {
    Error last;
    for (int round = 0; round < kRounds; ++round) {
      Result<AwsJson> found = Call("GetTable", Named({{"Name", table_.name}}));
      Status done;
      if (found.ok()) {
        done = Update(AwsStructure(*found, "Table"));
      } else if (ServiceCodeOf(found.error()) == "EntityNotFoundException") {
        done = Create();
      } else {
        return std::move(found).error();
      }
      if (done.ok()) return {};
      const std::string code = ServiceCodeOf(done.error());
      // Somebody else was quicker: look again.
      if (code != "AlreadyExistsException" && code != "ConcurrentModificationException") {
        return done;
      }
      last = done.error();
    }
    return last;
  }

  Status Create() {
    ASSIGN_OR_RETURN(const auto database, FindGlueDatabase(api_, table_.database, stop_));
    if (!database) {
      // Hive wants a place of every database, for tables that are given none.
      const size_t slash = table_.location.rfind('/');
      const bool is_bucket = table_.location.find("://") + 2 == slash;
      const std::string parent = is_bucket ? table_.location : table_.location.substr(0, slash + 1);
      Result<AwsJson> made =
          Call("CreateDatabase",
               {{"DatabaseInput", {{"Name", table_.database}, {"LocationUri", parent}}}});
      if (!made.ok() && ServiceCodeOf(made.error()) != "AlreadyExistsException") {
        return std::move(made).error();
      }
      report_.database_created = made.ok();
    }
    ASSIGN_OR_RETURN(AwsJson input, GlueTableInput(table_));
    RETURN_IF_ERROR(Call("CreateTable", Named({{"TableInput", std::move(input)}})));
    report_.change = GlueChange::kCreated;
    return {};
  }

  Error Fail(const std::string& what) const {
    return InvalidInput(fmt::format("Glue's table {} {}", report_.table, what));
  }

  Status CheckSameTable(const AwsJson& known) const {
    const GlueTable parsed = ParseGlueTable(known);
    if (AwsText(known, "TableType") == "VIRTUAL_VIEW") return Fail("is a view: name another");
    const std::string kind = AwsText(AwsStructure(known, "Parameters"), "table_type");
    if (!kind.empty()) return Fail(fmt::format("is of the kind {}: name another", kind));
    if (parsed.location != table_.location) {
      return Fail(fmt::format("lies in '{}', not in '{}': name another, or drop it",
                              parsed.location, table_.location));
    }
    std::vector<std::string> wanted;
    for (const StructField& field : table_.partition_columns) {
      wanted.push_back(LowerCaseOf(field.name));
    }
    const std::vector<std::string> there = NamesOf(AwsList(known, "PartitionKeys"));
    if (there != wanted) {
      return Fail(fmt::format("is partitioned by ({}), not by ({}): drop it, or name another",
                              fmt::join(there, ", "), fmt::join(wanted, ", ")));
    }
    return {};
  }

  // Where old files stay, their columns do: in the order of the table, new ones at the end.
  Result<GlueTable> WithOldColumns(const AwsJson& known) const {
    GlueTable merged = ParseGlueTable(known);
    if (!merged.unreadable.empty()) {
      return Fail(fmt::format("is {}: old files stay, so name another", merged.unreadable));
    }
    if (merged.format != table_.format) {
      return Fail(
          fmt::format("is of {} files, the new ones are {}: old files stay, so write the "
                      "same, or overwrite all",
                      merged.format, table_.format));
    }
    GlueTable wanted = table_;
    wanted.columns = merged.columns;
    for (const StructField& field : table_.columns) {
      const auto old = std::find_if(
          wanted.columns.begin(), wanted.columns.end(),
          [&](const auto& f) { return LowerCaseOf(f.name) == LowerCaseOf(field.name); });
      if (old == wanted.columns.end()) {
        wanted.columns.push_back(field);
      } else if (!SameType(old->type, field.type)) {
        return Fail(
            fmt::format("has the column '{}' of type {}, the new files have {}: old files "
                        "stay, so write the same type, or overwrite all",
                        field.name, SimpleString(old->type), SimpleString(field.type)));
      }
    }
    return wanted;
  }

  Status Update(const AwsJson& known) {
    RETURN_IF_ERROR(CheckSameTable(known));
    if (old_files_ == GlueOldFiles::kStay) {
      ASSIGN_OR_RETURN(table_, WithOldColumns(known));
    }
    ASSIGN_OR_RETURN(const AwsJson wanted, GlueTableInput(table_));
    const AwsJson old_input = InputOf(known);
    AwsJson laid = Laid(wanted, old_input);
    if (IsSame(laid, old_input)) return {};
    RETURN_IF_ERROR(Call("UpdateTable", Named({{"TableInput", std::move(laid)}})));
    if (report_.change == GlueChange::kNone) report_.change = GlueChange::kUpdated;
    return {};
  }

  // Those of `batches` elements at a time; what `harmless` says of one is no failure.
  Result<int64_t> InBatches(const std::string& action, const std::string& member,
                            const std::vector<AwsJson>& elements, size_t batch,
                            std::string_view harmless) {
    int64_t done = 0;
    for (size_t start = 0; start < elements.size(); start += batch) {
      const size_t end = std::min(start + batch, elements.size());
      AwsJson list = AwsJson::array();
      for (size_t i = start; i < end; ++i) list.push_back(elements[i]);
      ASSIGN_OR_RETURN(const AwsJson answer,
                       Call(action, Named({{"TableName", table_.name}, {member, list}})));
      done += static_cast<int64_t>(end - start);
      for (const AwsJson& fault : AwsList(answer, "Errors")) {
        const AwsJson& detail = AwsStructure(fault, "ErrorDetail");
        --done;
        if (AwsText(detail, "ErrorCode") == harmless) continue;
        return MakeError("EMBER_AWS.SERVICE", {{"operation", "Glue " + action},
                                               {"code", AwsText(detail, "ErrorCode")},
                                               {"httpStatus", "200"},
                                               {"serviceMessage", AwsText(detail, "ErrorMessage")},
                                               {"requestId", ""},
                                               {"region", ""},
                                               {"unclear", "false"},
                                               {"advice", ""}});
      }
    }
    return done;
  }

  Status SyncPartitions(const std::vector<GluePartition>& partitions) {
    std::map<std::vector<std::string>, GlueListedPartition> there;
    if (report_.change != GlueChange::kCreated) {
      ASSIGN_OR_RETURN(auto listed, ListGluePartitions(api_, table_.database, table_.name, stop_));
      for (GlueListedPartition& one : listed) {
        std::vector<std::string> values = one.partition.values;
        there.emplace(std::move(values), std::move(one));
      }
    }
    std::vector<AwsJson> added;
    std::vector<AwsJson> updated;
    std::vector<AwsJson> removed;
    std::set<std::vector<std::string>> wanted;
    for (const GluePartition& partition : partitions) {
      if (!wanted.insert(partition.values).second) continue;
      ASSIGN_OR_RETURN(AwsJson input, GluePartitionInput(table_, partition));
      const auto known = there.find(partition.values);
      if (known == there.end()) {
        added.push_back(std::move(input));
      } else if (known->second.partition.location != partition.location ||
                 !IsSame(known->second.columns, input["StorageDescriptor"]["Columns"])) {
        updated.push_back(
            {{"PartitionValueList", partition.values}, {"PartitionInput", std::move(input)}});
      }
    }
    for (const auto& [values, listed] : there) {
      const bool is_ours = listed.partition.location.starts_with(table_.location + "/");
      if (old_files_ == GlueOldFiles::kGone && is_ours && !wanted.contains(values)) {
        removed.push_back({{"Values", values}});
      }
    }
    ASSIGN_OR_RETURN(report_.partitions_added,
                     InBatches("BatchCreatePartition", "PartitionInputList", added, kCreateBatch,
                               "AlreadyExistsException"));
    ASSIGN_OR_RETURN(report_.partitions_updated,
                     InBatches("BatchUpdatePartition", "Entries", updated, kCreateBatch,
                               "EntityNotFoundException"));
    ASSIGN_OR_RETURN(report_.partitions_removed,
                     InBatches("BatchDeletePartition", "PartitionsToDelete", removed, kDeleteBatch,
                               "EntityNotFoundException"));
    return {};
  }

  AwsApi& api_;
  GlueTable table_;
  GlueOldFiles old_files_;
  std::stop_token stop_;
  GlueSyncReport report_;
};

std::string Counted(int64_t count, std::string_view what) {
  return fmt::format(", {} partition{} {}", count, count == 1 ? "" : "s", what);
}

}  // namespace

std::string GlueSyncReport::ToString() const {
  std::string text = table;
  switch (change) {
    case GlueChange::kNone:
      text += " as it was";
      break;
    case GlueChange::kCreated:
      text += " created";
      break;
    case GlueChange::kUpdated:
      text += " updated";
      break;
  }
  if (database_created) text += ", its database too";
  if (partitions_added > 0) text += Counted(partitions_added, "added");
  if (partitions_updated > 0) text += Counted(partitions_updated, "updated");
  if (partitions_removed > 0) text += Counted(partitions_removed, "removed");
  return text;
}

Result<GlueSyncReport> SyncGlueTable(AwsApi& api, const GlueTable& table, GlueOldFiles old_files,
                                     const std::vector<GluePartition>& partitions,
                                     const std::stop_token& stop) {
  RETURN_IF_ERROR(CheckGlueName(table.database));
  RETURN_IF_ERROR(CheckGlueName(table.name));
  return TableSync(api, table, old_files, stop).Run(partitions);
}

}  // namespace ember

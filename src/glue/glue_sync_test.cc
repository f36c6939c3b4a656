#include "glue/glue_sync.h"

#include <gtest/gtest.h>

#include <map>

#include "aws/aws_json.h"
#include "glue/glue_catalog.h"

namespace ember {
namespace {

// A Glue in memory, of one database; pages of two.
class FakeGlue final : public AwsApi {
 public:
  bool has_database = false;
  std::string database_location;
  std::map<std::string, AwsJson> tables;
  std::map<std::string, AwsJson> partitions;  // by their values' text
  std::vector<std::string> actions;
  int conflicts = 0;            // UpdateTable fails so often first
  bool created_before = false;  // CreateTable finds that somebody was quicker

  const std::string& region() const override { return region_; }
  Result<AwsJson> Call(const AwsApiCall& call) override {
    actions.push_back(call.action);
    const AwsJson& request = call.request;
    if (call.action == "GetDatabase") return has_database ? Ok() : Fault("EntityNotFoundException");
    if (call.action == "CreateDatabase") {
      database_location = AwsText(AwsStructure(request, "DatabaseInput"), "LocationUri");
      return CreateDatabase();
    }
    if (call.action == "GetTable") {
      const auto at = tables.find(AwsText(request, "Name"));
      if (at == tables.end()) return Fault("EntityNotFoundException");
      return AwsJson{{"Table", at->second}};
    }
    if (call.action == "CreateTable" || call.action == "UpdateTable") return Put(call);
    if (call.action == "GetPartitions") return GetPartitions(request);
    return Change(call);
  }

  std::vector<std::string> TakeActions() { return std::exchange(actions, {}); }

 private:
  static Result<AwsJson> Ok() { return AwsJson::object(); }
  static Error Fault(const std::string& code) {
    return MakeError("EMBER_AWS.SERVICE", {{"code", code}, {"httpStatus", "400"}});
  }
  Result<AwsJson> CreateDatabase() {
    if (has_database) return Fault("AlreadyExistsException");
    has_database = true;
    return Ok();
  }
  Result<AwsJson> Put(const AwsApiCall& call) {
    if (call.action == "UpdateTable" && conflicts-- > 0) {
      return Fault("ConcurrentModificationException");
    }
    AwsJson table = AwsStructure(call.request, "TableInput");
    table["DatabaseName"] = "stocks";
    table["VersionId"] = "7";
    const std::string name = AwsText(table, "Name");
    if (call.action == "CreateTable" && created_before) {
      created_before = false;
      tables[name] = table;
    }
    if (call.action == "CreateTable" && tables.contains(name)) {
      return Fault("AlreadyExistsException");
    }
    tables[name] = std::move(table);
    return Ok();
  }
  Result<AwsJson> GetPartitions(const AwsJson& request) {
    AwsJson list = AwsJson::array();
    const std::string after = AwsText(request, "NextToken");
    std::string last;
    for (const auto& [key, value] : partitions) {
      if (key <= after) continue;
      if (list.size() == 2) return AwsJson{{"Partitions", list}, {"NextToken", last}};
      list.push_back(value);
      last = key;
    }
    return AwsJson{{"Partitions", list}};
  }
  Result<AwsJson> Change(const AwsApiCall& call) {
    for (const AwsJson& input : AwsList(call.request, "PartitionInputList")) {
      partitions[input["Values"].dump()] = input;
    }
    for (const AwsJson& entry : AwsList(call.request, "Entries")) {
      partitions[entry["PartitionValueList"].dump()] = entry["PartitionInput"];
    }
    for (const AwsJson& gone : AwsList(call.request, "PartitionsToDelete")) {
      partitions.erase(gone["Values"].dump());
    }
    return AwsJson{{"Errors", AwsJson::array()}};
  }

  std::string region_ = "us-east-1";
};

class GlueSync : public testing::Test {
 protected:
  GlueSync() {
    table.database = "stocks";
    table.name = "prices";
    table.location = "s3://bucket/out/prices";
    table.columns = {{"ticker", StringType(), true, ""}, {"close", DoubleType(), true, ""}};
    table.partition_columns = {{"day", DateType(), true, ""}};
  }
  static GluePartition Day(const std::string& day) {
    return {.values = {day}, .location = "s3://bucket/out/prices/day=" + day};
  }
  std::string Sync(const std::vector<GluePartition>& partitions,
                   GlueOldFiles old_files = GlueOldFiles::kGone) {
    Result<GlueSyncReport> report = SyncGlueTable(glue, table, old_files, partitions);
    return report.ok() ? report->ToString() : report.error().ToString();
  }

  FakeGlue glue;
  GlueTable table;
};

TEST_F(GlueSync, CreatesOnceAndThenTouchesNothing) {
  EXPECT_EQ(Sync({Day("2024-01-02"), Day("2024-01-03"), Day("2024-01-04")}),
            "stocks.prices created, its database too, 3 partitions added");
  EXPECT_EQ(glue.TakeActions(),
            (std::vector<std::string>{"GetTable", "GetDatabase", "CreateDatabase", "CreateTable",
                                      "BatchCreatePartition"}));
  EXPECT_EQ(Sync({Day("2024-01-02"), Day("2024-01-03"), Day("2024-01-04")}),
            "stocks.prices as it was");
  EXPECT_EQ(glue.TakeActions(),
            (std::vector<std::string>{"GetTable", "GetPartitions", "GetPartitions"}));
}

TEST_F(GlueSync, GivesTheDatabaseAPlace) {
  const auto place_for = [&](const std::string& location) {
    FakeGlue fresh;
    table.location = location;
    EXPECT_TRUE(SyncGlueTable(fresh, table, GlueOldFiles::kGone, {}).ok());
    return fresh.database_location;
  };
  EXPECT_EQ(place_for("s3://bucket/out/prices"), "s3://bucket/out/");
  EXPECT_EQ(place_for("s3://bucket/prices"), "s3://bucket/");
  EXPECT_EQ(place_for("s3://bucket"), "s3://bucket");
}

TEST_F(GlueSync, FollowsColumnsAndPartitions) {
  Sync({Day("2024-01-02"), Day("2024-01-03")});
  table.columns.push_back({"volume", LongType(), true, ""});
  EXPECT_EQ(Sync({Day("2024-01-03"), Day("2024-01-04")}),
            "stocks.prices updated, 1 partition added, 1 partition updated, 1 partition removed");
  EXPECT_EQ(glue.partitions.size(), 2u);
  EXPECT_EQ(AwsList(glue.tables["prices"]["StorageDescriptor"], "Columns").size(), 3u);
}

TEST_F(GlueSync, KeepsWhatStaysWhenFilesAreAppended) {
  Sync({Day("2024-01-02")});
  table.columns = {{"close", DoubleType(), true, ""}, {"volume", LongType(), true, ""}};
  EXPECT_EQ(Sync({Day("2024-01-03")}, GlueOldFiles::kStay),
            "stocks.prices updated, 1 partition added");
  EXPECT_EQ(AwsList(glue.tables["prices"]["StorageDescriptor"], "Columns").size(), 3u);
  EXPECT_EQ(glue.partitions.size(), 2u);
  table.columns = {{"close", StringType(), true, ""}};
  EXPECT_NE(Sync({}, GlueOldFiles::kStay).find("has the column 'close' of type double"),
            std::string::npos);
  table.format = "csv";
  EXPECT_NE(Sync({}, GlueOldFiles::kStay).find("is of parquet files, the new ones are csv"),
            std::string::npos);
  glue.tables["prices"]["Parameters"]["spark.sql.sources.provider"] = "avro";
  EXPECT_NE(Sync({}, GlueOldFiles::kStay).find("the format avro: old files stay"),
            std::string::npos);
}

TEST_F(GlueSync, LeavesWhatOthersSaid) {
  Sync({});
  AwsJson& known = glue.tables["prices"];
  known["Description"] = "by hand";
  known["Owner"] = "quant";
  known["Parameters"]["team"] = "quant";
  known["Parameters"]["projection.day.type"] = "date";
  known["StorageDescriptor"]["Columns"][1]["Comment"] = "in dollars";
  table.columns.push_back({"volume", LongType(), true, ""});
  EXPECT_EQ(Sync({}), "stocks.prices updated");
  EXPECT_EQ(known["Description"], "by hand");
  EXPECT_EQ(known["Owner"], "quant");
  EXPECT_EQ(known["Parameters"]["team"], "quant");
  EXPECT_FALSE(known["Parameters"].contains("projection.day.type"));
  EXPECT_EQ(known["StorageDescriptor"]["Columns"][1]["Comment"], "in dollars");
  EXPECT_FALSE(known.contains("TableInput"));
}

TEST_F(GlueSync, WorksBesideOthers) {
  glue.created_before = true;
  EXPECT_EQ(Sync({Day("2024-01-02")}),
            "stocks.prices as it was, its database too, 1 partition added");
  table.columns.push_back({"volume", LongType(), true, ""});
  glue.conflicts = 3;
  EXPECT_EQ(Sync({}), "stocks.prices updated, 1 partition removed");
  table.columns.pop_back();
  glue.conflicts = 100;
  EXPECT_NE(Sync({}).find("EMBER_AWS.SERVICE"), std::string::npos);
}

TEST_F(GlueSync, RefusesAnotherTableOfThatName) {
  Sync({});
  GlueTable other = table;
  other.location = "s3://bucket/elsewhere";
  EXPECT_FALSE(SyncGlueTable(glue, other, GlueOldFiles::kGone, {}).ok());
  other = table;
  other.partition_columns[0].name = "year";
  EXPECT_FALSE(SyncGlueTable(glue, other, GlueOldFiles::kGone, {}).ok());
  glue.tables["prices"]["Parameters"]["table_type"] = "ICEBERG";
  EXPECT_FALSE(SyncGlueTable(glue, table, GlueOldFiles::kGone, {}).ok());
  EXPECT_EQ(AwsList(glue.tables["prices"], "PartitionKeys")[0]["Name"], "day");
}

TEST_F(GlueSync, ProjectsInPlaceOfPartitions) {
  table.partitioning = GluePartitioning::kProjection;
  table.projection = {{"projection.enabled", "true"}, {"projection.day.type", "date"}};
  EXPECT_EQ(Sync({Day("2024-01-02")}), "stocks.prices created, its database too");
  EXPECT_TRUE(glue.partitions.empty());
  const AwsJson& parameters = glue.tables["prices"]["Parameters"];
  EXPECT_EQ(parameters["projection.enabled"], "true");
  EXPECT_FALSE(parameters.contains("spark.sql.partitionProvider"));
}

TEST_F(GlueSync, IsReadBack) {
  Sync({Day("2024-01-02"), Day("2024-01-03"), Day("2024-01-04")});
  auto found = FindGlueTable(glue, "stocks", "prices");
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->columns, table.columns);
  EXPECT_EQ((*found)->partition_columns, table.partition_columns);
  EXPECT_EQ((*found)->location, table.location);
  EXPECT_EQ(ListGluePartitions(glue, "stocks", "prices")->size(), 3u);
  EXPECT_FALSE(FindGlueTable(glue, "stocks", "none")->has_value());
}

}  // namespace
}  // namespace ember

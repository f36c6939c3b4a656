#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "batch/cell_text.h"
#include "duckdb/duckdb_session.h"
#include "store/store.h"

namespace ember {
namespace {

namespace fs = std::filesystem;

// A session over a folder of its own; queries give their rows as JSON text.
class LocalSessionTest : public testing::Test {
 protected:
  LocalSessionTest() {
    char name[] = "/tmp/ember-session-XXXXXX";
    folder_ = mkdtemp(name);
    operations_ = MakeLocalFileOperations();
    store_ = MakeLocalStore(*operations_);
    LocalEngineOptions options;
    options.threads = 2;
    options.temp_directory = folder_ + "/spill";
    options.config["spark.sql.warehouse.dir"] = folder_ + "/warehouse";
    options.config["spark.sql.session.timeZone"] = "UTC";
    factory_ = MakeLocalSessionFactory(options, *store_);
    session_ = *factory_->NewSession("s1", "user");
  }
  ~LocalSessionTest() override {
    session_.reset();
    factory_.reset();
    EXPECT_TRUE(!fs::exists(folder_ + "/spill") || fs::is_empty(folder_ + "/spill"));
    fs::remove_all(folder_);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void WriteText(const std::string& name, const std::string& text) {
    fs::create_directories(fs::path(Path(name)).parent_path());
    std::ofstream(Path(name)) << text;
  }

  std::string Rows(const RelationPtr& relation) {
    auto stream = session_->Execute(relation, {});
    if (!stream.ok()) return stream.error().ToString();
    std::string text;
    while (true) {
      auto batch = (*stream)->Next();
      if (!batch.ok()) return batch.error().ToString();
      if (!*batch) return text;
      for (int64_t r = 0; r < (*batch)->row_count(); ++r) {
        for (size_t c = 0; c < (*batch)->schema().size(); ++c) {
          text += (c > 0 ? "," : "") +
                  CellJson((*batch)->schema()[c].type, (*batch)->Get(r, static_cast<int>(c)));
        }
        text += "\n";
      }
    }
  }
  std::string SchemaText(const RelationPtr& relation) {
    auto schema = session_->AnalyzeSchema(relation);
    return schema.ok() ? SchemaDdl(*schema) : schema.error().ToString();
  }
  RelationPtr Read(const std::string& format, const std::string& path, Options options = {}) {
    return MakeRelation(ReadFiles{
        .format = format, .paths = {Path(path)}, .options = std::move(options), .schema = {}});
  }
  Result<WriteResult> WriteTo(const RelationPtr& input, const std::string& path,
                              WriteFiles write = {}) {
    write.input = input;
    write.path = Path(path);
    return session_->Write(write, {});
  }
  std::vector<std::string> FilesIn(const std::string& path) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(Path(path))) {
      if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), Path(path)));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string folder_;
  std::unique_ptr<FileOperations> operations_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<SessionFactory> factory_;
  std::shared_ptr<Session> session_;
};

RelationPtr RangeOf(int64_t end) { return MakeRelation(Range{0, end, 1}); }

TEST_F(LocalSessionTest, SelectsLiterals) {
  const RelationPtr query = MakeRelation(
      Project{MakeRelation(OneRow{}),
              {As(LiteralInteger(1), "a"), As(LiteralString("x"), "b"), As(LiteralNull(), "n")}});
  EXPECT_EQ(SchemaText(query), "a INT NOT NULL,b STRING NOT NULL,n VOID");
  EXPECT_EQ(Rows(query), "1,\"x\",null\n");
}

TEST_F(LocalSessionTest, CountsRange) {
  EXPECT_EQ(Rows(RangeOf(3)), "0\n1\n2\n");
  EXPECT_EQ(SchemaText(RangeOf(3)), "id BIGINT NOT NULL");
}

TEST_F(LocalSessionTest, RowsWithoutColumnsKeepTheirNumber) {
  auto stream = session_->Execute(MakeRelation(Project{RangeOf(5), {}}), {});
  ASSERT_TRUE(stream.ok()) << stream.error().ToString();
  auto batch = (*stream)->Next();
  ASSERT_TRUE(batch.ok() && batch->has_value());
  EXPECT_EQ((*batch)->row_count(), 5);
}

TEST_F(LocalSessionTest, ReadsGroupsSortsAndWrites) {
  WriteText("prices/a.csv", "ticker,price\nB,1.5\nA,2.5\nB,2.5\n");
  const RelationPtr read = Read("csv", "prices", {{"header", "true"}, {"inferschema", "true"}});
  EXPECT_EQ(SchemaText(read), "ticker STRING,price DOUBLE");
  Aggregate aggregate;
  aggregate.input = read;
  aggregate.grouping = {Attribute({"ticker"})};
  aggregate.aggregates = {As(Call("avg", {Attribute({"price"})}), "mean")};
  Sort sort;
  sort.input = MakeRelation(aggregate);
  sort.order = {MakeExpression(SortOrder{Attribute({"ticker"})})};
  const RelationPtr sorted = MakeRelation(sort);
  EXPECT_EQ(Rows(sorted), "\"A\",\"2.5\"\n\"B\",\"2.0\"\n");
  auto written = WriteTo(sorted, "out");
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_EQ(written->rows, 2);
  const auto files = FilesIn("out");
  ASSERT_EQ(files.size(), 2);
  EXPECT_EQ(files[0], "_SUCCESS");
  EXPECT_TRUE(files[1].starts_with("part-00000-") && files[1].ends_with("-c000.snappy.parquet"))
      << files[1];
  EXPECT_EQ(SchemaText(Read("parquet", "out")), "ticker STRING,mean DOUBLE");
  EXPECT_EQ(Rows(Read("parquet", "out")), "\"A\",\"2.5\"\n\"B\",\"2.0\"\n");
}

TEST_F(LocalSessionTest, HonoursSaveModes) {
  ASSERT_TRUE(WriteTo(RangeOf(2), "t").ok());
  auto again = WriteTo(RangeOf(2), "t");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().condition, "PATH_ALREADY_EXISTS");
  EXPECT_EQ(again.error().parameters.at("outputPath"), "file:" + Path("t"));
  ASSERT_TRUE(WriteTo(RangeOf(5), "t", {.mode = SaveMode::kIgnore}).ok());
  EXPECT_EQ(Rows(Read("parquet", "t")), "0\n1\n");
  ASSERT_TRUE(WriteTo(RangeOf(1), "t", {.mode = SaveMode::kAppend}).ok());
  EXPECT_EQ(Rows(MakeRelation(
                Sort{Read("parquet", "t"), {MakeExpression(SortOrder{Attribute({"id"})})}})),
            "0\n0\n1\n");
  ASSERT_TRUE(WriteTo(RangeOf(1), "t", {.mode = SaveMode::kOverwrite}).ok());
  EXPECT_EQ(Rows(Read("parquet", "t")), "0\n");
  for (const auto& entry : fs::directory_iterator(folder_))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".ember-"));
}

TEST_F(LocalSessionTest, PartitionsIntoFoldersAndReadsThemBack) {
  const RelationPtr rows = MakeRelation(InlineTable{{{LiteralInteger(1), LiteralString("a b/c")},
                                                     {LiteralInteger(2), LiteralNull()},
                                                     {LiteralInteger(3), LiteralString("x")}},
                                                    {"v", "p"}});
  WriteFiles write;
  write.partition_by = {"p"};
  auto written = WriteTo(rows, "parts", write);
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  const auto files = FilesIn("parts");
  ASSERT_EQ(files.size(), 4);
  EXPECT_TRUE(files[1].starts_with("p=__HIVE_DEFAULT_PARTITION__/part-00000-")) << files[1];
  EXPECT_TRUE(files[2].starts_with("p=a b%2Fc/part-00000-")) << files[2];
  EXPECT_TRUE(files[2].ends_with(".c000.snappy.parquet")) << files[2];
  EXPECT_EQ(SchemaText(Read("parquet", "parts")), "v INT,p STRING");
  EXPECT_EQ(Rows(MakeRelation(
                Sort{Read("parquet", "parts"), {MakeExpression(SortOrder{Attribute({"v"})})}})),
            "1,\"a b/c\"\n2,null\n3,\"x\"\n");
}

TEST_F(LocalSessionTest, RepartitionGivesThatManyFiles) {
  ASSERT_TRUE(WriteTo(MakeRelation(Repartition{RangeOf(100), 4}), "four").ok());
  EXPECT_EQ(FilesIn("four").size(), 5);
  ASSERT_TRUE(WriteTo(MakeRelation(Repartition{RangeOf(100), 1, false}), "one").ok());
  EXPECT_EQ(FilesIn("one").size(), 2);
}

TEST_F(LocalSessionTest, MissingPathIsNamedAsSparkNamesIt) {
  auto schema = session_->AnalyzeSchema(Read("parquet", "nowhere"));
  ASSERT_FALSE(schema.ok());
  EXPECT_EQ(schema.error().condition, "PATH_NOT_FOUND");
  EXPECT_EQ(schema.error().parameters.at("path"), "file:" + Path("nowhere"));
}

TEST_F(LocalSessionTest, ReadsCsvAsSparkDoes) {
  WriteText("c.csv", "a,b\n1,\"x \\\" y\"\n,\"\"\n3\n4,z,extra\n");
  const RelationPtr read = Read("csv", "c.csv", {{"header", "true"}});
  EXPECT_EQ(SchemaText(read), "a STRING,b STRING");
  EXPECT_EQ(Rows(read), "\"1\",\"x \\\" y\"\nnull,null\n\"3\",null\n\"4\",\"z\"\n");
  ReadFiles typed{
      .format = "csv", .paths = {Path("c.csv")}, .options = {{"header", "true"}}, .schema = {}};
  typed.schema = *ParseDdlSchema("a INT, b INT, _corrupt_record STRING");
  EXPECT_EQ(
      Rows(MakeRelation(typed)),
      "1,null,\"1,\\\"x \\\\\\\" y\\\"\"\nnull,null,null\n3,null,\"3\"\n4,null,\"4,z,extra\"\n");
}

TEST_F(LocalSessionTest, ReadsJsonAsSparkDoes) {
  WriteText("j.json", "{\"b\": 1, \"a\": \"x\"}\n{\"b\": 2.5, \"c\": {\"d\": [1]}}\n");
  const RelationPtr read = Read("json", "j.json");
  EXPECT_EQ(SchemaText(read), "a STRING,b DOUBLE,c STRUCT<d: ARRAY<BIGINT>>");
  EXPECT_EQ(Rows(read), "\"x\",\"1.0\",null\nnull,\"2.5\",[[1]]\n");
}

TEST_F(LocalSessionTest, RefusesTablesThatAreNotLocal) {
  for (const char* text : {"CREATE TABLE t LOCATION 's3://b/x' AS SELECT 1 AS a",
                           "CREATE TABLE t (a INT) USING parquet LOCATION 's3a://b/x'"}) {
    const auto made = session_->ExecuteSql(
        SqlQuery{.text = text, .named_arguments = {}, .positional_arguments = {}}, {});
    ASSERT_FALSE(made.ok()) << text;
    EXPECT_EQ(made.error().condition, "UNSUPPORTED_FEATURE.EMBER");
  }
  EXPECT_FALSE(fs::exists("s3:"));
}

TEST_F(LocalSessionTest, WritesCsvAndJson) {
  const RelationPtr rows = MakeRelation(InlineTable{{{LiteralString("a,b"), LiteralDouble(1e20)},
                                                     {LiteralString("q\"x"), LiteralNull()},
                                                     {LiteralString(""), LiteralDouble(2)}},
                                                    {"s", "d"}});
  ASSERT_TRUE(WriteTo(rows, "csv", {.format = "csv", .options = {{"header", "true"}}}).ok());
  std::ifstream csv(Path("csv/" + FilesIn("csv")[1]));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(csv), {}),
            "s,d\n\"a,b\",1.0E20\n\"q\\\"x\",\n\"\",2.0\n");
  ASSERT_TRUE(WriteTo(rows, "json", {.format = "json"}).ok());
  std::ifstream json(Path("json/" + FilesIn("json")[1]));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(json), {}),
            "{\"s\":\"a,b\",\"d\":1.0E20}\n{\"s\":\"q\\\"x\"}\n{\"s\":\"\",\"d\":2.0}\n");
}

TEST_F(LocalSessionTest, PersistedPlansKeepTheirRows) {
  ASSERT_TRUE(WriteTo(RangeOf(2), "t").ok());
  const RelationPtr read = Read("parquet", "t");
  ASSERT_TRUE(session_->Persist(read, {.use_memory = true}).ok());
  EXPECT_EQ(Rows(read), "0\n1\n");
  std::filesystem::remove_all(Path("t"));
  EXPECT_EQ(Rows(read), "0\n1\n");
  EXPECT_TRUE(session_->GetStorageLevel(read)->use_memory);
  ASSERT_TRUE(session_->Unpersist(read, true).ok());
  EXPECT_FALSE(session_->GetStorageLevel(read)->use_memory);
}

TEST_F(LocalSessionTest, AWriteMakesPersistedRowsAnew) {
  ASSERT_TRUE(WriteTo(RangeOf(2), "t").ok());
  const RelationPtr read = Read("parquet", "t");
  ASSERT_TRUE(session_->Persist(read, {.use_memory = true}).ok());
  ASSERT_TRUE(WriteTo(RangeOf(5), "t", {.mode = SaveMode::kOverwrite}).ok());
  EXPECT_EQ(Rows(read), "0\n1\n2\n3\n4\n");
  EXPECT_TRUE(session_->GetStorageLevel(read)->use_memory);
}

TEST_F(LocalSessionTest, CancelsARunningQuery) {
  std::stop_source source;
  const RelationPtr big = MakeRelation(
      Aggregate{.input = MakeRelation(Join{RangeOf(1000000),
                                           MakeRelation(ToDataFrame{RangeOf(1000000), {"other"}}),
                                           JoinType::kCross}),
                .aggregates = {
                    As(Call("max", {Call("+", {Attribute({"id"}), Attribute({"other"})})}), "m")}});
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    source.request_stop();
  });
  ExecuteOptions options;
  options.stop = source.get_token();
  auto stream = session_->Execute(big, options);
  Error error;
  if (stream.ok()) {
    auto batch = (*stream)->Next();
    ASSERT_FALSE(batch.ok());
    error = batch.error();
  } else {
    error = stream.error();
  }
  EXPECT_EQ(error.condition, "OPERATION_CANCELED") << error.ToString();
}

}  // namespace
}  // namespace ember

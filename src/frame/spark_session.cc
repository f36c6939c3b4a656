#include <ember/session.h>

#include "batch/batch.h"
#include "plan/attribute_name.h"
#include "session/session.h"

namespace ember {

DataFrameReader::DataFrameReader(std::shared_ptr<Session> session) : session_(std::move(session)) {}

DataFrameReader& DataFrameReader::Format(std::string_view format) {
  format_ = format;
  return *this;
}
DataFrameReader& DataFrameReader::Schema(std::string_view ddl) {
  schema_ddl_ = std::string(ddl);
  return *this;
}
DataFrameReader& DataFrameReader::Option(std::string_view key, std::string_view value) {
  options_.emplace_back(key, value);
  return *this;
}

DataFrame DataFrameReader::Load(std::vector<std::string> paths) const {
  ReadFiles read;
  read.format = format_;
  read.paths = std::move(paths);
  for (const auto& [key, value] : options_) SetOption(read.options, key, value);
  if (schema_ddl_) {
    auto schema = ParseDdlSchema(*schema_ddl_);
    if (!schema.ok()) {
      // Building never fails: the same parse error comes back from the action, by way of the SQL
      // parser.
      return {session_,
              MakeRelation(SqlQuery{.text = "SELECT CAST(NULL AS STRUCT<" + *schema_ddl_ + ">)",
                                    .named_arguments = {},
                                    .positional_arguments = {}})};
    }
    read.schema = *std::move(schema);
  }
  return {session_, MakeRelation(std::move(read))};
}

DataFrame DataFrameReader::Parquet(std::string_view path) const {
  return DataFrameReader(*this).Format("parquet").Load({std::string(path)});
}
DataFrame DataFrameReader::Csv(std::string_view path) const {
  return DataFrameReader(*this).Format("csv").Load({std::string(path)});
}
DataFrame DataFrameReader::Json(std::string_view path) const {
  return DataFrameReader(*this).Format("json").Load({std::string(path)});
}

SparkSession::SparkSession(std::shared_ptr<Session> session) : session_(std::move(session)) {}

DataFrameReader SparkSession::Read() const { return DataFrameReader(session_); }

Result<DataFrame> SparkSession::Sql(std::string_view text) const {
  const SqlQuery query{
      .text = std::string(text), .named_arguments = {}, .positional_arguments = {}};
  ASSIGN_OR_RETURN(RelationPtr relation, session_->ExecuteSql(query, {}));
  return DataFrame(session_, std::move(relation));
}

DataFrame SparkSession::Table(std::string_view name) const {
  auto parts = SplitAttributeName(name);
  ReadTable read;
  read.name = parts.ok() ? *std::move(parts) : std::vector<std::string>{std::string(name)};
  return {session_, MakeRelation(std::move(read))};
}

DataFrame SparkSession::Range(int64_t start, int64_t end, int64_t step) const {
  return {session_, MakeRelation(ember::Range{.start = start, .end = end, .step = step})};
}

Result<DataFrame> SparkSession::CreateDataFrame(const Schema& schema,
                                                const std::vector<Row>& rows) const {
  for (const Row& row : rows) {
    if (row.size() != schema.size())
      return InvalidInput("CreateDataFrame: a row has not as many values as columns");
  }
  const auto shared_schema = std::make_shared<const ember::Schema>(schema);
  ASSIGN_OR_RETURN(const Batch batch, BatchFromRows(shared_schema, rows));
  ASSIGN_OR_RETURN(std::string bytes, WriteIpcStream(batch, "UTC"));
  LocalRelation local;
  local.arrow_ipc = std::make_shared<const std::string>(std::move(bytes));
  local.schema = schema;
  return DataFrame(session_, MakeRelation(std::move(local)));
}

Result<std::string> SparkSession::GetConfig(std::string_view key) const {
  return session_->GetConfig(std::string(key));
}
Status SparkSession::SetConfig(std::string_view key, std::string_view value) const {
  return session_->SetConfig(std::string(key), std::string(value));
}

}  // namespace ember

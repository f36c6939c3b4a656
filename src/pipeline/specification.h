#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "types/data_type.h"
#include "yaml/location.h"

namespace ember {

/// Name and SQL expression, in the order of the file.
using NamedExpressions = std::vector<std::pair<std::string, std::string>>;

/// Files that are brought to S3 before anything is read.
struct IngestSpec {
  std::string name;
  Location location;
  std::vector<std::string> from;     // files, folders or globs of this machine, or paths of S3
  std::string to;                    // a folder of S3
  std::vector<std::string> include;  // globs; empty: all files
  std::vector<std::string> exclude;
  bool removes_others = false;    // from the folder, what the sources do not have
  bool compares_content = false;  // with what is there; otherwise size and time
  int parallel = 8;
};

/// One column of an input: its name in the pipeline, the name in the file, and the type it is read
/// as.
struct InputColumn {
  std::string name;
  std::string source;  // name in the file
  std::optional<DataType> type;
  std::string format;  // date or timestamp pattern
  bool required = false;
};

struct InputSpec {
  std::string name;
  Location location;
  std::string format = "csv";
  std::vector<std::string> paths;
  std::map<std::string, std::string> options;
  std::vector<InputColumn> columns;  // empty: the source's own
  std::string
      rejects;  // folder for rows that do not fit their types; empty: such a row fails the run
  std::string cache;  // storage level to keep it at after the first use; empty: not kept
};

// Operations of a step, applied in order. Expressions are Spark SQL.
struct SelectOperation {
  std::vector<std::string> expressions;
};
struct FilterOperation {
  std::string condition;
};
struct WithColumnsOperation {
  NamedExpressions columns;
};
struct DropOperation {
  std::vector<std::string> columns;
};
struct RenameOperation {
  NamedExpressions renames;  // old name, new name
};
struct DropDuplicatesOperation {
  std::vector<std::string> keys;
};
struct GroupByOperation {
  std::vector<std::string> keys;
  NamedExpressions aggregates;
};
struct OrderByOperation {
  std::vector<std::string> keys;  // "date", "volume desc", "x asc nulls last"
};
struct LimitOperation {
  int count = 0;
};
struct JoinOperation {
  std::string with;
  std::vector<std::string> on;
  std::string condition;
  std::string how = "inner";
  bool broadcast = false;
};
struct UnionOperation {
  std::vector<std::string> with;
};
struct SqlOperation {
  std::string text;  // other steps and inputs by name; the step's own rows as `input`
};
struct RepartitionOperation {
  int partitions = 0;           // 0: as many as the engine likes
  std::vector<std::string> by;  // rows of equal values together
};
struct RepartitionByRangeOperation {
  int partitions = 0;
  std::vector<std::string> by;  // as in OrderByOperation; neighbouring values together
};
/// Names of the bar columns, for operations of market/.
struct BarColumnsSpec {
  std::string ticker = "ticker";
  std::string time = "date";
  std::string open = "open";
  std::string high = "high";
  std::string low = "low";
  std::string close = "close";
  std::string volume = "volume";
};
struct CheckQualityOperation {
  BarColumnsSpec columns;
};

using OperationNode =
    std::variant<SelectOperation, FilterOperation, WithColumnsOperation, DropOperation,
                 RenameOperation, DropDuplicatesOperation, GroupByOperation, OrderByOperation,
                 LimitOperation, JoinOperation, UnionOperation, SqlOperation, RepartitionOperation,
                 RepartitionByRangeOperation, CheckQualityOperation>;
struct Operation {
  std::string name;
  Location location;
  OperationNode node;
};

struct StepSpec {
  std::string name;
  Location location;
  std::string from;  // empty: only a `sql` operation that names its own sources
  std::vector<Operation> operations;
  std::string cache;  // as in InputSpec
};

/// The values of one partition column, for queries that do not ask which partitions there are.
struct GlueProjectionSpec {
  std::vector<std::string> texts;  // ["1990..2040"], ["injected"], ["XNYS", "XNAS"]
  bool is_list = false;
};

/// The table of the Glue Data Catalog that an output is kept in step with.
struct GlueTableSpec {
  Location location;
  std::string database;
  std::string table;
  std::string comment;
  bool projects_partitions = false;                      // otherwise Glue lists them
  std::map<std::string, GlueProjectionSpec> projection;  // by column
};

struct OutputSpec {
  std::string name;
  Location location;
  std::string from;
  std::string format = "parquet";
  std::string path;   // of a table: where its files lie; empty: in the warehouse
  std::string table;  // empty: files, in no catalog
  std::string mode = "overwrite";
  std::vector<std::string> partition_by;
  int buckets = 0;  // of a table, by bucket_by, each sorted by sort_by
  std::vector<std::string> bucket_by;
  std::vector<std::string> sort_by;
  bool compact = false;  // when all is written, many files become few
  std::map<std::string, std::string> options;
  std::optional<GlueTableSpec> glue;
};

/// A pipeline file, checked for its form; names between steps are checked by BuildGraph.
struct PipelineSpec {
  std::string file;
  std::string name;
  std::string description;
  int threads = 0;
  std::string memory;
  std::string temp_directory;
  std::map<std::string, std::string> spark;
  std::string metrics_namespace;  // of CloudWatch; empty: no metrics
  std::string log_group;          // of CloudWatch Logs; empty: no log
  std::vector<IngestSpec> ingests;
  std::vector<InputSpec> inputs;
  std::vector<StepSpec> steps;
  std::vector<OutputSpec> outputs;
};

}  // namespace ember

#include "diff/compare.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "diff/output_files.h"
#include "diff/row_plans.h"
#include "diff/row_samples.h"
#include "session/session.h"

namespace ember {
namespace {

using functions::expr;

// More parts than this are not worth a condition: most rows are looked at anyway.
constexpr size_t kMostKeptBuckets = 2000;

bool SameName(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

const StructField* FindField(const Schema& schema, const std::string& name) {
  const auto found = std::find_if(schema.begin(), schema.end(),
                                  [&](const StructField& f) { return SameName(f.name, name); });
  return found == schema.end() ? nullptr : &*found;
}

std::string TypeText(const StructField* field) {
  if (field == nullptr) return "missing";
  return fmt::format("{} {}{}", field->name, SimpleString(field->type),
                     field->nullable ? "" : " not null");
}

std::string NamesText(const Schema& schema) {
  std::vector<std::string> names;
  for (const StructField& field : schema) names.push_back(field.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<Difference> CompareSchemas(const Schema& a, const Schema& b) {
  std::vector<Difference> out;
  for (const StructField& field : a) {
    const StructField* other = FindField(b, field.name);
    if (other == nullptr || TypeText(&field) != TypeText(other)) {
      out.push_back({"column '" + field.name + "'", TypeText(&field), TypeText(other)});
    }
  }
  for (const StructField& field : b) {
    if (FindField(a, field.name) == nullptr) {
      out.push_back({"column '" + field.name + "'", "missing", TypeText(&field)});
    }
  }
  if (out.empty() && NamesText(a) != NamesText(b)) {
    out.push_back({"order of columns", NamesText(a), NamesText(b)});
  }
  return out;
}

bool IsFractionalNumber(const DataType& type) {
  return type.Is(TypeKind::kFloat) || type.Is(TypeKind::kDouble) || type.Is(TypeKind::kDecimal);
}

Result<std::vector<ComparedColumn>> MatchColumns(const Schema& a, const Schema& b,
                                                 const CompareOptions& options) {
  for (const std::string& key : options.key) {
    if (FindField(a, key) != nullptr && FindField(b, key) != nullptr) continue;
    return InvalidInput(fmt::format("--key {}: both sides must have the column; A has {}; B has {}",
                                    key, NamesText(a), NamesText(b)));
  }
  std::vector<ComparedColumn> columns;
  for (const StructField& field : a) {
    const StructField* other = FindField(b, field.name);
    if (other == nullptr) continue;
    ComparedColumn column{.name = field.name, .name_b = other->name, .type = field.type};
    column.is_same_type = SameType(AsNullable(field.type), AsNullable(other->type));
    column.is_key = std::any_of(options.key.begin(), options.key.end(),
                                [&](const auto& key) { return SameName(key, field.name); });
    const bool both_numbers = IsFractionalNumber(field.type) && IsFractionalNumber(other->type);
    column.is_tolerant = options.tolerance > 0 && !column.is_key && both_numbers;
    // Numbers of different types compare as numbers where a tolerance is given.
    if (column.is_tolerant) column.is_same_type = true;
    columns.push_back(std::move(column));
  }
  // What can only be near needs the rest to be matched by.
  const bool has_tolerant = std::any_of(columns.begin(), columns.end(),
                                        [](const auto& column) { return column.is_tolerant; });
  if (options.key.empty() && has_tolerant) {
    for (ComparedColumn& column : columns) column.is_key = !column.is_tolerant;
  }
  return columns;
}

DataFrame Read(const SparkSession& session, const OutputFiles& files,
               const CompareOptions& options) {
  DataFrameReader reader = session.Read();
  reader.Format(files.format);
  if (files.format == "csv" && !options.options.contains("header")) reader.Option("header", "true");
  for (const auto& [key, value] : options.options) reader.Option(key, value);
  return reader.Load({files.path});
}

class Comparer {
 public:
  Comparer(RowPlans plans, const CompareOptions& options, const std::stop_token& stop,
           Comparison& out)
      : plans_(std::move(plans)), options_(options), stop_(stop), out_(out) {}

  Status Compare() {
    ASSIGN_OR_RETURN(const bool is_equal, CompareBuckets());
    if (is_equal) return {};
    const auto& columns = plans_.columns();
    std::vector<std::string> keys;
    bool has_other = false;
    for (const ComparedColumn& column : columns) {
      if (column.is_key) keys.push_back(column.name);
      has_other = has_other || !column.is_key;
    }
    const bool is_tolerant =
        std::any_of(columns.begin(), columns.end(), [](const auto& c) { return c.is_tolerant; });
    if (keys.empty() && !is_tolerant) return CompareWholeRows();
    out_.key = keys;
    return CompareByKey();
  }

 private:
  // Counts all rows; true: both sides have the same.
  Result<bool> CompareBuckets() {
    std::vector<int64_t> unequal;
    RETURN_IF_ERROR(ForEachRow(plans_.Buckets(), stop_, [&](const Row& row) {
      out_.rows_a += std::get<int64_t>(row[1].data);
      out_.rows_b += std::get<int64_t>(row[2].data);
      const bool is_equal = row[1] == row[2] && std::get<int64_t>(row[3].data) == 0 &&
                            std::get<int64_t>(row[4].data) == 0;
      if (!is_equal) unequal.push_back(std::get<int64_t>(row[0].data));
    }));
    if (!unequal.empty() && unequal.size() <= kMostKeptBuckets) plans_.Keep(unequal);
    return unequal.empty();
  }

  Status CompareWholeRows() {
    const DataFrame rows = plans_.UnequalRows();
    RETURN_IF_ERROR(ForEachRow(rows.Agg({expr("coalesce(sum(greatest(rows, 0L)), 0L)"),
                                         expr("coalesce(sum(greatest(-rows, 0L)), 0L)")}),
                               stop_, [&](const Row& row) {
                                 out_.only_a = std::get<int64_t>(row[0].data);
                                 out_.only_b = std::get<int64_t>(row[1].data);
                               }));
    return SampleWholeRows(rows, plans_.columns(), options_.samples, stop_, out_.samples);
  }

  Status CompareByKey() {
    RETURN_IF_ERROR(ForEachRow(plans_.RepeatedKeys(), stop_, [&](const Row& row) {
      const auto repeated_a = std::get<int64_t>(row[0].data);
      const auto repeated_b = std::get<int64_t>(row[1].data);
      if (repeated_a == 0 && repeated_b == 0) return;
      plans_.NumberRepeatedKeys();
      out_.notes.push_back(fmt::format(
          "{} keys of A and {} of B stand in more than one row, of those looked at: such rows are "
          "matched in the order of their other columns",
          repeated_a, repeated_b));
    }));
    const DataFrame rows = plans_.MatchedRows();
    const auto& columns = plans_.columns();
    std::vector<Column> counts = {expr("count_if(status = 'a')"), expr("count_if(status = 'b')"),
                                  expr("count_if(status = 'c')")};
    std::vector<std::string> counted;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].is_key) continue;
      counts.push_back(expr(fmt::format("count_if(d{})", i)));
      counted.push_back(columns[i].name);
    }
    RETURN_IF_ERROR(ForEachRow(rows.Agg(counts), stop_, [&](const Row& row) {
      out_.only_a = std::get<int64_t>(row[0].data);
      out_.only_b = std::get<int64_t>(row[1].data);
      out_.changed = std::get<int64_t>(row[2].data);
      for (size_t i = 0; i < counted.size(); ++i) {
        const auto cells = std::get<int64_t>(row[i + 3].data);
        if (cells > 0) out_.changed_cells[counted[i]] = cells;
      }
    }));
    return SampleMatchedRows(rows, columns, options_.samples, stop_, out_.samples);
  }

  RowPlans plans_;
  const CompareOptions& options_;
  const std::stop_token& stop_;
  Comparison& out_;
};

}  // namespace

Result<Comparison> CompareOutputs(const SparkSession& session, const ComparedOutput& a,
                                  const ComparedOutput& b, const CompareOptions& options,
                                  const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const OutputFiles files_a, ListOutput(*a.store, a.path, options.format));
  ASSIGN_OR_RETURN(const OutputFiles files_b, ListOutput(*b.store, b.path, options.format));
  Comparison out;
  out.path_a = a.path;
  out.path_b = b.path;
  out.files_a = files_a.files;
  out.files_b = files_b.files;
  out.layout = CompareLayout(files_a, files_b);
  if (files_a.files == 0 && files_b.files == 0) return out;
  if (files_a.files == 0 || files_b.files == 0) {
    out.layout.push_back(
        {"files with data", std::to_string(files_a.files), std::to_string(files_b.files)});
    return out;
  }
  const DataFrame frame_a = Read(session, files_a, options);
  const DataFrame frame_b = Read(session, files_b, options);
  ASSIGN_OR_RETURN(const Schema schema_a, frame_a.schema());
  ASSIGN_OR_RETURN(const Schema schema_b, frame_b.schema());
  out.schema = CompareSchemas(schema_a, schema_b);
  ASSIGN_OR_RETURN(std::vector<ComparedColumn> columns, MatchColumns(schema_a, schema_b, options));
  out.columns = columns.size();
  if (columns.empty()) {
    out.notes.emplace_back("the two sides have no column in common: no rows were compared");
    return out;
  }
  RowPlans plans(frame_a, frame_b, std::move(columns), options.tolerance);
  RETURN_IF_ERROR(Comparer(std::move(plans), options, stop, out).Compare());
  return out;
}

}  // namespace ember

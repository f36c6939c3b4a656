#include "diff/row_samples.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include "session/session.h"

namespace ember {
namespace {

using functions::expr;

// Bytes as hexadecimal digits, anything else as Spark casts it.
std::string TextOf(const ComparedColumn& column, const std::string& cell) {
  const bool is_binary = column.is_same_type && column.type.Is(TypeKind::kBinary);
  return is_binary ? fmt::format("concat('0x', hex({}))", cell)
                   : fmt::format("CAST({} AS STRING)", cell);
}

CellText CellOf(const Value& value) {
  if (value.is_null()) return std::nullopt;
  return std::get<std::string>(value.data);
}

bool IsTrue(const Value& value) { return !value.is_null() && std::get<bool>(value.data); }

}  // namespace

Status ForEachRow(const DataFrame& frame, const std::stop_token& stop,
                  const std::function<void(const Row&)>& visit) {
  ExecuteOptions options;
  options.stop = stop;
  ASSIGN_OR_RETURN(const auto stream,
                   frame.session()->Execute(frame.relation(), std::move(options)));
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, stream->Next());
    if (!batch) return {};
    for (int64_t i = 0; i < batch->row_count(); ++i) visit(batch->GetRow(i));
  }
}

Status SampleWholeRows(const DataFrame& rows, const std::vector<ComparedColumn>& columns, int count,
                       const std::stop_token& stop, std::vector<RowDifference>& out) {
  std::vector<Column> cells;
  std::vector<Column> order;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string cell = fmt::format("c{}", i);
    cells.push_back(expr(TextOf(columns[i], cell)).Alias(fmt::format("t{}", i)));
    order.push_back(expr(cell).Asc());
  }
  cells.push_back(expr("rows"));
  return ForEachRow(rows.OrderBy(order).Limit(count).Select(cells), stop, [&](const Row& row) {
    RowDifference difference;
    const auto more = std::get<int64_t>(row[columns.size()].data);
    difference.kind = more > 0 ? RowDifference::Kind::kOnlyA : RowDifference::Kind::kOnlyB;
    difference.count = more > 0 ? more : -more;
    for (size_t i = 0; i < columns.size(); ++i) {
      difference.key.emplace_back(columns[i].name, CellOf(row[i]));
    }
    out.push_back(std::move(difference));
  });
}

Status SampleMatchedRows(const DataFrame& rows, const std::vector<ComparedColumn>& columns,
                         int count, const std::stop_token& stop, std::vector<RowDifference>& out) {
  std::vector<Column> cells{expr("status")};
  std::vector<Column> order;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string a = fmt::format("a{}", i);
    const std::string b = fmt::format("b{}", i);
    if (columns[i].is_key) {
      const std::string key = fmt::format("CASE WHEN a_there THEN {} ELSE {} END", a, b);
      order.push_back(expr(key).Asc());
      cells.push_back(expr(TextOf(columns[i], key)).Alias(fmt::format("k{}", i)));
      continue;
    }
    cells.push_back(expr(TextOf(columns[i], a)).Alias(fmt::format("ta{}", i)));
    cells.push_back(expr(TextOf(columns[i], b)).Alias(fmt::format("tb{}", i)));
    cells.push_back(expr(fmt::format("d{0}", i)));
  }
  const DataFrame sorted = order.empty() ? rows : rows.OrderBy(order);
  return ForEachRow(sorted.Limit(count).Select(cells), stop, [&](const Row& row) {
    RowDifference difference;
    const std::string& status = std::get<std::string>(row[0].data);
    if (status == "a") difference.kind = RowDifference::Kind::kOnlyA;
    if (status == "b") difference.kind = RowDifference::Kind::kOnlyB;
    size_t at = 1;
    for (const ComparedColumn& column : columns) {
      if (column.is_key) {
        difference.key.emplace_back(column.name, CellOf(row[at++]));
        continue;
      }
      if (IsTrue(row[at + 2])) {
        difference.cells.push_back({column.name, CellOf(row[at]), CellOf(row[at + 1])});
      }
      at += 3;
    }
    out.push_back(std::move(difference));
  });
}

}  // namespace ember

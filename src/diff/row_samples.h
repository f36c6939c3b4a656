#pragma once

#include <ember/dataframe.h>

#include <functional>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "diff/comparison.h"
#include "diff/row_plans.h"

namespace ember {

/// Runs a small query and gives its rows one by one.
Status ForEachRow(const DataFrame& frame, const std::stop_token& stop,
                  const std::function<void(const Row&)>& visit);

/// The first rows of RowPlans::UnequalRows in the order of their cells.
Status SampleWholeRows(const DataFrame& rows, const std::vector<ComparedColumn>& columns, int count,
                       const std::stop_token& stop, std::vector<RowDifference>& out);
/// The first rows of RowPlans::MatchedRows in the order of their keys.
Status SampleMatchedRows(const DataFrame& rows, const std::vector<ComparedColumn>& columns,
                         int count, const std::stop_token& stop, std::vector<RowDifference>& out);

}  // namespace ember

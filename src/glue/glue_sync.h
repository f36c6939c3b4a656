#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_api.h"
#include "base/result.h"
#include "glue/glue_table.h"

namespace ember {

/// Whether files that were there before are still part of the table.
enum class GlueOldFiles {
  kGone,  // the output was written anew: columns and partitions are the new files'
  kStay,  // appended to: columns are added, none goes or changes its type; partitions are added
};

enum class GlueChange { kNone, kCreated, kUpdated };

struct GlueSyncReport {
  std::string table;  // "stocks.prices"
  bool database_created = false;
  GlueChange change = GlueChange::kNone;
  int64_t partitions_added = 0;
  int64_t partitions_updated = 0;
  int64_t partitions_removed = 0;
  /// "stocks.prices created, 12 partitions added"; "stocks.prices as it was".
  std::string ToString() const;
};

/// Makes Glue's table say what `table` is: creates the database and the table where they are
/// missing, and changes what differs; a table that is right already is not touched, so that Glue
/// keeps no version of it. What others put there (comments, owner, parameters) stays. Other
/// processes may do the same at the same time. `partitions`: those the table's folder has now, of
/// a table with explicit ones. Errors: EMBER_INVALID_INPUT for a table of that name that lies
/// elsewhere, has other partition columns, is none of files, or with kStay has a column of another
/// type; what GlueTableInput and AwsApi::Call say.
Result<GlueSyncReport> SyncGlueTable(AwsApi& api, const GlueTable& table, GlueOldFiles old_files,
                                     const std::vector<GluePartition>& partitions,
                                     const std::stop_token& stop = {});

}  // namespace ember

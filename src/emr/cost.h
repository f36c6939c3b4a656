#pragma once

#include <string>
#include <vector>

#include "emr/cluster_file.h"
#include "emr/facts.h"

namespace ember {

/// US dollars, from the best case to the worst: spot prices are a range.
struct UsdRange {
  double low = 0;
  double high = 0;
  UsdRange& operator+=(const UsdRange& other) {
    low += other.low;
    high += other.high;
    return *this;
  }
  UsdRange operator*(double factor) const { return {low * factor, high * factor}; }
};

/// One thing that is paid by the hour.
struct EmrCostRow {
  std::string role;  // master, core, task, network
  std::string item;  // EC2, EMR, EBS, NAT …
  std::string detail;
  UsdRange start;  // per hour, as the cluster starts
  UsdRange max;    // per hour, at the limits of its scaling
  EmrSource source = EmrSource::kPriceTable;
};

/// One thing that is paid by the run.
struct EmrRunRow {
  std::string item;
  std::string detail;
  UsdRange usd;
  EmrSource source = EmrSource::kPriceTable;
};

struct EmrCostQuestion {
  double hours = 0;         // 0: the file's limits.hours
  int64_t input_bytes = 0;  // 0: the file's spark.input
  int64_t input_files = 0;  // 0: files of 128 MiB
};

struct EmrCost {
  std::vector<EmrCostRow> hourly;
  std::vector<EmrRunRow> run;  // besides the hours
  double hours = 0;
  UsdRange hour_start;
  UsdRange hour_max;
  UsdRange run_total;  // low: all the time as it starts; high: all the time at its limits
  UsdRange day;        // left running, as it starts and at its limits
  UsdRange month;
  UsdRange serverless;             // the same cores and memory for the same hours
  std::vector<std::string> notes;  // what the numbers leave out, and what they rest on
};

/// What a cluster costs by the tables of `facts`; nothing is asked of AWS. Types without a price
/// count nothing and are named in the notes.
EmrCost EstimateEmrCost(const EmrCluster& cluster, const EmrFacts& facts,
                        const EmrCostQuestion& question = {});

}  // namespace ember

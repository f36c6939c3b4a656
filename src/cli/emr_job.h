#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "emr/job.h"
#include "plan/relation.h"
#include "store/store.h"

namespace ember {

/// The files of a source.
using ListSource = std::function<Result<std::vector<FileInfo>>(const std::string& path)>;

/// What plans do that costs memory or network. Relations that several of them share count once;
/// `kept` are those that are persisted. Sources of catalogs have no size here.
Result<EmrJob> EmrJobOfPlans(const std::vector<RelationPtr>& plans,
                             const std::vector<RelationPtr>& kept, const ListSource& list);

/// Of a pipeline file; its inputs are listed, here or in S3, and not read.
Result<EmrJob> EmrJobOfPipeline(const std::string& file);

}  // namespace ember

#pragma once

#include <memory>

#include "duckdb/outer_catalog.h"

namespace ember {

/// The Glue Data Catalog of the environment's account and region as what sessions find tables by.
/// Asks AWS only once it is asked itself; what is wrong with region or credentials is said then.
std::unique_ptr<OuterCatalog> MakeGlueMetastore();

}  // namespace ember

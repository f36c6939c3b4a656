#pragma once

#include <ember/session.h>

#include <optional>

#include "base/result.h"
#include "pipeline/specification.h"

namespace ember {

/// An input as read: the rows that fit, and those that do not where `rejects` is set. Both come
/// from `checked`, which is to be kept for the run, so that the files are read once.
struct InputFrames {
  DataFrame rows;
  std::optional<DataFrame> rejects;  // file, the raw columns as text, reason
  std::optional<DataFrame> checked;
};

/// Reads an input. CSV has `header: true` unless the options say otherwise; with `columns`, every
/// column is read as text and cast: empty text is null; text that is not of its type goes to the
/// rejects, or fails the run with CAST_INVALID_INPUT where there are none.
Result<InputFrames> ReadInput(const InputSpec& input, const std::vector<std::string>& paths,
                              const SparkSession& session);

}  // namespace ember

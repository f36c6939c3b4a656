#pragma once

#include <stop_token>
#include <string>

#include "aws/s3_transfer.h"
#include "distcp/part_plan.h"
#include "gzip/gzip_stream.h"

namespace ember {

/// Gives `size` bytes of a source from `offset` on, as they are stored. An error when it is not the
/// version any more that was listed.
Status ReadSource(S3Clients& clients, const TransferFile& file, int64_t offset, int64_t size,
                  const ByteSink& sink, const std::stop_token& stop);

/// A file's beginning and end, as lines count: decompressed.
struct LinesAtEnds {
  std::string first_line;    // without its end; its start only where it is very long
  bool has_line_end = true;  // at the end of the file; not looked at in compressed files
};
Result<LinesAtEnds> ReadLinesAtEnds(S3Clients& clients, const TransferFile& file,
                                    const std::stop_token& stop);

}  // namespace ember

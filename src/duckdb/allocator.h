#pragma once

namespace ember {

/// Makes DuckDB's allocator give freed pages back to the system at once instead of keeping them for
/// a second. DuckDB's memory limit counts what is in use: with spilling, blocks are freed and
/// allocated all the time, and what the allocator keeps beside them would be on top of the limit.
/// Costs page faults, so it is only for processes with a limit of their own. For the whole process;
/// nothing where DuckDB is built without its own allocator.
void ReturnFreedPagesAtOnce();

}  // namespace ember

#pragma once

namespace ember {

/// Spark's join types. Semi and anti joins give the left side's columns only.
enum class JoinType { kInner, kLeftOuter, kRightOuter, kFullOuter, kLeftSemi, kLeftAnti, kCross };

}  // namespace ember

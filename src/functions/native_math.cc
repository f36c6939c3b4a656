#include <cmath>

#include "functions/native_kernels.h"
#include "functions/native_tables.h"

namespace ember {
namespace {

bool AddOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_add_overflow(a, b, &result);
}
bool SubtractOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_sub_overflow(a, b, &result);
}
bool MultiplyOverflows(int64_t a, int64_t b) {
  int64_t result;
  return __builtin_mul_overflow(a, b, &result);
}
int64_t AddWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
int64_t SubtractWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
int64_t MultiplyWrapping(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}

int64_t RemainderOf(int64_t a, int64_t b) { return b == -1 ? 0 : a % b; }

// Pmod.pmod: the divisor's sign matters only for negative remainders.
std::optional<int64_t> Pmod(int64_t a, int64_t b) {
  if (b == 0) return std::nullopt;
  int64_t remainder = RemainderOf(a, b);
  return remainder < 0 ? RemainderOf(AddWrapping(remainder, b), b) : remainder;
}

int32_t ShiftLeftInt(int32_t a, int32_t count) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) << (count & 31));
}
int64_t ShiftLeftLong(int64_t a, int32_t count) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) << (count & 63));
}
int32_t ShiftRightInt(int32_t a, int32_t count) { return a >> (count & 31); }
int64_t ShiftRightLong(int64_t a, int32_t count) { return a >> (count & 63); }
int32_t ShiftRightUnsignedInt(int32_t a, int32_t count) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) >> (count & 31));
}
int64_t ShiftRightUnsignedLong(int64_t a, int32_t count) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) >> (count & 63));
}

}  // namespace

std::vector<NativeFunction> MathNatives() {
  return {
      Native<AddOverflows>("ember_add_overflows"),
      Native<SubtractOverflows>("ember_subtract_overflows"),
      Native<MultiplyOverflows>("ember_multiply_overflows"),
      Native<AddWrapping>("ember_add_wrapping"),
      Native<SubtractWrapping>("ember_subtract_wrapping"),
      Native<MultiplyWrapping>("ember_multiply_wrapping"),
      Native<Pmod>("ember_pmod"),
      Native<ShiftLeftInt>("ember_shift_left_int"),
      Native<ShiftLeftLong>("ember_shift_left_long"),
      Native<ShiftRightInt>("ember_shift_right_int"),
      Native<ShiftRightLong>("ember_shift_right_long"),
      Native<ShiftRightUnsignedInt>("ember_shift_right_unsigned_int"),
      Native<ShiftRightUnsignedLong>("ember_shift_right_unsigned_long"),
  };
}

}  // namespace ember

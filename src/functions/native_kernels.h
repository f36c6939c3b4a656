#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "functions/native.h"

namespace ember {

/// Makes a NativeFunction of a plain function: `Native<Hypotenuse>("ember_hypot")` where
/// `double Hypotenuse(double, double)`. Types are taken from the signature; a null argument gives
/// null without a call. A result of std::optional<T> may be null; std::string is VARCHAR (or BLOB:
/// NativeBlob). Parameters: bool, int8_t … int64_t, __int128 (HUGEINT), NativeDecimal, float,
/// double, std::string_view (VARCHAR), NativeBlobView.
struct NativeDecimal {
  __int128 unscaled;
};
struct NativeDate {
  int32_t days;
};
struct NativeTimestamp {
  int64_t micros;
};
struct NativeBlobView {
  std::string_view bytes;
};
struct NativeBlob {
  std::string bytes;
};

template <typename T>
constexpr NativeType NativeTypeOf() {
  if constexpr (std::is_same_v<T, bool>) return NativeType::kBoolean;
  if constexpr (std::is_same_v<T, int8_t>) return NativeType::kTinyInt;
  if constexpr (std::is_same_v<T, int16_t>) return NativeType::kSmallInt;
  if constexpr (std::is_same_v<T, int32_t>) return NativeType::kInteger;
  if constexpr (std::is_same_v<T, int64_t>) return NativeType::kBigInt;
  if constexpr (std::is_same_v<T, __int128>) return NativeType::kHugeInt;
  if constexpr (std::is_same_v<T, NativeDecimal>) return NativeType::kDecimal;
  if constexpr (std::is_same_v<T, NativeDate>) return NativeType::kDate;
  if constexpr (std::is_same_v<T, NativeTimestamp>) return NativeType::kTimestamp;
  if constexpr (std::is_same_v<T, float>) return NativeType::kFloat;
  if constexpr (std::is_same_v<T, double>) return NativeType::kDouble;
  if constexpr (std::is_same_v<T, std::string_view> || std::is_same_v<T, std::string>) {
    return NativeType::kVarchar;
  }
  if constexpr (std::is_same_v<T, NativeBlobView> || std::is_same_v<T, NativeBlob>) {
    return NativeType::kBlob;
  }
  if constexpr (std::is_same_v<T, std::vector<std::string>>) return NativeType::kVarcharList;
}

template <typename T>
T NativeArgument(const NativeVector& input, size_t row) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return input.text(row);
  } else if constexpr (std::is_same_v<T, NativeBlobView>) {
    return {input.text(row)};
  } else {
    return input.get<T>(row);
  }
}

template <typename T>
void NativeResult(NativeWriter& out, size_t row, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    out.SetText(row, value);
  } else if constexpr (std::is_same_v<T, NativeBlob>) {
    out.SetText(row, value.bytes);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    std::vector<std::string_view> items(value.begin(), value.end());
    out.SetTextList(row, items);
  } else {
    out.Set<T>(row, value);
  }
}

template <typename T>
struct NativeOptional {
  using Type = T;
  static constexpr bool kIsOptional = false;
};
template <typename T>
struct NativeOptional<std::optional<T>> {
  using Type = T;
  static constexpr bool kIsOptional = true;
};

template <auto function, typename R, typename... A, size_t... I>
void NativeLoop(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out, R (*)(A...),
                std::index_sequence<I...>) {
  for (size_t row = 0; row < rows; ++row) {
    if ((inputs[I].is_null(row) || ...)) {
      out.SetNull(row);
      continue;
    }
    R result = function(NativeArgument<std::decay_t<A>>(inputs[I], row)...);
    if constexpr (NativeOptional<R>::kIsOptional) {
      if (result) {
        NativeResult(out, row, *result);
      } else {
        out.SetNull(row);
      }
    } else {
      NativeResult(out, row, result);
    }
  }
}

template <typename R, typename... A>
std::vector<NativeType> NativeArguments(R (*)(A...)) {
  return {NativeTypeOf<std::decay_t<A>>()...};
}
template <typename R, typename... A>
constexpr NativeType NativeResultType(R (*)(A...)) {
  return NativeTypeOf<typename NativeOptional<R>::Type>();
}
template <typename R, typename... A>
constexpr std::index_sequence_for<A...> NativeIndexes(R (*)(A...)) {
  return {};
}

template <auto function>
NativeFunction Native(std::string_view name) {
  return {.name = name,
          .arguments = NativeArguments(function),
          .result = NativeResultType(function),
          .kernel = [](std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
            NativeLoop<function>(inputs, rows, out, function, NativeIndexes(function));
          }};
}

}  // namespace ember

#pragma once

#include <ember/result.h>

#include <cstdio>
#include <cstdlib>

// Result<T> itself is public (ember/result.h); these macros are for Ember's own rooms.

#define EMBER_CONCAT_(a, b) a##b
#define EMBER_CONCAT(a, b) EMBER_CONCAT_(a, b)
#define ASSIGN_OR_RETURN_(tmp, lhs, expr)       \
  auto tmp = (expr);                            \
  if (!tmp.ok()) return std::move(tmp).error(); \
  lhs = std::move(tmp).value()
/// `ASSIGN_OR_RETURN(auto x, Fallible());` — the error returns from the enclosing function.
#define ASSIGN_OR_RETURN(lhs, expr) ASSIGN_OR_RETURN_(EMBER_CONCAT(result_, __LINE__), lhs, expr)
#define RETURN_IF_ERROR(expr)                             \
  do {                                                    \
    auto status_ = (expr);                                \
    if (!status_.ok()) return std::move(status_).error(); \
  } while (false)
/// For invariants of our own only; input never reaches a CHECK.
#define CHECK(condition)                                                                 \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)

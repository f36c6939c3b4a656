#include "functions/registry.h"

#include <gtest/gtest.h>

#include <set>

#include "functions/native.h"

namespace ember {
namespace {

TEST(Registry, HasEachNameOnce) {
  std::set<std::string_view> names;
  for (const FunctionRow* row : AllFunctions())
    EXPECT_TRUE(names.insert(row->name).second) << row->name;
  for (const FunctionAlias& alias : FunctionAliases()) {
    EXPECT_TRUE(names.insert(alias.alias).second) << alias.alias;
  }
}

TEST(Registry, HasEachNativeNameOnce) {
  std::set<std::string_view> names;
  for (const NativeFunction& function : NativeFunctions()) {
    EXPECT_TRUE(function.name.starts_with("ember_")) << function.name;
    EXPECT_TRUE(names.insert(function.name).second) << function.name;
  }
}

TEST(Registry, FillsTemplates) {
  const std::string sql[] = {"a", "b"};
  EmitContext context{.sql = sql, .distinct = "DISTINCT ", .tail = " OVER ()"};
  EXPECT_EQ(*FillTemplate("f({d}{*}){t} + {1} + {2=7} + {'x': {0}}", context),
            "f(DISTINCT a, b) OVER () + b + 7 + {'x': a}");
  EXPECT_FALSE(FillTemplate("{2}", context).ok());
}

}  // namespace
}  // namespace ember

#include "spark/remote_error.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

Error Failed(const std::string& message) {
  return ReadFailure(grpc::Status(grpc::StatusCode::INTERNAL, message), {.target = "h:1"}).error;
}

// The status of a Spark 3.5, which has nothing but the message.
TEST(RemoteErrorTest, ReadsTheConditionOfAMessage) {
  const Error division = Failed("[DIVIDE_BY_ZERO] Division by zero. Use it otherwise.");
  EXPECT_EQ(division.condition, "DIVIDE_BY_ZERO");
  EXPECT_EQ(division.sqlstate, "22012");
  EXPECT_EQ(division.message, "Division by zero. Use it otherwise.");
  const Error syntax =
      Failed("\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'x'.(line 1, pos 0)\n");
  EXPECT_EQ(syntax.condition, "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(syntax.message, "Syntax error at or near 'x'.(line 1, pos 0)");
  for (const char* text : {"", "long overflow", "[x] y", "[] y", "[A", "[A]b"}) {
    EXPECT_EQ(Failed(text).condition, "") << text;
    EXPECT_EQ(Failed(text).message, text);
  }
}

}  // namespace
}  // namespace ember

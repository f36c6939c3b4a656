#include "functions/hashing.h"

#include "base/crc32.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

TEST(Hashing, KnowsSha2) {
  // The examples of FIPS 180-4 and of the empty message.
  EXPECT_EQ(Sha2Hex("abc", 256),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha2Hex("abc", 224), "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
  EXPECT_EQ(Sha2Hex("abc", 512),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(Sha2Hex("", 384),
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
            "274edebfe76f65fbd51ad2f14898b95b");
}

TEST(Hashing, KnowsSparksHashes) {
  // hash(NULL) is the seed; recorded: hash('Spark', array(123), 2), crc32('Spark').
  EXPECT_EQ(MurmurInt(2, MurmurInt(123, MurmurBytes("Spark", 42))), -1321691492);
  EXPECT_EQ(XxHashInt(2, XxHashInt(123, XxHashBytes("Spark", 42))), 5602566077635097486);
  EXPECT_EQ(Crc32("Spark"), 1557323817u);
}

TEST(Hashing, WritesBigIntegers) {
  EXPECT_EQ(BigIntegerBytes(0), std::string(1, '\0'));
  EXPECT_EQ(BigIntegerBytes(127), "\x7F");
  EXPECT_EQ(BigIntegerBytes(128), std::string("\0\x80", 2));
  EXPECT_EQ(BigIntegerBytes(-1), "\xFF");
  EXPECT_EQ(BigIntegerBytes(-129), "\xFF\x7F");
}

}  // namespace
}  // namespace ember

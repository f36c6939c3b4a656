#include "gzip/gzip_stream.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ember {
namespace {

std::string Bytes(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

// Packed by zlib: blocks with codes of their own, with the fixed codes, and as they are.
const std::string kDynamic = Bytes(
    "1f8b08000000000002036dd33b0ec2301045d19e55780144caccc4bfe55000428ac8fe3bda6bded457fe1ddbbe7bdb"
    "cc36dfcbf9f93ecb5eae577994f37adfcb7ef3bf6aa826d5510fa9813aa51e9cb949aec85e2537e4d0d19d1bd3b507"
    "72d38d4fe4a1a7369285669ab9ce6e8b5ad74eb7eeda299764ca45b27bd2b5643ceda6ca1bf122393ef5babe28a79e"
    "e9fa4ebeaaf33bf9a65ebd93ef507e27df4cde34fd8e647dfacd647efad5e4fcf41b9ac9d7943fc8e7fa7a827c43e7"
    "0ff2d5e4d392cff57a827c43bf5690af296f2c3f37391ff92c19bff0e9f5c7e2d76e3f4c45365fef040000");
const std::string kFixed = Bytes("1f8b0800000000000203cb48cdc9c9d751c840a2b800e7426e5214000000");
const std::string kStored = Bytes("1f8b0800000000000403010700f8ff73746f7265640ae29c53a507000000");

std::string DynamicText() {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += fmt::format("2026-11-20 line {} of a log, {}\n", i, i * i % 97);
  return text;
}

TEST(Gunzip, UnpacksEveryKindOfBlock) {
  EXPECT_EQ(*Gunzip(kDynamic, 1 << 20), DynamicText());
  EXPECT_EQ(*Gunzip(kFixed, 1 << 20), "hello, hello, hello\n");
  EXPECT_EQ(*Gunzip(kStored, 1 << 20), "stored\n");
}

TEST(Gunzip, JoinsMembers) {
  EXPECT_EQ(*Gunzip(kFixed + kStored + kDynamic, 1 << 20),
            "hello, hello, hello\nstored\n" + DynamicText());
}

TEST(Gunzip, PassesOverNameAndComment) {
  std::string named = kFixed;
  named[3] = 8 | 16 | 4;
  named.insert(10, std::string("\x02\0ab", 4) + std::string("stderr\0a comment\0", 17));
  EXPECT_EQ(*Gunzip(named, 1 << 20), "hello, hello, hello\n");
}

TEST(Gunzip, RefusesWhatIsCutOffOrChangedAnywhere) {
  for (const std::string& whole : {kDynamic, kFixed, kStored}) {
    for (size_t size = 1; size < whole.size(); ++size)
      EXPECT_FALSE(Gunzip(whole.substr(0, size), 1 << 20).ok()) << size;
    // The header's time and system mean nothing; all else is guarded by the checksum.
    for (size_t i = 10; i < whole.size(); ++i) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ 0x11);
      const auto text = Gunzip(changed, 1 << 20);
      EXPECT_TRUE(!text.ok() || *text == *Gunzip(whole, 1 << 20)) << i;
    }
  }
  EXPECT_FALSE(Gunzip("plain text, no gzip at all", 1 << 20).ok());
}

TEST(Gunzip, HoldsItsLimit) {
  EXPECT_TRUE(Gunzip(kStored, 7).ok());
  EXPECT_FALSE(Gunzip(kStored, 6).ok());
  EXPECT_FALSE(Gunzip(kDynamic, 1000).ok());
}

}  // namespace
}  // namespace ember

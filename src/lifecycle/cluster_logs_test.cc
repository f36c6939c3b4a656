#include "lifecycle/cluster_logs.h"

#include <gtest/gtest.h>

#include "lifecycle/memory_s3.h"
#include "lifecycle/scripted_aws_api.h"

namespace ember {
namespace {

// As gzip stores it without packing.
std::string Gzip(const std::string& text) {
  const auto little = [](uint32_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
  };
  uint32_t crc = ~0U;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
  }
  const auto size = static_cast<uint32_t>(text.size());
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11) + little(size, 2) + little(~size, 2) +
         text + little(~crc, 4) + little(size, 4);
}

AwsJson Step(const std::string& state, int64_t ended = 0) {
  AwsJson status = {{"State", state}};
  if (ended != 0) status["Timeline"] = {{"EndDateTime", ended}};
  return {{"Step", {{"Id", "s-1"}, {"Status", status}}}};
}

class ClusterLogs : public testing::Test {
 protected:
  ScriptedHost host;
  MemoryS3 bucket{host};
  S3Client s3 = bucket.Client();
  EmrLogPlace place{.cluster_id = "j-1", .bucket = "b", .prefix = "logs/j-1/"};
  const std::string folder = "logs/j-1/steps/s-1/";
};

TEST_F(ClusterLogs, LieBelowTheLogUri) {
  RunningCluster cluster;
  cluster.id = "j-1";
  EXPECT_EQ(EmrLogPlaceOf(cluster).error().condition, "EMBER_EMR.LOGS");
  cluster.log_uri = "s3n://b/logs";
  EXPECT_EQ(EmrLogPlaceOf(cluster)->StepPrefix("s-1"), "logs/j-1/steps/s-1/");
  cluster.log_uri = "s3://b/";
  EXPECT_EQ(EmrLogPlaceOf(cluster)->prefix, "j-1/");
}

TEST_F(ClusterLogs, AreListedAndUnpacked) {
  bucket.Put(folder + "stderr.gz", Gzip("oh\n"));
  bucket.Put(folder + "plain", "as it is");
  const auto files = ListEmrLogs(s3, place, folder, {});
  ASSERT_TRUE(files.ok()) << files.error().ToString();
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ((*files)[1].name, "stderr");
  EXPECT_EQ(*ReadEmrLog(s3, place, (*files)[1], {}), "oh\n");
  EXPECT_EQ(*ReadEmrLog(s3, place, (*files)[0], {}), "as it is");
}

TEST_F(ClusterLogs, SayWhichRightsAreMissing) {
  bucket.denied_status = 403;
  const auto files = ListEmrLogs(s3, place, folder, {});
  EXPECT_EQ(files.error().condition, "EMBER_EMR.LOGS");
  EXPECT_NE(files.error().message.find("s3:GetObject"), std::string::npos);
  EXPECT_EQ(files.error().ToString().find("TOPSECRET"), std::string::npos);
}

TEST_F(ClusterLogs, OnlyWhatIsNewIsShown) {
  EmrLogTail tail(s3, place, folder, {"stdout"});
  EXPECT_TRUE(tail.Look({})->empty());
  bucket.Put(folder + "stdout.gz", Gzip("one\n"));
  bucket.Put(folder + "controller.gz", Gzip("not wanted\n"));
  EXPECT_EQ(tail.Look({})->at(0).text, "one\n");
  EXPECT_TRUE(tail.Look({})->empty());
  bucket.Put(folder + "stdout.gz", Gzip("one\ntwo\n"));
  EXPECT_EQ(tail.Look({})->at(0).text, "two\n");
  // A file that is another one is shown whole.
  bucket.Put(folder + "stdout.gz", Gzip("start again\n"));
  EXPECT_EQ(tail.Look({})->at(0).text, "start again\n");
}

TEST_F(ClusterLogs, AreFollowedUntilTheLastHasArrived) {
  ScriptedAwsApi api;
  const int64_t now = host.now_us / 1000000;
  api.On("DescribeStep", {}, Step("RUNNING"))
      .On("DescribeStep", {}, AwsFault("ThrottlingException", "slow down"))
      .On("DescribeStep", {}, Step("COMPLETED", now + 100))
      .On("DescribeStep", {}, Step("COMPLETED", now + 100));
  std::string text;
  int pieces = 0;
  bucket.Put(folder + "stdout.gz", Gzip("one\n"));
  const auto sink = [&](const LogPiece& piece) {
    text += piece.text;
    // The rest comes after the step's end.
    if (++pieces == 1) {
      host.now_us += int64_t{200} * 1000000;
      bucket.Put(folder + "stdout.gz", Gzip("one\ntwo\n"));
    }
  };
  bucket.objects[folder + "stdout.gz"].modified_us = host.now_us;
  const auto step = FollowEmrStepLogs(api, host, s3, place, "s-1", {}, sink, {});
  ASSERT_TRUE(step.ok()) << step.error().ToString();
  EXPECT_EQ(text, "one\ntwo\n");
  // One more line of the script is left when the logs were there at the first look after the end.
  (void)api.Call({.action = "DescribeStep"});
}

TEST_F(ClusterLogs, ThatNeverComeAreNotAwaitedForEver) {
  ScriptedAwsApi api;
  api.On("DescribeStep", {}, Step("FAILED", host.now_us / 1000000 - 1000));
  EXPECT_EQ(FollowEmrStepLogs(api, host, s3, place, "s-1", {}, [](const LogPiece&) {}, {})->state,
            "FAILED");
  const auto words = LastWordsOfEmrStep(host, s3, place, "s-1", 20000, {});
  EXPECT_TRUE(words->empty());
  EXPECT_EQ(host.slept_ms.size(), 4U);
}

TEST_F(ClusterLogs, LastWordsLeaveProgressOut) {
  std::string log = "26/11/20 10:00:00 INFO Client: fine\n";
  for (int i = 0; i < 30; ++i) log += "line " + std::to_string(i) + "\n";
  EXPECT_EQ(LastWords(log + "26/11/20 10:00:00 WARN X: hm\n\nboom\n", 2), "line 29\nboom\n");
  std::string traceback = "noise\nTraceback (most recent call last):\n  File \"a.py\"\n";
  traceback += "ValueError: bad\n";
  EXPECT_EQ(LastWords(traceback, 2),
            "Traceback (most recent call last):\n  File \"a.py\"\nValueError: bad\n");
  EXPECT_EQ(LastWords("26/11/20 10:00:00 INFO Client: fine\n", 5), "");
}

TEST_F(ClusterLogs, LastWordsOfADriverInAContainer) {
  bucket.Put(folder + "stderr.gz",
             Gzip("26/11/20 INFO Client: Application report for application_1_0002 (FAILED)\n"
                  "Exception in thread \"main\": Application application_1_0002 failed\n"));
  const std::string containers = "logs/j-1/containers/application_1_0002/";
  bucket.Put(containers + "container_1_0002_01_000002/stdout.gz", Gzip("an executor\n"));
  bucket.Put(containers + "container_1_0002_02_000001/stdout.gz",
             Gzip("Traceback (most recent call last):\nValueError: bad price\n"));
  const auto words = LastWordsOfEmrStep(host, s3, place, "s-1", 0, {});
  ASSERT_TRUE(words.ok()) << words.error().ToString();
  ASSERT_EQ(words->size(), 2U);
  EXPECT_EQ((*words)[1].name, "the driver's stdout");
  EXPECT_NE((*words)[1].text.find("bad price"), std::string::npos);
}

}  // namespace
}  // namespace ember

#include "lifecycle/running_cluster.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "lifecycle/answer.h"
#include "lifecycle/scripted_aws_api.h"

namespace ember {
namespace {

AwsJson Listed(const std::string& id, const std::string& name) {
  return {{"Id", id}, {"Name", name}, {"Status", {{"State", "WAITING"}}}, {"Unknown", 1}};
}

AwsJson Described(const std::string& id, const std::string& state, const std::string& tag) {
  return {{"Cluster",
           {{"Id", id},
            {"Name", "stocks"},
            {"Status",
             {{"State", state},
              {"StateChangeReason", {{"Code", "USER_REQUEST"}, {"Message", "m"}}},
              {"Timeline", {{"CreationDateTime", 1700000000.5}}}}},
            {"InstanceCollectionType", "INSTANCE_FLEET"},
            {"TerminationProtected", true},
            {"Tags", AwsJson::array({{{"Key", "ember-cluster"}, {"Value", tag}}})}}}};
}

TEST(RunningCluster, ReadsAllThatIsSaid) {
  ScriptedAwsApi api;
  api.On("DescribeCluster", {{"ClusterId", "j-1"}}, Described("j-1", "WAITING", "stocks"));
  const Result<RunningCluster> cluster = DescribeEmrCluster(api, "j-1", {});
  ASSERT_TRUE(cluster.ok()) << cluster.error().ToString();
  EXPECT_EQ(cluster->state, "WAITING");
  EXPECT_EQ(cluster->reason_code, "USER_REQUEST");
  EXPECT_EQ(cluster->created_us, 1700000000500000);
  EXPECT_EQ(cluster->ready_us, 0);
  EXPECT_TRUE(cluster->has_fleets);
  EXPECT_TRUE(cluster->is_protected);
  EXPECT_TRUE(cluster->is_live());
  EXPECT_EQ(cluster->tags.at("ember-cluster"), "stocks");
}

TEST(RunningCluster, SurvivesWhatIsMissingAndOfAnotherForm) {
  ScriptedAwsApi api;
  api.On("DescribeCluster", {},
         AwsJson{{"Cluster", {{"Status", {{"State", "TERMINATED"}}}, {"Tags", "none"}}}});
  const Result<RunningCluster> cluster = DescribeEmrCluster(api, "j-1", {});
  ASSERT_TRUE(cluster.ok());
  EXPECT_EQ(cluster->id, "j-1");
  EXPECT_FALSE(cluster->is_live());
  api.On("DescribeCluster", {}, AwsJson::object());
  EXPECT_EQ(DescribeEmrCluster(api, "j-1", {}).error().condition, "EMBER_AWS.INVALID_ANSWER");
}

TEST(RunningCluster, FindsByNameAndTagOverAllPages) {
  ScriptedAwsApi api;
  api.On("ListClusters", {},
         AwsJson{{"Clusters", {Listed("j-1", "other"), Listed("j-2", "stocks")}}, {"Marker", "m"}})
      .On("ListClusters", {{"Marker", "m"}}, AwsJson{{"Clusters", {Listed("j-3", "stocks")}}})
      .On("DescribeCluster", {{"ClusterId", "j-2"}}, Described("j-2", "WAITING", "another"))
      .On("DescribeCluster", {{"ClusterId", "j-3"}}, Described("j-3", "WAITING", "stocks"));
  const auto found = FindEmrCluster(api, "stocks", {});
  ASSERT_TRUE(found.ok()) << found.error().ToString();
  EXPECT_EQ(found->value().id, "j-3");
}

TEST(RunningCluster, OneThatEndsCountsOnlyWhereNoOtherIs) {
  for (const char* second : {"WAITING", "TERMINATED"}) {
    ScriptedAwsApi api;
    api.On("ListClusters", {},
           AwsJson{{"Clusters", {Listed("j-1", "stocks"), Listed("j-2", "stocks")}}})
        .On("DescribeCluster", {}, Described("j-1", "TERMINATING", "stocks"))
        .On("DescribeCluster", {}, Described("j-2", second, "stocks"));
    EXPECT_EQ(FindEmrCluster(api, "stocks", {}).value()->id,
              second == std::string("WAITING") ? "j-2" : "j-1");
  }
}

TEST(RunningCluster, TwoThatStayAreAnError) {
  ScriptedAwsApi api;
  api.On("ListClusters", {},
         AwsJson{{"Clusters", {Listed("j-1", "stocks"), Listed("j-2", "stocks")}}})
      .On("DescribeCluster", {}, Described("j-1", "STARTING", "stocks"))
      .On("DescribeCluster", {}, Described("j-2", "WAITING", "stocks"));
  const auto found = FindEmrCluster(api, "stocks", {});
  ASSERT_FALSE(found.ok());
  EXPECT_NE(found.error().message.find("j-1, j-2"), std::string::npos);
}

TEST(RunningCluster, AListWithoutEndIsAnError) {
  class Endless final : public AwsApi {
   public:
    Result<AwsJson> Call(const AwsApiCall&) override {
      return AwsJson{{"Clusters", AwsJson::array()}, {"Marker", std::to_string(++page_)}};
    }
    const std::string& region() const override { return region_; }

   private:
    int page_ = 0;
    std::string region_;
  } api;
  EXPECT_EQ(FindEmrCluster(api, "stocks", {}).error().condition, "EMBER_AWS.INVALID_ANSWER");
}

TEST(RunningCluster, IsMeantByIdNameOrFile) {
  const auto file = std::filesystem::temp_directory_path() / "ember_running_cluster_test.yaml";
  std::ofstream(file) << "name: stocks\n";
  ScriptedAwsApi api;
  api.On("DescribeCluster", {{"ClusterId", "j-1"}}, Described("j-1", "TERMINATED", ""));
  EXPECT_EQ(ResolveEmrCluster(api, "j-1", {})->id, "j-1");
  for (const std::string& name : {std::string("stocks"), file.string()}) {
    // A cluster that Ember did not start is meant too.
    api.On("ListClusters", {}, AwsJson{{"Clusters", {Listed("j-2", "stocks")}}})
        .On("DescribeCluster", {{"ClusterId", "j-2"}}, Described("j-2", "WAITING", "another"));
    EXPECT_EQ(ResolveEmrCluster(api, name, {})->id, "j-2");
  }
  std::filesystem::remove(file);
  EXPECT_EQ(ResolveEmrCluster(api, "missing.yaml", {}).error().condition, "EMBER_INVALID_INPUT");
  api.On("ListClusters", {}, AwsJson{{"Clusters", AwsJson::array()}});
  const auto none = ResolveEmrCluster(api, "stocks", {});
  EXPECT_NE(none.error().message.find("ember emr up"), std::string::npos);
}

}  // namespace
}  // namespace ember

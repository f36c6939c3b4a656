#include "emulator/scaling_decision.h"

#include <gtest/gtest.h>

namespace ember {
namespace {

// "core 2+0 task 0+1": on-demand and spot of each.
std::vector<ScalablePool> Pools(int core, int core_spot, int task, int task_spot) {
  return {{.id = "core", .is_core = true, .on_demand = core, .spot = core_spot},
          {.id = "task", .on_demand = task, .spot = task_spot}};
}

constexpr ScalingBounds kBounds = {.min = 2, .max = 10, .max_on_demand = 4, .max_core = 4};

TEST(ScalingDecisionTest, GrowsCoreThenTaskAndOnDemandThenSpot) {
  EXPECT_EQ(DecideScaling(Pools(2, 0, 0, 0), kBounds, 3), Pools(3, 0, 0, 0));
  EXPECT_EQ(DecideScaling(Pools(2, 0, 0, 0), kBounds, 6), Pools(4, 0, 0, 2));
  EXPECT_EQ(DecideScaling(Pools(2, 0, 0, 1), kBounds, 10), Pools(4, 0, 0, 6));
}

TEST(ScalingDecisionTest, CoreTakesSpotWhenOnDemandIsUsedUp) {
  const ScalingBounds bounds = {.min = 1, .max = 10, .max_on_demand = 2, .max_core = 4};
  EXPECT_EQ(DecideScaling(Pools(2, 0, 0, 0), bounds, 6), Pools(2, 2, 0, 2));
}

TEST(ScalingDecisionTest, ShrinksTaskThenCoreAndSpotThenOnDemand) {
  EXPECT_EQ(DecideScaling(Pools(4, 0, 1, 5), kBounds, 7), Pools(4, 0, 1, 2));
  EXPECT_EQ(DecideScaling(Pools(4, 0, 1, 5), kBounds, 3), Pools(3, 0, 0, 0));
  EXPECT_EQ(DecideScaling(Pools(2, 2, 0, 0), kBounds, 3), Pools(2, 1, 0, 0));
}

TEST(ScalingDecisionTest, StaysWithinItsBounds) {
  EXPECT_EQ(DecideScaling(Pools(2, 0, 0, 0), kBounds, 99), Pools(4, 0, 0, 6));
  EXPECT_EQ(DecideScaling(Pools(4, 0, 0, 6), kBounds, 0), Pools(2, 0, 0, 0));
  EXPECT_EQ(DecideScaling(Pools(1, 0, 0, 0), kBounds, 1), Pools(2, 0, 0, 0));
  EXPECT_EQ(DecideScaling(Pools(3, 0, 0, 1), kBounds, 4), Pools(3, 0, 0, 1));
}

TEST(ScalingDecisionTest, GroupsHaveOneMarket) {
  std::vector<ScalablePool> groups = Pools(2, 0, 0, 0);
  groups[0].takes_spot = false;
  groups[1].takes_spot = false;
  // Neither may take spot, and on-demand ends at four.
  const auto wanted = DecideScaling(groups, kBounds, 10);
  EXPECT_EQ(wanted[0].on_demand, 4);
  EXPECT_EQ(wanted[1].on_demand + wanted[1].spot, 0);
  groups[1].takes_spot = true;
  groups[1].takes_on_demand = false;
  EXPECT_EQ(DecideScaling(groups, kBounds, 10)[1].spot, 6);
}

TEST(ScalingDecisionTest, CountsUnitsByTheCoresThatRunAndWait) {
  EXPECT_EQ(UnitsNeeded({.cores = 2, .cores_used = 2, .cores_wanted = 0, .units = 2}, 9), 2);
  EXPECT_EQ(UnitsNeeded({.cores = 2, .cores_used = 2, .cores_wanted = 3, .units = 2}, 9), 5);
  EXPECT_EQ(UnitsNeeded({.cores = 8, .cores_used = 1, .cores_wanted = 0, .units = 2}, 9), 1);
  EXPECT_EQ(UnitsNeeded({.cores = 8, .cores_used = 0, .cores_wanted = 0, .units = 2}, 9), 0);
  EXPECT_EQ(UnitsNeeded({.cores = 0, .cores_used = 0, .cores_wanted = 4, .units = 0}, 9), 9);
}

}  // namespace
}  // namespace ember

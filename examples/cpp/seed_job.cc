// The mission's program in C++: average close and greatest volume by ticker and day, ordered by
// day.
//
//     seed_job INPUT_FOLDER OUTPUT_FOLDER
#include <cstdio>

#include <ember/functions.h>
#include <ember/session.h>

int main(int argc, char** argv) {
  using namespace ember::functions;
  if (argc != 3) {
    std::fprintf(stderr, "usage: seed_job INPUT_FOLDER OUTPUT_FOLDER\n");
    return 2;
  }
  auto session = ember::SparkSession::Local();
  if (!session.ok()) {
    std::fprintf(stderr, "seed_job: %s\n", session.error().ToString().c_str());
    return 1;
  }
  auto written =
      session->Read()
          .Parquet(argv[1])
          .GroupBy({"ticker", "date"})
          .Agg({avg("close_price").Alias("avg_price"), max("volume").Alias("max_volume")})
          .OrderBy({"date"})
          .Write()
          .Parquet(argv[2]);
  if (!written.ok()) {
    std::fprintf(stderr, "seed_job: %s\n", written.error().ToString().c_str());
    return 1;
  }
  std::printf("%lld rows in %zu files under %s\n", static_cast<long long>(written->rows),
              written->files.size(), argv[2]);
  return 0;
}

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aws/http.h"
#include "cluster/master_json.h"
#include "cluster/spark_process.h"
#include "emulator/process_watch.h"
#include "emulator/spark_load.h"
#include "emulator/spark_nodes.h"
#include "emulator/step_process.h"

namespace ember {

/// EmulatedSpark over the processes of a Spark standalone cluster. Every process has variables in
/// its environment by which it is found: that of the cluster, and that of its node or step, which
/// executors inherit from their worker.
class StandaloneSpark final : public EmulatedSpark {
 public:
  StandaloneSpark() = default;
  StandaloneSpark(const StandaloneSpark&) = delete;
  StandaloneSpark& operator=(const StandaloneSpark&) = delete;
  ~StandaloneSpark() override;

  Status Start(const EmulatedSparkOptions& options, const std::stop_token& stop) override;
  Status AddNode(const EmulatedNode& node) override;
  Result<bool> IsNodeReady(const std::string& instance_id) override;
  Status DecommissionNode(const std::string& instance_id) override;
  Status RemoveNode(const std::string& instance_id) override;
  Result<EmulatedLoad> Load() override;
  Status StartStep(const EmulatedStep& step) override;
  Result<std::optional<EmulatedStepEnd>> StepEnd(const std::string& step_id) override;
  Status CancelStep(const std::string& step_id) override;
  std::string StepLogFolder(const std::string& step_id) const override;
  int connect_port() const override { return connect_port_; }
  Status Stop() override;

 private:
  struct Node {
    ProcessIdentity worker;
    int port = 0;
  };
  // A driver whose page can be asked.
  struct Driver {
    ProcessIdentity process;
    int web_port = 0;
    std::string application;  // its id, once it is known
  };

  Status Prepare(const std::stop_token& stop);
  Status StartMaster(const std::stop_token& stop);
  Status StartConnectServer();
  Status WaitForPorts(const ProcessIdentity& process, const std::string& log,
                      const std::vector<int>& ports, const std::stop_token& stop);
  Result<ProcessIdentity> StartProcess(const std::string& name, const std::string& variable,
                                       const std::string& conf_folder,
                                       std::vector<std::string> arguments);
  std::map<std::string, std::string> Settings() const;
  Status WriteDriverConfiguration(const std::string& folder, int web_port, int connect_port);
  SparkProcessGround Ground(const std::string& variable, const std::string& conf_folder) const;
  Result<std::string> Fetch(const std::string& url);
  Result<MasterAnswer> AskMaster();
  void AskDriver(Driver& driver, OpenTasks& open_tasks);
  Result<StepProcess> MakeStep(const EmulatedStep& step);
  std::string Variable(std::string_view name, const std::string& value) const;
  Status End(const std::string& variable, int64_t patience_ms);

  EmulatedSparkOptions options_;
  std::map<std::string, std::string> storage_settings_;
  std::string id_;
  EmulatedNode smallest_;  // what executors are made to fit
  int master_port_ = 0;
  int web_port_ = 0;
  int connect_port_ = 0;
  std::unique_ptr<HttpClient> http_;
  std::unique_ptr<ProcessWatch> watch_;
  std::map<std::string, Node> nodes_;         // by instance id
  std::map<std::string, StepProcess> steps_;  // by step id
  std::vector<Driver> drivers_;
  std::vector<ProcessIdentity> started_;
};

}  // namespace ember

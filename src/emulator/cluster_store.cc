#include "emulator/cluster_store.h"

#include <fmt/format.h>

#include "emulator/cluster_lifecycle.h"
#include "emulator/cluster_runner.h"

namespace ember {
namespace {

// How AWS writes the rest of an id, by its prefix.
std::string RestOfId(std::string_view prefix, std::mt19937_64& random) {
  const bool is_ec2 = prefix == "i-";
  const std::string_view letters =
      is_ec2 ? "0123456789abcdef" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  std::string rest;
  for (int i = is_ec2 ? 17 : 13; i > 0; --i) rest += letters[random() % letters.size()];
  return rest;
}

}  // namespace

struct ClusterStore::Slot {
  ClusterRecord record;
  std::unique_ptr<ClusterRunner> runner;
};

ClusterStore::ClusterStore(EmulatorSettings settings, EventJournal& journal)
    : settings_(std::move(settings)), journal_(journal), random_(std::random_device()()) {}

ClusterStore::~ClusterStore() {
  // Side by side: each may take seconds.
  std::vector<std::thread> stopping;
  for (auto& [id, slot] : slots_)
    stopping.emplace_back([runner = slot->runner.get()] { runner->Stop(); });
  for (std::thread& thread : stopping) thread.join();
}

ClusterWorldView ClusterStore::View() {
  ClusterWorldView view;
  view.now_us = settings_.now_us();
  view.speed = settings_.speed;
  view.faults = &faults_;
  view.journal = &journal_;
  view.facts = &facts_;
  view.spot_loss_s = settings_.spot_loss_s;
  view.node_cores = settings_.node_cores;
  view.node_memory_mb = settings_.node_memory_mb;
  view.new_id = [this](std::string_view prefix) { return NewId(prefix); };
  return view;
}

std::string ClusterStore::NewId(std::string_view prefix) {
  return std::string(prefix) + RestOfId(prefix, random_);
}

ClusterRecord* ClusterStore::Find(const std::string& id) {
  const auto found = slots_.find(id);
  return found == slots_.end() ? nullptr : &found->second->record;
}

std::vector<ClusterRecord*> ClusterStore::All() {
  std::vector<ClusterRecord*> all;
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) all.push_back(&slots_[*id]->record);
  return all;
}

ClusterRecord& ClusterStore::Add(ClusterRecord cluster) {
  auto slot = std::make_unique<Slot>();
  slot->record = std::move(cluster);
  slot->record.region = settings_.region;
  ClusterRecord& record = slot->record;
  journal_.Add(record.times.created_us, "cluster_state", record.id,
               {{"state", record.state.name}, {"name", record.request["Name"]}});
  slot->runner = std::make_unique<ClusterRunner>(*this, record);
  if (settings_.has_threads) slot->runner->StartThread();
  order_.push_back(record.id);
  slots_[record.id] = std::move(slot);
  return record;
}

void ClusterStore::Settle(const ClusterRecord& cluster) {
  if (cluster.is_ending()) slots_.at(cluster.id)->runner->StopStarting();
}

SessionGateway* ClusterStore::Gateway(const std::string& cluster_id) {
  const auto found = slots_.find(cluster_id);
  return found == slots_.end() ? nullptr : found->second->runner->gateway();
}

void ClusterStore::Advance() {
  std::vector<ClusterRunner*> runners;
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& id : order_) runners.push_back(slots_[id]->runner.get());
  }
  for (ClusterRunner* runner : runners) runner->RunOnce();
}

}  // namespace ember

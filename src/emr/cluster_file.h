#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emr/finding.h"
#include "yaml/location.h"

namespace ember {

/// "256MiB", "1.5 TB", "1000": a number of bytes.
struct ByteSize {
  int64_t bytes = 0;
};

struct EmrInstanceType {
  std::string name;
  int weight = 1;    // of a fleet's capacity units
  std::string path;  // of the key that names it, for findings
  bool has_weight = false;
};

struct EmrVolumes {
  std::string type = "gp3";
  int size_gb = 64;
  int count = 1;
  int iops = 0;              // 0: the type's own
  int throughput_mib_s = 0;  // 0: the type's own
};

/// One kind of nodes: a group of one type, or a fleet of several.
struct EmrNodes {
  std::vector<EmrInstanceType> types;
  int count = -1;                    // groups; below 0: not said
  std::string market = "on_demand";  // groups
  int on_demand_units = -1;          // fleets; below 0: not said
  int spot_units = -1;               // fleets; below 0: not said
  int bid_percent = 0;               // of the on-demand price; 0: EMR's own (100 %)
  std::string spot_strategy;         // fleets; empty: EMR's own
  std::string on_demand_strategy;    // fleets
  int spot_timeout_minutes = 20;     // fleets
  std::string spot_timeout_action = "switch_to_on_demand";
  std::optional<EmrVolumes> volumes;  // empty: EMR's own
};

struct EmrScaling {
  std::string unit;  // empty: instances, or fleet_units with fleets
  int min = 0;
  int max = 0;
  int max_core = 0;       // 0: the core nodes that the file asks for
  int max_on_demand = 0;  // 0: as max_core
};

struct EmrNetwork {
  bool create = false;
  std::string cidr = "10.20.0.0/16";
  std::vector<std::string> zones;
  bool nat = true;
  std::vector<std::string> endpoints;  // interface endpoints: "logs", "sts", …
  std::string vpc;
  std::vector<std::string> subnets;
  std::string master_security_group;
  std::string core_security_group;
  std::string service_security_group;
  bool is_private = true;
  bool is_tagged = false;  // the existing network carries the tag of EMR's managed policies
};

struct EmrLifetime {
  int idle_minutes = 60;  // 0: never
  bool keep_alive = true;
  bool termination_protection = false;
};

struct EmrRoles {
  bool create = true;
  std::string service;
  std::string instance_profile;
};

struct EmrSecurity {
  std::string kms_key;  // empty: none; "create"; an ARN
  bool at_rest = true;
  std::string tls_certificates;  // s3://….zip
  bool imdsv2 = true;
  int hop_limit = 1;
  bool block_public_access = true;
  std::string ssh_key;
  std::string configuration;  // name of an existing security configuration
};

struct EmrStorage {
  std::string bucket;
  bool create = false;
  std::string logs;  // empty: s3://BUCKET/logs/emr/
  std::string log_region;
  std::string raw_prefix = "raw/";
  int abort_multipart_days = 7;
  int infrequent_access_days = 90;
  std::vector<std::string> read;   // more that the nodes may read
  std::vector<std::string> write;  // and write
};

struct EmrCatalog {
  std::string type = "none";
  std::string database;
  std::string location;
};

struct EmrSpark {
  std::string sizing = "auto";
  ByteSize input;  // 0: not said
  int executor_cores = 0;
  int executor_memory_mb = 0;
  int executors_per_node = 0;
  int driver_memory_mb = 0;
  int shuffle_partitions = 0;
  std::map<std::string, std::string> settings;
};

struct EmrConnect {
  std::string mode = "off";
  int idle_minutes = 60;
};

struct EmrDistCp {
  std::string src;
  std::string dest;
  std::string src_pattern;
  std::string group_by;
  ByteSize target_size;
  std::string output_codec;
  bool delete_on_success = false;
  int multipart_chunk_mib = 0;
  std::string output_manifest;
  std::string previous_manifest;
  bool copy_from_manifest = false;
};

struct EmrSparkJob {
  std::string program;
  std::string main_class;
  std::vector<std::string> arguments;
  std::vector<std::string> py_files;
  std::vector<std::string> jars;
  std::string deploy_mode = "cluster";
  std::map<std::string, std::string> settings;
};

struct EmrStep {
  std::string name;
  std::string on_failure = "continue";
  std::optional<EmrDistCp> dist_cp;
  std::optional<EmrSparkJob> spark;
  std::vector<std::string> command;
};

struct EmrBootstrap {
  std::string name;
  std::string path;
  std::vector<std::string> arguments;
};

struct EmrMonitoring {
  bool alarms = true;
  bool dashboard = true;
  bool agent = false;
  std::string email;
  std::string log_group;
  int log_days = 30;
  int idle_alarm_minutes = 30;
};

struct EmrLimits {
  double usd_per_hour = 0;  // 0: none
  double usd_per_run = 0;
  double usd_per_month = 0;
  double hours = 1;  // of a run, for the estimate
};

struct EmrConfiguration {
  std::string classification;
  std::map<std::string, std::string> properties;
};

/// A cluster file: what it says, with Ember's defaults for what it does not say.
struct EmrCluster {
  std::string file;
  std::string name;
  std::string description;
  std::string region;
  std::string release = "emr-7.13.0";
  std::string instances = "groups";
  std::vector<std::string> applications = {"Spark"};
  EmrNetwork network;
  EmrNodes master;
  EmrNodes core;
  std::optional<EmrNodes> task;
  std::optional<EmrScaling> scaling;
  EmrLifetime lifetime;
  EmrRoles roles;
  EmrSecurity security;
  EmrStorage storage;
  EmrCatalog catalog;
  EmrSpark spark;
  EmrConnect connect;
  std::vector<EmrStep> steps;
  int step_concurrency = 1;
  std::vector<EmrBootstrap> bootstrap;
  EmrMonitoring monitoring;
  EmrLimits limits;
  std::map<std::string, std::string> tags;
  int root_volume_gb = 0;  // 0: EMR's own
  std::vector<EmrConfiguration> configurations;

  /// Where each key of the file stands, by its path ("core.types[2]", "steps[1].spark.program").
  std::map<std::string, Location> positions;

  bool IsSet(const std::string& path) const { return positions.contains(path); }
  /// Where `path` stands, or the nearest thing around it; 1:1 when that is the file.
  Location Where(const std::string& path) const;
  bool HasFleets() const { return instances == "fleets"; }
  std::string LogUri() const;
};

/// A cluster file as far as it can be read, and everything that is wrong with its form.
struct EmrReading {
  EmrCluster cluster;
  std::vector<EmrFinding> findings;
};
EmrReading ReadEmrCluster(std::string file, const std::string& text);

/// A key of a cluster file, for `ember emr keys`.
struct EmrKeyDoc {
  std::string path;
  std::string form;
  std::string doc;
};
std::vector<EmrKeyDoc> EmrKeyDocs();

/// "256MiB", "1.5 TB", "1000"; nothing where the text is no size.
std::optional<ByteSize> ParseByteSize(std::string_view text);

}  // namespace ember

#include "cli/emr_lease.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/uuid.h"

namespace ember {
namespace {

// A session that this process holds is at work; one that is kept waits for somebody.
constexpr int kHeldIdleMinutes = 20;
constexpr int kKeptIdleMinutes = 60;
constexpr int kMaxIdleMinutes = 24 * 60;

}  // namespace

Result<EmrAddress> ParseEmrAddress(std::string_view on) {
  EmrAddress address;
  on.remove_prefix(std::min(on.size(), kEmrScheme.size()));
  size_t end = on.find(';');
  address.cluster = on.substr(0, end);
  if (address.cluster.empty())
    return InvalidInput("--on emr: needs a cluster behind it: its name, its id or its file");
  while (end != std::string_view::npos) {
    on.remove_prefix(end + 1);
    end = on.find(';');
    const std::string_view parameter = on.substr(0, end);
    const auto value = parameter.substr(std::min(parameter.size(), parameter.find('=') + 1));
    if (parameter == "keep=true" || parameter == "keep=false") {
      address.is_kept = value == "true";
      continue;
    }
    const auto [last, code] =
        std::from_chars(value.data(), value.data() + value.size(), address.idle_minutes);
    const bool is_number = code == std::errc() && last == value.data() + value.size();
    if (parameter.starts_with("idle=") && is_number && address.idle_minutes >= 1 &&
        address.idle_minutes <= kMaxIdleMinutes) {
      continue;
    }
    if (!parameter.empty()) {
      return InvalidInput(
          fmt::format("--on emr:…: '{}' is neither keep=true nor idle=MINUTES, with "
                      "1 to {} minutes",
                      parameter, kMaxIdleMinutes));
    }
  }
  return address;
}

Status EmrLease::CheckCluster(const EngineFlags& flags, const std::stop_token& stop) {
  ASSIGN_OR_RETURN(const EmrAddress address, ParseEmrAddress(flags.on));
  ASSIGN_OR_RETURN(const auto access, AccessToEmrCluster(address.cluster));
  ASSIGN_OR_RETURN(const RunningCluster cluster,
                   ResolveEmrCluster(*access->api, address.cluster, stop));
  return CheckEmrSessions(cluster);
}

Result<std::unique_ptr<EmrLease>> EmrLease::Start(const EngineFlags& flags,
                                                  const std::stop_token& stop) {
  std::unique_ptr<EmrLease> lease(new EmrLease);
  ASSIGN_OR_RETURN(const EmrAddress address, ParseEmrAddress(flags.on));
  ASSIGN_OR_RETURN(lease->access_, AccessToEmrCluster(address.cluster));
  EmrAccess& access = *lease->access_;
  ASSIGN_OR_RETURN(const RunningCluster cluster,
                   ResolveEmrCluster(*access.api, address.cluster, stop));
  RETURN_IF_ERROR(CheckEmrSessions(cluster));
  lease->cluster_id_ = cluster.id;
  lease->is_kept_ = address.is_kept;
  lease->ca_file_ =
      flags.ca_file.empty() ? access.host->Variable("AWS_CA_BUNDLE").value_or("") : flags.ca_file;
  EmrSessionOptions options;
  options.name = "ember-" + NewUuid();
  options.idle_minutes = address.idle_minutes != 0 ? address.idle_minutes
                         : address.is_kept         ? kKeptIdleMinutes
                                                   : kHeldIdleMinutes;
  lease->idle_minutes_ = options.idle_minutes;
  std::string state;
  const auto observe = [&](const EmrSession& session) {
    if (session.state == state) return;
    state = session.state;
    if (flags.verbose) fmt::print(stderr, "ember: session {} is {}\n", session.id, state);
  };
  ASSIGN_OR_RETURN(const EmrSession session,
                   StartEmrSession(*access.api, *access.host, cluster.id, options, observe, stop));
  // From here on the lease ends it, whatever fails.
  lease->session_id_ = session.id;
  lease->endpoint_ =
      std::make_unique<EmrSessionEndpoint>(*access.api, *access.host, cluster.id, session.id);
  ASSIGN_OR_RETURN(lease->address_, lease->endpoint_->Address(stop));
  return lease;
}

EmrLease::~EmrLease() {
  if (session_id_.empty()) return;
  if (is_kept_) {
    fmt::print(stderr, "ember: session {} is kept; it ends by: ember emr sessions {} --end {}\n",
               session_id_, cluster_id_, session_id_);
    return;
  }
  const Status ended = EndEmrSession(*access_->api, *access_->host, cluster_id_, session_id_);
  if (ended.ok()) return;
  fmt::print(stderr,
             "ember: session {} could not be ended, and EMR ends it after {} minutes idle: {}\n"
             "ember: end it by: ember emr sessions {} --end {}\n",
             session_id_, idle_minutes_, ended.error().ToString(), cluster_id_, session_id_);
}

ConnectOptions EmrLease::Options() {
  ConnectOptions options;
  options.ca_file = ca_file_;
  options.headers = [endpoint = endpoint_.get()](HeaderNeed need) {
    return endpoint->CallHeaders(need == HeaderNeed::kNew ? TokenNeed::kNew : TokenNeed::kGood);
  };
  return options;
}

std::string EmrLease::Describe() const {
  return fmt::format("session {} of cluster {}", session_id_, cluster_id_);
}

Error EmrLease::Explain(Error error) {
  if (error.error_class == ErrorClass::kCancelled) return error;
  const auto session = DescribeEmrSession(*access_->api, cluster_id_, session_id_, {});
  if (session.ok() && !session->is_live()) {
    error.message += fmt::format(" EMR says of session {}: {}{}{}.", session_id_, session->state,
                                 session->reason.empty() ? "" : ", ", session->reason);
  }
  return error;
}

}  // namespace ember

#include "server/server.h"
#include "base/crc32.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/uuid.h"
#include "batch/batch.h"
#include "server/artifact_receiver.h"
#include "server/fake_session.h"
#include "spark/connect/base.grpc.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using proto::ExecutePlanResponse;

class NumberStream final : public BatchStream {
 public:
  NumberStream(Range range, std::stop_token stop)
      : range_(range), next_(range.start), stop_(std::move(stop)) {}
  const Schema& schema() const override { return *schema_; }
  Result<std::optional<Batch>> Next() override {
    while (range_.start == 99 && !stop_.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (stop_.stop_requested()) return MakeError("OPERATION_CANCELED", {});
    std::vector<std::vector<Value>> rows;
    for (; next_ < range_.end && rows.size() < 10; next_ += range_.step) rows.push_back({{next_}});
    if (rows.empty()) return std::optional<Batch>();
    ASSIGN_OR_RETURN(Batch batch, BatchFromRows(schema_, rows));
    return std::optional<Batch>(std::move(batch));
  }

 private:
  Range range_;
  int64_t next_;
  std::stop_token stop_;
  std::shared_ptr<const Schema> schema_ =
      std::make_shared<const Schema>(Schema{{"id", LongType(), false}});
};

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto server = Server::Start({.secret = "s3cret"}, sessions_);
    ASSERT_TRUE(server.ok()) << server.error().ToString();
    server_ = *std::move(server);
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    stub_ = proto::SparkConnectService::NewStub(
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(server_->port()),
                                  grpc::InsecureChannelCredentials(), arguments));
  }

  static void Authorize(grpc::ClientContext& context) {
    context.AddMetadata("x-ember-secret", "s3cret");
  }

  template <typename Request>
  Request ForSession() const {
    Request request;
    request.set_session_id(session_id_);
    request.mutable_user_context()->set_user_id("me");
    return request;
  }

  proto::ExecutePlanRequest RangeRequest(int64_t start, int64_t end) const {
    auto request = ForSession<proto::ExecutePlanRequest>();
    auto* range = request.mutable_plan()->mutable_root()->mutable_range();
    range->set_start(start);
    range->set_end(end);
    range->set_step(1);
    request.set_operation_id(NewUuid());
    request.add_request_options()->mutable_reattach_options()->set_reattachable(true);
    return request;
  }

  struct Answer {
    std::vector<ExecutePlanResponse> responses;
    grpc::Status status;
  };
  Answer Execute(const proto::ExecutePlanRequest& request) {
    grpc::ClientContext context;
    Authorize(context);
    return ReadAll(stub_->ExecutePlan(&context, request));
  }
  static Answer ReadAll(std::unique_ptr<grpc::ClientReader<ExecutePlanResponse>> reader) {
    Answer answer;
    ExecutePlanResponse response;
    while (reader->Read(&response)) answer.responses.push_back(response);
    answer.status = reader->Finish();
    return answer;
  }
  Answer Reattach(const std::string& operation, const std::string& after) {
    auto request = ForSession<proto::ReattachExecuteRequest>();
    request.set_operation_id(operation);
    if (!after.empty()) request.set_last_response_id(after);
    grpc::ClientContext context;
    Authorize(context);
    return ReadAll(stub_->ReattachExecute(&context, request));
  }

  static google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    EXPECT_TRUE(details.ParseFromString(status.error_details()));
    EXPECT_TRUE(details.details_size() == 1 && details.details(0).UnpackTo(&info));
    return info;
  }

  const std::string session_id_ = NewUuid();
  std::shared_ptr<FakeSessions> sessions_ = std::make_shared<FakeSessions>();
  std::unique_ptr<Server> server_;
  std::unique_ptr<proto::SparkConnectService::Stub> stub_;
};

TEST_F(ServerTest, AnswersNothingWithoutTheSecret) {
  for (const char* secret : {"", "wrong!", "s3cret2"}) {
    grpc::ClientContext context;
    if (*secret != 0) context.AddMetadata("x-ember-secret", secret);
    proto::ConfigResponse response;
    const auto status = stub_->Config(&context, ForSession<proto::ConfigRequest>(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << secret;
    grpc::ClientContext stream_context;
    EXPECT_EQ(ReadAll(stub_->ExecutePlan(&stream_context, RangeRequest(0, 1))).status.error_code(),
              grpc::StatusCode::UNAUTHENTICATED);
  }
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer s3cret");
  proto::ConfigResponse response;
  auto request = ForSession<proto::ConfigRequest>();
  request.mutable_operation()->mutable_get_all();
  EXPECT_TRUE(stub_->Config(&context, request, &response).ok());
}

TEST_F(ServerTest, SendsTheSchemaThenBatchesThenTheEnd) {
  const Answer answer = Execute(RangeRequest(0, 25));
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.responses.size(), 5u);
  EXPECT_EQ(answer.responses[0].schema().struct_().fields(0).name(), "id");
  int64_t offset = 0;
  std::set<std::string> ids;
  for (const auto& response : answer.responses) {
    EXPECT_EQ(response.session_id(), session_id_);
    EXPECT_TRUE(ids.insert(response.response_id()).second);
    if (!response.has_arrow_batch()) continue;
    EXPECT_EQ(response.arrow_batch().start_offset(), offset);
    const auto batches = ReadIpcStream(response.arrow_batch().data());
    ASSERT_TRUE(batches.ok());
    ASSERT_EQ(batches->size(), 1u);
    EXPECT_EQ((*batches)[0].row_count(), response.arrow_batch().row_count());
    offset += response.arrow_batch().row_count();
  }
  EXPECT_EQ(offset, 25);
  EXPECT_TRUE(answer.responses.back().has_result_complete());
}

TEST_F(ServerTest, AnEmptyResultHasOneEmptyBatch) {
  const Answer answer = Execute(RangeRequest(0, 0));
  ASSERT_EQ(answer.responses.size(), 3u);
  EXPECT_TRUE(answer.responses[1].has_arrow_batch());
  EXPECT_EQ(answer.responses[1].arrow_batch().row_count(), 0);
}

TEST_F(ServerTest, ErrorsCarryConditionClassesAndDetails) {
  const Answer answer = Execute(RangeRequest(13, 14));
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INTERNAL);
  const auto info = InfoOf(answer.status);
  EXPECT_EQ(info.reason(), "org.apache.spark.SparkArithmeticException");
  EXPECT_EQ(info.domain(), "org.apache.spark");
  EXPECT_EQ(info.metadata().at("errorClass"), "DIVIDE_BY_ZERO");
  EXPECT_EQ(info.metadata().at("sqlState"), "22012");
  EXPECT_EQ(nlohmann::json::parse(info.metadata().at("messageParameters"))["config"], "x");
  auto request = ForSession<proto::FetchErrorDetailsRequest>();
  request.set_error_id(info.metadata().at("errorId"));
  grpc::ClientContext context;
  Authorize(context);
  proto::FetchErrorDetailsResponse details;
  ASSERT_TRUE(stub_->FetchErrorDetails(&context, request, &details).ok());
  EXPECT_EQ(details.errors(0).spark_throwable().error_class(), "DIVIDE_BY_ZERO");
  EXPECT_EQ(details.errors(0).spark_throwable().message_parameters().at("config"), "x");
  EXPECT_EQ(details.errors(0).error_type_hierarchy(1), "java.lang.ArithmeticException");
}

TEST_F(ServerTest, AStreamCanBeReattachedUntilItIsReleased) {
  const auto request = RangeRequest(0, 25);
  const Answer answer = Execute(request);
  ASSERT_EQ(answer.responses.size(), 5u);
  const Answer rest = Reattach(request.operation_id(), answer.responses[1].response_id());
  ASSERT_EQ(rest.responses.size(), 3u);
  EXPECT_EQ(rest.responses[0].response_id(), answer.responses[2].response_id());
  EXPECT_TRUE(rest.responses[2].has_result_complete());
  EXPECT_EQ(Reattach(request.operation_id(), "").responses.size(), 5u);

  auto release = ForSession<proto::ReleaseExecuteRequest>();
  release.set_operation_id(request.operation_id());
  release.mutable_release_until()->set_response_id(answer.responses[1].response_id());
  grpc::ClientContext until_context;
  Authorize(until_context);
  proto::ReleaseExecuteResponse released;
  ASSERT_TRUE(stub_->ReleaseExecute(&until_context, release, &released).ok());
  EXPECT_EQ(InfoOf(Reattach(request.operation_id(), "").status).metadata().at("errorClass"),
            "INVALID_CURSOR.POSITION_NOT_AVAILABLE");
  // The last response that was released is still a place to go on from.
  EXPECT_EQ(Reattach(request.operation_id(), answer.responses[1].response_id()).responses.size(),
            3u);
  EXPECT_EQ(Reattach(request.operation_id(), answer.responses[2].response_id()).responses.size(),
            2u);
  EXPECT_EQ(InfoOf(Reattach(request.operation_id(), answer.responses[0].response_id()).status)
                .metadata()
                .at("errorClass"),
            "INVALID_CURSOR.POSITION_NOT_FOUND");

  release.mutable_release_all();
  grpc::ClientContext all_context;
  Authorize(all_context);
  ASSERT_TRUE(stub_->ReleaseExecute(&all_context, release, &released).ok());
  EXPECT_EQ(InfoOf(Reattach(request.operation_id(), "").status).metadata().at("errorClass"),
            "INVALID_HANDLE.OPERATION_NOT_FOUND");
}

TEST_F(ServerTest, ADroppedStreamGoesOnAndIsReattached) {
  const auto request = RangeRequest(0, 25);
  std::string last;
  {
    grpc::ClientContext context;
    Authorize(context);
    auto reader = stub_->ExecutePlan(&context, request);
    ExecutePlanResponse response;
    ASSERT_TRUE(reader->Read(&response));
    last = response.response_id();
    context.TryCancel();
    reader->Finish();
  }
  const Answer rest = Reattach(request.operation_id(), last);
  EXPECT_TRUE(rest.status.ok()) << rest.status.error_message();
  EXPECT_EQ(rest.responses.size(), 4u);
}

TEST_F(ServerTest, OperationsAreInterruptedByTag) {
  auto request = RangeRequest(99, 100);
  request.add_tags("mine");
  std::thread interrupter([&] {
    proto::InterruptResponse response;
    while (response.interrupted_ids().empty()) {
      auto interrupt = ForSession<proto::InterruptRequest>();
      interrupt.set_interrupt_type(proto::InterruptRequest::INTERRUPT_TYPE_TAG);
      interrupt.set_operation_tag("mine");
      grpc::ClientContext context;
      Authorize(context);
      ASSERT_TRUE(stub_->Interrupt(&context, interrupt, &response).ok());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(response.interrupted_ids(0), request.operation_id());
  });
  const Answer answer = Execute(request);
  interrupter.join();
  EXPECT_EQ(InfoOf(answer.status).metadata().at("errorClass"), "OPERATION_CANCELED");
  EXPECT_EQ(InfoOf(answer.status).reason(), "org.apache.spark.SparkSQLException");
}

TEST_F(ServerTest, SqlQueriesComeBackAndCommandsAnswerRows) {
  auto request = ForSession<proto::ExecutePlanRequest>();
  auto* sql = request.mutable_plan()->mutable_command()->mutable_sql_command();
  sql->mutable_input()->mutable_sql()->set_query("SELECT 1");
  Answer answer = Execute(request);
  ASSERT_EQ(answer.responses.size(), 2u) << answer.status.error_message();
  EXPECT_EQ(answer.responses[0].sql_command_result().relation().sql().query(), "SELECT 1");
  sql->mutable_input()->mutable_sql()->set_query("SET k");
  answer = Execute(request);
  ASSERT_EQ(answer.responses.size(), 2u);
  EXPECT_TRUE(answer.responses[0].sql_command_result().relation().has_local_relation());
}

TEST_F(ServerTest, ArtifactsOfACacheAreCheckedAndKept) {
  const std::string bytes(100'000, 'x');
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926u);
  auto first = ForSession<proto::AddArtifactsRequest>();
  first.mutable_begin_chunk()->set_name("cache/abc");
  first.mutable_begin_chunk()->set_num_chunks(2);
  first.mutable_begin_chunk()->mutable_initial_chunk()->set_data(bytes);
  first.mutable_begin_chunk()->mutable_initial_chunk()->set_crc(Crc32(bytes));
  auto second = ForSession<proto::AddArtifactsRequest>();
  second.mutable_chunk()->set_data("y");
  second.mutable_chunk()->set_crc(Crc32("y"));
  auto bad = ForSession<proto::AddArtifactsRequest>();
  auto* artifact = bad.mutable_batch()->add_artifacts();
  artifact->set_name("cache/bad");
  artifact->mutable_data()->set_data("z");
  grpc::ClientContext context;
  Authorize(context);
  proto::AddArtifactsResponse response;
  auto writer = stub_->AddArtifacts(&context, &response);
  for (const auto& message : {first, second, bad}) writer->Write(message);
  writer->WritesDone();
  ASSERT_TRUE(writer->Finish().ok());
  ASSERT_EQ(response.artifacts_size(), 2);
  EXPECT_TRUE(response.artifacts(0).is_crc_successful());
  EXPECT_FALSE(response.artifacts(1).is_crc_successful());
  auto request = ForSession<proto::ArtifactStatusesRequest>();
  request.add_names("cache/abc");
  request.add_names("cache/bad");
  grpc::ClientContext status_context;
  Authorize(status_context);
  proto::ArtifactStatusesResponse statuses;
  ASSERT_TRUE(stub_->ArtifactStatus(&status_context, request, &statuses).ok());
  EXPECT_TRUE(statuses.statuses().at("cache/abc").exists());
  EXPECT_FALSE(statuses.statuses().at("cache/bad").exists());
}

TEST_F(ServerTest, ConfigKeysAreSetAskedAndListed) {
  auto request = ForSession<proto::ConfigRequest>();
  auto* pair = request.mutable_operation()->mutable_set()->add_pairs();
  pair->set_key("a.b");
  pair->set_value("1");
  const auto call = [&](proto::ConfigResponse* response) {
    grpc::ClientContext context;
    Authorize(context);
    return stub_->Config(&context, request, response);
  };
  proto::ConfigResponse response;
  ASSERT_TRUE(call(&response).ok());
  request.mutable_operation()->mutable_get_all()->set_prefix("a.");
  ASSERT_TRUE(call(&response).ok());
  EXPECT_EQ(response.pairs(0).key(), "b");
  EXPECT_EQ(response.pairs(0).value(), "1");
  request.mutable_operation()->mutable_get()->add_keys("none");
  EXPECT_EQ(InfoOf(call(&response)).metadata().at("errorClass"), "SQL_CONF_NOT_FOUND");
  request.mutable_operation()->mutable_get_option()->add_keys("none");
  ASSERT_TRUE(call(&response).ok());
  EXPECT_FALSE(response.pairs(0).has_value());
}

TEST_F(ServerTest, PlansMayNestDeeply) {
  auto request = ForSession<proto::AnalyzePlanRequest>();
  auto* relation = request.mutable_schema()->mutable_plan()->mutable_root();
  for (int i = 0; i < 400; ++i) {
    relation->mutable_limit()->set_limit(i);
    relation = relation->mutable_limit()->mutable_input();
  }
  relation->mutable_range()->set_end(1);
  grpc::ClientContext context;
  Authorize(context);
  proto::AnalyzePlanResponse response;
  const auto status = stub_->AnalyzePlan(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.schema().schema().struct_().fields(0).name(), "id");
}

TEST_F(ServerTest, AReleasedSessionIsClosed) {
  ASSERT_TRUE(Execute(RangeRequest(0, 1)).status.ok());
  grpc::ClientContext context;
  Authorize(context);
  proto::ReleaseSessionResponse response;
  ASSERT_TRUE(
      stub_->ReleaseSession(&context, ForSession<proto::ReleaseSessionRequest>(), &response).ok());
  EXPECT_EQ(InfoOf(Execute(RangeRequest(0, 1)).status).metadata().at("errorClass"),
            "INVALID_HANDLE.SESSION_CLOSED");
  auto observed = RangeRequest(0, 1);
  observed.set_session_id(NewUuid());
  observed.set_client_observed_server_side_session_id("old");
  EXPECT_EQ(InfoOf(Execute(observed).status).metadata().at("errorClass"),
            "INVALID_HANDLE.SESSION_CHANGED");
  observed.set_session_id("not a uuid");
  EXPECT_EQ(InfoOf(Execute(observed).status).metadata().at("errorClass"), "INVALID_HANDLE.FORMAT");
}

TEST_F(ServerTest, StoppingInterruptsWhatRuns) {
  std::thread client([&] { EXPECT_FALSE(Execute(RangeRequest(99, 100)).status.ok()); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server_->Stop();
  client.join();
  server_->Wait();
}

TEST_F(ServerTest, ABusyPortIsAClearError) {
  const auto second = Server::Start({.port = server_->port(), .secret = "x"}, sessions_);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find("in use"), std::string::npos);
  EXPECT_FALSE(Server::Start({.secret = ""}, sessions_).ok());
}

}  // namespace

Result<std::unique_ptr<BatchStream>> FakeSession::Execute(RelationPtr relation,
                                                          ExecuteOptions options) {
  const auto* range = std::get_if<Range>(&relation->node);
  if (range == nullptr) return Unsupported("anything but ranges");
  if (range->start == 13) return MakeError("DIVIDE_BY_ZERO", {{"config", "x"}});
  return std::unique_ptr<BatchStream>(std::make_unique<NumberStream>(*range, options.stop));
}

}  // namespace ember

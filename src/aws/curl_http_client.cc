#include <fcntl.h>
#include <fmt/format.h>
#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>

#include "aws/curl_library.h"
#include "aws/http.h"
#include "aws/uri.h"

namespace ember {
namespace {

/// An easy handle in a multi handle of its own: the connection stays with the pair, and another
/// thread can wake a waiting exchange.
class CurlHandle {
 public:
  explicit CurlHandle(const CurlLibrary& curl)
      : curl_(curl), easy_(curl.easy_init()), multi_(curl.multi_init()) {}
  ~CurlHandle() {
    if (easy_ != nullptr) curl_.easy_cleanup(easy_);
    if (multi_ != nullptr) curl_.multi_cleanup(multi_);
  }
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  bool ok() const { return easy_ != nullptr && multi_ != nullptr; }
  CURL* easy() const { return easy_; }

  CURLcode Perform(const std::stop_token& stop) {
    if (curl_.multi_add_handle(multi_, easy_) != CURLM_OK) return CURLE_FAILED_INIT;
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    {
      std::stop_callback wake(stop, [this] { curl_.multi_wakeup(multi_); });
      int running = 1;
      while (running != 0 && !stop.stop_requested()) {
        if (curl_.multi_perform(multi_, &running) != CURLM_OK) break;
        if (running != 0) curl_.multi_poll(multi_, nullptr, 0, 1000, nullptr);
      }
    }
    int left = 0;
    while (CURLMsg* message = curl_.multi_info_read(multi_, &left)) {
      if (message->msg == CURLMSG_DONE) code = message->data.result;
    }
    curl_.multi_remove_handle(multi_, easy_);
    return code;
  }

 private:
  const CurlLibrary& curl_;
  CURL* easy_;
  CURLM* multi_;
};

/// What libcurl's callbacks see of an exchange.
struct Exchange {
  const HttpRequest* request = nullptr;
  HttpResponse response;
  std::optional<Error> error;  // raised in a callback
  int file = -1;
  int64_t sent = 0;

  int64_t BodySize() const {
    return request->file ? request->file->size : static_cast<int64_t>(request->body.size());
  }
  ~Exchange() {
    if (file >= 0) close(file);
  }
};

size_t TakeHeader(char* data, size_t size, size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  std::string_view line(data, size * count);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {
    // Also the end of an interim answer (100 Continue): the real one begins.
    exchange.response.headers.clear();
    exchange.response.status = 0;
    const size_t space = line.find(' ');
    for (size_t i = space + 1; space != line.npos && i < line.size() && i < space + 4; ++i) {
      exchange.response.status = exchange.response.status * 10 + (line[i] - '0');
    }
    return size * count;
  }
  const size_t colon = line.find(':');
  if (colon == line.npos) return size * count;
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  exchange.response.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return size * count;
}

size_t TakeBody(char* data, size_t size, size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view piece(data, size * count);
  const int status = exchange.response.status;
  if (exchange.request->sink && status >= 200 && status < 300) {
    Status taken = exchange.request->sink(piece);
    if (taken.ok()) return piece.size();
    exchange.error = std::move(taken).error();
    return CURL_WRITEFUNC_ERROR;
  }
  std::string& body = exchange.response.body;
  if (static_cast<int64_t>(body.size() + piece.size()) > exchange.request->max_body_bytes) {
    exchange.error =
        InvalidInput(fmt::format("an answer of more than {} bytes from {}",
                                 exchange.request->max_body_bytes, UrlHost(exchange.request->url)));
    return CURL_WRITEFUNC_ERROR;
  }
  body.append(piece);
  return piece.size();
}

size_t GiveBody(char* data, size_t size, size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const auto wanted =
      std::min<int64_t>(static_cast<int64_t>(size * count), exchange.BodySize() - exchange.sent);
  if (!exchange.request->file) {
    std::memcpy(data, exchange.request->body.data() + exchange.sent, wanted);
    exchange.sent += wanted;
    return wanted;
  }
  const ssize_t got =
      pread(exchange.file, data, wanted, exchange.request->file->offset + exchange.sent);
  if (got < 0 || (got == 0 && wanted > 0)) {
    exchange.error = InvalidInput(fmt::format(
        "\"{}\" became shorter or unreadable while it was sent", exchange.request->file->path));
    return CURL_READFUNC_ABORT;
  }
  exchange.sent += got;
  return got;
}

int SeekBody(void* user, curl_off_t offset, int origin) {
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  static_cast<Exchange*>(user)->sent = offset;
  return CURL_SEEKFUNC_OK;
}

struct CurlCodeRow {
  CURLcode code;
  std::string_view kind;
  std::string_view advice;
};
// Any code that is not here is BROKEN.
constexpr std::string_view kCheckHost = "Check the host name, the network and the proxy settings";
constexpr std::string_view kCheckTls =
    "Check the certificate and AWS_CA_BUNDLE; an endpoint without TLS needs http:// in its address";
constexpr auto kCurlCodes = std::to_array<CurlCodeRow>({
    {CURLE_COULDNT_RESOLVE_PROXY, "CONNECT", kCheckHost},
    {CURLE_COULDNT_RESOLVE_HOST, "CONNECT", kCheckHost},
    {CURLE_COULDNT_CONNECT, "CONNECT", "Check that the address is right and something listens"},
    {CURLE_GOT_NOTHING, "BROKEN",
     "Check the network, or try again; an endpoint with TLS needs https:// in its address"},
    {CURLE_OPERATION_TIMEDOUT, "TIMEOUT", "Check the network, or try again"},
    {CURLE_SSL_CONNECT_ERROR, "TLS", kCheckTls},
    {CURLE_PEER_FAILED_VERIFICATION, "TLS", kCheckTls},
    {CURLE_SSL_CERTPROBLEM, "TLS", kCheckTls},
    {CURLE_SSL_CACERT_BADFILE, "TLS", kCheckTls},
    {CURLE_SSL_CIPHER, "TLS", kCheckTls},
});

class CurlHttpClient final : public HttpClient {
 public:
  CurlHttpClient(std::shared_ptr<const CurlLibrary> curl, HttpClientOptions options)
      : curl_(std::move(curl)), options_(std::move(options)) {}

  Result<HttpResponse> Send(const HttpRequest& request) override {
    if (request.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    RETURN_IF_ERROR(ParseUri(request.url));  // libcurl guesses a scheme where there is none
    Exchange exchange;
    exchange.request = &request;
    if (request.file) {
      exchange.file = open(request.file->path.c_str(), O_RDONLY | O_CLOEXEC);
      if (exchange.file < 0) {
        return InvalidInput(fmt::format("cannot read \"{}\"", request.file->path));
      }
    }
    std::unique_ptr<CurlHandle> handle = Take();
    if (!handle->ok()) return InternalError("libcurl gives no handle");
    CURL* easy = handle->easy();
    curl_->easy_reset(easy);
    curl_slist* headers = nullptr;
    for (const HttpHeader& header : request.headers) {
      // "Name;" is libcurl's form of a header without a value.
      headers = curl_->slist_append(
          headers,
          (header.value.empty() ? header.name + ";" : header.name + ": " + header.value).c_str());
    }
    // No waiting for "100 Continue", and no type of libcurl's own.
    headers = curl_->slist_append(headers, "Expect:");
    if (FindHttpHeader(request.headers, "Accept") == nullptr) {
      headers = curl_->slist_append(headers, "Accept:");
    }
    char message[CURL_ERROR_SIZE] = "";
    SetOptions(easy, request, exchange, headers, message);
    const CURLcode code = handle->Perform(request.stop);
    curl_->slist_free_all(headers);
    if (code == CURLE_OK) {
      Return(std::move(handle));
      return std::move(exchange.response);
    }
    if (exchange.error) return *std::move(exchange.error);
    if (request.stop.stop_requested()) return MakeError("OPERATION_CANCELLED");
    return ConnectionError(request, code, message);
  }

 private:
  template <typename T>
  void Set(CURL* easy, CURLoption option, T value) {
    curl_->easy_setopt(easy, option, value);
  }

  void SetOptions(CURL* easy, const HttpRequest& request, Exchange& exchange, curl_slist* headers,
                  char* message) {
    Set(easy, CURLOPT_URL, request.url.c_str());
    Set(easy, CURLOPT_PATH_AS_IS, 1L);  // "a/../b" is a key of S3 like any other
    Set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    Set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    Set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    Set(easy, CURLOPT_NOSIGNAL, 1L);
    Set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    Set(easy, CURLOPT_ERRORBUFFER, message);
    Set(easy, CURLOPT_HTTPHEADER, headers);
    Set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout_ms));
    Set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    Set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>((request.idle_timeout_ms + 999) / 1000));
    Set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_timeout_ms));
    Set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    Set(easy, CURLOPT_BUFFERSIZE, 262144L);
    Set(easy, CURLOPT_UPLOAD_BUFFERSIZE, 262144L);
    if (request.proxy == HttpProxy::kNone) Set(easy, CURLOPT_PROXY, "");
    if (!options_.ca_file.empty()) Set(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    Set(easy, CURLOPT_HEADERFUNCTION, &TakeHeader);
    Set(easy, CURLOPT_HEADERDATA, &exchange);
    Set(easy, CURLOPT_WRITEFUNCTION, &TakeBody);
    Set(easy, CURLOPT_WRITEDATA, &exchange);
    const bool has_body =
        request.method == "PUT" || request.method == "POST" || exchange.BodySize() > 0;
    if (request.method == "HEAD") {
      Set(easy, CURLOPT_NOBODY, 1L);
    } else if (has_body) {
      Set(easy, CURLOPT_UPLOAD, 1L);
      Set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.BodySize()));
      Set(easy, CURLOPT_READFUNCTION, &GiveBody);
      Set(easy, CURLOPT_READDATA, &exchange);
      Set(easy, CURLOPT_SEEKFUNCTION, &SeekBody);
      Set(easy, CURLOPT_SEEKDATA, &exchange);
      Set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    } else {
      Set(easy, CURLOPT_HTTPGET, 1L);
      Set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
  }

  Error ConnectionError(const HttpRequest& request, CURLcode code, const char* message) {
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
      return InvalidInput(fmt::format("\"{}\" is no http:// or https:// address",
                                      request.url.substr(0, request.url.find('?'))));
    }
    const auto row = std::find_if(kCurlCodes.begin(), kCurlCodes.end(),
                                  [&](const CurlCodeRow& r) { return r.code == code; });
    const bool known = row != kCurlCodes.end();
    // libcurl's sentences name hosts and sizes, never headers or queries.
    return MakeError(
        "EMBER_AWS.CONNECTION",
        {{"host", UrlHost(request.url)},
         {"kind", known ? std::string(row->kind) : "BROKEN"},
         {"reason", *message != '\0' ? message : curl_->easy_strerror(code)},
         {"advice", known ? std::string(row->advice) : "Check the network, or try again"}});
  }

  std::unique_ptr<CurlHandle> Take() {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
      }
    }
    return std::make_unique<CurlHandle>(*curl_);
  }
  void Return(std::unique_ptr<CurlHandle> handle) {
    std::lock_guard lock(mutex_);
    if (static_cast<int>(idle_.size()) < options_.max_idle_connections) {
      idle_.push_back(std::move(handle));
    }
  }

  std::shared_ptr<const CurlLibrary> curl_;
  HttpClientOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlHandle>> idle_;  // guarded by mutex_
};

}  // namespace

const std::string* FindHttpHeader(const std::vector<HttpHeader>& headers, std::string_view name) {
  for (const HttpHeader& header : headers) {
    if (header.name.size() == name.size() &&
        strncasecmp(header.name.data(), name.data(), name.size()) == 0) {
      return &header.value;
    }
  }
  return nullptr;
}

Result<std::unique_ptr<HttpClient>> MakeCurlHttpClient(const HttpClientOptions& options) {
  ASSIGN_OR_RETURN(std::shared_ptr<const CurlLibrary> curl, CurlLibrary::Load());
  return std::unique_ptr<HttpClient>(std::make_unique<CurlHttpClient>(std::move(curl), options));
}

}  // namespace ember

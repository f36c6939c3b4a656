#include "aws/curl_library.h"

#include <dlfcn.h>

namespace ember {
namespace {

template <typename F>
bool Find(void* library, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function != nullptr;
}

Error NoLibrary(const char* reason) {
  return MakeError("EMBER_AWS.NO_HTTP_LIBRARY",
                   {{"reason", reason == nullptr ? "it is too old" : reason}});
}

}  // namespace

Result<std::shared_ptr<const CurlLibrary>> CurlLibrary::Load() {
  void* library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) return NoLibrary(dlerror());
  auto curl = std::make_shared<CurlLibrary>();
  const bool found = Find(library, "curl_global_init", curl->global_init) &&
                     Find(library, "curl_easy_init", curl->easy_init) &&
                     Find(library, "curl_easy_reset", curl->easy_reset) &&
                     Find(library, "curl_easy_cleanup", curl->easy_cleanup) &&
                     Find(library, "curl_easy_setopt", curl->easy_setopt) &&
                     Find(library, "curl_easy_getinfo", curl->easy_getinfo) &&
                     Find(library, "curl_easy_strerror", curl->easy_strerror) &&
                     Find(library, "curl_slist_append", curl->slist_append) &&
                     Find(library, "curl_slist_free_all", curl->slist_free_all) &&
                     Find(library, "curl_multi_init", curl->multi_init) &&
                     Find(library, "curl_multi_cleanup", curl->multi_cleanup) &&
                     Find(library, "curl_multi_add_handle", curl->multi_add_handle) &&
                     Find(library, "curl_multi_remove_handle", curl->multi_remove_handle) &&
                     Find(library, "curl_multi_perform", curl->multi_perform) &&
                     Find(library, "curl_multi_poll", curl->multi_poll) &&
                     Find(library, "curl_multi_wakeup", curl->multi_wakeup) &&
                     Find(library, "curl_multi_info_read", curl->multi_info_read);
  if (!found) return NoLibrary(dlerror());
  // Counted by libcurl and thread safe since 7.84.
  if (curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NoLibrary("it does not start");
  return std::shared_ptr<const CurlLibrary>(std::move(curl));
}

}  // namespace ember

#pragma once

#include <string>
#include <string_view>

namespace ember {

/// A random UUID (version 4) in its usual text form.
std::string NewUuid();
/// Whether `text` has the form 00112233-4455-6677-8899-aabbccddeeff.
bool IsUuid(std::string_view text);

}  // namespace ember

#include "cli/emr_files.h"

#include <fmt/format.h>

#include "cli/emr_display.h"
#include "cli/text_file.h"
#include "emr/validate.h"

namespace ember {

Result<EmrFacts> LoadEmrFacts(const std::string& facts_file) {
  if (facts_file.empty()) return DefaultEmrFacts();
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(facts_file));
  return ReadEmrFacts(facts_file, text);
}

Result<EmrCluster> LoadEmrCluster(const std::string& file, const EmrFacts& facts) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
  EmrReading reading = ReadEmrCluster(file, text);
  const auto findings = ValidateEmrCluster(reading, facts);
  if (CountEmrErrors(findings) > 0) {
    fmt::print(stderr, "{}", EmrFindingsText(file, findings));
    return InvalidInput(fmt::format("'{}' has errors: nothing was asked of AWS", file));
  }
  return std::move(reading.cluster);
}

}  // namespace ember

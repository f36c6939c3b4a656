#include "duckdb/csv_spec.h"

#include <charconv>

namespace ember {
namespace {

// Calls `visit` for every text of a spec, in the order in which they are written.
template <typename Spec, typename Visit>
void VisitTexts(Spec& spec, Visit visit) {
  visit(spec.format.separator);
  visit(spec.format.quote);
  visit(spec.format.escape);
  visit(spec.format.escape_escape);
  visit(spec.comment);
  visit(spec.null_value);
  visit(spec.empty_value);
  visit(spec.nan_value);
  visit(spec.positive_inf);
  visit(spec.negative_inf);
  visit(spec.zone);
  visit(spec.date_format);
  visit(spec.timestamp_format);
  visit(spec.timestamp_ntz_format);
}

}  // namespace

std::string CsvSpecText(const CsvSpec& spec) {
  std::string text;
  VisitTexts(spec, [&](std::string_view part) {
    text += std::to_string(part.size()) + ":";
    text += part;
  });
  if (spec.format.trims_left) text += 'l';
  if (spec.format.trims_right) text += 'r';
  if (spec.prefers_date) text += 'd';
  return text;
}

CsvSpec ReadCsvSpec(std::string_view text) {
  CsvSpec spec;
  VisitTexts(spec, [&](std::string_view& part) {
    size_t length = 0;
    const char* end = std::from_chars(text.data(), text.data() + text.size(), length).ptr;
    text.remove_prefix(static_cast<size_t>(end - text.data()) + 1);
    part = text.substr(0, length);
    text.remove_prefix(length);
  });
  spec.format.trims_left = text.find('l') != std::string_view::npos;
  spec.format.trims_right = text.find('r') != std::string_view::npos;
  spec.prefers_date = text.find('d') != std::string_view::npos;
  return spec;
}

}  // namespace ember

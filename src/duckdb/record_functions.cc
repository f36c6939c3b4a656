#include "duckdb/record_functions.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace ember {
namespace {

// How a CSV record is read; comes in one constant text: separator, quote, escape, each with a
// length byte before it, then flags. See CsvFormatText in csv_source.cc.
struct CsvFormat {
  std::string_view separator;
  std::string_view quote;
  std::string_view escape;
  bool trim_left = false;
  bool trim_right = false;
};

CsvFormat ParseFormat(std::string_view text) {
  CsvFormat format;
  const auto take = [&] {
    const size_t length = static_cast<unsigned char>(text[0]) - 'a';
    const std::string_view part = text.substr(1, length);
    text.remove_prefix(1 + length);
    return part;
  };
  format.separator = take();
  format.quote = take();
  format.escape = take();
  format.trim_left = text.find('l') != std::string_view::npos;
  format.trim_right = text.find('r') != std::string_view::npos;
  return format;
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Takes a record apart as univocity's CsvParser does under Spark's settings. A quoted field is
// marked by a leading 'q', an unquoted one by 'u', so that an empty quoted field is told from a
// missing one.
class RecordSplitter {
 public:
  RecordSplitter(std::string_view record, const CsvFormat& format)
      : text_(record), format_(format) {}

  /// Fields one after the other in `storage`; `ends` holds where each ends.
  void Split(std::string& storage, std::vector<size_t>& ends) {
    while (true) {
      TakeField(storage);
      ends.push_back(storage.size());
      if (at_ >= text_.size()) {
        if (!ended_with_separator_) return;
        storage += 'u';
        ends.push_back(storage.size());
        return;
      }
    }
  }

 private:
  bool At(std::string_view token) const {
    return !token.empty() && text_.substr(at_).starts_with(token);
  }

  void TakeField(std::string& out) {
    ended_with_separator_ = false;
    size_t start = at_;
    size_t blank = at_;
    while (blank < text_.size() && IsBlank(text_[blank]) &&
           !text_.substr(blank).starts_with(format_.separator))
      ++blank;
    const size_t saved = at_;
    at_ = blank;
    // Blanks before a quote are never part of a quoted field.
    if (At(format_.quote)) {
      TakeQuoted(out);
      return;
    }
    at_ = saved;
    if (format_.trim_left) start = blank;
    at_ = std::max(at_, start);
    while (at_ < text_.size() && !At(format_.separator)) ++at_;
    size_t end = at_;
    if (format_.trim_right) {
      while (end > start && IsBlank(text_[end - 1])) --end;
    }
    out += 'u';
    out.append(text_.substr(start, end - start));
    SkipSeparator();
  }

  void SkipSeparator() {
    if (!At(format_.separator)) return;
    at_ += format_.separator.size();
    ended_with_separator_ = true;
  }

  void TakeQuoted(std::string& out) {
    const size_t opening = at_;
    const size_t first = out.size();
    out += 'q';
    at_ += format_.quote.size();
    while (at_ < text_.size()) {
      const bool is_escape = At(format_.escape);
      const std::string_view after =
          text_.substr(std::min(text_.size(), at_ + format_.escape.size()));
      if (is_escape && after.starts_with(format_.quote) && format_.escape != format_.quote) {
        out += format_.quote;
        at_ += format_.escape.size() + format_.quote.size();
      } else if (At(format_.quote)) {
        const std::string_view rest = text_.substr(at_ + format_.quote.size());
        if (format_.escape == format_.quote && rest.starts_with(format_.quote)) {
          out += format_.quote;
          at_ += 2 * format_.quote.size();
          continue;
        }
        size_t blank = 0;
        while (blank < rest.size() && IsBlank(rest[blank]) &&
               !rest.substr(blank).starts_with(format_.separator))
          ++blank;
        if (blank == rest.size() || rest.substr(blank).starts_with(format_.separator)) {
          at_ += format_.quote.size() + blank;
          SkipSeparator();
          return;
        }
        // A quote in the middle: the field was none that is quoted (STOP_AT_DELIMITER).
        out.resize(first);
        out += 'u';
        at_ = opening;
        while (at_ < text_.size() && !At(format_.separator)) out += text_[at_++];
        SkipSeparator();
        return;
      } else {
        out += text_[at_++];
      }
    }
    // No closing quote before the end: the text so far is the field.
  }

  std::string_view text_;
  const CsvFormat& format_;
  size_t at_ = 0;
  bool ended_with_separator_ = false;
};

// ember_csv_split(record, format): the fields, each with its mark.
void CsvSplit(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  std::string storage;
  std::vector<size_t> ends;
  std::vector<std::string_view> fields;
  CsvFormat format;
  std::string_view format_text;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    if (row == 0 || inputs[1].text(row) != format_text) {
      format_text = inputs[1].text(row);
      format = ParseFormat(format_text);
    }
    storage.clear();
    ends.clear();
    fields.clear();
    RecordSplitter(inputs[0].text(row), format).Split(storage, ends);
    size_t start = 0;
    for (const size_t end : ends) {
      fields.push_back(std::string_view(storage).substr(start, end - start));
      start = end;
    }
    out.SetTextList(row, fields);
  }
}

// ember_csv_records(content, format): the records of a whole file, where quoted fields may hold
// line ends.
void CsvRecords(std::span<const NativeVector> inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    const CsvFormat format = ParseFormat(inputs[1].text(row));
    const std::string_view text = inputs[0].text(row);
    std::vector<std::string_view> records;
    size_t start = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
      const std::string_view rest = text.substr(i);
      const bool is_escaped_quote = is_quoted && !format.escape.empty() &&
                                    rest.starts_with(format.escape) &&
                                    rest.substr(format.escape.size()).starts_with(format.quote);
      if (is_escaped_quote && !format.quote.empty()) {
        i += format.escape.size() + format.quote.size() - 1;
      } else if (!format.quote.empty() && rest.starts_with(format.quote)) {
        is_quoted = !is_quoted;
      } else if (text[i] == '\n' && !is_quoted) {
        const size_t end = i > start && text[i - 1] == '\r' ? i - 1 : i;
        records.push_back(text.substr(start, end - start));
        start = i + 1;
      }
    }
    if (start < text.size()) records.push_back(text.substr(start));
    out.SetTextList(row, records);
  }
}

}  // namespace

std::vector<NativeFunction> RecordFunctions() {
  using enum NativeType;
  return {{"ember_csv_split", {kVarchar, kVarchar}, kVarcharList, CsvSplit},
          {"ember_csv_records", {kVarchar, kVarchar}, kVarcharList, CsvRecords}};
}

}  // namespace ember

#include "duckdb/csv_record.h"

#include <algorithm>

namespace ember {
namespace {

constexpr int kMaxDepth = 200;

// One record as CsvParser.parseRecord takes it apart with STOP_AT_DELIMITER: step by step the same
// states, because what it does with quotes in odd places follows from them alone. `ch_` is the
// character it looks at, `prev_` the one before that counts.
class RecordParser {
 public:
  RecordParser(std::string_view record, const CsvFormat& format)
      : text_(record),
        separator_(format.separator[0]),
        quote_(format.quote.empty() ? '\0' : format.quote[0]),
        escape_(format.escape.empty() ? '\0' : format.escape[0]),
        trims_left_(format.trims_left),
        trims_right_(format.trims_right) {
    escape_escape_ = quote_ == escape_ ? '\0' : escape_;
    if (!format.escape_escape.empty()) escape_escape_ = format.escape_escape[0];
  }

  std::vector<CsvField> Parse() {
    if (!Next() || !Record()) AtEnd();
    return std::move(fields_);
  }

 private:
  // The functions give false at the end of the record.
  bool Next() {
    if (at_ >= text_.size()) return false;
    ch_ = text_[at_++];
    return true;
  }

  // Takes characters up to one of the three; at the end of the record `ch_` stays what it was.
  bool TakeUntil(char a, char b, char c) {
    char here = ch_;
    while (here != a && here != b && here != c) {
      value_ += here;
      if (at_ >= text_.size()) return false;
      here = text_[at_++];
    }
    ch_ = here;
    return true;
  }

  void AddValue() {
    if (trims_value_) {
      while (!value_.empty() && IsCsvBlank(value_.back())) value_.pop_back();
    }
    trims_value_ = false;
    fields_.push_back({std::move(value_), false});
    value_.clear();
  }
  void AddMissing() {
    fields_.push_back({"", true});
    value_.clear();
  }

  void AtEnd() {
    if (is_finished_) return;
    const bool takes_value = TakesValueAtEnd();
    if (!value_.empty() || takes_value) {
      AddValue();
    } else {
      AddMissing();
    }
  }

  bool TakesValueAtEnd() {
    if (ch_ == quote_) {
      if (prev_ == quote_) return true;
      if (!is_unescaped_) value_ += quote_;
    }
    return prev_ != '\0' && ch_ != separator_;
  }

  bool Record() {
    while (true) {
      while (trims_left_ && IsCsvBlank(ch_) && ch_ != separator_ && ch_ != quote_) {
        if (!Next()) return false;
      }
      if (ch_ == separator_) {
        AddMissing();
      } else {
        is_unescaped_ = false;
        prev_ = '\0';
        if (ch_ == quote_ && value_.empty() && Quoted()) {
          if (!Next()) return Finish();
          if (ch_ == separator_ && !Next()) {
            AddMissing();
            return Finish();
          }
          continue;
        }
        trims_value_ = ch_ != quote_ && trims_right_;
        if (ch_ == quote_ ? !QuotedValue(0) : !TakeUntil(separator_, separator_, separator_))
          return false;
        AddValue();
      }
      if (!Next()) return false;
    }
  }

  bool Finish() {
    is_finished_ = true;
    return false;
  }

  // A field in quotes with nothing in it that needs care, a separator behind it.
  bool Quoted() {
    for (size_t i = at_; i < text_.size(); ++i) {
      const char next = i + 1 < text_.size() ? text_[i + 1] : '\0';
      if (text_[i] == quote_) {
        if (text_[i - 1] == escape_ || i + 1 == text_.size() || next != separator_) return false;
        fields_.push_back({std::string(text_.substr(at_, i - at_)), false});
        at_ = i + 1;
        return true;
      }
      if (text_[i] == escape_ && i + 1 < text_.size() && (next == quote_ || next == escape_escape_))
        return false;
    }
    return false;
  }

  // After the opening quote; with `prev_` set the quote turned out to be none, and all up to the
  // separator is the field.
  bool QuotedValue(int depth) {
    if (prev_ != '\0') {
      value_.insert(value_.begin(), quote_);
      if (!Next()) return false;
      trims_value_ = trims_right_;
      return TakeUntil(separator_, separator_, separator_);
    }
    if (!Next()) return false;
    while (prev_ != quote_ || !(IsCsvBlank(ch_) || ch_ == separator_)) {
      if (ch_ != quote_ && ch_ != escape_) {
        if (prev_ == quote_) {
          is_unescaped_ = true;
          value_ += quote_;
          value_ += ch_;
          prev_ = ch_;
          return QuotedValue(depth + 1);
        }
        if (prev_ == escape_ && escape_ != '\0') value_ += escape_;
        if (!TakeUntil(quote_, escape_, escape_escape_)) return false;
        prev_ = ch_;
        if (!Next()) return false;
      } else {
        if (!QuoteOrEscape(depth)) return false;
        prev_ = ch_;
        if (!Next()) return false;
        if (is_unescaped_ && ch_ == separator_) return true;
      }
    }
    return BlanksAfterQuote(depth);
  }

  bool BlanksAfterQuote(int depth) {
    if (ch_ == separator_ || !IsCsvBlank(ch_)) return true;
    std::string blanks;
    do {
      blanks += ch_;
      if (!Next()) return false;
    } while (IsCsvBlank(ch_) && ch_ != separator_);
    if (ch_ == separator_) return true;
    value_ += quote_;
    value_ += blanks;
    value_ += ch_;
    prev_ = ch_;
    return QuotedValue(depth + 1);
  }

  bool QuoteOrEscape(int depth) {
    if (ch_ == escape_ && prev_ == escape_escape_ && escape_escape_ != '\0') {
      value_ += escape_;
      ch_ = '\0';
    } else if (prev_ == escape_) {
      value_ += ch_ == quote_ ? quote_ : prev_;
      if (ch_ == quote_) ch_ = '\0';
    } else if (ch_ == quote_ && prev_ == quote_) {
      value_ += quote_;
    } else if (prev_ == quote_) {
      return AfterFalseQuote(depth + 1);
    }
    return true;
  }

  // An escape right after a quote that should have closed the field.
  bool AfterFalseQuote(int depth) {
    // Java's stack would end as well; the record's rest is left out then.
    if (depth > kMaxDepth) return false;
    value_ += quote_;
    prev_ = ch_;
    while (ch_ != separator_) {
      if (ch_ != quote_ && ch_ != escape_) {
        if (prev_ == quote_) {
          value_ += quote_;
          prev_ = ch_;
          continue;
        }
        value_ += ch_;
      } else if (!QuoteOrEscape(depth)) {
        return false;
      }
      prev_ = ch_;
      if (!Next()) return false;
    }
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  char separator_, quote_, escape_, escape_escape_;
  bool trims_left_, trims_right_;
  char ch_ = '\0';
  char prev_ = '\0';
  std::string value_;
  bool trims_value_ = false;
  bool is_unescaped_ = false;
  bool is_finished_ = false;
  std::vector<CsvField> fields_;
};

// A record whose separator (or quote, or escape) has several bytes.
class WideRecordParser {
 public:
  WideRecordParser(std::string_view record, const CsvFormat& format)
      : text_(record), format_(format) {}

  std::vector<CsvField> Parse() {
    while (true) {
      ended_with_separator_ = false;
      fields_.emplace_back();
      TakeField(fields_.back());
      if (at_ < text_.size()) continue;
      if (ended_with_separator_) fields_.push_back({"", true});
      return std::move(fields_);
    }
  }

 private:
  bool At(std::string_view token) const {
    return !token.empty() && text_.substr(at_).starts_with(token);
  }

  size_t BlankEnd(size_t at) const {
    while (at < text_.size() && IsCsvBlank(text_[at]) &&
           !text_.substr(at).starts_with(format_.separator))
      ++at;
    return at;
  }

  void TakeField(CsvField& field) {
    size_t start = at_;
    if (format_.trims_left) at_ = start = BlankEnd(at_);
    if (At(format_.quote)) {
      TakeQuoted(field);
      return;
    }
    while (at_ < text_.size() && !At(format_.separator)) ++at_;
    size_t end = at_;
    if (format_.trims_right) {
      while (end > start && IsCsvBlank(text_[end - 1])) --end;
    }
    field = {std::string(text_.substr(start, end - start)), start == at_};
    // univocity takes the last character of a record once more when it is a quote.
    if (at_ == text_.size() && field.text.size() > 1 && field.text.ends_with(format_.quote))
      field.text += format_.quote;
    SkipSeparator();
  }

  void SkipSeparator() {
    if (!At(format_.separator)) return;
    at_ += format_.separator.size();
    ended_with_separator_ = true;
  }

  void TakeQuoted(CsvField& field) {
    const size_t opening = at_;
    at_ += format_.quote.size();
    while (at_ < text_.size()) {
      const std::string_view after =
          text_.substr(std::min(text_.size(), at_ + format_.escape.size()));
      const bool is_escape = At(format_.escape) && format_.escape != format_.quote;
      if (is_escape && after.starts_with(format_.quote)) {
        field.text += format_.quote;
        at_ += format_.escape.size() + format_.quote.size();
      } else if (is_escape && (after.starts_with(format_.escape) || after.empty())) {
        if (!after.empty()) field.text += format_.escape;
        at_ += format_.escape.size() + (after.empty() ? 0 : format_.escape.size());
      } else if (At(format_.quote)) {
        const size_t next = at_ + format_.quote.size();
        if (text_.substr(next).starts_with(format_.quote)) {
          field.text += format_.quote;
          at_ = next + format_.quote.size();
          continue;
        }
        const size_t blank = BlankEnd(next);
        if (blank == text_.size() || text_.substr(blank).starts_with(format_.separator)) {
          at_ = blank;
          SkipSeparator();
          return;
        }
        // A quote in the middle: the field was none that is quoted (STOP_AT_DELIMITER).
        field.text.clear();
        at_ = opening;
        while (at_ < text_.size() && !At(format_.separator)) field.text += text_[at_++];
        SkipSeparator();
        return;
      } else {
        field.text += text_[at_++];
      }
    }
    // No closing quote before the end: the text so far is the field.
    if (opening + format_.quote.size() == text_.size()) field.text = format_.quote;
  }

  std::string_view text_;
  const CsvFormat& format_;
  size_t at_ = 0;
  bool ended_with_separator_ = false;
  std::vector<CsvField> fields_;
};

}  // namespace

bool HasSingleBytes(const CsvFormat& format) {
  return format.separator.size() == 1 && format.quote.size() <= 1 && format.escape.size() <= 1 &&
         format.escape_escape.size() <= 1;
}

std::vector<CsvField> SplitCsvRecord(std::string_view record, const CsvFormat& format) {
  if (HasSingleBytes(format)) return RecordParser(record, format).Parse();
  return WideRecordParser(record, format).Parse();
}

std::vector<std::string_view> CsvRecordsOf(std::string_view text, const CsvFormat& format) {
  std::vector<std::string_view> records;
  size_t start = 0;
  bool is_quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool is_escaped_quote = is_quoted && !format.escape.empty() && !format.quote.empty() &&
                                  rest.starts_with(format.escape) &&
                                  rest.substr(format.escape.size()).starts_with(format.quote);
    if (is_escaped_quote) {
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
  return records;
}

std::string FirstCsvRecord(std::string_view text, const CsvFormat& format) {
  const std::vector<std::string_view> records = CsvRecordsOf(text, format);
  return records.empty() ? "" : std::string(records[0]);
}

}  // namespace ember

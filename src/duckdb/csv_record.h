#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ember {

/// How the fields of a CSV record are told apart (univocity's CsvFormat under Spark's settings).
/// The views borrow.
struct CsvFormat {
  std::string_view separator = ",";
  std::string_view quote = "\"";   // empty: none
  std::string_view escape = "\\";  // empty: none
  std::string_view escape_escape;  // charToEscapeQuoteEscaping; empty: univocity's default
  bool trims_left = false;
  bool trims_right = false;
};

/// Whether separator, quote and escape are single bytes.
bool HasSingleBytes(const CsvFormat& format);

/// A field of a record. Missing: nothing stands between the separators; an empty pair of quotes is
/// not missing.
struct CsvField {
  std::string text;
  bool is_missing = false;
};

/// All fields of a record, as univocity's CsvParser gives them.
std::vector<CsvField> SplitCsvRecord(std::string_view record, const CsvFormat& format);

/// The records of a whole text, in which quoted fields may hold line ends; and the first of them.
std::vector<std::string_view> CsvRecordsOf(std::string_view text, const CsvFormat& format);
std::string FirstCsvRecord(std::string_view text, const CsvFormat& format);

/// Where a record's fields are, so that a column is read without looking at the others.
/// CsvFieldReader reads what it gives.
class CsvFieldFinder {
 public:
  explicit CsvFieldFinder(const CsvFormat& format);
  /// The places of the record's fields; valid until the next call.
  std::string_view Find(std::string_view record);

 private:
  struct Place {
    uint32_t begin;
    uint32_t length;
  };
  bool FindPlain(std::string_view record);
  void Add(std::string_view record, size_t begin, size_t end, uint32_t flags);

  const CsvFormat& format_;
  bool is_simple_;  // separator, quote and escape are single bytes
  char separator_;
  char quote_;
  char escape_;
  char escape_escape_;
  std::vector<Place> places_;
};

/// Reads single fields by their places.
struct CsvFieldReader {
  /// Number of fields.
  static size_t Count(std::string_view places);
  /// Field `index` of the record; a view into the record, or into `storage` where characters had
  /// to be taken out. A field that is not there is missing.
  struct View {
    std::string_view text;
    bool is_missing = true;
  };
  static View At(std::string_view record, std::string_view places, size_t index,
                 const CsvFormat& format, std::string& storage);
};

/// The record without the line end's carriage returns.
inline std::string_view WithoutCarriageReturn(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// String.trim: characters up to the blank are nothing.
inline bool IsCsvBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

}  // namespace ember

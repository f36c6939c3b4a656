#include <bit>
#include <cstring>

#include "duckdb/csv_record.h"

namespace ember {
namespace {

static_assert(std::endian::native == std::endian::little);

// Flags of a field's place, in its two words.
constexpr uint32_t kIsValue = uint32_t{1} << 31;  // of begin: not missing though it may be empty
constexpr uint32_t kIsRewritten = uint32_t{1} << 31;  // of length: its text is not in the record
constexpr uint32_t kPlaceMask = kIsValue - 1;

constexpr uint64_t kLowBits = 0x7f7f7f7f7f7f7f7f;
constexpr uint64_t kOnes = 0x0101010101010101;

// The high bit of each byte of `word` that is `pattern`'s.
uint64_t EqualBytes(uint64_t word, uint64_t pattern) {
  const uint64_t x = word ^ pattern;
  return ~(((x & kLowBits) + kLowBits) | x | kLowBits);
}

}  // namespace

CsvFieldFinder::CsvFieldFinder(const CsvFormat& format)
    : format_(format),
      is_simple_(HasSingleBytes(format)),
      separator_(format.separator[0]),
      quote_(format.quote.empty() ? '\0' : format.quote[0]),
      escape_(format.escape.empty() ? '\0' : format.escape[0]),
      escape_escape_(format.escape_escape.empty() ? escape_ : format.escape_escape[0]) {}

void CsvFieldFinder::Add(std::string_view record, size_t begin, size_t end, uint32_t flags) {
  if (flags == 0) {
    // With both trims a field of blanks is missing; with the right one alone it is empty.
    if (format_.trims_left) {
      while (begin < end && IsCsvBlank(record[begin])) ++begin;
    }
    if (begin < end) flags = kIsValue;
    if (format_.trims_right) {
      while (begin < end && IsCsvBlank(record[end - 1])) --end;
    }
  }
  places_.push_back({static_cast<uint32_t>(begin) | flags, static_cast<uint32_t>(end - begin)});
}

// Finds the fields where no character has to be taken out of any: false for the rest.
bool CsvFieldFinder::FindPlain(std::string_view record) {
  const uint64_t separators = kOnes * static_cast<unsigned char>(separator_);
  const uint64_t quotes = kOnes * static_cast<unsigned char>(quote_);
  const char* text = record.data();
  const size_t size = record.size();
  size_t begin = 0;
  size_t at = 0;
  while (at < size) {
    // The next eight bytes, or what is left of them.
    uint64_t word = 0;
    const size_t count = size - at < 8 ? size - at : 8;
    if (count == 8) {
      std::memcpy(&word, text + at, 8);
    } else {
      std::memcpy(&word, text + at, count);
    }
    uint64_t hits = EqualBytes(word, separators) | EqualBytes(word, quotes);
    if (count < 8) hits &= (uint64_t{1} << (8 * count)) - 1;
    size_t skipped_to = 0;
    while (hits != 0) {
      const size_t hit = at + static_cast<size_t>(std::countr_zero(hits)) / 8;
      hits &= hits - 1;
      if (text[hit] == separator_) {
        Add(record, begin, hit, 0);
        begin = hit + 1;
        continue;
      }
      // A quote inside a field is an ordinary character, unless blanks before it are trimmed.
      if (hit != begin) {
        if (format_.trims_left) return false;
        continue;
      }
      size_t end = hit + 1;
      while (end < size && text[end] != quote_ && text[end] != escape_ &&
             text[end] != escape_escape_)
        ++end;
      if (end == size || text[end] != quote_) return false;
      if (end + 1 < size && text[end + 1] != separator_) return false;
      // Without an escape an empty pair of quotes at the end is a quote to univocity.
      if (end + 1 == size && end == hit + 1 && escape_ == '\0') return false;
      Add(record, hit + 1, end, kIsValue);
      if (end + 1 == size) return true;
      begin = end + 2;
      skipped_to = begin;
      break;
    }
    at = skipped_to != 0 ? skipped_to : at + count;
  }
  // Blanks after an empty pair of quotes, where the quote escapes itself, are an empty value.
  if (format_.trims_left && quote_ == escape_ && begin < size && IsCsvBlank(record[begin]))
    return false;
  Add(record, begin, size, 0);
  return true;
}

std::string_view CsvFieldFinder::Find(std::string_view record) {
  places_.clear();
  if (!is_simple_ || !FindPlain(record)) {
    places_.clear();
    for (const CsvField& field : SplitCsvRecord(record, format_)) {
      places_.push_back({field.is_missing ? 0 : kIsValue, kIsRewritten});
    }
  }
  return {reinterpret_cast<const char*>(places_.data()), places_.size() * sizeof(Place)};
}

size_t CsvFieldReader::Count(std::string_view places) { return places.size() / 8; }

CsvFieldReader::View CsvFieldReader::At(std::string_view record, std::string_view places,
                                        size_t index, const CsvFormat& format,
                                        std::string& storage) {
  if (index * 8 >= places.size()) return {};
  uint32_t place[2];
  std::memcpy(place, places.data() + index * 8, sizeof place);
  const bool is_missing = (place[0] & kIsValue) == 0;
  if ((place[1] & kIsRewritten) == 0)
    return {record.substr(place[0] & kPlaceMask, place[1]), is_missing};
  storage = std::move(SplitCsvRecord(record, format)[index].text);
  return {storage, is_missing};
}

}  // namespace ember

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "functions/zone.h"

namespace ember {

/// A datetime pattern of Spark's (Java's DateTimeFormatter letters), compiled once for formatting
/// or for parsing. Immutable.
class DateTimePattern {
 public:
  enum class Use { kFormat, kParse };
  /// Errors as Spark's DateTimeFormatterHelper: INVALID_DATETIME_PATTERN.*,
  /// INCONSISTENT_BEHAVIOR_CROSS_VERSION.*.
  static Result<DateTimePattern> Make(std::string_view pattern, Use use);

  /// Appends the text of a wall clock; `zone` and `instant_seconds` are for the zone letters.
  void Format(int64_t wall_micros, int64_t instant_seconds, const Zone& zone,
              std::string& out) const;

  struct Parsed {
    bool is_ok = false;
    int64_t wall_micros = 0;
    std::shared_ptr<const Zone> zone;  // the zone or offset the text named, if any
    std::string fault;                 // why it failed, in Java's words
  };
  Parsed Parse(std::string_view text) const;

 private:
  enum class Kind {
    kLiteral,
    kNumber,
    kReducedYear,
    kFraction,
    kText,
    kAmPm,
    kOffset,
    kLocalizedOffset,
    kZoneId,
    kZoneName,
    kOptionalStart,
    kOptionalEnd,
  };
  enum class Sign { kNormal, kNotNegative, kExceedsPad };
  struct Element {
    Kind kind = Kind::kLiteral;
    char letter = 0;
    int minimum = 1, maximum = 19, subsequent = 0;
    Sign sign = Sign::kNormal;
    bool is_fixed = false;
    int style = 0;  // letters counted, for texts and offsets
    std::string literal;
    size_t partner = 0;  // of an optional section's start: its end
  };
  struct Fields;
  struct Position;

  Status Compile(std::string_view pattern);
  Status AddLetter(char letter, int count);
  void AddNumber(Element element);
  size_t ParseFrom(size_t element, size_t end, std::string_view text, size_t at, Fields& fields,
                   size_t& fault) const;
  size_t ParseElement(const Element& element, std::string_view text, size_t at, Fields& fields,
                      size_t& fault) const;
  static size_t ParseNumber(const Element& element, std::string_view text, size_t at,
                            int64_t& value, size_t& fault);
  Parsed Resolve(std::string_view text, const Fields& fields) const;

  Use use_ = Use::kFormat;
  std::vector<Element> elements_;
  std::ptrdiff_t active_ = -1;  // the number to which adjacent fixed-width numbers leave room
};

}  // namespace ember

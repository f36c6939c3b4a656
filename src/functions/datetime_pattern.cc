#include "functions/datetime_pattern.h"

#include <algorithm>

#include "functions/civil_time.h"

namespace ember {
namespace {

// SimpleDateFormat's letters: a pattern that only it knows is an upgrade error.
bool LegacyKnows(std::string_view pattern) {
  constexpr std::string_view kLetters = "GyYMLdDEFwWaHkKhmsSzZXu";
  bool is_quoted = false;
  for (char c : pattern) {
    if (c == '\'') is_quoted = !is_quoted;
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_quoted && is_letter && kLetters.find(c) == std::string_view::npos) return false;
  }
  return !is_quoted;
}

std::string SqlQuoted(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

Error UpgradeError(std::string_view pattern) {
  return MakeError("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                   {{"pattern", SqlQuoted(pattern)},
                    {"config", "\"spark.sql.legacy.timeParserPolicy\""},
                    {"docroot", "https://spark.apache.org/docs/latest"}});
}

Error IllegalCharacter(char letter, std::string_view pattern) {
  return MakeError("INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
                   {{"c", std::string(1, letter)}, {"pattern", std::string(pattern)}});
}

// convertIncompatiblePattern: letters Spark refuses, and `y` for `u` unless an era is asked for.
Result<std::string> Converted(std::string_view pattern, bool is_parsing) {
  bool is_quoted = false, has_era = false;
  for (char c : pattern) {
    if (c == '\'') is_quoted = !is_quoted;
    if (!is_quoted && c == 'G') has_era = true;
  }
  auto contains = [](std::string_view letters, char c) {
    return letters.find(c) != std::string_view::npos;
  };
  is_quoted = false;
  std::string converted;
  int run = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\'') is_quoted = !is_quoted;
    run = i > 0 && pattern[i - 1] == c ? run + 1 : 1;
    if (is_quoted) {
      converted += c;
      continue;
    }
    if (contains("YWwuec", c)) {
      return MakeError("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN",
                       {{"c", std::string(1, c)}});
    }
    if (contains("ABnNp", c) || (is_parsing && contains("EFqQ", c))) {
      return IllegalCharacter(c, pattern);
    }
    if ((run == 5 && contains("GMLEQq", c)) || (run == 7 && c == 'y')) {
      return MakeError("INVALID_DATETIME_PATTERN.LENGTH", {{"pattern", std::string(pattern)}});
    }
    converted += c == 'y' && !has_era ? 'u' : c;
  }
  return converted;
}

// DateTimeFormatterBuilder's own exceptions; where the old formatter fails as well, they reach the
// user.
Error JavaPatternError(std::string_view what, std::string_view pattern) {
  return MakeError("java.lang.IllegalArgumentException",
                   {{"message", std::string(what) + ": " + std::string(pattern)}});
}

Error TooManyLetters(std::string_view pattern) {
  return MakeError("INVALID_DATETIME_PATTERN.LENGTH", {{"pattern", std::string(pattern)}});
}

}  // namespace

Result<DateTimePattern> DateTimePattern::Make(std::string_view pattern, Use use) {
  DateTimePattern compiled;
  compiled.use_ = use;
  Result<std::string> converted = Converted(pattern, use == Use::kParse);
  Status status = converted.ok() ? compiled.Compile(*converted) : Status(converted.error());
  if (status.ok()) return compiled;
  if (LegacyKnows(pattern)) return UpgradeError(pattern);
  return status.error();
}

Status DateTimePattern::Compile(std::string_view pattern) {
  std::vector<size_t> open;
  auto literal = [this](std::string text) {
    elements_.push_back({.kind = Kind::kLiteral, .literal = std::move(text)});
    active_ = -1;
  };
  for (size_t i = 0; i < pattern.size();) {
    char c = pattern[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      size_t end = i;
      while (end < pattern.size() && pattern[end] == c) ++end;
      RETURN_IF_ERROR(AddLetter(c, static_cast<int>(end - i)));
      i = end;
    } else if (c == '\'') {
      std::string text;
      size_t end = i + 1;
      for (;; ++end) {
        if (end >= pattern.size()) {
          return JavaPatternError("Pattern ends with an incomplete string literal", pattern);
        }
        if (pattern[end] != '\'') {
          text += pattern[end];
        } else if (end + 1 < pattern.size() && pattern[end + 1] == '\'') {
          text += '\'';
          ++end;
        } else {
          break;
        }
      }
      literal(text.empty() ? "'" : text);
      i = end + 1;
    } else if (c == '[') {
      open.push_back(elements_.size());
      elements_.push_back({.kind = Kind::kOptionalStart});
      active_ = -1;
      ++i;
    } else if (c == ']') {
      if (open.empty()) return JavaPatternError("Pattern invalid as it contains ]", pattern);
      elements_[open.back()].partner = elements_.size();
      open.pop_back();
      elements_.push_back({.kind = Kind::kOptionalEnd});
      active_ = -1;
      ++i;
    } else if (c == '{' || c == '}' || c == '#') {
      return JavaPatternError("Pattern includes reserved character", pattern);
    } else {
      literal(std::string(1, c));
      ++i;
    }
  }
  for (; !open.empty(); open.pop_back()) {
    elements_[open.back()].partner = elements_.size();
    elements_.push_back({.kind = Kind::kOptionalEnd});
  }
  return {};
}

// DateTimeFormatterBuilder.appendValue: a number of any width leaves room for the fixed-width
// numbers that follow it at once.
void DateTimePattern::AddNumber(Element element) {
  const bool is_fixed_width =
      element.minimum == element.maximum && element.sign == Sign::kNotNegative;
  if (active_ >= 0) {
    Element& base = elements_[static_cast<size_t>(active_)];
    if (is_fixed_width) {
      base.subsequent += element.maximum;
      element.is_fixed = true;
      elements_.push_back(element);
      return;
    }
    base.is_fixed = true;
  }
  elements_.push_back(element);
  active_ = static_cast<std::ptrdiff_t>(elements_.size()) - 1;
}

Status DateTimePattern::AddLetter(char letter, int count) {
  const std::string run(static_cast<size_t>(count), letter);
  auto fixed = [&](int width) {
    AddNumber({.kind = Kind::kNumber,
               .letter = letter,
               .minimum = width,
               .maximum = width,
               .sign = Sign::kNotNegative});
  };
  auto other = [&](Kind kind) {
    elements_.push_back({.kind = kind, .letter = letter, .style = count});
    active_ = -1;
  };
  switch (letter) {
    case 'u':
    case 'y':
      if (count == 2) {
        AddNumber({.kind = Kind::kReducedYear,
                   .letter = letter,
                   .minimum = 2,
                   .maximum = 2,
                   .sign = Sign::kNotNegative});
      } else {
        AddNumber({.kind = Kind::kNumber,
                   .letter = letter,
                   .minimum = count,
                   .sign = count < 4 ? Sign::kNormal : Sign::kExceedsPad});
      }
      return {};
    case 'M':
    case 'L':
    case 'q':
    case 'Q':
      if (count == 1) {
        AddNumber({.kind = Kind::kNumber, .letter = letter});
      } else if (count == 2) {
        fixed(2);
      } else if (count <= 4) {
        other(Kind::kText);
      } else {
        return TooManyLetters(run);
      }
      return {};
    case 'd':
    case 'h':
    case 'H':
    case 'k':
    case 'K':
    case 'm':
    case 's':
      if (count > 2) return TooManyLetters(run);
      if (count == 1) {
        AddNumber({.kind = Kind::kNumber, .letter = letter});
      } else {
        fixed(2);
      }
      return {};
    case 'D':
      if (count > 3) return TooManyLetters(run);
      if (count == 1) {
        AddNumber({.kind = Kind::kNumber, .letter = letter});
      } else {
        AddNumber({.kind = Kind::kNumber,
                   .letter = letter,
                   .minimum = count,
                   .maximum = 3,
                   .sign = Sign::kNotNegative});
      }
      return {};
    case 'F':
      if (count > 1) return TooManyLetters(run);
      AddNumber({.kind = Kind::kNumber, .letter = letter});
      return {};
    case 'S':
      if (count > 9) return TooManyLetters(run);
      elements_.push_back({.kind = Kind::kFraction,
                           .letter = letter,
                           .minimum = use_ == Use::kParse ? 1 : count,
                           .maximum = count});
      active_ = -1;
      return {};
    case 'E':
    case 'G':
      if (count > 4) return TooManyLetters(run);
      other(Kind::kText);
      return {};
    case 'a':
      if (count > 1) return TooManyLetters(run);
      other(Kind::kAmPm);
      return {};
    case 'V':
      if (count != 2) return JavaPatternError("Pattern letter count must be 2", run);
      other(Kind::kZoneId);
      return {};
    case 'z':
      if (count > 4) return TooManyLetters(run);
      other(Kind::kZoneName);
      return {};
    case 'O':
      if (count != 1 && count != 4)
        return JavaPatternError("Pattern letter count must be 1 or 4", run);
      other(Kind::kLocalizedOffset);
      return {};
    case 'X':
    case 'x':
    case 'Z':
      if (count > 5) return TooManyLetters(run);
      other(letter == 'Z' && count == 4 ? Kind::kLocalizedOffset : Kind::kOffset);
      return {};
    default:
      return JavaPatternError("Unknown pattern letter", run);
  }
}

}  // namespace ember

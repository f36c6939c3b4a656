#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_api.h"

namespace ember {

/// What members requests and answers of a service have. Made from text of one line a shape:
///     RunJobFlow () RunJobFlowInput RunJobFlowOutput    an action, its request, its answer ('-':
///     none) Tag { Key!:S0~256 Value:S                         a structure; '!' marks what is
///     required TagList [ Tag                                     a list StringMap < S a map of
///     texts to MarketType = ON_DEMAND SPOT                       an enumeration
/// A type is a shape's name, or a scalar: S text, I integer, D number, B boolean, T time; the two
/// numbers after it are the limits of its length or value.
class ShapeTable {
 public:
  explicit ShapeTable(std::string_view text);

  bool HasAction(const std::string& action) const { return actions_.contains(action); }
  std::vector<std::string> actions() const;
  /// What is wrong with a request or an answer, in the words of the service; nothing when it fits.
  std::optional<std::string> CheckRequest(const std::string& action, const AwsJson& json) const;
  std::optional<std::string> CheckAnswer(const std::string& action, const AwsJson& json) const;

 private:
  struct Member {
    std::string type;
    bool is_required = false;
  };
  struct Shape {
    char kind = '{';
    std::map<std::string, Member> members;
    std::string element;               // of lists and maps
    std::vector<std::string> choices;  // of enumerations
  };
  struct Action {
    std::string request;
    std::string answer;
  };
  std::optional<std::string> Check(const std::string& type, const AwsJson& json,
                                   const std::string& path) const;
  std::optional<std::string> CheckStructure(const Shape& shape, const AwsJson& json,
                                            const std::string& path) const;

  std::map<std::string, Action> actions_;
  std::map<std::string, Shape> shapes_;
};

/// The shapes of the emulated actions of EMR (emr_shapes.cc).
std::string_view EmrShapeText();

}  // namespace ember

#include <utility>

#include "codec/decoder.h"
#include "codec/literal_codec.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoRelation = proto::Relation;

Result<RelationNode> FillOf(RelationPtr input, const proto::NAFill& fill) {
  FillNa out{.input = std::move(input), .columns = Strings(fill.cols()), .values = {}};
  for (const auto& value : fill.values()) {
    ASSIGN_OR_RETURN(Literal literal, DecodeLiteral(value));
    out.values.push_back(std::move(literal));
  }
  return RelationNode(std::move(out));
}

RelationNode DropNullsOf(RelationPtr input, const proto::NADrop& drop) {
  DropNa out{.input = std::move(input), .columns = Strings(drop.cols()), .min_non_nulls = {}};
  if (drop.has_min_non_nulls()) out.min_non_nulls = drop.min_non_nulls();
  return out;
}

Result<RelationNode> ReplaceOf(RelationPtr input, const proto::NAReplace& replace) {
  ReplaceValues out{
      .input = std::move(input), .columns = Strings(replace.cols()), .replacements = {}};
  for (const auto& replacement : replace.replacements()) {
    ASSIGN_OR_RETURN(Literal from, DecodeLiteral(replacement.old_value()));
    ASSIGN_OR_RETURN(Literal to, DecodeLiteral(replacement.new_value()));
    out.replacements.emplace_back(std::move(from), std::move(to));
  }
  return RelationNode(std::move(out));
}

Result<RelationNode> CorrelationOf(RelationPtr input, const proto::StatCorr& corr) {
  if (corr.has_method() && corr.method() != "pearson") {
    return Unsupported("correlation method " + corr.method());
  }
  return RelationNode(ColumnStatistic{std::move(input), "corr", corr.col1(), corr.col2()});
}

RelationNode QuantileOf(RelationPtr input, const proto::StatApproxQuantile& quantile) {
  return ApproxQuantile{
      .input = std::move(input),
      .columns = Strings(quantile.cols()),
      .probabilities = {quantile.probabilities().begin(), quantile.probabilities().end()},
      .relative_error = quantile.relative_error()};
}

// StatFunctions: the support of freqItems is 1 % unless given.
RelationNode FreqItemsOf(RelationPtr input, const proto::StatFreqItems& items) {
  FreqItems out{.input = std::move(input), .columns = Strings(items.cols())};
  if (items.has_support()) out.support = items.support();
  return out;
}

const ProtoRelation& InputOf(const ProtoRelation& relation) {
  switch (relation.rel_type_case()) {
    case ProtoRelation::kFillNa:
      return relation.fill_na().input();
    case ProtoRelation::kDropNa:
      return relation.drop_na().input();
    case ProtoRelation::kReplace:
      return relation.replace().input();
    case ProtoRelation::kSummary:
      return relation.summary().input();
    case ProtoRelation::kCrosstab:
      return relation.crosstab().input();
    case ProtoRelation::kDescribe:
      return relation.describe().input();
    case ProtoRelation::kCov:
      return relation.cov().input();
    case ProtoRelation::kCorr:
      return relation.corr().input();
    case ProtoRelation::kApproxQuantile:
      return relation.approx_quantile().input();
    default:
      return relation.freq_items().input();
  }
}

}  // namespace

// DataFrameStatFunctions.sampleBy: a row stays when its draw is below the fraction of its stratum.
Result<RelationNode> Decoder::SampleByOf(const proto::StatSampleBy& sample) {
  ASSIGN_OR_RETURN(RelationPtr input, DecodeRelation(sample.input()));
  ASSIGN_OR_RETURN(ExpressionPtr column, DecodeExpression(sample.col()));
  std::vector<ExpressionPtr> branches;
  for (const auto& fraction : sample.fractions()) {
    ASSIGN_OR_RETURN(Literal stratum, DecodeLiteral(fraction.stratum()));
    if (!(fraction.fraction() >= 0 && fraction.fraction() <= 1)) {
      return InvalidInput("requirement failed: Fractions must be in [0, 1]");
    }
    branches.push_back(Call("<=>", {column, MakeLiteral(std::move(stratum))}));
    branches.push_back(LiteralDouble(fraction.fraction()));
  }
  ExpressionPtr fraction = LiteralDouble(0);
  if (!branches.empty()) {
    branches.push_back(std::move(fraction));
    fraction = Call("when", std::move(branches));
  }
  auto draw = Call("rand", {LiteralLong(sample.seed())});
  return RelationNode(Filter{std::move(input), Call("<", {std::move(draw), std::move(fraction)})});
}

Result<RelationNode> Decoder::StatisticsNodeOf(const ProtoRelation& relation) {
  ASSIGN_OR_RETURN(RelationPtr input, DecodeRelation(InputOf(relation)));
  switch (relation.rel_type_case()) {
    case ProtoRelation::kFillNa:
      return FillOf(std::move(input), relation.fill_na());
    case ProtoRelation::kDropNa:
      return DropNullsOf(std::move(input), relation.drop_na());
    case ProtoRelation::kReplace:
      return ReplaceOf(std::move(input), relation.replace());
    case ProtoRelation::kSummary:
      return RelationNode(Summary{std::move(input), Strings(relation.summary().statistics())});
    case ProtoRelation::kCrosstab:
      return RelationNode(
          Crosstab{std::move(input), relation.crosstab().col1(), relation.crosstab().col2()});
    case ProtoRelation::kDescribe:
      return RelationNode(Describe{std::move(input), Strings(relation.describe().cols())});
    case ProtoRelation::kCov:
      return RelationNode(
          ColumnStatistic{std::move(input), "cov", relation.cov().col1(), relation.cov().col2()});
    case ProtoRelation::kCorr:
      return CorrelationOf(std::move(input), relation.corr());
    case ProtoRelation::kApproxQuantile:
      return QuantileOf(std::move(input), relation.approx_quantile());
    default:
      return FreqItemsOf(std::move(input), relation.freq_items());
  }
}

}  // namespace ember

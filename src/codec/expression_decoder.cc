#include <utility>

#include "codec/decoder.h"
#include "codec/literal_codec.h"
#include "codec/type_codec.h"
#include "plan/attribute_name.h"
#include "spark/connect/expressions.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoExpression = proto::Expression;

template <typename Message>
std::optional<int64_t> PlanIdOf(const Message& message) {
  if (!message.has_plan_id()) return std::nullopt;
  return message.plan_id();
}

// The client's call site: becomes the query context of an error.
std::optional<QueryContext> OriginOf(const ProtoExpression& expression) {
  if (!expression.common().origin().has_python_origin()) return std::nullopt;
  QueryContext context;
  context.fragment = expression.common().origin().python_origin().fragment();
  return context;
}

Result<ExpressionNode> AttributeOf(const ProtoExpression::UnresolvedAttribute& attribute) {
  ASSIGN_OR_RETURN(auto parts, SplitAttributeName(attribute.unparsed_identifier()));
  return ExpressionNode(UnresolvedAttribute{.parts = std::move(parts),
                                            .plan_id = PlanIdOf(attribute),
                                            .is_metadata_column = attribute.is_metadata_column()});
}

Result<ExpressionNode> StarOf(const ProtoExpression::UnresolvedStar& star) {
  UnresolvedStar out{.target = {}, .plan_id = PlanIdOf(star)};
  if (star.has_unparsed_target()) {
    std::string_view target = star.unparsed_target();
    if (!target.ends_with(".*")) {
      return Unsupported("a star whose target does not end in .*: " + star.unparsed_target());
    }
    target.remove_suffix(2);
    ASSIGN_OR_RETURN(out.target, SplitAttributeName(target));
  }
  return ExpressionNode(std::move(out));
}

// df.colRegex: only a text in backticks is a pattern (ParserUtils.escapedIdentifier); else a
// column's name.
Result<ExpressionNode> RegexOf(const ProtoExpression::UnresolvedRegex& regex) {
  const std::string& name = regex.col_name();
  if (name.size() >= 2 && name.front() == '`' && name.back() == '`' &&
      name.find('`', 1) == name.size() - 1) {
    return ExpressionNode(
        UnresolvedRegex{.pattern = name.substr(1, name.size() - 2), .plan_id = PlanIdOf(regex)});
  }
  if (name.ends_with("`") && name.find(".`") != std::string::npos) {
    return Unsupported("colRegex of a qualified name: " + name);
  }
  ASSIGN_OR_RETURN(auto parts, SplitAttributeName(name));
  return ExpressionNode(UnresolvedAttribute{.parts = std::move(parts), .plan_id = PlanIdOf(regex)});
}

std::string JoinParts(const google::protobuf::RepeatedPtrField<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ".") + part;
  return out;
}

EvalMode EvalModeOf(ProtoExpression::Cast::EvalMode mode) {
  if (mode == ProtoExpression::Cast::EVAL_MODE_LEGACY) return EvalMode::kLegacy;
  if (mode == ProtoExpression::Cast::EVAL_MODE_ANSI) return EvalMode::kAnsi;
  if (mode == ProtoExpression::Cast::EVAL_MODE_TRY) return EvalMode::kTry;
  return EvalMode::kSession;
}

}  // namespace

Result<ExpressionPtr> Decoder::DecodeExpression(const ProtoExpression& expression) {
  ASSIGN_OR_RETURN(ExpressionNode node, ExpressionNodeOf(expression));
  return std::make_shared<const Expression>(
      Expression{.node = std::move(node), .origin = OriginOf(expression)});
}

Result<ExpressionPtr> Decoder::DecodeOptional(bool is_set, const ProtoExpression& expression) {
  if (!is_set) return ExpressionPtr();
  return DecodeExpression(expression);
}

Result<ExpressionNode> Decoder::ExpressionNodeOf(const ProtoExpression& expression) {
  switch (expression.expr_type_case()) {
    case ProtoExpression::kLiteral: {
      ASSIGN_OR_RETURN(Literal literal, DecodeLiteral(expression.literal()));
      return ExpressionNode(std::move(literal));
    }
    case ProtoExpression::kUnresolvedAttribute:
      return AttributeOf(expression.unresolved_attribute());
    case ProtoExpression::kUnresolvedFunction:
      return FunctionOf(expression.unresolved_function());
    case ProtoExpression::kExpressionString:
      return ExpressionNode(ExpressionString{expression.expression_string().expression()});
    case ProtoExpression::kUnresolvedStar:
      return StarOf(expression.unresolved_star());
    case ProtoExpression::kAlias: {
      ASSIGN_OR_RETURN(Alias alias, DecodeAlias(expression.alias()));
      return ExpressionNode(std::move(alias));
    }
    case ProtoExpression::kCast:
      return CastOf(expression.cast());
    case ProtoExpression::kUnresolvedRegex:
      return RegexOf(expression.unresolved_regex());
    case ProtoExpression::kSortOrder: {
      ASSIGN_OR_RETURN(SortOrder order, SortOrderOf(expression.sort_order()));
      return ExpressionNode(std::move(order));
    }
    case ProtoExpression::kLambdaFunction: {
      LambdaFunction lambda;
      ASSIGN_OR_RETURN(lambda.body, DecodeExpression(expression.lambda_function().function()));
      for (const auto& argument : expression.lambda_function().arguments()) {
        lambda.parameters.push_back(JoinParts(argument.name_parts()));
      }
      return ExpressionNode(std::move(lambda));
    }
    case ProtoExpression::kWindow:
      return WindowOf(expression.window());
    case ProtoExpression::kUnresolvedExtractValue: {
      ExtractValue extract;
      ASSIGN_OR_RETURN(extract.child,
                       DecodeExpression(expression.unresolved_extract_value().child()));
      ASSIGN_OR_RETURN(extract.extraction,
                       DecodeExpression(expression.unresolved_extract_value().extraction()));
      return ExpressionNode(std::move(extract));
    }
    case ProtoExpression::kUpdateFields: {
      const auto& update = expression.update_fields();
      UpdateFields out;
      ASSIGN_OR_RETURN(out.child, DecodeExpression(update.struct_expression()));
      out.field = update.field_name();
      ASSIGN_OR_RETURN(out.value,
                       DecodeOptional(update.has_value_expression(), update.value_expression()));
      return ExpressionNode(std::move(out));
    }
    case ProtoExpression::kUnresolvedNamedLambdaVariable:
      return ExpressionNode(
          LambdaVariable{Strings(expression.unresolved_named_lambda_variable().name_parts())});
    case ProtoExpression::kCallFunction: {
      UnresolvedFunction function;
      function.name = expression.call_function().function_name();
      ASSIGN_OR_RETURN(function.arguments,
                       DecodeExpressions(expression.call_function().arguments()));
      return ExpressionNode(std::move(function));
    }
    case ProtoExpression::kSubqueryExpression:
      return SubqueryOf(expression.subquery_expression());
    case ProtoExpression::kCommonInlineUserDefinedFunction:
      return Unsupported("user-defined functions (" +
                         expression.common_inline_user_defined_function().function_name() + ")");
    case ProtoExpression::kNamedArgumentExpression: {
      const auto& named = expression.named_argument_expression();
      ASSIGN_OR_RETURN(auto value, DecodeExpression(named.value()));
      UnresolvedFunction argument;
      argument.name = "named_argument";
      argument.arguments = {LiteralString(named.key()), std::move(value)};
      argument.is_internal = true;
      return ExpressionNode(std::move(argument));
    }
    case ProtoExpression::kMergeAction:
      return Unsupported("MERGE INTO");
    case ProtoExpression::kTypedAggregateExpression:
      return Unsupported("typed aggregates of Scala");
    case ProtoExpression::kDirectShufflePartitionId:
      return Unsupported("repartitionById");
    case ProtoExpression::kExtension:
      return Unsupported("Spark Connect expression extensions");
    case ProtoExpression::EXPR_TYPE_NOT_SET:
      break;
  }
  return Unsupported("a Spark Connect expression that this version does not know");
}

Result<Alias> Decoder::DecodeAlias(const ProtoExpression::Alias& alias) {
  Alias out;
  ASSIGN_OR_RETURN(out.child, DecodeExpression(alias.expr()));
  out.names = Strings(alias.name());
  out.metadata = alias.metadata();
  return out;
}

Result<ExpressionNode> Decoder::FunctionOf(const ProtoExpression::UnresolvedFunction& function) {
  UnresolvedFunction out;
  out.name = function.function_name();
  ASSIGN_OR_RETURN(out.arguments, DecodeExpressions(function.arguments()));
  out.is_distinct = function.is_distinct();
  out.is_internal = function.is_internal();
  return ExpressionNode(std::move(out));
}

Result<ExpressionNode> Decoder::CastOf(const ProtoExpression::Cast& cast) {
  Cast out;
  ASSIGN_OR_RETURN(out.child, DecodeExpression(cast.expr()));
  if (cast.has_type()) {
    ASSIGN_OR_RETURN(out.type, DecodeType(cast.type()));
  } else {
    ASSIGN_OR_RETURN(out.type, ParseDataType(cast.type_str()));
  }
  out.mode = EvalModeOf(cast.eval_mode());
  return ExpressionNode(std::move(out));
}

Result<SortOrder> Decoder::SortOrderOf(const ProtoExpression::SortOrder& order) {
  SortOrder out;
  ASSIGN_OR_RETURN(out.child, DecodeExpression(order.child()));
  if (order.direction() == ProtoExpression::SortOrder::SORT_DIRECTION_DESCENDING) {
    out.direction = SortDirection::kDescending;
  }
  if (order.null_ordering() == ProtoExpression::SortOrder::SORT_NULLS_FIRST) {
    out.null_order = NullOrder::kFirst;
  } else if (order.null_ordering() == ProtoExpression::SortOrder::SORT_NULLS_LAST) {
    out.null_order = NullOrder::kLast;
  }
  return out;
}

Result<std::vector<ExpressionPtr>> Decoder::DecodeSortOrders(
    const google::protobuf::RepeatedPtrField<ProtoExpression::SortOrder>& list) {
  std::vector<ExpressionPtr> out;
  for (const auto& item : list) {
    ASSIGN_OR_RETURN(SortOrder order, SortOrderOf(item));
    out.push_back(MakeExpression(std::move(order)));
  }
  return out;
}

Result<FrameBound> Decoder::FrameBoundOf(
    const ProtoExpression::Window::WindowFrame::FrameBoundary& bound, BoundType unbounded) {
  if (bound.has_current_row()) return FrameBound{.type = BoundType::kCurrentRow, .value = {}};
  if (bound.has_unbounded()) return FrameBound{.type = unbounded, .value = {}};
  if (!bound.has_value()) return Unsupported("a window frame without a bound");
  ASSIGN_OR_RETURN(ExpressionPtr value, DecodeExpression(bound.value()));
  return FrameBound{.type = BoundType::kValue, .value = std::move(value)};
}

Result<ExpressionNode> Decoder::WindowOf(const ProtoExpression::Window& window) {
  using ProtoFrame = ProtoExpression::Window::WindowFrame;
  WindowExpression out;
  ASSIGN_OR_RETURN(out.function, DecodeExpression(window.window_function()));
  ASSIGN_OR_RETURN(out.partition_by, DecodeExpressions(window.partition_spec()));
  ASSIGN_OR_RETURN(out.order_by, DecodeSortOrders(window.order_spec()));
  if (window.has_frame_spec()) {
    const auto& frame = window.frame_spec();
    if (frame.frame_type() == ProtoFrame::FRAME_TYPE_UNDEFINED) {
      return Unsupported("a window frame that is neither ROWS nor RANGE");
    }
    WindowFrame decoded;
    decoded.type =
        frame.frame_type() == ProtoFrame::FRAME_TYPE_ROW ? FrameType::kRow : FrameType::kRange;
    ASSIGN_OR_RETURN(decoded.lower, FrameBoundOf(frame.lower(), BoundType::kUnboundedPreceding));
    ASSIGN_OR_RETURN(decoded.upper, FrameBoundOf(frame.upper(), BoundType::kUnboundedFollowing));
    out.frame = std::move(decoded);
  }
  return ExpressionNode(std::move(out));
}

Result<ExpressionNode> Decoder::SubqueryOf(const proto::SubqueryExpression& subquery) {
  SubqueryExpression out;
  switch (subquery.subquery_type()) {
    case proto::SubqueryExpression::SUBQUERY_TYPE_SCALAR:
      out.kind = SubqueryKind::kScalar;
      break;
    case proto::SubqueryExpression::SUBQUERY_TYPE_EXISTS:
      out.kind = SubqueryKind::kExists;
      break;
    case proto::SubqueryExpression::SUBQUERY_TYPE_IN:
      out.kind = SubqueryKind::kIn;
      break;
    default:
      return Unsupported("table arguments of functions");
  }
  const auto found = references_.find(subquery.plan_id());
  if (found == references_.end()) {
    return InternalError("a subquery refers to plan " + std::to_string(subquery.plan_id()) +
                         ", which is not among the plan's relations");
  }
  out.plan = found->second;
  ASSIGN_OR_RETURN(out.in_values, DecodeExpressions(subquery.in_subquery_values()));
  return ExpressionNode(std::move(out));
}

Result<ExpressionPtr> DecodeExpression(const proto::Expression& expression) {
  const DecodeContext context;
  return Decoder(context).DecodeExpression(expression);
}

}  // namespace ember

#include <utility>

#include "codec/encoder.h"
#include "codec/literal_codec.h"
#include "codec/type_codec.h"
#include "plan/attribute_name.h"
#include "spark/connect/expressions.pb.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;
using ProtoExpression = proto::Expression;

bool HasOwnBounds(const DataType& type) {
  return (type.Is(TypeKind::kYearMonthInterval) && !(type == YearMonthIntervalType())) ||
         (type.Is(TypeKind::kDayTimeInterval) && !(type == DayTimeIntervalType()));
}

// Visits the alternatives of ExpressionNode, one function each.
struct NodeEncoder {
  Encoder& encoder;
  ProtoExpression* out;

  // Interval literals of Spark Connect 4.0 have the widest bounds: narrower ones are cast.
  Status operator()(const Literal& literal) const {
    ProtoExpression* target = out;
    if (HasOwnBounds(literal.type) && !literal.value.is_null()) {
      EncodeType(literal.type, out->mutable_cast()->mutable_type());
      target = out->mutable_cast()->mutable_expr();
    }
    return EncodeLiteral(literal, target->mutable_literal());
  }

  Status operator()(const UnresolvedAttribute& attribute) const {
    auto* encoded = out->mutable_unresolved_attribute();
    encoded->set_unparsed_identifier(JoinAttributeName(attribute.parts));
    if (attribute.plan_id) encoded->set_plan_id(*attribute.plan_id);
    if (attribute.is_metadata_column) encoded->set_is_metadata_column(true);
    return {};
  }

  Status operator()(const UnresolvedStar& star) const {
    if (!star.except.empty()) return Unsupported("* EXCEPT outside SQL text");
    auto* encoded = out->mutable_unresolved_star();
    if (!star.target.empty()) {
      encoded->set_unparsed_target(JoinAttributeName(star.target) + ".*");
    }
    if (star.plan_id) encoded->set_plan_id(*star.plan_id);
    return {};
  }

  Status operator()(const UnresolvedRegex& regex) const {
    out->mutable_unresolved_regex()->set_col_name("`" + regex.pattern + "`");
    if (regex.plan_id) out->mutable_unresolved_regex()->set_plan_id(*regex.plan_id);
    return {};
  }

  Status operator()(const UnresolvedFunction& function) const {
    if (function.filter != nullptr) return Unsupported("FILTER outside SQL text");
    if (function.ignore_nulls) return Unsupported("IGNORE NULLS outside SQL text");
    if (!function.within_group.empty()) return Unsupported("WITHIN GROUP outside SQL text");
    if (function.is_internal && function.name == "named_argument") {
      auto* named = out->mutable_named_argument_expression();
      const auto& name = std::get<Literal>(function.arguments[0]->node);
      named->set_key(std::get<std::string>(name.value.data));
      return encoder.Encode(*function.arguments[1], named->mutable_value());
    }
    auto* encoded = out->mutable_unresolved_function();
    encoded->set_function_name(function.name);
    encoded->set_is_distinct(function.is_distinct);
    if (function.is_internal) encoded->set_is_internal(true);
    return encoder.EncodeAll(function.arguments, encoded->mutable_arguments());
  }

  Status operator()(const ExpressionString& text) const {
    out->mutable_expression_string()->set_expression(text.text);
    return {};
  }

  Status operator()(const Alias& alias) const {
    return encoder.EncodeAlias(alias, out->mutable_alias());
  }

  Status operator()(const Cast& cast) const {
    auto* encoded = out->mutable_cast();
    EncodeType(cast.type, encoded->mutable_type());
    switch (cast.mode) {
      case EvalMode::kSession:
        break;
      case EvalMode::kLegacy:
        encoded->set_eval_mode(ProtoExpression::Cast::EVAL_MODE_LEGACY);
        break;
      case EvalMode::kAnsi:
        encoded->set_eval_mode(ProtoExpression::Cast::EVAL_MODE_ANSI);
        break;
      case EvalMode::kTry:
        encoded->set_eval_mode(ProtoExpression::Cast::EVAL_MODE_TRY);
        break;
    }
    return encoder.Encode(*cast.child, encoded->mutable_expr());
  }

  Status operator()(const SortOrder& order) const {
    return EncodeOrder(order, out->mutable_sort_order());
  }

  Status EncodeOrder(const SortOrder& order, ProtoExpression::SortOrder* encoded) const {
    const bool ascending = order.direction == SortDirection::kAscending;
    encoded->set_direction(ascending ? ProtoExpression::SortOrder::SORT_DIRECTION_ASCENDING
                                     : ProtoExpression::SortOrder::SORT_DIRECTION_DESCENDING);
    if (order.null_order == NullOrder::kFirst) {
      encoded->set_null_ordering(ProtoExpression::SortOrder::SORT_NULLS_FIRST);
    } else if (order.null_order == NullOrder::kLast) {
      encoded->set_null_ordering(ProtoExpression::SortOrder::SORT_NULLS_LAST);
    }
    return encoder.Encode(*order.child, encoded->mutable_child());
  }

  Status EncodeBound(const FrameBound& bound,
                     ProtoExpression::Window::WindowFrame::FrameBoundary* encoded) const {
    switch (bound.type) {
      case BoundType::kCurrentRow:
        encoded->set_current_row(true);
        return {};
      case BoundType::kUnboundedPreceding:
      case BoundType::kUnboundedFollowing:
        encoded->set_unbounded(true);
        return {};
      case BoundType::kValue:
        return encoder.Encode(*bound.value, encoded->mutable_value());
    }
    return {};
  }

  Status operator()(const WindowExpression& window) const {
    using ProtoFrame = ProtoExpression::Window::WindowFrame;
    auto* encoded = out->mutable_window();
    RETURN_IF_ERROR(encoder.Encode(*window.function, encoded->mutable_window_function()));
    RETURN_IF_ERROR(encoder.EncodeAll(window.partition_by, encoded->mutable_partition_spec()));
    RETURN_IF_ERROR(encoder.EncodeOrders(window.order_by, encoded->mutable_order_spec()));
    if (!window.frame) return {};
    auto* frame = encoded->mutable_frame_spec();
    frame->set_frame_type(window.frame->type == FrameType::kRow ? ProtoFrame::FRAME_TYPE_ROW
                                                                : ProtoFrame::FRAME_TYPE_RANGE);
    RETURN_IF_ERROR(EncodeBound(window.frame->lower, frame->mutable_lower()));
    return EncodeBound(window.frame->upper, frame->mutable_upper());
  }

  Status operator()(const LambdaFunction& lambda) const {
    auto* encoded = out->mutable_lambda_function();
    for (const std::string& parameter : lambda.parameters) {
      encoded->add_arguments()->add_name_parts(parameter);
    }
    return encoder.Encode(*lambda.body, encoded->mutable_function());
  }

  Status operator()(const LambdaVariable& variable) const {
    CopyStrings(variable.parts,
                out->mutable_unresolved_named_lambda_variable()->mutable_name_parts());
    return {};
  }

  Status operator()(const ExtractValue& extract) const {
    auto* encoded = out->mutable_unresolved_extract_value();
    RETURN_IF_ERROR(encoder.Encode(*extract.child, encoded->mutable_child()));
    return encoder.Encode(*extract.extraction, encoded->mutable_extraction());
  }

  Status operator()(const UpdateFields& update) const {
    auto* encoded = out->mutable_update_fields();
    encoded->set_field_name(update.field);
    RETURN_IF_ERROR(encoder.Encode(*update.child, encoded->mutable_struct_expression()));
    if (update.value == nullptr) return {};
    return encoder.Encode(*update.value, encoded->mutable_value_expression());
  }

  Status operator()(const SubqueryExpression& subquery) const {
    return encoder.EncodeSubquery(subquery, out);
  }

  Status operator()(const Parameter&) const {
    return Unsupported("an unbound parameter outside SQL text");
  }
};

}  // namespace

void CopyStrings(const std::vector<std::string>& from,
                 google::protobuf::RepeatedPtrField<std::string>* to) {
  to->Add(from.begin(), from.end());
}

void CopyOptions(const Options& from, google::protobuf::Map<std::string, std::string>* to) {
  for (const auto& [key, value] : from) (*to)[key] = value;
}

Status Encoder::Encode(const Expression& expression, ProtoExpression* out) {
  if (expression.origin && expression.origin->start_index < 0) {
    out->mutable_common()->mutable_origin()->mutable_python_origin()->set_fragment(
        expression.origin->fragment);
  }
  return std::visit(NodeEncoder{*this, out}, expression.node);
}

Status Encoder::EncodeOrders(const std::vector<ExpressionPtr>& expressions,
                             google::protobuf::RepeatedPtrField<ProtoExpression::SortOrder>* out) {
  for (const ExpressionPtr& expression : expressions) {
    const auto* order = std::get_if<SortOrder>(&expression->node);
    if (order == nullptr) return InternalError("a sort key without a direction");
    const NodeEncoder visitor{*this, nullptr};
    RETURN_IF_ERROR(visitor.EncodeOrder(*order, out->Add()));
  }
  return {};
}

Status Encoder::EncodeAlias(const Alias& alias, ProtoExpression::Alias* out) {
  CopyStrings(alias.names, out->mutable_name());
  if (!alias.metadata.empty()) out->set_metadata(alias.metadata);
  return Encode(*alias.child, out->mutable_expr());
}

Status Encoder::EncodeSubquery(const SubqueryExpression& subquery, ProtoExpression* out) {
  proto::Relation reference;
  Encoder inner;
  inner.next_plan_id_ = next_plan_id_;
  inner.sql_scopes_ = sql_scopes_;
  RETURN_IF_ERROR(inner.Encode(*subquery.plan, &reference));
  next_plan_id_ = inner.next_plan_id_;
  sql_scopes_ = inner.sql_scopes_;
  if (!reference.common().has_plan_id()) reference.mutable_common()->set_plan_id(next_plan_id_++);
  auto* encoded = out->mutable_subquery_expression();
  encoded->set_plan_id(reference.common().plan_id());
  switch (subquery.kind) {
    case SubqueryKind::kScalar:
      encoded->set_subquery_type(proto::SubqueryExpression::SUBQUERY_TYPE_SCALAR);
      break;
    case SubqueryKind::kExists:
      encoded->set_subquery_type(proto::SubqueryExpression::SUBQUERY_TYPE_EXISTS);
      break;
    case SubqueryKind::kIn:
      encoded->set_subquery_type(proto::SubqueryExpression::SUBQUERY_TYPE_IN);
      break;
  }
  references_.push_back(std::move(reference));
  return EncodeAll(subquery.in_values, encoded->mutable_in_subquery_values());
}

Status EncodeExpression(const Expression& expression, proto::Expression* out) {
  return Encoder().Encode(expression, out);
}

}  // namespace ember

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "plan/command.h"
#include "plan/expression.h"
#include "plan/relation.h"
#include "sql/lexer.h"
#include "sql/parser.h"

namespace ember {

/// A window definition: WINDOW w AS (…) or OVER (…).
struct ParsedWindow {
  std::vector<ExpressionPtr> partition_by;
  std::vector<ExpressionPtr> order_by;
  std::optional<WindowFrame> frame;
};

/// Recursive descent over the tokens of one text, following the rules of Spark's grammar
/// (SqlBaseParser). The methods are grouped by file. No keyword is reserved: what a word means is
/// decided by what follows it.
class SqlParser {
 public:
  static Result<SqlParser> Make(std::string_view sql, const SqlOptions& options);

  Result<Statement> ParseSingleStatement();
  Result<ExpressionPtr> ParseSingleExpression();
  Result<std::vector<std::string>> ParseSingleTableName();

 private:
  SqlParser(std::string_view sql, const SqlOptions& options, std::vector<Token> tokens);

  // token_cursor.cc
  const Token& Peek(size_t ahead = 0) const;
  bool IsWord(std::string_view keyword, size_t ahead = 0) const;
  bool IsAnyWord(std::initializer_list<std::string_view> keywords, size_t ahead = 0) const;
  bool IsWords(std::initializer_list<std::string_view> keywords) const;
  bool IsSymbol(std::string_view symbol, size_t ahead = 0) const;
  bool IsIdentifier(size_t ahead = 0) const;
  bool IsString(size_t ahead = 0) const;
  /// Whether nothing that belongs to an expression or clause can follow: end, ")", "," or ";".
  bool IsTerminator(size_t ahead = 0) const;
  bool TakeWord(std::string_view keyword);
  bool TakeWords(std::initializer_list<std::string_view> keywords);
  bool TakeSymbol(std::string_view symbol);
  Status ExpectWord(std::string_view keyword);
  Status ExpectWords(std::initializer_list<std::string_view> keywords);
  Status ExpectSymbol(std::string_view symbol);
  Status ExpectEnd();
  /// ExpectSymbol, with the hint that Spark gives where it can go on as if the symbol stood there.
  Status ExpectSymbolOrMissing(std::string_view symbol);
  Status ExpectWordOrMissing(std::string_view keyword);
  /// Index of the token behind the group that opens at token `open`.
  size_t BehindGroup(size_t open) const;
  std::string TextBetween(size_t first_token, size_t end_token) const;
  Error SyntaxError(const Token& token, std::string_view hint = "") const;
  Error SyntaxErrorHere(std::string_view hint = "") const { return SyntaxError(Peek(), hint); }
  /// Adds the position of `token` to an error of the parser's own.
  Error At(Error error, const Token& token) const;
  Error ParseError(std::string_view condition, ErrorParameters parameters,
                   size_t first_token) const;
  /// Keeps an error about a value until the whole text is known to be well-formed: Spark reads the
  /// text first and looks at its values afterwards, so that a syntax error anywhere comes first.
  void Defer(Error error);
  Status CheckDepth();
  ExpressionPtr Node(ExpressionNode node, size_t first_token) const;
  ExpressionPtr CallNode(std::string name, std::vector<ExpressionPtr> arguments,
                         size_t first_token) const;

  // identifier_parser.cc
  Result<std::string> ParseIdentifier();
  Result<std::string> ParseNamePart();  // rejects a-b with INVALID_IDENTIFIER
  Result<std::string> ParseStrictIdentifier();
  Result<std::vector<std::string>> ParseMultipartName();
  Result<std::vector<std::string>> ParseNameReference();   // also IDENTIFIER('…')
  Result<std::vector<std::string>> ParseIdentifierList();  // ( a, b )
  Result<std::string> ParseString();
  bool IsStrictNonReserved(size_t ahead = 0) const;
  bool StartsClause(size_t ahead = 0) const;
  bool StartsQuery(size_t ahead = 0) const;
  bool GroupIsQuery(size_t ahead = 0) const;

  // type_parser.cc
  Result<DataType> ParseType();
  Result<DataType> ParseComplexType(const std::string& name, size_t first_token);
  Result<DataType> ParseIntervalType();
  Result<DataType> MakePrimitiveType(const std::string& name, const std::vector<int>& parameters,
                                     size_t first_token);
  Result<StructField> ParseField();
  Status TakeTypeClose();

  // expression_parser.cc
  Result<ExpressionPtr> ParseExpression();
  Result<ExpressionPtr> ParseNamedExpression();
  Result<std::vector<ExpressionPtr>> ParseExpressions();
  Result<std::vector<ExpressionPtr>> ParseNamedExpressions();
  Result<ExpressionPtr> ParseLogical(std::string_view keyword);
  Result<ExpressionPtr> ParseNot();
  Result<ExpressionPtr> ParsePredicate();
  Result<ExpressionPtr> ParsePredicateTail(ExpressionPtr value, size_t first);
  Result<ExpressionPtr> ParseIsTail(ExpressionPtr value, size_t first);
  Result<ExpressionPtr> ParseInTail(ExpressionPtr value, size_t first);
  Result<ExpressionPtr> ParseLikeTail(ExpressionPtr value, bool is_negated, size_t first);
  Result<ExpressionPtr> ParseQuantifiedLike(ExpressionPtr value, std::string_view name,
                                            bool is_negated, size_t first);
  Result<ExpressionPtr> ParseValue(int min_level = 1);
  Result<ExpressionPtr> ParseUnary();
  bool HasPredicate(size_t ahead) const;
  struct BinaryOperator {
    std::string_view name;  // Spark's function; "!=" stands for not(==)
    int level = 0;
    size_t tokens = 0;
  };
  std::optional<BinaryOperator> PeekBinaryOperator() const;
  Result<ExpressionPtr> ParseSortItem();
  Result<std::vector<ExpressionPtr>> ParseSortItems();

  // primary_parser.cc
  Result<ExpressionPtr> ParsePrimary();
  Result<ExpressionPtr> ParsePrimaryHead();
  Result<ExpressionPtr> ParsePostfix(ExpressionPtr head, size_t first);
  Result<ExpressionPtr> ParseWordPrimary();
  Result<ExpressionPtr> ParseNameOrCall();
  Result<ExpressionPtr> ParseParenthesized();
  Result<ExpressionPtr> ParseCase();
  Result<ExpressionPtr> ParseCaseBody();
  Result<ExpressionPtr> ParseLambda();
  bool IsLambda() const;
  Status ParseExcept(UnresolvedStar& star);
  ExpressionPtr ColumnReference(std::vector<std::string> parts, size_t first) const;
  Result<ExpressionPtr> ParseSubquery(SubqueryKind kind, std::vector<ExpressionPtr> in_values);

  // function_parser.cc
  Result<std::optional<ExpressionPtr>> ParseSpecialCall();
  Result<ExpressionPtr> ParseCast(bool is_try);
  Result<ExpressionPtr> ParseExtract();
  Result<ExpressionPtr> ParseSubstring();
  Result<ExpressionPtr> ParseTrim();
  Result<ExpressionPtr> ParseOverlay();
  Result<ExpressionPtr> ParsePosition();
  Result<ExpressionPtr> ParseUnitCall(std::string name);
  Result<ExpressionPtr> ParseStruct();
  Result<ExpressionPtr> ParseCall(std::vector<std::string> name, size_t first);
  Result<ExpressionPtr> ParseCallTail(UnresolvedFunction function, size_t first);
  Status ParseArguments(UnresolvedFunction& function);
  Result<ExpressionPtr> ParseArgument();
  Result<ExpressionPtr> ParseOver(ExpressionPtr function, size_t first);

  // window_parser.cc
  Result<ParsedWindow> ParseWindowSpec();
  Result<WindowFrame> ParseWindowFrame();
  Result<FrameBound> ParseFrameBound();
  Result<ParsedWindow> FindWindow(const std::string& name, const Token& token) const;
  Status ScanWindowClause();
  Status SkipWindowClause();

  // literal_parser.cc
  Result<ExpressionPtr> ParseNumber(bool is_negative);
  Result<ExpressionPtr> ParseStringLiteral();
  Result<ExpressionPtr> ParseTypedLiteral();
  bool IsInterval() const;
  Result<ExpressionPtr> ParseInterval();

  // query_parser.cc
  Result<RelationPtr> ParseQuery();
  Result<RelationPtr> ParseQueryTerm(bool intersect_only);
  Result<RelationPtr> ParseQueryPrimary();
  Result<RelationPtr> ParseOrganization(RelationPtr input);
  Result<RelationPtr> ParseWith();
  Result<RelationPtr> ParseValues();
  Result<std::vector<ExpressionPtr>> ParseValuesRow();

  // select_parser.cc
  Result<RelationPtr> ParseSelect(RelationPtr from);
  Result<std::vector<Hint>> ParseHints();
  Result<RelationPtr> ParseSelectBody(RelationPtr from, std::vector<ExpressionPtr> items,
                                      bool is_distinct);
  Result<Aggregate> ParseGroupBy();
  Result<std::vector<std::vector<ExpressionPtr>>> ParseGroupingElement();
  Result<std::vector<std::vector<ExpressionPtr>>> ParseGroupingList();
  Result<std::vector<ExpressionPtr>> ParseGroupingSet();

  // from_parser.cc
  Result<RelationPtr> ParseFrom();
  Result<RelationPtr> ParseLateralViews(RelationPtr input);
  Result<RelationPtr> ParseRelation();
  Result<RelationPtr> ParseRelationExtensions(RelationPtr left);
  struct JoinHead {
    JoinType type = JoinType::kInner;
    bool is_natural = false;
    size_t tokens = 0;
    bool is_broken = false;  // JOIN itself does not follow
  };
  std::optional<JoinHead> PeekJoin() const;
  Result<RelationPtr> ParseJoin(RelationPtr left, const JoinHead& head);
  Result<RelationPtr> ParseRelationPrimary();
  Result<RelationPtr> ParseTable();
  Result<RelationPtr> ParseTableFunction(std::vector<std::string> name);
  Result<RelationPtr> ParseTableAlias(RelationPtr input);
  Result<RelationPtr> ParseSample(RelationPtr input);
  bool HasTableAlias() const;

  // pivot_parser.cc
  Result<RelationPtr> ParsePivot(RelationPtr input);
  Result<RelationPtr> ParseUnpivot(RelationPtr input);
  Result<ExpressionPtr> ParseUnpivotColumn();
  Result<ExpressionPtr> ParseUnpivotGroup();

  // statement_parser.cc
  Result<Statement> ParseStatementBody();
  Result<Statement> ParseUse();
  Result<Statement> ParseDrop();
  Result<Statement> ParseExplain();
  Result<Statement> ParseUnsupportedStatement();

  // insert_parser.cc
  Result<PartitionSpec> ParsePartitionSpec();
  Result<Statement> ParseInsert();
  Result<Statement> ParseInsertDirectory(size_t first);

  // alter_parser.cc
  Result<Statement> ParseAlter();
  Status ParseAlterProperties(AlterTable& alter);
  Status ParseAlterPartition(AlterTable& alter);
  Status ParseAlterColumns(AlterTable& alter);
  Result<Statement> ParseTruncate();
  Result<Statement> ParseRepair();
  Result<Statement> ParseCommentOn();
  Result<Statement> ParseDelete();

  // create_parser.cc
  Result<Statement> ParseCreate();
  Result<Statement> ParseCreateView(bool or_replace);
  Result<Statement> ParseCreateTable(bool or_replace);
  Status ParseTableClauses(CreateTable& table);
  Result<Options> ParseProperties();
  Result<std::map<std::string, std::string>> ParseTableProperties();
  Result<std::string> ParsePropertyKey();
  Result<std::pair<std::string, std::string>> ParseProperty();
  Status ParseViewColumns(CreateView& view);
  Result<Schema> ParseTableColumns();
  Result<std::vector<std::string>> ParsePartitionFields(Schema& schema);
  Result<bool> ParseIfNotExists();
  Result<bool> ParseIfExists();

  // info_parser.cc
  Result<Statement> ParseShow();
  Result<Statement> ParseDescribe();
  Result<Statement> ParseCacheStatement();
  Result<Statement> ParseSetReset();
  Result<Statement> ParseSetTimeZone();

  std::string_view sql_;
  SqlOptions options_;
  std::vector<Token> tokens_;
  std::vector<size_t> group_end_;  // for an opening "(": its closing token; else 0
  size_t at_ = 0;
  int depth_ = 0;
  std::optional<Error> deferred_error_;
  int parameters_ = 0;
  size_t named_start_ = 0;  // where the newest expression that may have an alias starts
  std::vector<std::map<std::string, ParsedWindow>>
      windows_;  // one scope a SELECT, names in lower case
  std::vector<std::vector<std::string>> lambda_parameters_;  // one scope a lambda

  friend class DepthGuard;
  friend class LambdaScope;
  friend class WindowScope;
};

/// Counts nesting for as long as it lives.
class DepthGuard {
 public:
  explicit DepthGuard(SqlParser& parser) : parser_(parser) { ++parser_.depth_; }
  ~DepthGuard() { --parser_.depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  SqlParser& parser_;
};

}  // namespace ember

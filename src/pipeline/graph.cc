#include "pipeline/graph.h"

#include <ember/functions.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "market/check_quality.h"
#include "pipeline/input.h"
#include "plan/attribute_name.h"
#include "plan/command.h"
#include "sql/parser.h"
#include "yaml/yaml_reader.h"

namespace ember {
namespace {

using functions::expr;

constexpr std::string_view kStepInput = "input";

// "date desc nulls last" → a sort column: the suffixes are split off, the rest is SQL.
Column ParseOrderKey(const std::string& text) {
  std::string rest = text;
  const auto take = [&](std::string_view suffix) {
    if (rest.size() <= suffix.size()) return false;
    for (size_t i = 0; i < suffix.size(); ++i) {
      const char c = rest[rest.size() - suffix.size() + i];
      if (std::tolower(static_cast<unsigned char>(c)) != suffix[i]) return false;
    }
    rest.resize(rest.size() - suffix.size());
    return true;
  };
  const bool nulls_last = take(" nulls last");
  const bool nulls_first = !nulls_last && take(" nulls first");
  const bool descending = take(" desc");
  if (!descending) take(" asc");
  const Column column = expr(rest);
  if (descending) return nulls_first ? column.DescNullsFirst() : column.Desc();
  return nulls_last ? column.AscNullsLast() : column.Asc();
}

JoinType ParseJoinType(const std::string& how) {
  static const std::map<std::string, JoinType> kTypes = {
      {"inner", JoinType::kInner},      {"left", JoinType::kLeftOuter},
      {"right", JoinType::kRightOuter}, {"full", JoinType::kFullOuter},
      {"semi", JoinType::kLeftSemi},    {"anti", JoinType::kLeftAnti},
      {"cross", JoinType::kCross}};
  return kTypes.at(how);
}

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool MentionsWord(const std::string& text, const std::string& word) {
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    if ((at == 0 || !IsWord(text[at - 1])) && (end == text.size() || !IsWord(text[end])))
      return true;
  }
  return false;
}

std::vector<Column> Named(const NamedExpressions& expressions) {
  std::vector<Column> columns;
  for (const auto& [name, text] : expressions) columns.push_back(expr(text).Alias(name));
  return columns;
}

class GraphBuilder {
 public:
  GraphBuilder(const PipelineSpec& spec, const SparkSession& session)
      : spec_(spec), session_(session) {}

  Result<PipelineGraph> Build() {
    RETURN_IF_ERROR(CheckNames());
    for (const OutputSpec& output : spec_.outputs) {
      ASSIGN_OR_RETURN(DataFrame frame,
                       Find(output.from, output.location, fmt::format("outputs.{}", output.name)));
      OutputSpec write = output;
      if (!output.path.empty()) write.path = ResolvePath(spec_.file, output.path);
      graph_.outputs.push_back({.name = output.name,
                                .kind = "output",
                                .frame = std::move(frame),
                                .write = std::move(write)});
    }
    std::stable_partition(graph_.outputs.begin(), graph_.outputs.end(),
                          [](const auto& o) { return o.kind == "rejects"; });
    return std::move(graph_);
  }

 private:
  Error Fail(Location at, const std::string& what) const {
    return InvalidInput(fmt::format("{}:{}:{}: {}", spec_.file, at.line, at.column, what));
  }

  Status CheckNames() {
    std::set<std::string> names;
    const auto add = [&](const std::string& name, Location at) -> Status {
      if (name == kStepInput)
        return Fail(at, "the name 'input' is taken: it is a step's own rows in sql");
      if (!names.insert(name).second)
        return Fail(at, fmt::format("'{}' is the name of an input and of a step", name));
      return {};
    };
    for (const auto& input : spec_.inputs) RETURN_IF_ERROR(add(input.name, input.location));
    for (const auto& step : spec_.steps) RETURN_IF_ERROR(add(step.name, step.location));
    return {};
  }

  // The frame of an input or step, built on first use.
  Result<DataFrame> Find(const std::string& name, Location at, const std::string& user) {
    if (const auto built = graph_.frames.find(name); built != graph_.frames.end())
      return built->second;
    if (std::find(building_.begin(), building_.end(), name) != building_.end()) {
      return Fail(at, fmt::format("{}: steps depend on each other in a circle: {} → {}", user,
                                  fmt::join(building_, " → "), name));
    }
    const auto input = std::find_if(spec_.inputs.begin(), spec_.inputs.end(),
                                    [&](const auto& i) { return i.name == name; });
    if (input != spec_.inputs.end()) return BuildInput(*input);
    const auto step = std::find_if(spec_.steps.begin(), spec_.steps.end(),
                                   [&](const auto& s) { return s.name == name; });
    if (step != spec_.steps.end()) return BuildStep(*step);
    std::vector<std::string_view> names;
    for (const auto& i : spec_.inputs) names.emplace_back(i.name);
    for (const auto& s : spec_.steps) names.emplace_back(s.name);
    const std::string nearest = NearestName(name, names);
    return Fail(at,
                fmt::format("{}: there is no input or step '{}'{}", user, name,
                            nearest.empty() ? "" : fmt::format(": did you mean '{}'?", nearest)));
  }

  Result<DataFrame> BuildInput(const InputSpec& input) {
    std::vector<std::string> paths;
    for (const auto& path : input.paths) paths.push_back(ResolvePath(spec_.file, path));
    auto frames = ReadInput(input, paths, session_);
    if (!frames.ok())
      return WithContext(std::move(frames).error(), Place(input.location, "input", input.name));
    if (frames->checked) {
      const std::string checked_name = input.name + kCheckedSuffix;
      graph_.frames.emplace(checked_name, *frames->checked);
      graph_.kept.push_back({checked_name, "MEMORY_AND_DISK"});
    }
    if (frames->rejects) {
      OutputSpec write;
      write.name = input.name;
      write.format = "csv";
      write.path = ResolvePath(spec_.file, input.rejects);
      write.options = {{"header", "true"}};
      graph_.outputs.push_back({.name = input.name,
                                .kind = "rejects",
                                .frame = *frames->rejects,
                                .write = std::move(write)});
    }
    return Finish(input.name, input.cache, frames->rows,
                  Place(input.location, "input", input.name));
  }

  std::string Place(Location at, std::string_view kind, const std::string& name) const {
    return fmt::format("{}:{}: {} '{}'", spec_.file, at.line, kind, name);
  }

  Result<DataFrame> Finish(const std::string& name, const std::string& cache,
                           const DataFrame& frame, const std::string& place) {
    // Analysis now, so that a wrong name is found before anything is written.
    auto schema = frame.schema();
    if (!schema.ok()) return WithContext(std::move(schema).error(), place);
    if (!cache.empty()) graph_.kept.push_back({name, cache});
    graph_.frames.emplace(name, frame);
    return frame;
  }

  Result<DataFrame> BuildStep(const StepSpec& step) {
    building_.push_back(step.name);
    auto frame = ApplyOperations(step);
    building_.pop_back();
    if (!frame.ok()) return frame;
    return Finish(step.name, step.cache, *frame, Place(step.location, "step", step.name));
  }

  Result<DataFrame> ApplyOperations(const StepSpec& step) {
    const std::string user = fmt::format("steps.{}", step.name);
    std::optional<DataFrame> frame;
    if (!step.from.empty()) {
      ASSIGN_OR_RETURN(frame, Find(step.from, step.location, user));
    }
    for (const Operation& operation : step.operations) {
      ASSIGN_OR_RETURN(
          frame, std::visit([&](const auto& node) { return Apply(node, frame, operation, user); },
                            operation.node));
    }
    return *std::move(frame);
  }

  using Input = const std::optional<DataFrame>&;

  Result<DataFrame> Apply(const SelectOperation& node, Input in, const Operation&,
                          const std::string&) {
    return in->SelectExpr(node.expressions);
  }
  Result<DataFrame> Apply(const FilterOperation& node, Input in, const Operation&,
                          const std::string&) {
    return in->Filter(node.condition);
  }
  Result<DataFrame> Apply(const WithColumnsOperation& node, Input in, const Operation&,
                          const std::string&) {
    // One after the other, so that a later column may use an earlier one.
    DataFrame out = *in;
    for (const auto& [name, text] : node.columns) out = out.WithColumn(name, expr(text));
    return out;
  }
  Result<DataFrame> Apply(const DropOperation& node, Input in, const Operation&,
                          const std::string&) {
    return in->Drop(node.columns);
  }
  Result<DataFrame> Apply(const RenameOperation& node, Input in, const Operation&,
                          const std::string&) {
    DataFrame out = *in;
    for (const auto& [from, to] : node.renames) out = out.WithColumnRenamed(from, to);
    return out;
  }
  Result<DataFrame> Apply(const DropDuplicatesOperation& node, Input in, const Operation&,
                          const std::string&) {
    return in->DropDuplicates(node.keys);
  }
  Result<DataFrame> Apply(const GroupByOperation& node, Input in, const Operation&,
                          const std::string&) {
    std::vector<Column> keys;
    for (const auto& key : node.keys) keys.push_back(expr(key));
    return in->GroupBy(keys).Agg(Named(node.aggregates));
  }
  Result<DataFrame> Apply(const OrderByOperation& node, Input in, const Operation&,
                          const std::string&) {
    std::vector<Column> keys;
    for (const auto& key : node.keys) keys.push_back(ParseOrderKey(key));
    return in->OrderBy(keys);
  }
  Result<DataFrame> Apply(const LimitOperation& node, Input in, const Operation&,
                          const std::string&) {
    return in->Limit(node.count);
  }
  Result<DataFrame> Apply(const JoinOperation& node, Input in, const Operation& operation,
                          const std::string& user) {
    ASSIGN_OR_RETURN(DataFrame other, Find(node.with, operation.location, user));
    if (node.broadcast) other = other.Hint("broadcast");
    if (node.how == "cross") return in->CrossJoin(other);
    if (!node.on.empty()) return in->Join(other, node.on, ParseJoinType(node.how));
    return in->Alias("left").Join(other.Alias("right"), expr(node.condition),
                                  ParseJoinType(node.how));
  }
  Result<DataFrame> Apply(const UnionOperation& node, Input in, const Operation& operation,
                          const std::string& user) {
    DataFrame out = *in;
    for (const auto& name : node.with) {
      ASSIGN_OR_RETURN(const DataFrame other, Find(name, operation.location, user));
      out = out.UnionByName(other);
    }
    return out;
  }
  Result<DataFrame> Apply(const RepartitionOperation& node, Input in, const Operation&,
                          const std::string&) {
    if (node.by.empty()) return in->Repartition(node.partitions);
    std::vector<Column> keys;
    for (const auto& key : node.by) keys.push_back(expr(key));
    return node.partitions == 0 ? in->Repartition(keys) : in->Repartition(node.partitions, keys);
  }
  Result<DataFrame> Apply(const RepartitionByRangeOperation& node, Input in, const Operation&,
                          const std::string&) {
    std::vector<Column> keys;
    for (const auto& key : node.by) keys.push_back(ParseOrderKey(key));
    return node.partitions == 0 ? in->RepartitionByRange(keys)
                                : in->RepartitionByRange(node.partitions, keys);
  }
  Result<DataFrame> Apply(const CheckQualityOperation& node, Input in, const Operation&,
                          const std::string&) {
    const BarColumnsSpec& c = node.columns;
    return CheckQuality(*in, {.ticker = c.ticker,
                              .time = c.time,
                              .open = c.open,
                              .high = c.high,
                              .low = c.low,
                              .close = c.close,
                              .volume = c.volume});
  }

  // The query, as it is written, with every input and step it names as a named relation. A name
  // that would close a circle is left to mean what it means elsewhere (a column, a table of the
  // session). Whether the text is right is the engine's to say: a real Spark knows more than we do.
  Result<DataFrame> Apply(const SqlOperation& node, Input in, const Operation& operation,
                          const std::string& user) {
    const auto statement = ParseStatement(node.text);
    if (statement.ok() && std::holds_alternative<Command>(*statement))
      return Fail(operation.location, fmt::format("{}: sql must be a query", user));
    WithTables tables;
    if (in)
      tables.tables.push_back(
          {.name = std::string(kStepInput), .columns = {}, .plan = in->relation()});
    std::vector<std::string> names;
    for (const auto& i : spec_.inputs) names.push_back(i.name);
    for (const auto& s : spec_.steps) names.push_back(s.name);
    for (const auto& name : names) {
      const bool circular = std::find(building_.begin(), building_.end(), name) != building_.end();
      if (circular || !MentionsWord(node.text, name)) continue;
      ASSIGN_OR_RETURN(const DataFrame other, Find(name, operation.location, user));
      tables.tables.push_back({.name = name, .columns = {}, .plan = other.relation()});
    }
    tables.input = MakeRelation(
        SqlQuery{.text = node.text, .named_arguments = {}, .positional_arguments = {}});
    const DataFrame frame(session_.session(),
                          tables.tables.empty() ? tables.input : MakeRelation(std::move(tables)));
    auto schema = frame.schema();
    if (!schema.ok())
      return WithContext(std::move(schema).error(), Place(operation.location, "sql of", user));
    return frame;
  }

  const PipelineSpec& spec_;
  const SparkSession& session_;
  PipelineGraph graph_;
  std::vector<std::string> building_;
};

}  // namespace

std::string ResolvePath(const std::string& file, const std::string& path) {
  if (path.find(":/") != std::string::npos) return path;
  const std::filesystem::path given(path);
  if (given.is_absolute()) return path;
  return (std::filesystem::absolute(file).parent_path() / given).lexically_normal().string();
}

Result<PipelineGraph> BuildGraph(const PipelineSpec& spec, const SparkSession& session) {
  return GraphBuilder(spec, session).Build();
}

}  // namespace ember

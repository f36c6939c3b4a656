// Statements: variables, views for SQL, writes.
#include <fmt/format.h>

#include <algorithm>

#include "export/python_options.h"
#include "export/python_query.h"
#include "export/python_relation.h"
#include "export/python_repeats.h"
#include "sql/lexer.h"

namespace ember {
namespace {

constexpr size_t kIndent = 4;  // of main's body

bool IsPlainName(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

std::string CommentLines(const std::vector<std::string>& comments) {
  std::string out;
  for (const std::string& comment : comments) {
    out += std::string(kIndent, ' ') + (comment.empty() ? "#" : "# " + comment) + "\n";
  }
  return out;
}

std::string_view ModeWord(SaveMode mode) {
  switch (mode) {
    case SaveMode::kErrorIfExists:
      return "error";  // the one word that the Connect client knows too
    case SaveMode::kAppend:
      return "append";
    case SaveMode::kOverwrite:
      return "overwrite";
    case SaveMode::kIgnore:
      return "ignore";
  }
  return "error";
}

}  // namespace

RelationExporter::RelationExporter(const ExportedProgram& program) : program_(program) {
  for (const ExportedFrame& frame : program_.frames) {
    frame_names_.emplace(&frame, names_.Claim(frame.name));
    pending_.emplace(frame.relation.get(), &frame);
  }
}

Status RelationExporter::ExportFrames() {
  for (const ExportedFrame& frame : program_.frames) RETURN_IF_ERROR(ExportFrame(frame));
  return {};
}

Status RelationExporter::ExportFrame(const ExportedFrame& frame) {
  const std::string& variable = frame_names_.at(&frame);
  const auto pending = pending_.find(frame.relation.get());
  if (pending == pending_.end()) {
    // Another frame of the same relation, or this one, which another needed before.
    const std::string& first = variables_.at(frame.relation.get());
    if (first == variable) return {};
    return Assign(variable, PythonText(first), frame.comments);
  }
  if (pending->second != &frame) {
    RETURN_IF_ERROR(ExportFrame(*pending->second));
    return ExportFrame(frame);
  }
  pending_.erase(pending);
  const std::string outer = std::exchange(current_, variable);
  auto code = ExportNode(*frame.relation);
  current_ = outer;
  if (!code.ok()) return WithContext(std::move(code).error(), "export of '" + frame.name + "'");
  const auto cached = std::find_if(
      program_.frames.begin(), program_.frames.end(),
      [&](const auto& other) { return other.is_cached && other.relation == frame.relation; });
  if (cached != program_.frames.end()) {
    const bool has_level = !cached->storage_level.empty();
    code = has_level ? PythonMethod(*code, "persist", {PythonText(cached->storage_level)})
                     : PythonMethod(*code, "cache", {});
  }
  RETURN_IF_ERROR(Assign(variable, *code, frame.comments));
  variables_.emplace(frame.relation.get(), variable);
  return {};
}

Status RelationExporter::Assign(const std::string& variable, const PythonCodePtr& code,
                                const std::vector<std::string>& comments) {
  const NamedRepeats named = NameRepeats(code, names_);
  text_ += "\n" + CommentLines(comments);
  // The last found is the smallest, which the others may be made of.
  for (auto repeat = named.variables.rbegin(); repeat != named.variables.rend(); ++repeat) {
    text_ += PythonStatement(repeat->first, *repeat->second, kIndent);
  }
  text_ += PythonStatement(variable, *named.code, kIndent);
  return {};
}

Result<PythonCodePtr> RelationExporter::Export(const RelationPtr& relation) {
  if (const auto frame = pending_.find(relation.get()); frame != pending_.end())
    RETURN_IF_ERROR(ExportFrame(*frame->second));
  if (const auto variable = variables_.find(relation.get()); variable != variables_.end())
    return PythonText(variable->second);
  return ExportNode(*relation);
}

Result<std::string> RelationExporter::View(const RelationPtr& relation, const std::string& wanted) {
  const std::string quoted = IsPlainName(wanted) ? wanted : QuoteIdentifier(wanted);
  const auto [known, is_new] = views_.emplace(ToLower(wanted), relation.get());
  if (!is_new) {
    if (known->second == relation.get()) return quoted;
    return Unsupported(fmt::format("export of two views of the name '{}'", wanted));
  }
  ASSIGN_OR_RETURN(const PythonCodePtr code, Export(relation));
  text_ += "\n";
  text_ += PythonStatement(
      "", *PythonMethod(code, "createOrReplaceTempView", {PythonText(PythonString(quoted))}),
      kIndent);
  return quoted;
}

Result<PythonCodePtr> RelationExporter::Node(const SqlQuery& node) {
  if (!node.named_arguments.empty() || !node.positional_arguments.empty())
    return Unsupported("export of spark.sql with arguments");
  return PythonCall("spark.sql", {PythonText(QueryText(node.text, "", kIndent))});
}

Result<PythonCodePtr> RelationExporter::Node(const WithTables& node) {
  const auto* query = std::get_if<SqlQuery>(&node.input->node);
  if (query == nullptr) return Unsupported("export of a query whose text is not known");
  std::string input_view;
  for (const CommonTable& table : node.tables) {
    if (table.name != "input") {
      RETURN_IF_ERROR(View(table.plan, table.name));
      continue;
    }
    const auto named = [&](const ExportedFrame& frame) { return frame.relation == table.plan; };
    const auto frame = std::find_if(program_.frames.begin(), program_.frames.end(), named);
    if (frame != program_.frames.end()) {
      ASSIGN_OR_RETURN(input_view, View(table.plan, frame->name));
      continue;
    }
    // What the step did before its query.
    ASSIGN_OR_RETURN(const PythonCodePtr code, Export(table.plan));
    const std::string variable = names_.Claim(current_ + "_input");
    RETURN_IF_ERROR(Assign(variable, code, {}));
    variables_.emplace(table.plan.get(), variable);
    ASSIGN_OR_RETURN(input_view, View(table.plan, variable));
  }
  return PythonCall("spark.sql", {PythonText(QueryText(query->text, input_view, kIndent))});
}

PythonCodePtr RelationExporter::Path(const std::string& path) {
  const std::string start = program_.folder + "/";
  if (program_.folder.empty() || !path.starts_with(start)) return PythonText(PythonString(path));
  uses_folder_ = true;
  std::string rest;
  for (const char c : path.substr(start.size())) {
    rest += c;
    if (c == '{' || c == '}') rest += c;  // as f-strings want it
  }
  const std::string quoted = PythonString(rest);
  return PythonText("f" + quoted.substr(0, 1) + "{FOLDER}/" + quoted.substr(1));
}

Status RelationExporter::ExportWrite(const ExportedWrite& exported) {
  const WriteFiles& write = exported.write;
  const bool is_insert = write.is_insert_into || !write.insert_columns.empty() ||
                         write.is_by_name || !write.partition.empty() || write.if_not_exists;
  if (is_insert) return Unsupported("export of an insert");
  if (!write.cluster_by.empty() || !write.comment.empty() || !write.properties.empty())
    return Unsupported("export of a write with clusterBy or table properties");
  ASSIGN_OR_RETURN(const PythonCodePtr input, Export(write.input));
  PythonCodePtr code = PythonMethod(PythonSequence({input, PythonText(".write")}), "mode",
                                    {PythonText(PythonString(ModeWord(write.mode)))});
  if (!write.partition_by.empty())
    code = PythonMethod(code, "partitionBy", PythonStrings(write.partition_by));
  if (write.buckets > 0) {
    auto arguments = PythonStrings(write.bucket_by);
    arguments.insert(arguments.begin(), PythonText(std::to_string(write.buckets)));
    code = PythonMethod(code, "bucketBy", std::move(arguments));
  }
  if (!write.sort_by.empty()) code = PythonMethod(code, "sortBy", PythonStrings(write.sort_by));
  code = WithPythonOptions(code, write.options);
  if (write.table.empty()) {
    code = PythonMethod(code, write.format, {Path(write.path)});
  } else {
    if (!write.format.empty())
      code = PythonMethod(code, "format", {PythonText(PythonString(write.format))});
    code = PythonMethod(code, "saveAsTable", {PythonText(PythonString(QuoteName(write.table)))});
  }
  text_ += "\n" + CommentLines(exported.comments) + PythonStatement("", *code, kIndent);
  if (!exported.counted_as.empty()) {
    const std::string count = FlatPython(*PythonMethod(input, "count", {}));
    text_ += fmt::format("    print({}, {})\n", PythonString(exported.counted_as + ":"), count);
  }
  return {};
}

}  // namespace ember

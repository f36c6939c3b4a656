#pragma once

#include <map>
#include <string>

#include "export/pyspark_program.h"
#include "export/python_code.h"

namespace ember {

/// Turns relations into statements of one program's main function.
class RelationExporter {
 public:
  explicit RelationExporter(const ExportedProgram& program);

  /// Every frame, each after those that it needs.
  Status ExportFrames();
  Status ExportWrite(const ExportedWrite& write);

  /// The statements so far.
  const std::string& text() const { return text_; }
  bool uses_folder() const { return uses_folder_; }

 private:
  Status ExportFrame(const ExportedFrame& frame);
  Status Assign(const std::string& variable, const PythonCodePtr& code,
                const std::vector<std::string>& comments);
  /// The relation as code; a frame's as its variable.
  Result<PythonCodePtr> Export(const RelationPtr& relation);
  Result<PythonCodePtr> ExportNode(const Relation& relation);

  Result<PythonCodePtr> Node(const ReadFiles& node);
  Result<PythonCodePtr> Node(const ReadTable& node);
  Result<PythonCodePtr> Node(const SqlQuery& node);
  Result<PythonCodePtr> Node(const Range& node);
  Result<PythonCodePtr> Node(const Project& node);
  Result<PythonCodePtr> Node(const Filter& node);
  Result<PythonCodePtr> Node(const WithColumns& node);
  Result<PythonCodePtr> Node(const WithColumnsRenamed& node);
  Result<PythonCodePtr> Node(const DropColumns& node);
  Result<PythonCodePtr> Node(const Deduplicate& node);
  Result<PythonCodePtr> Node(const Aggregate& node);
  Result<PythonCodePtr> Node(const Sort& node);
  Result<PythonCodePtr> Node(const Limit& node);
  Result<PythonCodePtr> Node(const Offset& node);
  Result<PythonCodePtr> Node(const Join& node);
  Result<PythonCodePtr> Node(const SetOperation& node);
  Result<PythonCodePtr> Node(const SubqueryAlias& node);
  Result<PythonCodePtr> Node(const Repartition& node);
  Result<PythonCodePtr> Node(const Hint& node);
  Result<PythonCodePtr> Node(const ToDataFrame& node);
  Result<PythonCodePtr> Node(const WithTables& node);

  /// The name of a view of the relation, which is made here when there is none yet.
  Result<std::string> View(const RelationPtr& relation, const std::string& wanted);
  /// A path as a string or, below the program's folder, as f"{FOLDER}/…".
  PythonCodePtr Path(const std::string& path);

  const ExportedProgram& program_;
  PythonNames names_;
  std::map<const Relation*, std::string> variables_;         // of statements written
  std::map<const Relation*, const ExportedFrame*> pending_;  // frames not written yet
  std::map<const ExportedFrame*, std::string> frame_names_;
  std::map<std::string, const Relation*> views_;  // by name, lower case
  std::string current_;                           // the variable that is being assigned
  std::string text_;
  bool uses_folder_ = false;
};

}  // namespace ember

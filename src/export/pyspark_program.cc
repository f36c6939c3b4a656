#include "export/pyspark_program.h"

#include <fmt/format.h>

#include "export/python_relation.h"

namespace ember {
namespace {

// Of a """…""" text.
std::string DocText(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || (c == '"' && out.ends_with("\"\""))) out += '\\';
    out += c;
  }
  if (out.ends_with('"')) out += ' ';
  return out;
}

std::string Docstring(const ExportedProgram& program, bool uses_folder) {
  std::string out = "\"\"\"" + DocText(program.name) + "\n";
  if (!program.description.empty()) out += "\n";
  for (const std::string& line : program.description) out += DocText(line) + "\n";
  out += "\nRuns by spark-submit on any cluster of Spark 3.5 or later, and by plain python.\n";
  if (uses_folder)
    out += "The first argument is the folder that relative paths of the pipeline are in.\n";
  return out + "\"\"\"\n";
}

std::string SessionStatement(const ExportedProgram& program) {
  PythonCodePtr session = PythonMethod(PythonText("SparkSession.builder"), "appName",
                                       {PythonText(PythonString(program.name))});
  for (const auto& [key, value] : program.settings) {
    session = PythonMethod(session, "config",
                           {PythonText(PythonString(key)), PythonText(PythonString(value))});
  }
  std::string out;
  for (const std::string& comment : program.settings_comments) out += "    # " + comment + "\n";
  return out + PythonStatement("spark", *PythonMethod(session, "getOrCreate", {}), 4);
}

}  // namespace

Result<std::string> ExportPySpark(const ExportedProgram& program) {
  RelationExporter exporter(program);
  RETURN_IF_ERROR(exporter.ExportFrames());
  for (const ExportedWrite& write : program.writes) RETURN_IF_ERROR(exporter.ExportWrite(write));
  const std::string& body = exporter.text();
  const bool uses_folder = exporter.uses_folder();
  std::string imports = "SparkSession";
  if (body.find("Window.") != std::string::npos) imports += ", Window";
  if (body.find("F.") != std::string::npos) imports += ", functions as F";
  std::string out = Docstring(program, uses_folder) + "\n";
  if (uses_folder) out += "import sys\n\n";
  if (body.find("StorageLevel(") != std::string::npos)
    out += "from pyspark.storagelevel import StorageLevel\n";
  out += "from pyspark.sql import " + imports + "\n\n";
  if (uses_folder) {
    out += fmt::format("FOLDER = sys.argv[1] if len(sys.argv) > 1 else {}\n\n",
                       PythonString(program.folder));
  }
  out += "\ndef main():\n" + SessionStatement(program) + body + "\n    spark.stop()\n";
  return out + "\n\nif __name__ == \"__main__\":\n    main()\n";
}

}  // namespace ember

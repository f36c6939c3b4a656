#include "functions/json_path.h"
#include "functions/json_reader.h"
#include "functions/json_schema.h"
#include "functions/json_tree.h"
#include "functions/native_tables.h"

namespace ember {
namespace {

using Inputs = std::span<const NativeVector>;

// (text, path)
void GetJsonObject(Inputs inputs, size_t rows, NativeWriter& out) {
  std::string known;
  bool is_known = false;
  std::optional<JsonPath> path;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    if (!is_known || inputs[1].text(row) != known) {
      known = inputs[1].text(row);
      path = JsonPath::Parse(known);
      is_known = true;
    }
    std::optional<JsonTree> tree = path ? ParseJsonTree(inputs[0].text(row)) : std::nullopt;
    std::optional<std::string> found = tree ? path->Find(*tree) : std::nullopt;
    if (found) {
      out.SetText(row, *found);
    } else {
      out.SetNull(row);
    }
  }
}

// (text, name): a field of the object, as json_tuple gives it.
void JsonField(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    std::optional<std::string> found;
    if (!inputs[0].is_null(row) && !inputs[1].is_null(row)) {
      std::optional<JsonTree> tree = ParseJsonTree(inputs[0].text(row));
      for (size_t i = 0; tree && i < tree->keys.size(); ++i) {
        const JsonTree& item = tree->items[i];
        if (tree->keys[i] != inputs[1].text(row) || item.kind == JsonTree::Kind::kNull) continue;
        found.emplace();
        if (item.kind == JsonTree::Kind::kString) {
          *found = item.text;
        } else {
          AppendJson(item, *found);
        }
      }
    }
    if (found) {
      out.SetText(row, *found);
    } else {
      out.SetNull(row);
    }
  }
}

void ArrayLength(Inputs inputs, size_t rows, NativeWriter& out) {
  for (size_t row = 0; row < rows; ++row) {
    std::optional<JsonTree> tree;
    if (!inputs[0].is_null(row)) tree = ParseJsonTree(inputs[0].text(row));
    if (tree && tree->kind == JsonTree::Kind::kArray) {
      out.Set<int32_t>(row, static_cast<int32_t>(tree->items.size()));
    } else {
      out.SetNull(row);
    }
  }
}

void ObjectKeys(Inputs inputs, size_t rows, NativeWriter& out) {
  std::vector<std::string_view> keys;
  for (size_t row = 0; row < rows; ++row) {
    std::optional<JsonTree> tree;
    if (!inputs[0].is_null(row)) tree = ParseJsonTree(inputs[0].text(row));
    if (tree && tree->kind == JsonTree::Kind::kObject) {
      keys.assign(tree->keys.begin(), tree->keys.end());
      out.SetTextList(row, keys);
    } else {
      out.SetNull(row);
    }
  }
}

void Quote(Inputs inputs, size_t rows, NativeWriter& out) {
  std::string text;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    text.clear();
    AppendJsonString(inputs[0].text(row), text);
    out.SetText(row, text);
  }
}

// (text, specification): the value in the form that DuckDB's from_json builds the type of.
void ReadJson(Inputs inputs, size_t rows, NativeWriter& out) {
  std::string known;
  std::optional<JsonTypeReader> reader;
  for (size_t row = 0; row < rows; ++row) {
    if (inputs[0].is_null(row) || inputs[1].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    if (!reader || inputs[1].text(row) != known) {
      known = inputs[1].text(row);
      Result<JsonTypeReader> made = JsonTypeReader::Make(known);
      if (!made.ok()) {
        out.SetNull(row);
        continue;
      }
      reader = std::move(made).value();
    }
    std::optional<std::string> json = reader->Read(inputs[0].text(row));
    if (json) {
      out.SetText(row, *json);
    } else {
      out.SetNull(row);
    }
  }
}

// (text, specification): the rows of a file's record, each as ReadJson gives it.
void JsonRecords(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  Result<JsonTypeReader> reader = JsonTypeReader::Make(inputs[1].text(0));
  for (size_t row = 0; row < rows; ++row) {
    if (!reader.ok() || inputs[0].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    const std::vector<std::string> records = reader->ReadRecords(inputs[0].text(row));
    out.SetTextList(row, std::vector<std::string_view>(records.begin(), records.end()));
  }
}

// (text, specification): the type of a file's record as JSON; JsonTypeReader::kFailed of one that
// ends the inference.
void JsonRecordType(Inputs inputs, size_t rows, NativeWriter& out) {
  if (rows == 0) return;
  Result<JsonSchemaInference> inference = JsonSchemaInference::Make(inputs[1].text(0));
  for (size_t row = 0; row < rows; ++row) {
    if (!inference.ok() || inputs[0].is_null(row)) {
      out.SetNull(row);
      continue;
    }
    Result<std::optional<DataType>> type = inference->TypeOfRecord(inputs[0].text(row));
    if (!type.ok()) {
      out.SetText(row, JsonTypeReader::kFailed);
    } else if (*type) {
      out.SetText(row, TypeJson(**type));
    } else {
      out.SetNull(row);
    }
  }
}

}  // namespace

std::vector<NativeFunction> JsonNatives() {
  using enum NativeType;
  return {
      {"ember_get_json_object", {kVarchar, kVarchar}, kVarchar, GetJsonObject},
      {"ember_json_field", {kVarchar, kVarchar}, kVarchar, JsonField},
      {"ember_json_records", {kVarchar, kVarchar}, kVarcharList, JsonRecords},
      {"ember_json_record_type", {kVarchar, kVarchar}, kVarchar, JsonRecordType},
      {"ember_json_array_length", {kVarchar}, kInteger, ArrayLength},
      {"ember_json_object_keys", {kVarchar}, kVarcharList, ObjectKeys},
      {"ember_json_quote", {kVarchar}, kVarchar, Quote},
      {"ember_read_json", {kVarchar, kVarchar}, kVarchar, ReadJson},
  };
}

}  // namespace ember

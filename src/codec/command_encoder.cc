#include "codec/encoder.h"
#include "plan/attribute_name.h"

namespace ember {
namespace {

namespace proto = ::spark::connect;

proto::WriteOperation::SaveMode SaveModeOf(SaveMode mode) {
  switch (mode) {
    case SaveMode::kErrorIfExists:
      return proto::WriteOperation::SAVE_MODE_ERROR_IF_EXISTS;
    case SaveMode::kAppend:
      return proto::WriteOperation::SAVE_MODE_APPEND;
    case SaveMode::kOverwrite:
      return proto::WriteOperation::SAVE_MODE_OVERWRITE;
    case SaveMode::kIgnore:
      return proto::WriteOperation::SAVE_MODE_IGNORE;
  }
  return proto::WriteOperation::SAVE_MODE_UNSPECIFIED;
}

Status EncodeWrite(const WriteFiles& write, proto::WriteOperation* out) {
  using Table = proto::WriteOperation::SaveTable;
  if (write.options.contains("targetfilesize"))
    return Unsupported("the option targetFileSize in a write by Spark");
  RETURN_IF_ERROR(Encoder().Encode(*write.input, out->mutable_input()));
  if (!write.format.empty()) out->set_source(write.format);
  if (write.table.empty()) {
    out->set_path(write.path);
  } else {
    out->mutable_table()->set_table_name(JoinAttributeName(write.table));
    out->mutable_table()->set_save_method(write.is_insert_into
                                              ? Table::TABLE_SAVE_METHOD_INSERT_INTO
                                              : Table::TABLE_SAVE_METHOD_SAVE_AS_TABLE);
  }
  out->set_mode(SaveModeOf(write.mode));
  CopyStrings(write.partition_by, out->mutable_partitioning_columns());
  CopyStrings(write.sort_by, out->mutable_sort_column_names());
  CopyStrings(write.cluster_by, out->mutable_clustering_columns());
  if (write.buckets > 0) {
    CopyStrings(write.bucket_by, out->mutable_bucket_by()->mutable_bucket_column_names());
    out->mutable_bucket_by()->set_num_buckets(write.buckets);
  }
  CopyOptions(write.options, out->mutable_options());
  return {};
}

Status EncodeView(const CreateView& view, proto::CreateDataFrameViewCommand* out) {
  if (!view.is_temporary && !view.is_global) return Unsupported("CREATE VIEW outside SQL text");
  if (!view.columns.empty() || view.if_not_exists) {
    return Unsupported("CREATE VIEW with columns or IF NOT EXISTS outside SQL text");
  }
  out->set_name(JoinAttributeName(view.name));
  out->set_is_global(view.is_global);
  out->set_replace(view.or_replace);
  return Encoder().Encode(*view.input, out->mutable_input());
}

}  // namespace

Status EncodeCommand(const Command& command, proto::Command* out) {
  if (const auto* write = std::get_if<WriteFiles>(&command.node)) {
    return EncodeWrite(*write, out->mutable_write_operation());
  }
  if (const auto* view = std::get_if<CreateView>(&command.node)) {
    return EncodeView(*view, out->mutable_create_dataframe_view());
  }
  return Unsupported("this command outside SQL text");
}

}  // namespace ember

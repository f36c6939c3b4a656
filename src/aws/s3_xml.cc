#include "aws/s3_xml.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "aws/host.h"
#include "aws/uri.h"

namespace ember {
namespace {

Error InvalidAnswer(std::string_view what) {
  return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", std::string(what)}});
}

Result<pugi::xml_node> Root(pugi::xml_document& document, const std::string& xml,
                            std::string_view name) {
  if (!document.load_buffer(xml.data(), xml.size()) ||
      (!name.empty() && document.document_element().name() != name)) {
    return InvalidAnswer(
        fmt::format("no {} document", name.empty() ? std::string_view("XML") : name));
  }
  return document.document_element();
}

// Keys come encoded when asked for: a blank as '+', as in forms.
class KeyDecoder {
 public:
  explicit KeyDecoder(pugi::xml_node root)
      : is_encoded_(std::string_view(root.child_value("EncodingType")) == "url") {}
  std::string operator()(std::string text) const {
    if (!is_encoded_) return text;
    for (char& c : text) c = c == '+' ? ' ' : c;
    return UriDecode(text);
  }

 private:
  bool is_encoded_;
};

bool IsTrue(pugi::xml_node root, const char* child) {
  return std::string_view(root.child_value(child)) == "true";
}

std::string Text(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  return out.str();
}

void AddChild(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).append_child(pugi::node_pcdata).set_value(text.c_str());
}

}  // namespace

Result<S3ListPage> ParseS3ListPage(const std::string& xml) {
  pugi::xml_document document;
  ASSIGN_OR_RETURN(pugi::xml_node root, Root(document, xml, "ListBucketResult"));
  const KeyDecoder decode(root);
  S3ListPage page;
  for (const pugi::xml_node node : root.children("Contents")) {
    page.listing.objects.push_back(
        {.key = decode(node.child_value("Key")),
         .size = node.child("Size").text().as_llong(),
         .modified_us = ParseIsoTime(node.child_value("LastModified")).value_or(0),
         .etag = WithoutQuotes(node.child_value("ETag"))});
  }
  for (const pugi::xml_node node : root.children("CommonPrefixes")) {
    page.listing.prefixes.push_back(decode(node.child_value("Prefix")));
  }
  if (!IsTrue(root, "IsTruncated")) return page;
  page.next_token = root.child_value("NextContinuationToken");
  if (page.next_token.empty()) return InvalidAnswer("a truncated list without a token");
  return page;
}

Result<S3UploadsPage> ParseS3UploadsPage(const std::string& xml) {
  pugi::xml_document document;
  ASSIGN_OR_RETURN(pugi::xml_node root, Root(document, xml, "ListMultipartUploadsResult"));
  const KeyDecoder decode(root);
  S3UploadsPage page;
  for (const pugi::xml_node node : root.children("Upload")) {
    page.uploads.push_back({.key = decode(node.child_value("Key")),
                            .id = node.child_value("UploadId"),
                            .started_us = ParseIsoTime(node.child_value("Initiated")).value_or(0)});
  }
  page.is_truncated = IsTrue(root, "IsTruncated");
  page.next_key = decode(root.child_value("NextKeyMarker"));
  page.next_id = root.child_value("NextUploadIdMarker");
  if (page.is_truncated && page.next_key.empty()) {
    return InvalidAnswer("a truncated list of uploads without a marker");
  }
  return page;
}

Result<S3PartsPage> ParseS3PartsPage(const std::string& xml) {
  pugi::xml_document document;
  ASSIGN_OR_RETURN(pugi::xml_node root, Root(document, xml, "ListPartsResult"));
  S3PartsPage page;
  for (const pugi::xml_node node : root.children("Part")) {
    page.parts.push_back({.number = node.child("PartNumber").text().as_int(),
                          .etag = WithoutQuotes(node.child_value("ETag")),
                          .size = node.child("Size").text().as_llong(),
                          .checksum = node.child_value("ChecksumSHA256")});
  }
  page.is_truncated = IsTrue(root, "IsTruncated");
  page.next_marker = root.child_value("NextPartNumberMarker");
  if (page.is_truncated && page.next_marker.empty()) {
    return InvalidAnswer("a truncated list of parts without a marker");
  }
  return page;
}

Result<std::string> ParseS3Child(const std::string& xml, const char* child) {
  pugi::xml_document document;
  ASSIGN_OR_RETURN(pugi::xml_node root, Root(document, xml, ""));
  std::string text = root.child_value(child);
  if (text.empty()) return InvalidAnswer(fmt::format("no {} in <{}>", child, root.name()));
  return text;
}

Result<std::vector<S3DeleteFault>> ParseS3DeleteFaults(const std::string& xml) {
  pugi::xml_document document;
  ASSIGN_OR_RETURN(pugi::xml_node root, Root(document, xml, "DeleteResult"));
  std::vector<S3DeleteFault> faults;
  for (const pugi::xml_node node : root.children("Error")) {
    faults.push_back({.key = node.child_value("Key"),
                      .code = node.child_value("Code"),
                      .message = node.child_value("Message")});
  }
  return faults;
}

std::string S3DeleteXml(std::span<const std::string> keys) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("Delete");
  root.append_attribute("xmlns") = "http://s3.amazonaws.com/doc/2006-03-01/";
  AddChild(root, "Quiet", "true");
  for (const std::string& key : keys) AddChild(root.append_child("Object"), "Key", key);
  return Text(document);
}

std::string S3CompleteXml(const std::vector<S3Part>& parts) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("CompleteMultipartUpload");
  root.append_attribute("xmlns") = "http://s3.amazonaws.com/doc/2006-03-01/";
  for (const S3Part& part : parts) {
    pugi::xml_node node = root.append_child("Part");
    AddChild(node, "PartNumber", fmt::format("{}", part.number));
    AddChild(node, "ETag", "\"" + part.etag + "\"");
    if (!part.checksum.empty()) AddChild(node, "ChecksumSHA256", part.checksum);
  }
  return Text(document);
}

bool IsXmlText(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  }
  return true;
}

std::string WithoutQuotes(std::string_view etag) {
  if (etag.starts_with('"')) etag.remove_prefix(1);
  if (etag.ends_with('"')) etag.remove_suffix(1);
  return std::string(etag);
}

}  // namespace ember

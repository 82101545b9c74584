#include "attachments.h"

#include <absl/strings/ascii.h>

#include <set>

#include "change.h"
#include "digest.h"
#include "file_type.h"
#include "json_text.h"
#include "rabatt/records/campaign.h"
#include "records/read_cell.h"
#include "stored.h"
#include "writing.h"

namespace rabatt {
namespace {

constexpr std::size_t largest_content = 64UL << 20U;
constexpr std::int64_t most_attachments = 1'000;
constexpr std::size_t chunk_size = 256UL << 10U;

const RecordType& attachment_type() { return record_type<AttachmentRecord>(); }

int nibble(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

std::vector<std::byte> bytes_of(std::string_view hex) {
  std::vector<std::byte> bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(nibble(hex[i]) * 16 + nibble(hex[i + 1])));
  }
  return bytes;
}

// Stores content that is not there yet.
void keep_content(Session& session, const std::string& sha256, std::span<const std::byte> content) {
  if (session.value("select 1 from content where sha256 = $1", {sha256})) return;
  session.run("insert into content (sha256, size) values ($1, $2)", {sha256, std::to_string(content.size())});
  std::int64_t position = 0;
  for (std::size_t begin = 0; begin < content.size(); begin += chunk_size) {
    const auto chunk = "\\x" + hex(content.subspan(begin, std::min(chunk_size, content.size() - begin)));
    session.run("insert into content_chunk (sha256, position, bytes) values ($1, $2, $3)",
                {sha256, std::to_string(position++), chunk});
  }
}

void describe(std::span<const std::byte> content, const std::string& sha256, AttachmentRecord* attachment) {
  attachment->file_size = Count(static_cast<std::int64_t>(content.size()));
  attachment->file_type.assign(media_type(content));
  attachment->sha256.assign(sha256);
  attachment->image_width = Count();
  attachment->image_height = Count();
  attachment->image_depth = Count();
  if (const auto image = image_header(content)) {
    attachment->image_width = Count(image->width);
    attachment->image_height = Count(image->height);
    attachment->image_depth = Count(image->depth);
  }
}

void check_size(std::span<const std::byte> content) {
  if (content.size() > largest_content) throw Error(Code::limit_crossed, "file_size " + std::to_string(content.size()));
}

// What holds of the name that a new attachment is given.
void check_file_name(std::string_view name) {
  const auto read = read_cell(attachment_type().fields()[*attachment_type().field("file_name")], name);
  if (read.fault) throw Error(*read.fault, subject_of("file_name", name));
  if (!read.cell) throw Error(Code::field_required, "file_name");
}

// The ids behind `cid:` in a text, in which "Acid: none" is no reference.
std::set<std::string> content_ids_in(std::string_view html) {
  std::set<std::string> ids;
  const auto lower = absl::AsciiStrToLower(absl::string_view(html.data(), html.size()));
  for (auto at = lower.find("cid:"); at != std::string::npos; at = lower.find("cid:", at + 4)) {
    const auto rest = html.substr(at + 4);
    const auto id = rest.substr(0, rest.find_first_of("\"'<> )\t\r\n"));
    const bool is_in_word = at > 0 && absl::ascii_isalnum(static_cast<unsigned char>(lower[at - 1]));
    if (!is_in_word && !id.empty()) ids.emplace(id);
  }
  return ids;
}

}  // namespace

std::int64_t put_attachment(Session& session, Draft draft, std::span<const std::byte> content) {
  session.require("campaign.write");
  check_size(content);
  return session.part([&] {
    const auto id = add_unverified(session, std::move(draft));
    const auto stored = load_existing(session, attachment_type(), id);
    auto attachment = record_of<AttachmentRecord>(stored);
    const auto count =
        session.value("select count(*) from attachment where campaign = $1", {std::to_string(attachment.campaign.id)});
    if (*integer_of(*count) > most_attachments) throw Error(Code::limit_crossed, "attachments " + *count);
    const auto sha256 = sha256_of(content);
    keep_content(session, sha256, content);
    describe(content, sha256, &attachment);
    write_change(session, attachment_type(), stored, attachment_type().values_of(attachment), "put");
    finish_changes(session, attachment_type(), {&id, 1});
    return id;
  });
}

void replace_attachment(Session& session, std::int64_t id, std::string_view file_name,
                        std::span<const std::byte> content) {
  session.require("campaign.write");
  check_size(content);
  if (!file_name.empty()) check_file_name(file_name);
  session.part([&] {
    const auto stored = load_existing(session, attachment_type(), id);
    auto attachment = record_of<AttachmentRecord>(stored);
    const std::string former = attachment.sha256;
    const auto sha256 = sha256_of(content);
    keep_content(session, sha256, content);
    describe(content, sha256, &attachment);
    if (!file_name.empty()) attachment.file_name.assign(file_name);
    write_change(session, attachment_type(), stored, attachment_type().values_of(attachment), "replace");
    if (former != sha256) drop_content(session, former);
  });
}

void read_attachment(Session& session, std::int64_t id, const std::function<void(std::span<const std::byte>)>& visit) {
  session.require("campaign.read");
  const auto sha256 = load_record<AttachmentRecord>(session, id).sha256;
  session.run("select bytes from content_chunk where sha256 = $1 order by position", {sha256},
              [&](RowView row) { visit(bytes_of(row[0]->substr(2))); });
}

ContentIds check_content_ids(Session& session, std::int64_t campaign) {
  session.require("campaign.read");
  const auto id = std::to_string(campaign);
  const auto html = session.value(
      "select t.html from campaign c join email_template t on t.id = c.email_template where c.id = $1", {id});
  ContentIds ids{.unresolved = content_ids_in(html.value_or("")), .unused = {}, .has_template = html.has_value()};
  session.run("select content_id from attachment where campaign = $1 and content_id is not null", {id},
              [&](RowView row) {
                if (ids.unresolved.erase(std::string(*row[0])) == 0) ids.unused.emplace(*row[0]);
              });
  return ids;
}

void drop_content(Session& session, const std::string& sha256) {
  if (session.value("select 1 from attachment where sha256 = $1 limit 1", {sha256})) return;
  session.run("delete from content_chunk where sha256 = $1", {sha256});
  session.run("delete from content where sha256 = $1", {sha256});
}

void verify_attachment(Session& session, std::int64_t id) {
  const auto empty = session.value(
      "select id from attachment where id = $1 and sha256 is null and archive_reference is null", {std::to_string(id)});
  if (empty) throw Error(Code::field_required, "content");
  const auto twice = session.value(
      "select a.content_id from attachment a join attachment o on o.campaign = a.campaign and o.id <> a.id "
      "and o.content_id_key = a.content_id_key where a.id = $1 limit 1",
      {std::to_string(id)});
  if (twice) throw Error(Code::duplicate_content_id, subject_of("content_id", *twice));
}

}  // namespace rabatt

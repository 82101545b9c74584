// Attachments: the files of campaigns. Content is stored once, whoever attaches it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "records/draft.h"
#include "session.h"

namespace rabatt {

// Attaches a file to a campaign; `draft` is the attachment with its file name. Returns its id. Throws limit_crossed
// beyond 64 MiB, or 1,000 attachments of a campaign.
std::int64_t put_attachment(Session& session, Draft draft, std::span<const std::byte> content);

// Another content, under the same title and content id; the file name too where it is not empty.
void replace_attachment(Session& session, std::int64_t id, std::string_view file_name,
                        std::span<const std::byte> content);

// Visits the content, some hundred kilobytes at a time.
void read_attachment(Session& session, std::int64_t id, const std::function<void(std::span<const std::byte>)>& visit);

// The `cid:` references of the campaign's e-mail template that no attachment has, and the content ids that it does not
// refer to.
struct ContentIds {
  std::set<std::string> unresolved, unused;
  bool has_template = false;
};
ContentIds check_content_ids(Session& session, std::int64_t campaign);

// Removes content that no attachment has any more.
void drop_content(Session& session, const std::string& sha256);

// duplicate_content_id; field_required where there is neither a content nor one in the archive.
void verify_attachment(Session& session, std::int64_t id);

}  // namespace rabatt

#include "draft.h"

#include <algorithm>
#include <array>

#include "computed.h"
#include "json_reader.h"
#include "rabatt/hash_map.h"
#include "rabatt/text.h"
#include "read_cell.h"

namespace rabatt {
namespace {

constexpr std::array<std::string_view, 4> stamps = {"created_at", "created_by", "changed_at", "changed_by"};
constexpr std::size_t most_tags = 50;
constexpr std::size_t most_custom_values = 100;
constexpr std::size_t most_lines = 1'000'000;

class DraftReader {
 public:
  DraftReader(std::vector<Problem>* problems, bool as_text) : problems_(problems), as_text_(as_text) {}

  void read(JsonView object, const Path& path, Draft* draft) {
    if (object.kind() != JsonKind::object) return report(Code::invalid_value, path, "A record is an object.");
    KeySet seen;
    object.each([&](JsonView member) {
      const auto place = path / member.key();
      if (!is_repeated(member, place, &seen)) read_member(member, place, draft);
    });
  }

 private:
  void report(Code code, const Path& path, std::string message, std::string_view text = {}) {
    problems_->push_back({code, subject_of(path.text(), text), std::move(message)});
  }

  bool is_repeated(JsonView member, const Path& path, KeySet* seen) {
    if (seen->insert(member.key())) return false;
    report(Code::duplicate_field, path, "This field stands here twice.");
    return true;
  }

  void read_member(JsonView member, const Path& path, Draft* draft) {
    const auto& type = *draft->type;
    if (const auto field = type.field(member.key())) return read_field(member, path, *field, draft);
    if (const auto list = type.list(member.key())) return read_list(member, path, *list, draft);
    if (const auto child = type.child(member.key())) return read_children(member, path, *child, draft);
    if (member.key() == "id" || member.key() == "revision") return read_identity(member, path, draft);
    if (member.key() == "force" && member.kind() == JsonKind::boolean) {
      draft->force = member.text() == "true";
      return;
    }
    if (std::find(stamps.begin(), stamps.end(), member.key()) != stamps.end()) return;
    for (const auto& computed : computed_fields(type)) {
      if (computed.field.name == member.key()) return;
    }
    report(Code::unknown_field, path, "There is no such field here.");
  }

  void read_identity(JsonView member, const Path& path, Draft* draft) {
    if (member.kind() == JsonKind::null) return;
    const bool is_number = member.kind() == JsonKind::number || (as_text_ && member.kind() == JsonKind::string);
    const auto value = is_number ? integer_of(member.text()) : std::nullopt;
    if (!value) return report(Code::invalid_value, path, "This is a whole number.", member.text());
    if (member.key() == "id") {
      draft->id = *value;
    } else {
      draft->revision = *value;
    }
  }

  Cell read_value(const Field& field, JsonView value, const Path& path) {
    const bool is_text = as_text_ && value.kind() == JsonKind::string;
    auto read = is_text ? read_cell(field, value.text()) : read_cell(field, value);
    if (read.fault) {
      const bool is_value = value.kind() != JsonKind::array && value.kind() != JsonKind::object;
      report(*read.fault, path, std::move(read.message), is_value ? value.text() : std::string_view());
    }
    return std::move(read.cell);
  }

  void read_field(JsonView member, const Path& path, std::size_t index, Draft* draft) {
    const auto& field = draft->type->fields()[index];
    if (field.read_only) return;
    draft->values.fields[index] = read_value(field, member, path);
    draft->fields_given[index] = true;
  }

  void read_list(JsonView member, const Path& path, std::size_t index, Draft* draft) {
    const auto& list = draft->type->lists()[index];
    if (list.read_only) return;
    auto& rows = draft->values.lists[index];
    rows.clear();
    draft->lists_given[index] = true;
    if (member.kind() == JsonKind::null) return;
    if (member.kind() != (list.is_map ? JsonKind::object : JsonKind::array)) {
      return report(Code::invalid_value, path, list.is_map ? "This is an object." : "This is a list.");
    }
    std::size_t position = 0;
    KeySet seen;
    member.each([&](JsonView entry) {
      const Path place = list.is_map ? path / entry.key() : path[position];
      if (list.is_map && (is_repeated(entry, place, &seen) || entry.kind() == JsonKind::null)) return;
      Cells row;
      if (list.is_map) row.push_back(read_key(list, entry, place));
      read_entry(list, entry, place, &row);
      rows.push_back(std::move(row));
      ++position;
    });
    tidy(list, path, &rows);
  }

  Cell read_key(const ListField& list, JsonView entry, const Path& path) {
    auto read = read_cell(list.columns[0], entry.key());
    if (!read.cell) report(read.fault.value_or(Code::invalid_text), path, "This is no name.");
    return std::move(read.cell);
  }

  void read_entry(const ListField& list, JsonView entry, const Path& path, Cells* row) {
    const std::size_t first = list.is_map ? 1 : 0;
    if (list.of_values) {
      row->push_back(read_value(list.columns[first], entry, path));
      return;
    }
    for (std::size_t i = first; i < list.columns.size(); ++i) row->push_back(list.columns[i].blank);
    std::vector<bool> given(list.columns.size());
    if (entry.kind() != JsonKind::object) return report(Code::invalid_value, path, "This is an object.");
    KeySet seen;
    entry.each([&](JsonView member) {
      if (is_repeated(member, path / member.key(), &seen)) return;
      const auto column = std::find_if(list.columns.begin() + static_cast<std::ptrdiff_t>(first), list.columns.end(),
                                       [&](const Field& field) { return field.name == member.key(); });
      if (column == list.columns.end()) {
        return report(Code::unknown_field, path / member.key(), "There is no such field here.");
      }
      const auto index = static_cast<std::size_t>(column - list.columns.begin());
      given[index] = member.kind() != JsonKind::null;
      (*row)[index] = read_value(*column, member, path / member.key());
    });
    for (std::size_t i = first; i < list.columns.size(); ++i) {
      if (list.columns[i].required && !given[i]) {
        report(Code::field_required, path / list.columns[i].name, "This field is required.");
      }
    }
  }

  // Maps in the order of their keys; tags once each; no more than may be.
  void tidy(const ListField& list, const Path& path, std::vector<Cells>* rows) {
    if (list.is_map) std::sort(rows->begin(), rows->end());
    if (list.name == "tags") {
      HashSet<std::string> seen;
      std::erase_if(*rows, [&](const Cells& row) {
        auto key = folded_code(row[0].value_or(""));
        return key.empty() || !seen.insert(std::move(key)).second;
      });
      for (const auto& row : *rows) {
        if (row[0]->size() > 60) report(Code::text_too_long, path, "A tag has at most 60 bytes.", *row[0]);
      }
    }
    const auto most = list.name == "tags" ? most_tags : list.name == "custom" ? most_custom_values : most_lines;
    if (rows->size() > most) report(Code::limit_crossed, path, "There are at most " + std::to_string(most) + ".");
  }

  void read_children(JsonView member, const Path& path, std::size_t index, Draft* draft) {
    const auto& child = draft->type->children()[index];
    if (member.kind() == JsonKind::null) return;
    auto& drafts = draft->children[index].emplace();
    if (child.is_single) {
      return read(member, path, &drafts.emplace_back(child.type()));
    }
    if (member.kind() != JsonKind::array) return report(Code::invalid_value, path, "This is a list.");
    member.each([&](JsonView entry) {
      const auto position = drafts.size();
      read(entry, path[position], &drafts.emplace_back(child.type()));
    });
    if (drafts.size() > most_lines) report(Code::limit_crossed, path, "There are at most 1000000.");
  }

  std::vector<Problem>* problems_;
  bool as_text_;
};

}  // namespace

Draft draft_from_json(const RecordType& type, JsonView object, const Path& path, std::vector<Problem>* problems,
                      bool as_text) {
  Draft draft(type);
  DraftReader(problems, as_text).read(object, path, &draft);
  return draft;
}

}  // namespace rabatt

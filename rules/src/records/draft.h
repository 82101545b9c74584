// Draft: what somebody wants to store, read and checked field by field, before the store looks anything up.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json_tape.h"
#include "rabatt/error.h"
#include "rabatt/path.h"
#include "record_type.h"

namespace rabatt {

struct Draft {
  explicit Draft(const RecordType& type)
      : type(&type),
        values(type.blank()),
        fields_given(type.fields().size()),
        lists_given(type.lists().size()),
        children(type.children().size()) {}

  const RecordType* type;
  std::int64_t id = 0;  // of a record that is to be changed
  std::optional<std::int64_t> revision;
  bool force = false;  // what the change makes wrong elsewhere is to be put right: see Transaction::save()
  Values values;       // blank where nothing was given
  std::vector<bool> fields_given;
  std::vector<bool> lists_given;
  std::vector<std::optional<std::vector<Draft>>> children;  // nothing: they stay as they are
};

// A draft from a JSON object whose keys are the words of the record. Problems go to `problems` with their place below
// `path`. Read-only and computed fields and stamps are left out: they come along where a record is read, changed and
// saved.
// `as_text`: every value is a text, as files and command lines have it.
Draft draft_from_json(const RecordType& type, JsonView object, const Path& path, std::vector<Problem>* problems,
                      bool as_text = false);

}  // namespace rabatt

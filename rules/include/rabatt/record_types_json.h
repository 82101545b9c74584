// The records of a store, described for programs that make something of them: classes, commands, forms.
#pragma once

#include <string>

namespace rabatt {

// A JSON list with an object for each record, those that others refer to first:
//   {"name": "employee", "plural": "employees", "parent": "", "sort": "initials", "versioned": false,
//    "labels": ["initials"],
//    "fields": [{"name": "initials", "kind": "text", "required": true, "read_only": false, "fixed": false,
//                "personal": false, "unique": true, "several_lines": false, "most_bytes": 200, "default": null}, …],
//    "computed": [fields that follow from others and are not stored: …],
//    "lists": [{"name": "tags", "is_map": false, "of_values": true, "read_only": false, "columns": [fields …]}],
//    "children": [{"name": "lines", "is_single": false, "record": "campaign_line"}]}
// Kinds are text, decimal, integer, boolean, day, instant, choice (with `choices`) and reference (with `target`, the
// name of a record). The stamps that every record has are not among the fields: id, revision, created_at, created_by,
// changed_at, changed_by. In a map the first column is the key.
std::string record_types_json();

}  // namespace rabatt

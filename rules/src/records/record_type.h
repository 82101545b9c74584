// RecordType: a record's struct as data, derived from its description. SQL, JSON, search, import, export and the log
// are written once against this; only rules that tie fields together see the structs themselves.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cells.h"
#include "rabatt/error.h"
#include "rabatt/records/stored_record.h"

namespace rabatt {

enum class FieldKind { text, decimal, integer, boolean, day, instant, choice, reference };

enum class TextForm { line, lines, code, number, currency, email };

class RecordType;

// One field. `blank` is what it has when nothing is given: its default, or nothing.
struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  TextForm form = TextForm::line;
  bool required = false;
  bool read_only = false;
  bool fixed = false;
  bool personal = false;
  bool unique = false;
  bool owned = false;
  std::size_t most_bytes = 0;                  // of a text
  std::optional<std::int64_t> least = {}, most = {};     // of a decimal or an integer
  std::optional<int> most_places = {};              // of a decimal
  std::span<const std::string_view> choices = {};   // of a choice
  const RecordType& (*target)() = nullptr;     // of a reference
  Cell blank = {};
};

// A list or map inside a record: a table of its own, whose rows live in their record's revisions.
struct ListField {
  std::string_view name;
  bool is_map = false;     // the first column is the key
  bool read_only = false;
  bool of_values = false;  // an entry is one value: "TEA", {"EUR": "12.00"}; otherwise an object
  std::vector<Field> columns = {};
};

// Records of another type that live and die with this one, under a field of it.
struct ChildField {
  std::string_view name;
  bool is_single = false;  // one at most, with the id of its parent
  const RecordType& (*type)() = nullptr;
};

// What stands in a record, without its stamps: a cell for each of `fields`, rows of cells for each of `lists`.
struct Values {
  Cells fields;
  std::vector<std::vector<Cells>> lists;

  friend bool operator==(const Values&, const Values&) = default;
};

// What the struct of a type can do, with the struct forgotten.
struct RecordFunctions {
  std::unique_ptr<StoredRecord> (*create)();
  Values (*values_of)(const StoredRecord&);
  void (*fill)(StoredRecord*, const Values&);
  void (*check)(const StoredRecord&, std::vector<Problem>*);
  std::optional<std::vector<const StoredRecord*>> (*children_of)(const StoredRecord&, std::size_t index);
  std::vector<StoredRecord*> (*make_children)(StoredRecord*, std::size_t index, std::size_t count);
};

class RecordType {
 public:
  RecordType(const RecordTraits& traits, std::vector<Field> fields, std::vector<ListField> lists,
             std::vector<ChildField> children, RecordFunctions functions);

  std::string_view name() const noexcept { return traits_.name; }
  std::string_view plural() const noexcept { return traits_.plural; }
  bool is_versioned() const noexcept { return traits_.versioned; }
  std::string_view parent() const noexcept { return traits_.parent; }
  std::string_view sort() const noexcept { return traits_.sort; }
  std::span<const std::string_view> listed() const noexcept { return traits_.listed; }
  ByHand by_hand() const noexcept { return traits_.by_hand; }
  bool has_own_rights() const noexcept { return traits_.parent.empty() || traits_.own_rights; }

  const std::vector<Field>& fields() const noexcept { return fields_; }
  const std::vector<ListField>& lists() const noexcept { return lists_; }
  const std::vector<ChildField>& children() const noexcept { return children_; }

  // Its index in fields(), or lists(), or children(); nothing if there is none of this name.
  std::optional<std::size_t> field(std::string_view name) const noexcept;
  std::optional<std::size_t> list(std::string_view name) const noexcept;
  std::optional<std::size_t> child(std::string_view name) const noexcept;

  // The fields by which people refer to it, in the order of preference: number, code, initials.
  const std::vector<std::size_t>& labels() const noexcept { return labels_; }

  std::unique_ptr<StoredRecord> create() const { return functions_.create(); }
  Values values_of(const StoredRecord& record) const { return functions_.values_of(record); }
  void fill(StoredRecord* record, const Values& values) const { functions_.fill(record, values); }
  // Those of children()[index]; nothing where they were not read.
  std::optional<std::vector<const StoredRecord*>> children_of(const StoredRecord& record, std::size_t index) const {
    return functions_.children_of(record, index);
  }
  // Gives the record this many blank ones, to be filled.
  std::vector<StoredRecord*> make_children(StoredRecord* record, std::size_t index, std::size_t count) const {
    return functions_.make_children(record, index, count);
  }
  // What is wrong with fields that depend on each other.
  void check(const StoredRecord& record, std::vector<Problem>* problems) const { functions_.check(record, problems); }

  // The values of a record to which nothing was given.
  const Values& blank() const noexcept { return blank_; }

 private:
  RecordTraits traits_;
  std::vector<Field> fields_;
  std::vector<ListField> lists_;
  std::vector<ChildField> children_;
  std::vector<std::size_t> labels_;
  RecordFunctions functions_;
  Values blank_;
};

// The type of a struct.
template <class Record>
const RecordType& record_type();

// Every record, those that others refer to first.
std::span<const RecordType* const> record_types();

// Nothing if there is no such record. `name` is its name or its plural.
const RecordType* record_named(std::string_view name) noexcept;

}  // namespace rabatt

// PersonSearch: which records, and which changes of the log, are about somebody.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_tape.h"
#include "persons.h"
#include "session.h"

namespace rabatt {

// A change whose personal part is about a person, or these fields of it.
struct PersonalChange {
  const RecordType* type;
  std::int64_t id;
  std::vector<std::string> fields;  // none: all of it
};

class PersonSearch {
 public:
  // Of each type that has any, in the order of record_types().
  using Records = std::vector<std::pair<const RecordType*, std::vector<std::int64_t>>>;
  using Changes = std::map<std::int64_t, PersonalChange>;  // by sequence

  PersonSearch(Session& session, const Person& person);

  // Blank where there is none, or where a party who was not asked for has the same.
  const Cell& address() const { return address_; }

  const Records& records() const { return records_; }

  // Recipients of somebody else, whose company was the party: they have its name.
  const std::vector<std::int64_t>& employees() const { return employees_; }

  // Of these records; of what is gone; and of records that were about the person before they were about somebody else.
  Changes changes();

 private:
  using Gone = std::map<const RecordType*, std::vector<std::int64_t>>;

  void find_people(const Person& person);
  void set_address(const std::string& email);
  void find_records();
  std::string last_email(const RecordType& type, std::int64_t id);
  std::string condition_of(const RecordType& type) const;
  std::string changes_of_permissions() const;
  bool is_found(const RecordType& type, std::int64_t id) const;
  void add_changes_of(const RecordType& type, const std::vector<std::int64_t>& ids, std::int64_t last,
                      Changes* changes);
  void add_changes_with_address(Gone* gone, Changes* changes);
  void add_changes_with_reference(Gone* gone, Changes* changes);
  void add_changes_of_employees(Changes* changes);

  Session& session_;
  bool by_address_;
  bool is_shared_ = false;  // another party has the same address
  Cell address_, key_, hash_key_;
  std::vector<std::int64_t> parties_, leads_, employees_;
  Records records_;
};

// Whether a type has fields that are about people.
bool is_about_people(const RecordType& type);

}  // namespace rabatt

// From a described struct to its RecordType; for the files that define record_type<Record>().
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "checks.h"
#include "rabatt/describe.h"
#include "record_type.h"

namespace rabatt {

template <class Struct>
using DescribedMembers = boost::describe::describe_members<Struct, boost::describe::mod_public>;

// ---- what the type of a member says about its field ----

template <class T>
inline constexpr bool is_text = std::is_base_of_v<std::string, T>;

// The wrappers around a member's type, outermost first, set the flags; the innermost type sets the rest.
template <class T>
void describe_type(Field* field) {
  if constexpr (requires { typename T::of; }) {
    if constexpr (std::is_same_v<T, Required<typename T::of>>) field->required = true;
    if constexpr (std::is_same_v<T, ReadOnly<typename T::of>>) field->read_only = true;
    if constexpr (std::is_same_v<T, Fixed<typename T::of>>) field->fixed = true;
    if constexpr (std::is_same_v<T, Personal<typename T::of>>) field->personal = true;
    if constexpr (std::is_same_v<T, Unique<typename T::of>>) field->unique = true;
    if constexpr (std::is_same_v<T, Owned<typename T::of>>) field->owned = true;
    describe_type<typename T::of>(field);
  } else if constexpr (requires { typename T::target; }) {
    field->kind = FieldKind::reference;
    field->target = &record_type<typename T::target>;
  } else if constexpr (is_text<T>) {
    field->kind = FieldKind::text;
    if constexpr (requires { T::most_bytes; }) field->most_bytes = T::most_bytes;
    if constexpr (std::is_same_v<T, LongText>) field->form = TextForm::lines;
    if constexpr (std::is_same_v<T, RecordCode>) field->form = TextForm::code, field->unique = true;
    if constexpr (std::is_same_v<T, Number>) field->form = TextForm::number, field->unique = true;
    if constexpr (std::is_same_v<T, CurrencyCode>) field->form = TextForm::currency;
    if constexpr (std::is_same_v<T, EmailAddress>) field->form = TextForm::email;
    if constexpr (std::is_same_v<T, std::string>) field->most_bytes = 200;
  } else if constexpr (std::is_same_v<T, bool>) {
    field->kind = FieldKind::boolean;
  } else if constexpr (std::is_integral_v<T>) {
    field->kind = FieldKind::integer;
    if constexpr (sizeof(T) == 4) field->least = INT32_MIN, field->most = INT32_MAX;
  } else if constexpr (std::is_same_v<T, Count>) {
    field->kind = FieldKind::integer;
    field->least = 0;
  } else if constexpr (std::is_enum_v<T>) {
    field->kind = FieldKind::choice;
    field->choices = names<T>;
  } else if constexpr (std::is_same_v<T, Day>) {
    field->kind = FieldKind::day;
  } else if constexpr (std::is_same_v<T, Instant>) {
    field->kind = FieldKind::instant;
  } else if constexpr (std::is_same_v<T, Decimal> || std::is_base_of_v<OptionalDecimal, T>) {
    field->kind = FieldKind::decimal;
    if constexpr (requires { T::least; }) field->least = T::least;
    if constexpr (requires { T::most; }) field->most = T::most;
    if constexpr (requires { T::most_places; }) field->most_places = T::most_places;
  } else {
    describe_type<typename T::value_type>(field);  // an optional
  }
}

// "default" for the member default_.
constexpr std::string_view field_name(std::string_view member) {
  return member.ends_with('_') ? member.substr(0, member.size() - 1) : member;
}

template <class T>
Field field_of(std::string_view name, const T& blank) {
  Field field{.name = field_name(name)};
  describe_type<T>(&field);
  field.blank = cell_of(blank);
  return field;
}

// ---- lists and maps ----

template <class T>
inline constexpr bool is_map = requires { typename T::mapped_type; };
template <class T>
inline constexpr bool is_list = !is_text<T> && requires(T value) { value.begin(); };
template <class T>
struct ChildOf {};
template <class T>
struct ChildOf<Children<T>> {
  using type = T;
  static constexpr bool is_single = false;
};
template <class T>
struct ChildOf<OnlyChild<T>> {
  using type = T;
  static constexpr bool is_single = true;
};
template <class T>
inline constexpr bool is_children = requires { typename ChildOf<T>::type; };
template <class T>
inline constexpr bool is_described = boost::describe::has_describe_members<T>::value;

template <class Entry>
void add_columns(std::vector<Field>* columns) {
  if constexpr (is_described<Entry>) {
    const Entry blank{};
    boost::mp11::mp_for_each<DescribedMembers<Entry>>(
        [&](auto member) { columns->push_back(field_of(member.name, blank.*member.pointer)); });
  } else {
    columns->push_back(field_of("value", Entry()));
  }
}

template <class Entry>
void add_cells(const Entry& entry, Cells* cells) {
  if constexpr (is_described<Entry>) {
    boost::mp11::mp_for_each<DescribedMembers<Entry>>(
        [&](auto member) { cells->push_back(cell_of(entry.*member.pointer)); });
  } else {
    cells->push_back(cell_of(entry));
  }
}

template <class Entry>
void from_cells(std::span<const Cell> cells, Entry* entry) {
  if constexpr (is_described<Entry>) {
    std::size_t index = 0;
    boost::mp11::mp_for_each<DescribedMembers<Entry>>(
        [&](auto member) { from_cell(cells[index++], &(entry->*member.pointer)); });
  } else {
    from_cell(cells[0], entry);
  }
}

template <class List>
ListField list_of(std::string_view name) {
  ListField field{.name = name, .is_map = is_map<List>};
  if constexpr (requires { typename List::of; }) field.read_only = std::is_same_v<List, ReadOnly<typename List::of>>;
  if constexpr (is_map<List>) {
    field.columns.push_back({.name = "key", .required = true, .most_bytes = 200});
    add_columns<typename List::mapped_type>(&field.columns);
    field.of_values = !is_described<typename List::mapped_type>;
  } else {
    add_columns<typename List::value_type>(&field.columns);
    field.of_values = !is_described<typename List::value_type>;
  }
  return field;
}

template <class List>
std::vector<Cells> rows_of(const List& list) {
  std::vector<Cells> rows;
  for (const auto& entry : list) {
    auto& cells = rows.emplace_back();
    if constexpr (is_map<List>) {
      cells.push_back(entry.first);
      add_cells(entry.second, &cells);
    } else {
      add_cells(entry, &cells);
    }
  }
  return rows;
}

template <class List>
void from_rows(const std::vector<Cells>& rows, List* list) {
  list->clear();
  for (const auto& cells : rows) {
    if constexpr (is_map<List>) {
      from_cells(std::span(cells).subspan(1), &(*list)[cells[0].value_or("")]);
    } else {
      from_cells(std::span(cells), &list->emplace_back());
    }
  }
}

// ---- records ----

template <class Record, class OnField, class OnList, class OnChildren>
void for_each_member(OnField on_field, OnList on_list, OnChildren on_children) {
  boost::mp11::mp_for_each<DescribedMembers<Record>>([&](auto member) {
    using Member = std::remove_cvref_t<decltype(std::declval<Record>().*member.pointer)>;
    if constexpr (is_children<Member>) {
      on_children(member);
    } else if constexpr (is_list<Member>) {
      on_list(member);
    } else {
      on_field(member);
    }
  });
}

template <class Record>
Values values_of_record(const StoredRecord& stored) {
  const auto& record = static_cast<const Record&>(stored);
  Values values;
  for_each_member<Record>([&](auto field) { values.fields.push_back(cell_of(record.*field.pointer)); },
                          [&](auto list) { values.lists.push_back(rows_of(record.*list.pointer)); }, [](auto) {});
  return values;
}

template <class Record>
void fill_record(StoredRecord* stored, const Values& values) {
  auto* record = static_cast<Record*>(stored);
  std::size_t field_index = 0;
  std::size_t list_index = 0;
  for_each_member<Record>([&](auto field) { from_cell(values.fields[field_index++], &(record->*field.pointer)); },
                          [&](auto list) { from_rows(values.lists[list_index++], &(record->*list.pointer)); },
                          [](auto) {});
}

// Calls `visit` with the member of the children with this index.
template <class Record, class Visit>
void visit_children(std::size_t index, Visit visit) {
  std::size_t next = 0;
  for_each_member<Record>([](auto) {}, [](auto) {},
                          [&](auto child) {
                            if (next++ == index) visit(child.pointer);
                          });
}

template <class Record>
std::optional<std::vector<const StoredRecord*>> children_of_record(const StoredRecord& stored, std::size_t index) {
  const auto& record = static_cast<const Record&>(stored);
  std::optional<std::vector<const StoredRecord*>> children;
  visit_children<Record>(index, [&](auto pointer) {
    const auto& member = record.*pointer;
    if (!member) return;
    children.emplace();
    if constexpr (is_described<std::remove_cvref_t<decltype(*member)>>) {
      children->push_back(&*member);
    } else {
      for (const auto& child : *member) children->push_back(&child);
    }
  });
  return children;
}

template <class Record>
std::vector<StoredRecord*> make_children_of_record(StoredRecord* stored, std::size_t index, std::size_t count) {
  auto* record = static_cast<Record*>(stored);
  std::vector<StoredRecord*> children;
  visit_children<Record>(index, [&](auto pointer) {
    auto& member = record->*pointer;
    if constexpr (is_described<std::remove_cvref_t<decltype(*member)>>) {
      member.reset();
      if (count > 0) children.push_back(&member.emplace());
    } else {
      for (auto& child : member.emplace(count)) children.push_back(&child);
    }
  });
  return children;
}

template <class Record>
RecordType describe_record() {
  const Record blank{};
  std::vector<Field> fields;
  std::vector<ListField> lists;
  std::vector<ChildField> children;
  for_each_member<Record>(
      [&](auto field) { fields.push_back(field_of(field.name, blank.*field.pointer)); },
      [&](auto list) { lists.push_back(list_of<std::remove_cvref_t<decltype(blank.*list.pointer)>>(list.name)); },
      [&](auto child) {
        using Member = std::remove_cvref_t<decltype(blank.*child.pointer)>;
        children.push_back({child.name, ChildOf<Member>::is_single, &record_type<typename ChildOf<Member>::type>});
      });
  return {Record::traits, std::move(fields), std::move(lists), std::move(children),
          RecordFunctions{[] { return std::unique_ptr<StoredRecord>(std::make_unique<Record>()); },
                          &values_of_record<Record>, &fill_record<Record>,
                          [](const StoredRecord& record, std::vector<Problem>* problems) {
                            check_record(static_cast<const Record&>(record), problems);
                          },
                          &children_of_record<Record>, &make_children_of_record<Record>}};
}

#define RABATT_RECORD_TYPE(Record)                            \
  template <>                                                 \
  const RecordType& record_type<Record>() {                   \
    static const RecordType type = describe_record<Record>(); \
    return type;                                              \
  }

}  // namespace rabatt

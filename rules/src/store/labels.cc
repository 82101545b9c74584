#include "labels.h"

#include <algorithm>
#include <set>

namespace rabatt {
namespace {

constexpr std::size_t batch_size = 1'000;

using Wanted = std::map<const RecordType*, std::set<std::int64_t>>;

void want(std::span<const Field> fields, const Cells& cells, Wanted* wanted) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].kind != FieldKind::reference || !cells[i]) continue;
    (*wanted)[&fields[i].target()].insert(integer_of(*cells[i]).value_or(0));
  }
}

HashMap<std::int64_t, std::string> look_up(Session& session, const RecordType& target,
                                           const std::set<std::int64_t>& ids) {
  HashMap<std::int64_t, std::string> labels;
  const auto select = "select id, " + sql_name(target.fields()[target.labels().front()].name) + " from " +
                      sql_name(target.name()) + " where id in (";
  for (auto next = ids.begin(); next != ids.end();) {
    std::string list;
    for (std::size_t count = 0; next != ids.end() && count < batch_size; ++next, ++count) {
      list.append(list.empty() ? "" : ", ").append(std::to_string(*next));
    }
    session.run(select + list + ")", {}, [&](RowView row) {
      if (row[1]) labels.emplace(*integer_of(*row[0]), *row[1]);
    });
  }
  return labels;
}

}  // namespace

Labels::Labels(Session& session, const RecordType& type, std::span<const Stored> records) {
  Wanted wanted;
  for (const auto& stored : records) {
    want(type.fields(), stored.values.fields, &wanted);
    for (std::size_t i = 0; i < type.lists().size(); ++i) {
      for (const auto& row : stored.values.lists[i]) want(type.lists()[i].columns, row, &wanted);
    }
  }
  for (const auto& [target, ids] : wanted) {
    if (!target->labels().empty()) labels_.emplace(target, look_up(session, *target, ids));
  }
}

const std::string* Labels::of(const RecordType& target, std::int64_t id) const {
  const auto labels = labels_.find(&target);
  if (labels == labels_.end()) return nullptr;
  const auto label = labels->second.find(id);
  return label == labels->second.end() ? nullptr : &label->second;
}

}  // namespace rabatt

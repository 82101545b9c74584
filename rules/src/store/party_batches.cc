#include "party_batches.h"

#include <algorithm>

namespace rabatt {
namespace {

constexpr std::size_t batch_size = 1'000;

}  // namespace

void each_by_id(Session& session, const RecordType& type, std::vector<std::int64_t> ids,
                const std::function<void(const Stored&)>& visit) {
  each_batch_by_id(session, type, std::move(ids), [&](std::span<const Stored> batch) {
    for (const auto& stored : batch) visit(stored);
  });
}

void each_batch_by_id(Session& session, const RecordType& type, std::vector<std::int64_t> ids,
                      const std::function<void(std::span<const Stored>)>& visit) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (std::size_t begin = 0; begin < ids.size(); begin += batch_size) {
    std::string list;
    for (std::size_t i = begin; i < std::min(begin + batch_size, ids.size()); ++i) {
      list.append(list.empty() ? "" : ", ").append(std::to_string(ids[i]));
    }
    std::vector<Stored> batch;
    load_where(session, type, "r.id in (" + list + ") order by r.id", {},
               [&](Stored stored) { batch.push_back(std::move(stored)); });
    visit(batch);
  }
}

std::vector<std::int64_t> ids_of(Session& session, const std::string& sql, std::span<const CellView> parameters) {
  std::vector<std::int64_t> ids;
  session.run(sql, parameters, [&](RowView row) { ids.push_back(*integer_of(*row[0])); });
  return ids;
}

std::int64_t id_of_key(Session& session, const RecordType& type, JsonView key) {
  const bool by_id = key.kind() == JsonKind::number;
  const auto id = by_id ? integer_of(key.text()).value_or(0) : session.id_labelled(type, key.text());
  if (id == 0 || (by_id && !session.exists(type, id))) {
    throw Error(Code::not_found, subject_of(type.name(), by_id ? "#" + std::string(key.text()) : key.text()));
  }
  return id;
}

std::vector<std::int64_t> ids_of_keys(Session& session, const RecordType& type, JsonView keys) {
  if (keys.kind() != JsonKind::array) throw Error(Code::invalid_value, "keys");
  std::vector<std::int64_t> ids;
  keys.each([&](JsonView key) { ids.push_back(id_of_key(session, type, key)); });
  return ids;
}

}  // namespace rabatt

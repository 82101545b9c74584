#include "backup.h"

#include <string>
#include <vector>

#include "records/record_type.h"
#include "schema.h"
#include "tables.h"

namespace rabatt {
namespace {

constexpr std::size_t batch_size = 1'000;

std::string column_list(const std::vector<std::string>& columns) {
  std::string list;
  for (const auto& column : columns) list.append(list.empty() ? "" : ", ").append(sql_name(column));
  return list;
}

// Rows on their way from one connection to the other.
class Batch {
 public:
  Batch(Connection& to, const StoreTable& table) : to_(to), table_(table) {}

  void add(RowView row) {
    auto& cells = rows_.emplace_back();
    for (const auto& cell : row) cells.push_back(cell ? Cell(std::string(*cell)) : Cell());
    if (rows_.size() == batch_size) write();
  }

  std::int64_t write() {
    std::size_t next = 0;
    const std::vector<std::string_view> columns(table_.columns.begin(), table_.columns.end());
    copied_ += to_.load(table_.name, columns, [&](std::span<CellView> cells) {
      if (next == rows_.size()) return false;
      const auto& row = rows_[next++];
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = row[i] ? CellView(*row[i]) : CellView();
      return true;
    });
    rows_.clear();
    return copied_;
  }

 private:
  Connection& to_;
  const StoreTable& table_;
  std::vector<Cells> rows_;
  std::int64_t copied_ = 0;
};

std::int64_t copy_table(Connection& from, Connection& to, const StoreTable& table) {
  Batch batch(to, table);
  from.run("select " + column_list(table.columns) + " from " + sql_name(table.name), {},
           [&](RowView row) { batch.add(row); });
  return batch.write();
}

std::int64_t copy_tables(Connection& from, Connection& to) {
  create_schema(to);
  to.run("delete from store_state");
  std::int64_t copied = 0;
  for (const auto& table : all_tables()) copied += copy_table(from, to, table);
  return copied;
}

}  // namespace

std::int64_t copy_store(Connection& from, Connection& to) {
  from.begin(Mode::read);
  try {
    to.begin(Mode::write);
    const auto copied = copy_tables(from, to);
    to.commit();
    from.rollback();
    return copied;
  } catch (...) {
    if (to.in_transaction()) to.rollback();
    from.rollback();
    throw;
  }
}

}  // namespace rabatt

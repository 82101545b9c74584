#include "shop.h"

#include <algorithm>

#include "json_tape.h"
#include "store/schema.h"
#include "store/tables.h"

namespace rabatt {
std::string store_url(Kind kind, const std::string& place) {
  return kind == Kind::postgres ? place : "sqlite:" + place;
}

std::string dump(Connection& connection) {
  std::string text;
  for (const auto& table : all_tables()) {
    std::string columns;
    for (const auto& column : table.columns) columns.append(columns.empty() ? "" : ", ").append(sql_name(column));
    std::vector<std::string> rows;
    connection.run("select " + columns + " from " + sql_name(table.name), {}, [&](RowView row) {
      auto& line = rows.emplace_back();
      for (const auto& cell : row) line.append(cell.value_or("-")).append("|");
    });
    std::sort(rows.begin(), rows.end());
    text.append("# ").append(table.name).append("\n");
    for (const auto& row : rows) text.append(row).append("\n");
  }
  return text;
}

std::string member(std::string_view json, std::string_view key) {
  JsonTape tape;
  std::string found;
  if (!tape.read(json).empty() || tape.root().kind() != JsonKind::object) return found;
  tape.root().each([&](JsonView one) {
    const bool is_value = one.kind() != JsonKind::array && one.kind() != JsonKind::object;
    if (one.key() == key && is_value && one.kind() != JsonKind::null) found = one.text();
  });
  return found;
}

std::string problems_of(const Store& store) {
  const auto json = store.read(ann()).check();
  const auto begin = json.find('['), end = json.rfind(']');
  return json.substr(begin, end - begin + 1);
}

void ShopTest::SetUp() {
  if (GetParam() == Kind::postgres && !postgres_url()) {
    GTEST_SKIP() << "no PostgreSQL server: RABATT_TEST_POSTGRES names none";
  }
  database_ = std::make_unique<TestDatabase>(GetParam());
  store_ = std::make_unique<Store>(Store::open(url(), {.at = ann()}));
}

std::string ShopTest::add(std::string_view record, std::string_view json, int minute) {
  auto work = store().begin(ann(minute));
  auto added = work.add(record, json);
  work.commit();
  return added;
}

std::string ShopTest::save(std::string_view record, std::string_view json, int minute) {
  auto work = store().begin(ann(minute));
  auto saved = work.save(record, json);
  work.commit();
  return saved;
}

std::string ShopTest::problems() { return problems_of(store()); }

}  // namespace rabatt

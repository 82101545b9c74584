// SqliteConnection: an open SQLite database. sqlite.cc opens it.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connection.h"
#include "sqlite_statement.h"
#include "statement_cache.h"

namespace rabatt {

struct CloseSqlite {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;

class SqliteConnection : public Connection {
 public:
  explicit SqliteConnection(SqliteHandle database);

  const Dialect& dialect() const noexcept override;
  using Connection::run;
  std::int64_t run(std::string_view sql, std::span<const CellView> parameters, const RowVisitor& visit) override;
  void run_script(std::string_view sql) override;
  std::int64_t load(std::string_view table, std::span<const std::string_view> columns, const RowSource& next) override;
  void begin(Mode mode) override;
  void commit() override;
  void rollback() noexcept override;
  void wipe() noexcept override;
  bool in_transaction() const noexcept override { return has_begun_; }
  bool is_usable() const noexcept override { return true; }

 private:
  template <class Work>
  decltype(auto) attempt(Work work);
  void check_ready(bool goes_back = false) const;
  void check_may_run(const SqliteStatement& statement) const;
  void execute(const char* sql);
  SqliteStatement& cached(std::string_view sql);
  void visit_rows(SqliteStatement& statement, const RowVisitor& visit);
  std::int64_t load_rows(SqliteStatement& statement, std::size_t width, const RowSource& next);

  SqliteHandle database_;
  StatementCache<SqliteStatement> statements_;
  std::vector<CellView> row_;
  bool has_begun_ = false;   // by begin(); SQLite's own transaction may be over by itself, after a full disk
  bool has_failed_ = false;  // until it is rolled back
  bool is_reading_ = false;
  bool is_in_use_ = false;
};

}  // namespace rabatt

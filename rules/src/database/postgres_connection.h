// PostgresConnection: an open session with a PostgreSQL server. postgres.cc opens it.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connection.h"
#include "libpq.h"
#include "statement_cache.h"

namespace rabatt {

struct FinishPostgres {
  void operator()(PGconn* connection) const noexcept { libpq().finish(connection); }
};
using PostgresHandle = std::unique_ptr<PGconn, FinishPostgres>;

class PostgresConnection : public Connection {
 public:
  explicit PostgresConnection(PostgresHandle connection);

  const Dialect& dialect() const noexcept override;
  using Connection::run;
  std::int64_t run(std::string_view sql, std::span<const CellView> parameters, const RowVisitor& visit) override;
  void run_script(std::string_view sql) override;
  std::int64_t load(std::string_view table, std::span<const std::string_view> columns, const RowSource& next) override;
  void load_meanwhile(std::string_view table, std::span<const std::string_view> columns,
                      const RowSource& next) override;
  void begin(Mode mode) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const noexcept override;
  bool is_usable() const noexcept override;

 private:
  struct Clear {
    void operator()(PGresult* result) const noexcept { libpq().clear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  [[noreturn]] void fail(const PGresult* result = nullptr) const;
  Result execute(const std::string& sql);
  const std::string& prepared_name(std::string_view sql);
  void send(std::string_view sql, std::span<const CellView> parameters);
  std::int64_t take_results(const RowVisitor& visit);
  void visit_row(const PGresult* result, const RowVisitor& visit);
  void drop_results() noexcept;
  void copy_rows(std::size_t width, const RowSource& next);
  void finish_load();
  void drop_load() noexcept;
  void put(const std::string& rows);

  PostgresHandle connection_;
  StatementCache<std::string> statements_;  // their names
  std::uint64_t named_ = 0;
  std::string texts_;  // parameters, each with a NUL after it
  std::vector<const char*> parameters_;
  std::vector<CellView> row_;
  std::vector<std::string> rooms_;  // where values lie that had to be spelled anew
  bool is_in_use_ = false;
  bool is_loading_ = false;  // all rows are sent, and the server has not answered yet
};

}  // namespace rabatt

// SqliteStatement: a prepared statement of SQLite.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "connection.h"

namespace rabatt {

// Whether there is no statement in it; comments apart.
bool is_blank(std::string_view sql);

// Its functions throw DatabaseError.
class SqliteStatement {
 public:
  // Prepares the first statement of `*sql`, and takes it off. A comment alone gives none.
  SqliteStatement(sqlite3* database, std::string_view* sql);

  explicit operator bool() const { return handle_ != nullptr; }
  bool is_read_only() const { return sqlite3_stmt_readonly(handle_.get()) != 0; }

  // Parameters stay bound as long as this lives: they are not copied.
  class Run {
   public:
    Run(SqliteStatement& statement, std::span<const CellView> parameters);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() { statement_.reset(); }

   private:
    SqliteStatement& statement_;
  };

  // Goes to the next row; false at the end.
  bool step();
  // The row; its texts are there until the next step.
  void read_row(std::vector<CellView>* row);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
  };

  void bind(std::span<const CellView> parameters);
  void reset() noexcept;
  void check(int code) const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  std::vector<std::size_t> parameters_;  // which of ours each of SQLite's is
};

}  // namespace rabatt

// FailingDisk: SQLite's files on a disk that refuses the n-th write, or sync, or truncation. What was synced of a file
// F is kept in F.synced: all that a machine that loses its power is sure to have.
#pragma once

#include <sqlite3.h>

#include <string>

namespace rabatt {

class FailingDisk {
 public:
  enum class Failure {
    full,   // half of the write is there, and from then on nothing more fits
    error,  // one write or sync fails, the next may not
  };

  enum class Use { by_name, everywhere };

  // `everywhere`: also where no disk is named.
  explicit FailingDisk(Use use = Use::by_name);
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk();

  // For open_sqlite().
  const char* name() const { return "failing"; }

  // Fails at the `n`-th call from now, that of number 0 at once. There is no call of number −1.
  void fail_at(long n, Failure failure);
  long calls() const { return calls_; }

  // What SQLite's functions ask before each call: SQLITE_OK, or what to answer.
  int next_call();
  bool is_torn() const { return failure_ == Failure::full; }
  sqlite3_vfs* below() const { return below_; }

 private:
  sqlite3_vfs* below_;
  sqlite3_vfs vfs_;
  long calls_ = 0;
  long fails_at_ = -1;
  Failure failure_ = Failure::full;
};

}  // namespace rabatt

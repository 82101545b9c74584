// A connection that shows its rows to a visitor, or asks a source for rows, is in use: it can do nothing else.
#pragma once

#include "connection.h"

namespace rabatt {

class InUse {
 public:
  // Says so in `*flag` as long as it lives.
  explicit InUse(bool* flag) : flag_(flag) { *flag_ = true; }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
  ~InUse() { *flag_ = false; }

  static void check_not(bool flag) {
    if (flag) throw DatabaseError(Fault::sql, "a visitor or source of rows must not use its connection");
  }

 private:
  bool* flag_;
};

}  // namespace rabatt

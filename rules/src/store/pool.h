// Pool: the connections of one store, lent to one transaction each.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "database/connection.h"

namespace rabatt {

class Pool;

// A connection for as long as this lives.
class Lease {
 public:
  Lease(Pool* pool, std::unique_ptr<Connection> connection, bool was_idle)
      : pool_(pool), connection_(std::move(connection)), was_idle_(was_idle) {}
  Lease(Lease&& other) noexcept
      : pool_(other.pool_), connection_(std::move(other.connection_)), was_idle_(other.was_idle_) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  Connection& operator*() const { return *connection_; }

  // It was used before, by another lease.
  bool was_idle() const noexcept { return was_idle_; }

 private:
  Pool* pool_;
  std::unique_ptr<Connection> connection_;
  bool was_idle_;
};

class Pool {
 public:
  // `url` as Store::open has it; throws invalid_url. A connection waits for locks as long as `patience`.
  explicit Pool(std::string_view url, std::chrono::milliseconds patience = std::chrono::seconds(5));

  // Waits while as many as there may be are lent: one for a database in memory, which nobody else can see. Throws
  // `busy` after the patience.
  Lease lend() { return lend(true); }

  // What `start` makes of a lease. A connection that was idle may have died meanwhile: `start` is called once more
  // then, with a new one, so it must not have done anything else.
  template <class Start>
  auto started(const Start& start) {
    auto lease = lend(true);
    if (!lease.was_idle()) return start(std::move(lease));
    try {
      return start(std::move(lease));
    } catch (const DatabaseError& error) {
      if (error.fault() != Fault::lost) throw;
    }
    return start(lend(false));
  }

  // A database that does not exist yet may be made by the next connection.
  void may_create(bool create) { create_ = create; }

  const std::string& url() const noexcept { return url_; }

 private:
  friend class Lease;
  Lease lend(bool may_be_idle);
  std::unique_ptr<Connection> connect() const;
  void take_back(std::unique_ptr<Connection> connection) noexcept;

  std::string url_;
  std::string path_;  // of SQLite; empty: PostgreSQL
  std::chrono::milliseconds patience_;
  bool create_ = false;
  std::size_t most_;
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace rabatt

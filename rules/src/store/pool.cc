#include "pool.h"

#include "database/postgres.h"
#include "database/sqlite.h"
#include "rabatt/error.h"

namespace rabatt {
namespace {

constexpr std::size_t most_connections = 16;

// The path of a SQLite database; empty for PostgreSQL.
std::string sqlite_path(std::string_view url) {
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return {};
  for (const std::string_view scheme : {"sqlite:///", "sqlite:"}) {
    if (url.starts_with(scheme) && url.size() > scheme.size()) return std::string(url.substr(scheme.size()));
  }
  throw Error(Code::invalid_url, shortened(url));
}

}  // namespace

Lease::~Lease() {
  if (connection_) pool_->take_back(std::move(connection_));
}

Pool::Pool(std::string_view url, std::chrono::milliseconds patience)
    : url_(url), path_(sqlite_path(url)), patience_(patience), most_(path_ == ":memory:" ? 1 : most_connections) {}

Lease Pool::lend(bool may_be_idle) {
  std::unique_lock lock(mutex_);
  const bool is_free = came_back_.wait_for(lock, patience_, [&] { return !idle_.empty() || lent_ < most_; });
  if (!is_free) throw DatabaseError(Fault::busy, "all connections of the store are in use");
  ++lent_;
  if (!may_be_idle) idle_.clear();  // where one has died, the others have too
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return {this, std::move(connection), true};
  }
  lock.unlock();
  try {
    return {this, connect(), false};
  } catch (...) {
    take_back(nullptr);
    throw;
  }
}

std::unique_ptr<Connection> Pool::connect() const {
  if (path_.empty()) return open_postgres(url_, patience_);
  return open_sqlite(path_, create_ ? Access::create : Access::read_write, patience_);
}

void Pool::take_back(std::unique_ptr<Connection> connection) noexcept {
  const std::scoped_lock lock(mutex_);
  --lent_;
  if (connection && connection->is_usable()) idle_.push_back(std::move(connection));
  came_back_.notify_one();
}

}  // namespace rabatt

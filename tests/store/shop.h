// Stores for tests: where they are, who works on them and when, what is in them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "databases.h"
#include "rabatt/store.h"

namespace rabatt {

inline Instant moment(int minute) {
  return std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::minutes(minute);
}

inline At ann(int minute = 0) {
  return {.by = "ANN", .permissions = Permissions::everything(), .time = moment(minute), .zone = "Europe/Oslo"};
}

// As Store::open() has it.
std::string store_url(Kind kind, const std::string& place);

// Everything that is in the tables of a store, the same text for the same content on every database.
std::string dump(Connection& connection);

// A member of a JSON object, as text; a list or an object is empty.
std::string member(std::string_view json, std::string_view key);

// The code of the Error, or of the first of the Errors, that `action` ends with; nothing if it does not.
template <class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(slug(error.code()));
  }
  return {};
}

// A new store for each test.
class ShopTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override;
  void TearDown() override { store_.reset(); }

  Store& store() { return *store_; }
  const TestDatabase& database() const { return *database_; }
  std::string url() const { return store_url(GetParam(), database_->place()); }
  // Another one on the same database.
  Store opened(std::chrono::milliseconds patience = std::chrono::seconds(5)) const {
    return Store::open(url(), {.create = false, .at = ann(), .patience = patience});
  }

  std::string add(std::string_view record, std::string_view json, int minute = 1);
  std::string save(std::string_view record, std::string_view json, int minute = 2);
  // The problems that check() finds, as it tells them.
  std::string problems();

 private:
  std::unique_ptr<TestDatabase> database_;
  std::unique_ptr<Store> store_;
};

// What `Store::check` says of a store's problems: "[]".
std::string problems_of(const Store& store);

}  // namespace rabatt

// Rows come and go one by one: memory does not grow with their number.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "databases.h"

namespace rabatt {
namespace {

class StreamingTest : public DatabaseTest {};
RABATT_ON_SHARED_DATABASES(StreamingTest);

// The address sanitizer keeps what was freed, for a while.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps_freed_memory = true;
#elif defined(__has_feature)
constexpr bool keeps_freed_memory = __has_feature(address_sanitizer);
#else
constexpr bool keeps_freed_memory = false;
#endif
constexpr std::size_t most = keeps_freed_memory ? 1 << 30 : 64 << 20;

std::size_t resident_bytes() {
  std::size_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// 200 MB of rows, in and out.
TEST_P(StreamingTest, AMillionRows) {
  constexpr std::int64_t count = 1'000'000;
  script("create table t (id {integer}, a {text})");
  const std::string text(200, 'x');
  const std::size_t before = resident_bytes();

  std::int64_t made = 0;
  std::string id;
  constexpr std::array<std::string_view, 2> columns{"id", "a"};
  const auto next = [&](std::span<CellView> row) {
    id = std::to_string(made);
    row[0] = id;
    row[1] = text;
    return made++ < count;
  };
  EXPECT_EQ(connection().load("t", columns, next), count);
  EXPECT_LT(resident_bytes(), before + most);

  std::int64_t seen = 0, sum = 0;
  connection().run("select id, a from t", {}, [&](RowView row) {
    sum += std::stoll(std::string(*row[0])) + static_cast<std::int64_t>(row[1]->size() - text.size());
    if (++seen % 100'000 == 0) {
      EXPECT_LT(resident_bytes(), before + most);
    }
  });
  EXPECT_EQ(seen, count);
  EXPECT_EQ(sum, count * (count - 1) / 2);
}

}  // namespace
}  // namespace rabatt

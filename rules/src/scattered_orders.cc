#include "rabatt/scattered_orders.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "arrow_values.h"
#include "rabatt/error.h"

namespace rabatt {
namespace {

using Hash = std::uint64_t;

constexpr std::string_view column = "order";
constexpr std::size_t hashes_at_once = 4096;

Hash hash_of_order(std::string_view order) { return XXH3_64bits(order.data(), order.size()); }

ArrowValues texts_of(const ArrowArray& orders) {
  const ArrowType large_utf8{.kind = ArrowType::text, .bytes = 8};
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(orders.length, 0));
  return {orders, large_utf8, 0, count, column};
}

std::string_view order_at(const ArrowValues& texts, std::size_t row) {
  return texts.has(row) ? texts.text(row) : std::string_view();
}

// A Bloom filter, the bits of a hash in one cache line.
class Filter {
 public:
  explicit Filter(std::uint64_t count) {
    std::size_t lines = 1;
    while (lines < most_lines && lines * orders_per_line < count) lines *= 2;
    lines_.resize(lines);
  }

  // Whether it may have been there already.
  bool add(Hash hash) {
    auto& line = lines_[hash & (lines_.size() - 1)];
    bool was_there = true;
    for (unsigned shift = 28; shift < 64; shift += 9) {
      const auto bit = (hash >> shift) & 511U;
      const auto mask = std::uint64_t{1} << (bit % 64);
      was_there &= (line[bit / 64] & mask) != 0;
      line[bit / 64] |= mask;
    }
    return was_there;
  }

 private:
  using Line = std::array<std::uint64_t, 8>;
  static constexpr std::size_t most_lines = (std::size_t{32} << 20U) / sizeof(Line);
  static constexpr std::size_t orders_per_line = 32;  // one in 250 is taken for another

  std::vector<Line> lines_;
};

struct CloseFile {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

// Without a name, in the folder for temporary files; null where there can be none.
std::FILE* temporary_file() {
  std::error_code failed;
  auto path = (std::filesystem::temp_directory_path(failed) / "rabatt-XXXXXX").string();
  const int descriptor = failed ? -1 : mkstemp(path.data());
  if (descriptor < 0) return nullptr;
  static_cast<void>(unlink(path.c_str()));
  return fdopen(descriptor, "w+b");
}

Error file_error(Code code) { return Error(code, "temporary file: " + std::generic_category().message(errno)); }

}  // namespace

// The orders of a table one after the other, as hashes.
class ScatteredOrders::Changes {
 public:
  explicit Changes(std::uint64_t rows) : filter_(rows), file_(temporary_file()) {
    if (!file_) throw file_error(Code::file_not_writable);
  }

  void note(std::string_view order) {
    if (order == last_) return;
    last_ = order;
    if (order.empty()) return;
    const Hash hash = hash_of_order(order);
    if (std::fwrite(&hash, sizeof(hash), 1, file_.get()) != 1) throw file_error(Code::file_not_writable);
    if (filter_.add(hash) && !too_many_) candidates_.push_back(hash);
    if (candidates_.size() >= 2 * most_known) forget_repetitions();
  }

  bool too_many() const { return too_many_; }

  // The candidates that were there more than once, ascending.
  std::vector<Hash> repeated() {
    forget_repetitions();
    std::vector<std::uint8_t> times(candidates_.size());
    if (std::fseek(file_.get(), 0, SEEK_SET) != 0) throw file_error(Code::file_not_writable);  // having written all
    std::vector<Hash> read(hashes_at_once);
    while (const auto count = std::fread(read.data(), sizeof(Hash), read.size(), file_.get())) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto found = std::lower_bound(candidates_.begin(), candidates_.end(), read[i]);
        if (found == candidates_.end() || *found != read[i]) continue;
        auto& seen = times[static_cast<std::size_t>(found - candidates_.begin())];
        seen = std::min<std::uint8_t>(2, static_cast<std::uint8_t>(seen + 1));
      }
    }
    if (std::ferror(file_.get()) != 0) throw file_error(Code::file_not_readable);
    std::vector<Hash> repeated;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (times[i] > 1) repeated.push_back(candidates_[i]);
    }
    return repeated;
  }

 private:
  void forget_repetitions() {
    std::sort(candidates_.begin(), candidates_.end());
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
    too_many_ = candidates_.size() > most_known;
    if (too_many_) candidates_ = {};
  }

  Filter filter_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::vector<Hash> candidates_;
  std::string last_;
  bool too_many_ = false;
};

ScatteredOrders::ScatteredOrders(std::uint64_t rows) : changes_(std::make_unique<Changes>(rows)) {}

ScatteredOrders::ScatteredOrders(std::string_view finished) {
  if (finished.size() % sizeof(Hash) != 1) throw Error(Code::invalid_value, column);
  all_ = finished.front() != 0;
  known_.resize(finished.size() / sizeof(Hash));
  if (!known_.empty()) std::memcpy(known_.data(), finished.data() + 1, finished.size() - 1);
}

ScatteredOrders::~ScatteredOrders() = default;
ScatteredOrders::ScatteredOrders(ScatteredOrders&&) noexcept = default;
ScatteredOrders& ScatteredOrders::operator=(ScatteredOrders&&) noexcept = default;

void ScatteredOrders::note(const ArrowArray& orders) {
  const auto texts = texts_of(orders);
  for (std::size_t row = 0; row < texts.count(); ++row) changes_->note(order_at(texts, row));
}

void ScatteredOrders::finish() {
  known_ = changes_->repeated();
  all_ = changes_->too_many() || known_.size() > most_known;
  if (all_) known_ = {};
  changes_.reset();
}

void ScatteredOrders::groups(const ArrowArray& orders, int count, std::int32_t* groups) const {
  const auto texts = texts_of(orders);
  std::string_view last;
  std::int32_t group = -1;
  for (std::size_t row = 0; row < texts.count(); ++row) {
    const auto order = order_at(texts, row);
    if (order != last || row == 0) {
      const Hash hash = hash_of_order(order);
      const bool is_scattered = !order.empty() && (all_ || std::binary_search(known_.begin(), known_.end(), hash));
      // not the bits that a hash table of theirs would start from
      group = is_scattered ? static_cast<std::int32_t>((hash >> 32U) % static_cast<Hash>(count)) : -1;
      last = order;
    }
    groups[row] = group;
  }
}

std::vector<char> ScatteredOrders::finished() const {
  std::vector<char> bytes(1 + known_.size() * sizeof(Hash));
  bytes[0] = all_ ? 1 : 0;
  if (!known_.empty()) std::memcpy(bytes.data() + 1, known_.data(), bytes.size() - 1);
  return bytes;
}

}  // namespace rabatt

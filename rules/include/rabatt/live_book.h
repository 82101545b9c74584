// LiveBook: the current book, swapped under running readers.
//
//   LiveBook live(book);
//   Quote quote = price(*live.read(), request);   // any thread; quote.book is the hash of the book that it came from
//   live.swap(next);                              // any thread; readers go on with what they have
//
// Reading takes no lock and waits for nobody: one atomic addition, and one exchange to leave. A book that was swapped
// out is freed by whoever leaves it last. Whoever prices several lines of one document reads once, and prices them all
// from that book. A book file that was opened is best verified before the swap: its pages are checked when they are
// first read, and else it is readers who wait for that, or find damage.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "rabatt/book.h"

namespace rabatt {

// The current value of any type. Split reference counts: those who read the current value are counted in the same word
// as its address, so that nobody can be between seeing the one and counting in the other; with the value are the counts
// of those who stayed when it was swapped out. Anthony Williams, "C++ Concurrency in Action", section 7.2.4.
template <class T>
class Live {
 private:
  struct Node;

 public:
  // What a reader holds; the value lives at least as long.
  class Reader {
   public:
    Reader(Reader&& other) noexcept : live_(other.live_), node_(std::exchange(other.node_, nullptr)) {}
    Reader& operator=(Reader&&) = delete;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() {
      if (node_) live_->leave(node_);
    }

    const T& operator*() const noexcept { return node_->value; }
    const T* operator->() const noexcept { return &node_->value; }

   private:
    friend Live;
    Reader(const Live* live, Node* node) noexcept : live_(live), node_(node) {}

    const Live* live_;
    Node* node_;
  };

  explicit Live(T value) : current_(word_of(new Node(std::move(value)))) {}
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;
  // Nobody may read any more.
  ~Live() { retire(current_.load(std::memory_order_acquire)); }

  // The current value.
  Reader read() const noexcept {
    const auto word = current_.fetch_add(1, std::memory_order_acquire);
    if ((word & count_mask) >= many_readers) move_count(node_in(word));
    return Reader(this, node_in(word));
  }

  // Readers from now on get `value`.
  void swap(T value) {
    auto* node = new Node(std::move(value));
    retire(current_.exchange(word_of(node), std::memory_order_acq_rel));
  }

 private:
  // The count while the node is current: more than there can be readers, so that it cannot come down to 0.
  static constexpr std::int64_t current_count = std::int64_t{1} << 32U;
  static constexpr unsigned count_bits = 16;
  static constexpr std::uint64_t count_mask = (std::uint64_t{1} << count_bits) - 1;
  static constexpr std::uint64_t many_readers = count_mask / 2;

  struct Node {
    explicit Node(T value) : value(std::move(value)) {}

    T value;
    std::atomic<std::int64_t> readers = current_count;
  };

  // Addresses of programs have 48 bits at most, on all machines with 64.
  static_assert(sizeof(void*) == 8);
  static std::uint64_t word_of(Node* node) noexcept { return reinterpret_cast<std::uintptr_t>(node) << count_bits; }
  static Node* node_in(std::uint64_t word) noexcept {
    return reinterpret_cast<Node*>(static_cast<std::uintptr_t>(word >> count_bits));
  }

  void leave(Node* node) const noexcept {
    auto word = current_.load(std::memory_order_relaxed);
    while (node_in(word) == node && (word & count_mask) != 0) {
      if (current_.compare_exchange_weak(word, word - 1, std::memory_order_release, std::memory_order_relaxed)) return;
    }
    drop(node, 1);
  }

  // Counts those who read the current node with the node, before there are too many for the word.
  void move_count(Node* node) const noexcept {
    auto word = current_.load(std::memory_order_relaxed);
    while (node_in(word) == node && (word & count_mask) >= many_readers) {
      const auto count = word & count_mask;
      node->readers.fetch_add(static_cast<std::int64_t>(count), std::memory_order_relaxed);
      if (current_.compare_exchange_weak(word, word - count, std::memory_order_release, std::memory_order_relaxed))
        return;
      node->readers.fetch_sub(static_cast<std::int64_t>(count), std::memory_order_relaxed);
    }
  }

  // Of a word that is no longer current: its readers are counted with its node from now on.
  static void retire(std::uint64_t word) noexcept {
    drop(node_in(word), current_count - static_cast<std::int64_t>(word & count_mask));
  }

  static void drop(Node* node, std::int64_t count) noexcept {
    if (node->readers.fetch_sub(count, std::memory_order_acq_rel) == count) delete node;
  }

  mutable std::atomic<std::uint64_t> current_;
};

using LiveBook = Live<Book>;

}  // namespace rabatt

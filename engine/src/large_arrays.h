// LargeArrays: an allocator that asks the system for huge pages. A book has arrays of many megabytes, which are read
// all over: with pages of 4 KiB each look is a second one at the page table, and the first touch of each page a call of
// the kernel.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace rabatt {

// As operator new, and to be given back with free_array() and the same numbers. An array that is large enough lies on
// huge pages, where the system has them.
void* new_array(std::size_t size, std::size_t alignment);
void free_array(void* array, std::size_t size, std::size_t alignment) noexcept;

template <class T>
struct LargeArrays {
  using value_type = T;

  LargeArrays() = default;
  template <class Other>
  LargeArrays(const LargeArrays<Other>&) noexcept {}  // NOLINT(google-explicit-constructor): as allocators are

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(new_array(count * sizeof(T), alignof(T)));
  }
  void deallocate(T* array, std::size_t count) noexcept { free_array(array, count * sizeof(T), alignof(T)); }

  friend bool operator==(const LargeArrays&, const LargeArrays&) { return true; }
};

template <class T>
using Records = std::vector<T, LargeArrays<T>>;

}  // namespace rabatt

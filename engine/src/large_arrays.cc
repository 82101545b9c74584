#include "large_arrays.h"

#include <algorithm>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace rabatt {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21U;

// Two pages, so that the rest, which does not fill one, matters less.
std::align_val_t alignment_of(std::size_t size, std::size_t alignment) {
  return std::align_val_t{size < 2 * huge_page ? std::max(alignment, alignof(std::max_align_t)) : huge_page};
}

}  // namespace

void* new_array(std::size_t size, std::size_t alignment) {
  const auto aligned = alignment_of(size, alignment);
  void* array = ::operator new(size, aligned);
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (aligned == std::align_val_t{huge_page}) ::madvise(array, size / huge_page * huge_page, MADV_HUGEPAGE);
#endif
  return array;
}

void free_array(void* array, std::size_t size, std::size_t alignment) noexcept {
  ::operator delete(array, alignment_of(size, alignment));
}

}  // namespace rabatt

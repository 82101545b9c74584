// A struct of the C data interface that is released with its owner.
#pragma once

#include <utility>

namespace rabatt {

template <class Struct>
class Owned {
 public:
  Owned() = default;
  ~Owned() { reset(); }
  Owned(Owned&& other) noexcept : struct_(other.taken()) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      reset();
      struct_ = other.taken();
    }
    return *this;
  }

  Struct& operator*() { return struct_; }
  Struct* operator->() { return &struct_; }

  void reset() noexcept {
    if (struct_.release) struct_.release(&struct_);
    struct_ = {};
  }

  // The struct, for another owner.
  Struct taken() noexcept { return std::exchange(struct_, {}); }

 private:
  Struct struct_{};
};

}  // namespace rabatt

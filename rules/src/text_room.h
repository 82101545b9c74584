// Room for texts that have to be made; they stay where they are until all are forgotten at once.
#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace rabatt {

class TextRoom {
 public:
  std::string_view keep(std::string_view text) {
    if (used_ == texts_.size()) texts_.emplace_back();
    return texts_[used_++].assign(text);
  }

  bool empty() const { return used_ == 0; }
  void clear() { used_ = 0; }

 private:
  std::deque<std::string> texts_;
  std::size_t used_ = 0;
};

}  // namespace rabatt

// Path: the place of a value in a document, written only when somebody wants to read it.
//
//   Path campaigns("campaigns");
//   Path campaign = campaigns[3];
//   Path price = campaign / "price";
//   price.text();  // "campaigns[3].price"
//
// A Path points to its parent, which must outlive it. The names of fields are shortened.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "rabatt/error.h"

namespace rabatt {

class Path {
 public:
  Path() = default;  // the document itself: ""
  explicit Path(std::string_view field) : field_(field) {}

  Path operator/(std::string_view field) const { return {this, field, no_index}; }
  Path operator[](std::size_t index) const { return {this, {}, index}; }

  std::string text() const {
    std::string text = parent_ ? parent_->text() : std::string();
    if (index_ != no_index) return text.append("[").append(std::to_string(index_)).append("]");
    if (parent_ && !text.empty()) text += '.';
    return text.append(shortened(field_));
  }

 private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);

  Path(const Path* parent, std::string_view field, std::size_t index) : parent_(parent), field_(field), index_(index) {}

  const Path* parent_ = nullptr;
  std::string_view field_;
  std::size_t index_ = no_index;
};

}  // namespace rabatt

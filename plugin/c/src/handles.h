// What is behind the handles of c.h, and the arguments that must be there.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "guard.h"
#include "rabatt/batch_pricer.h"
#include "rabatt/book.h"

struct rabatt_book {
  explicit rabatt_book(rabatt::Book opened)
      : book(std::move(opened)), batch(std::make_shared<rabatt::BatchPricer>(book)) {}

  rabatt::Book book;
  std::shared_ptr<const rabatt::BatchPricer> batch;  // with the days that it was last asked for
};

namespace rabatt {

template <class T>
T& need(T* pointer, const char* argument) {
  if (!pointer) throw InvalidArgument{argument};
  return *pointer;
}

// An array may be NULL where it is empty.
template <class T>
std::span<T> need(T* array, std::size_t count, const char* argument) {
  if (!array && count > 0) throw InvalidArgument{argument};
  return {array, count};
}

}  // namespace rabatt

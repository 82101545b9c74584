// Work in parts, by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace rabatt {

// Calls `work(part)` for the numbers below `parts`, in so many threads, each with a `work` of its own that `make_work`
// makes; rethrows what one of them throws.
template <class MakeWork>
void in_threads(std::size_t parts, int threads, MakeWork make_work) {
  std::atomic<std::size_t> next = 0;
  const auto count = std::min(parts, static_cast<std::size_t>(std::max(threads, 1)));
  std::vector<std::exception_ptr> thrown(std::max<std::size_t>(count, 1));
  const auto run = [&](std::size_t thread) {
    try {
      auto work = make_work();
      for (std::size_t part = next++; part < parts; part = next++) work(part);
    } catch (...) {
      thrown[thread] = std::current_exception();
      next = parts;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < count; ++thread) others.emplace_back(run, thread);
    run(0);
  }
  for (const auto& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

}  // namespace rabatt

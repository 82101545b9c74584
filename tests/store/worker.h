// A process that works on a store, for tests that kill it or that need many of them.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace rabatt {

class Worker {
 public:
  // Runs worker.cc with these arguments.
  explicit Worker(const std::vector<std::string>& arguments);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();  // kills it

  // The next line that it prints; false at the end.
  bool read_line(std::string* line);
  // SIGKILL; what it has printed can still be read.
  void kill();
  // Its exit status, once it has ended by itself; −1 if it was killed.
  int wait();

 private:
  pid_t process_ = -1;
  int pipe_ = -1;
  std::string read_;
  int status_ = -1;
};

}  // namespace rabatt

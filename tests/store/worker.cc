#include "worker.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

extern char** environ;

namespace rabatt {

Worker::Worker(const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<std::string> words = {RABATT_STORE_WORKER};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int failed = posix_spawn(&process_, words.front().c_str(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  pipe_ = ends[0];
  if (failed != 0) throw std::runtime_error("the worker does not start");
}

Worker::~Worker() {
  kill();
  close(pipe_);
}

bool Worker::read_line(std::string* line) {
  for (;;) {
    if (const auto end = read_.find('\n'); end != std::string::npos) {
      *line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return true;
    }
    std::array<char, 4096> buffer{};
    const auto count = read(pipe_, buffer.data(), buffer.size());
    if (count <= 0) return false;  // half a line was never acknowledged
    read_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void Worker::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  wait();
}

int Worker::wait() {
  if (process_ < 0) return status_;
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return status_;
}

}  // namespace rabatt

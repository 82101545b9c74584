// What Worker runs:
//
//   history URL SEED STEP       a random history from SEED whose first step is number STEP, until it is killed; a line
//   for
//                               each step once it is committed
//   numbers URL NAME COUNT      adds COUNT campaigns, with saves among them that fail; a line for each number it was
//   given contest URL NAME COUNT      saves campaign 1 COUNT times, each time as it was read; a line for each revision
//   it made
#include <cstdlib>
#include <iostream>
#include <string>

#include "numbers_contest.h"
#include "rabatt/error.h"
#include "random_verbs.h"
#include "shop.h"

namespace rabatt {
namespace {

void history(const std::string& url, std::uint64_t seed, int step) {
  const auto store = Store::open(url, {.at = ann()});
  RandomVerbs verbs(seed);
  for (;; ++step) {
    std::string line;
    for (const auto& done : verbs.step(store, ann(step))) line.append(done).append("; ");
    std::cout << line << std::endl;
  }
}

int run(const std::vector<std::string>& arguments) {
  const auto& verb = arguments.at(0);
  const auto& url = arguments.at(1);
  if (verb == "history") history(url, std::stoull(arguments.at(2)), std::stoi(arguments.at(3)));
  const auto store = Store::open(url, {.create = false, .at = ann(), .patience = std::chrono::minutes(1)});
  const auto count = std::stoi(arguments.at(3));
  for (const auto& line : verb == "numbers" ? add_numbered(store, arguments.at(2), count)
                                            : save_against_others(store, arguments.at(2), count)) {
    std::cout << line << '\n';
  }
  return 0;
}

}  // namespace
}  // namespace rabatt

int main(int count, char** arguments) {
  try {
    return rabatt::run({arguments + 1, arguments + count});
  } catch (const std::exception& error) {
    std::cout << "! " << error.what() << std::endl;
    return 1;
  }
}

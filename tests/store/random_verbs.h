// RandomVerbs: a history of a store from a seed, with verbs of all kinds, some of which are refused. What it does
// depends on the seed and on the store alone: two stores with the same history are alike.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/store.h"

namespace rabatt {

class RandomVerbs {
 public:
  explicit RandomVerbs(std::uint64_t seed) : random_(seed) {}

  // A transaction of one to three verbs, committed: a line for each of them, with what it has stored ("campaign 3
  // revision 2 CMP-0003") or the code that it was refused with.
  std::vector<std::string> step(const Store& store, const At& at);

 private:
  using Work = Transaction;

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string word();
  std::string amount() { return std::to_string(below(90'000) + 1) + "." + std::to_string(below(10)); }
  // An id that may be there: of one of the last records of a kind.
  std::int64_t some(Work& work, std::string_view record);

  std::string verb(Work& work);
  std::string stored(std::string_view record, const std::string& json);
  std::string add_item(Work& work);
  std::string add_party(Work& work);
  std::string add_campaign(Work& work);
  std::string add_price_book(Work& work);
  std::string add_group(Work& work);
  std::string add_lead(Work& work);
  std::string save_campaign(Work& work);
  std::string save_item(Work& work);
  std::string save_party(Work& work);
  std::string save_base(Work& work);
  std::string remove(Work& work);
  std::string erase(Work& work);
  std::string lines(Work& work);
  std::string number();

  std::mt19937_64 random_;
};

}  // namespace rabatt

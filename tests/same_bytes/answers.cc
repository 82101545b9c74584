// Prices random shops and random documents and prints a hash of all answers, to the last character: that of price(),
// and of batches by each set of instructions. What differs between two builds of the engine shows in it.
//
//   answers: seed 1, 50000 tried, price() 1f0c…, batches 77ab… (portable, avx2, avx512)
//
// RABATT_TEST_SEED chooses the seed, RABATT_TEST_FACTOR how many times 50,000. Fails if the batches differ among
// themselves.

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

#include "line_batch.h"
#include "random_documents.h"
#include "random_shops.h"
#include "shown.h"

namespace rabatt {

// Of random.h.
std::uint64_t test_seed() {
  const char* given = std::getenv("RABATT_TEST_SEED");
  return given ? std::stoull(given) : 1;
}

namespace {

constexpr std::size_t lines_of_shop = 230;
constexpr int documents_of_book = 20;

// FNV-1a: against accidents, not against anybody.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    value_ = (value_ ^ 0xFFU) * 0x100000001B3U;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

std::string answer(const Book& book, const Request& request) {
  try {
    const Quote quote = price(book, request);
    std::string text = shown(quote);
    for (const auto& line : quote.lines) text += shown_in_full(line);
    return text;
  } catch (const Error& error) {
    return error.what();
  }
}

class Answers {
 public:
  void price_shop(Random* random) {
    const BookContent content = random_shop(random);
    const Book book = Book::build(content);
    const auto requests = random_order_lines(random, content, lines_of_shop);
    for (const auto& request : requests) quotes_.add(answer(book, request));
    const LineBatch batch(book, requests);
    const auto plane = DayPlane::compile(book, *requests[0].date, BookIds(book).currency("EUR"));
    for (std::size_t set = 0; set <= static_cast<std::size_t>(best_instructions()); ++set) {
      BatchResults results(batch.size(), std::max(2, places_of(book)));
      price_lines(book, plane.get(), batch.lines(), results.columns(), static_cast<Instructions>(set));
      for (std::size_t line = 0; line < batch.size(); ++line) batches_[set].add(shown(results[line]));
    }
  }

  void price_documents(Random* random) {
    const BookContent content = random_book(random);
    const Book book = Book::build(content);
    for (int i = 0; i < documents_of_book; ++i) quotes_.add(answer(book, random_request(random, content)));
  }

  // Whether all sets of instructions gave the same.
  bool report(std::uint64_t tried) const {
    constexpr const char* names[] = {"portable", "avx2", "avx512"};
    std::cout << "answers: seed " << test_seed() << ", " << tried << " tried, price() " << std::hex << std::setfill('0')
              << std::setw(16) << quotes_.value() << ", batches";
    bool same = true;
    for (std::size_t set = 0; set <= static_cast<std::size_t>(best_instructions()); ++set) {
      std::cout << ' ' << std::setw(16) << batches_[set].value() << ' ' << names[set];
      same = same && batches_[set].value() == batches_[0].value();
    }
    std::cout << (same ? "\n" : ": THE BATCHES DIFFER\n");
    return same;
  }

 private:
  Hash quotes_;
  Hash batches_[3];
};

int run() {
  const char* factor = std::getenv("RABATT_TEST_FACTOR");
  const std::uint64_t count = 50'000 * (factor ? std::stoull(factor) : 1);
  Random random("the same bytes");
  Answers answers;
  std::uint64_t tried = 0;
  for (; tried < count; tried += lines_of_shop + documents_of_book) {
    answers.price_shop(&random);
    answers.price_documents(&random);
  }
  return answers.report(tried) ? 0 : 1;
}

}  // namespace
}  // namespace rabatt

int main() { return rabatt::run(); }

// Quotes while their book is swapped: `live FOLDER [ROUNDS [SECONDS]]` takes the book that workload_files.py wrote into
// FOLDER, and one like it with every price a cent higher. One thread asks for quotes through a LiveBook, one after the
// other, and each is timed; another one swaps the books every 10 ms:
//
//   no swaps     the first book alone
//   kept books   two books that are there all the time, in turns
//   opened books as `kept books`, but each is opened from its file anew, and unmapped by whoever leaves it last; its
//                pages are then new to the process, and readers are the first to check each
//   checked books as `opened books`, and each is verified before it is swapped in
//
// Every quote is checked, after its time was taken, against that of the book whose hash it has. Rounds are interleaved,
// as long as SECONDS each. Prints JSON: nanoseconds, one number a round.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "rabatt/book_file.h"
#include "rabatt/json.h"
#include "rabatt/live_book.h"
#include "rabatt/price.h"

namespace {

using namespace rabatt;  // a program of its own
using Clock = std::chrono::steady_clock;

constexpr auto between_swaps = std::chrono::milliseconds(10);
constexpr std::size_t request_count = 20'000;

std::vector<Request> requests_for(const BookContent& content) {
  std::mt19937_64 random(1);
  std::vector<Request> requests(request_count);
  for (auto& request : requests) {
    request.date = Date::from("2026-03-10");
    request.currency = "EUR";
    request.customer = content.customers[random() % content.customers.size()].customer;
    RequestLine line;
    line.item = content.items[random() % content.items.size()].item;
    line.quantity = Decimal(static_cast<std::int64_t>(1 + random() % 100));
    request.lines.push_back(line);
  }
  return requests;
}

struct Known {
  Known(const Book& book, const std::vector<Request>& requests) : book(book) {
    for (const auto& request : requests) totals.push_back(price(book, request).total);
  }

  Book book;
  std::vector<Decimal> totals;  // by request
};

struct Figure {
  const char* name;
  std::function<Book(std::size_t)> next;  // the book of the n-th swap; empty: no swaps
  std::vector<std::vector<std::int64_t>> percentiles = {{}, {}, {}};
  std::size_t quotes = 0;
  std::size_t swaps = 0;
};

constexpr const char* percentile_names[] = {"p50", "p99", "p99.9"};
constexpr std::size_t per_thousand[] = {500, 990, 999};

void require(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "wrong: " << what << '\n';
  std::exit(1);
}

void read(const LiveBook& live, const std::vector<Request>& requests, const std::vector<Known>& known,
          Clock::duration time, Figure* figure) {
  std::vector<std::int64_t> nanoseconds;
  std::size_t next = 0;
  for (const auto end = Clock::now() + time; Clock::now() < end;) {
    const auto begin = Clock::now();
    const Quote quote = price(*live.read(), requests[next]);
    nanoseconds.push_back((Clock::now() - begin) / std::chrono::nanoseconds(1));
    const auto from =
        std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.book.hash() == quote.book; });
    require(from != known.end() && from->totals[next] == quote.total, "a quote while books are swapped");
    next = next + 1 == requests.size() ? 0 : next + 1;
  }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  for (std::size_t i = 0; i < figure->percentiles.size(); ++i) {
    figure->percentiles[i].push_back(nanoseconds[nanoseconds.size() * per_thousand[i] / 1000]);
  }
  figure->quotes += nanoseconds.size();
}

void run(const std::vector<Request>& requests, const std::vector<Known>& known, Clock::duration time, Figure* figure) {
  LiveBook live(known[0].book);
  std::atomic<bool> is_over = false;
  std::jthread swapper;
  if (figure->next) {
    swapper = std::jthread([&] {
      for (std::size_t n = 1; !is_over; ++n) {
        std::this_thread::sleep_for(between_swaps);
        live.swap(figure->next(n));
        ++figure->swaps;
      }
    });
  }
  read(live, requests, known, time, figure);
  is_over = true;
}

void print(const std::vector<Figure>& figures) {
  std::cout << "[";
  for (const auto& figure : figures) {
    for (std::size_t i = 0; i < figure.percentiles.size(); ++i) {
      const bool first = &figure == &figures.front() && i == 0;
      std::cout << (first ? "" : ",\n") << "{\"name\": \"" << figure.name << ", " << percentile_names[i]
                << "\", \"quotes\": " << figure.quotes << ", \"swaps\": " << figure.swaps << ", \"nanoseconds\": [";
      for (const auto& time : figure.percentiles[i]) {
        std::cout << (&time == &figure.percentiles[i].front() ? "" : ", ") << time;
      }
      std::cout << "]}";
    }
  }
  std::cout << "]\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: live FOLDER [ROUNDS [SECONDS]]\n";
    return 2;
  }
  const std::string folder = argv[1];
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const auto time = std::chrono::seconds(argc > 3 ? std::atoi(argv[3]) : 1);
  std::ifstream json(folder + "/book.json");
  auto content = read_book(std::string(std::istreambuf_iterator<char>(json), {})).content;
  const auto requests = requests_for(content);
  const std::string files[] = {folder + "/live0.rabatt", folder + "/live1.rabatt"};
  std::vector<Known> known;
  for (const auto& file : files) {
    save_book(Book::build(content), file);
    known.emplace_back(open_book(file), requests);
    for (auto& item : content.items) {
      for (auto& [currency, price] : item.prices) price = price + Decimal("0.01");
    }
  }
  require(known[0].book.hash() != known[1].book.hash(), "two books are one");
  require(known[0].totals != known[1].totals, "two books have the same prices");
  std::vector<Figure> figures;
  figures.push_back({"no swaps", {}});
  figures.push_back({"kept books", [&](std::size_t n) { return known[n % known.size()].book; }});
  figures.push_back({"opened books", [&](std::size_t n) { return open_book(files[n % known.size()]); }});
  figures.push_back({"checked books", [&](std::size_t n) {
                       auto book = open_book(files[n % known.size()]);
                       book.verify();
                       return book;
                     }});
  for (int round = 0; round < rounds; ++round) {
    for (auto& figure : figures) run(requests, known, time, &figure);
  }
  for (const auto& file : files) std::remove(file.c_str());
  print(figures);
}

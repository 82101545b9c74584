// A book's life: `book FOLDER [ROUNDS]` reads, builds, saves, opens and checks the book that workload_files.py wrote
// into FOLDER, and compiles its day plane. Every book has the same hash, or nothing is said. Prints JSON: nanoseconds.

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/batch.h"
#include "rabatt/book_file.h"
#include "rabatt/json.h"

namespace {

using namespace rabatt;  // a program of its own

struct Figure {
  const char* name;
  std::vector<long long> nanoseconds;
};

long long timed(const std::function<void()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  return (std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1);
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "wrong: " << what << '\n';
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: book FOLDER [ROUNDS]\n";
    return 2;
  }
  const std::string folder = argv[1];
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  std::ifstream file(folder + "/book.json");
  const std::string json(std::istreambuf_iterator<char>(file), {});
  const std::string path = folder + "/bench.rabatt";
  Figure read{"read from JSON", {}};
  Figure build{"build", {}};
  Figure save{"save", {}};
  Figure open{"open", {}};
  Figure verify{"check every page", {}};
  Figure plane{"compile a day plane", {}};
  std::string hash;
  for (int round = 0; round < rounds; ++round) {
    BookReading reading;
    read.nanoseconds.push_back(timed([&] { reading = read_book(json); }));
    require(reading.problems.empty(), "the book has problems");
    std::optional<Book> book;
    build.nanoseconds.push_back(timed([&] { book = Book::build(std::move(reading.content)); }));
    require(hash.empty() || hash == book->hash(), "the hash of the book built");
    hash = book->hash();
    save.nanoseconds.push_back(timed([&] { save_book(*book, path); }));
    std::optional<Book> opened;
    open.nanoseconds.push_back(timed([&] { opened = open_book(path); }));
    require(opened->hash() == hash, "the hash of the book opened");
    verify.nanoseconds.push_back(timed([&] { opened->verify(); }));
    const auto euro = BookIds(*opened).currency("EUR");
    std::shared_ptr<const DayPlane> day;
    plane.nanoseconds.push_back(timed([&] { day = DayPlane::compile(*opened, Date::from("2026-03-10"), euro); }));
  }
  std::remove(path.c_str());
  std::cout << "[";
  for (const auto* figure : {&read, &build, &save, &open, &verify, &plane}) {
    std::cout << (figure == &read ? "" : ",\n") << "{\"name\": \"" << figure->name << "\", \"nanoseconds\": [";
    for (std::size_t i = 0; i < figure->nanoseconds.size(); ++i) {
      std::cout << (i == 0 ? "" : ", ") << figure->nanoseconds[i];
    }
    std::cout << "]}";
  }
  std::cout << "]\n";
}

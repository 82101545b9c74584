// A batch of lines, by each set of instructions and number of threads: `batch FOLDER [ROUNDS [NAME]]` prices the
// workload that workload_files.py wrote into FOLDER. Every answer is compared before the clock starts: status, net and
// campaign with the expected ones, every other column with that of the portable batch on one thread. Rounds are
// interleaved, so that a slow minute falls on all. Prints JSON: nanoseconds per line.
//
// NAME, or a part of it, chooses some figures. `net` writes status, net and campaign; `all` writes every column of
// prices and amounts. Where the lines have dates of their own, `net dated` prices them at these, all others at one
// date.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/batch_pricer.h"
#include "rabatt/book_file.h"
#include "rabatt/json.h"

namespace {

using namespace rabatt;  // a program of its own

constexpr const char* names[] = {"portable", "AVX2", "AVX-512"};

template <class T>
std::vector<T> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    std::cerr << path << " cannot be read\n";
    std::exit(1);
  }
  std::vector<T> values(static_cast<std::size_t>(file.tellg()) / sizeof(T));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
  return values;
}

// Through a book file, as batch jobs have it.
Book book_in(const std::string& folder) {
  const std::string file = folder + "/book.rabatt";
  if (!std::ifstream(file)) {
    std::ifstream json(folder + "/book.json");
    save_book(book_from_json(std::string(std::istreambuf_iterator<char>(json), {})), file);
  }
  return open_book(file);
}

struct Workload {
  explicit Workload(const std::string& folder)
      : items(read<Id>(folder + "/item.i32")),
        customers(read<Id>(folder + "/customer.i32")),
        quantities(read<std::int64_t>(folder + "/quantity.i64")) {
    if (std::ifstream(folder + "/date.i32")) dates = read<std::int32_t>(folder + "/date.i32");
  }

  LineColumns lines(bool dated, Id currency) const {
    LineColumns lines;
    lines.count = items.size();
    lines.item.values = items.data();
    lines.customer.values = customers.data();
    lines.quantity.values = quantities.data();
    lines.date.days = dated ? dates.data() : nullptr;
    lines.date.value = Date::from("2026-03-10").first_moment().time_since_epoch().count();
    lines.currency.value = currency;
    return lines;
  }

  std::vector<Id> items, customers;
  std::vector<std::int64_t> quantities;
  std::vector<std::int32_t> dates;  // days since 1970-01-01; empty: all lines are of one date
};

struct Answers {
  Answers(const std::string& folder, const std::string& kind)
      : nets(read<std::int64_t>(folder + "/expected_" + kind + "net.i64")),
        campaigns(read<Id>(folder + "/expected_" + kind + "campaign.i32")) {}

  std::vector<std::int64_t> nets;  // cents
  std::vector<Id> campaigns;
};

// As Arrow aligns its buffers.
template <class T>
struct CacheLines {
  using value_type = T;
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, std::align_val_t{64}); }
  friend bool operator==(const CacheLines&, const CacheLines&) { return true; }
};

template <class T>
using Buffer = std::vector<T, CacheLines<T>>;

struct Results {
  static constexpr int places = 5;

  Results(std::size_t count, bool all) : status(count), numbers(all ? 9 : 1, Buffer<Int128>(count)) {
    campaign.resize(count);
    columns.places = places;
    columns.status = status.data();
    columns.net = numbers[0].data();
    columns.applied_campaign = campaign.data();
    if (!all) return;
    source.resize(count);
    price_book.resize(count);
    columns.list_price = numbers[1].data();
    columns.unit_price = numbers[2].data();
    columns.discount = numbers[3].data();
    columns.gross = numbers[4].data();
    columns.discount_amount = numbers[5].data();
    columns.unit_net = numbers[6].data();
    columns.list_amount = numbers[7].data();
    columns.saved = numbers[8].data();
    columns.source = source.data();
    columns.applied_price_book = price_book.data();
  }

  Buffer<LineStatus> status;
  std::vector<Buffer<Int128>> numbers;
  Buffer<Id> campaign, price_book;
  Buffer<Source> source;
  PricedColumns columns;
};

// What a run does not write shall not pass for right.
void spoil(Results* results) {
  std::fill(results->status.begin(), results->status.end(), LineStatus{255});
  for (auto& numbers : results->numbers) std::fill(numbers.begin(), numbers.end(), Int128{-1});
  constexpr Id impossible = unknown_id - 1;
  std::fill(results->campaign.begin(), results->campaign.end(), impossible);
  std::fill(results->price_book.begin(), results->price_book.end(), impossible);
  std::fill(results->source.begin(), results->source.end(), static_cast<Source>(255));
}

// Lines with another answer, or where `all` is there, with another one in any column.
std::size_t wrong(const Results& results, const Answers& answers, const Results* all) {
  std::size_t count = 0;
  for (std::size_t line = 0; line < answers.nets.size(); ++line) {
    const Int128 net = Int128{answers.nets[line]} * 1000;  // cents at five places
    bool right = results.status[line] == line_ok && results.numbers[0][line] == net &&
                 results.campaign[line] == answers.campaigns[line];
    if (all) {
      for (std::size_t i = 0; i < results.numbers.size(); ++i) {
        right = right && results.numbers[i][line] == all->numbers[i][line];
      }
      right = right && results.price_book[line] == all->price_book[line] && results.source[line] == all->source[line];
    }
    count += right ? 0 : 1;
  }
  return count;
}

struct Figure {
  std::string name;
  BatchOptions options;
  bool all;
  bool dated;
  std::vector<long long> nanoseconds = {};  // of a whole run
};

std::vector<Figure> all_figures(bool has_dates) {
  std::vector<Figure> figures;
  const auto add = [&](int set, bool all, bool dated) {
    for (const int threads : {1, 2}) {
      const auto name = std::string("batch, ")
                            .append(names[set])
                            .append(all     ? ", all"
                                    : dated ? ", net dated"
                                            : ", net");
      figures.push_back({name + (threads == 1 ? ", 1 thread" : ", 2 threads"),
                         {.threads = threads, .instructions = static_cast<Instructions>(set)},
                         all,
                         dated});
    }
  };
  const int best = static_cast<int>(best_instructions());
  for (const bool all : {false, true}) {
    for (int set = 0; set <= best; ++set) add(set, all, false);
  }
  if (has_dates) add(best, false, true);
  return figures;
}

void print(const std::vector<Figure>& figures, std::size_t lines) {
  std::cout << "[";
  for (const auto& figure : figures) {
    std::cout << (&figure == &figures.front() ? "" : ",\n") << "{\"name\": \"" << figure.name
              << "\", \"lines\": " << lines << ", \"wrong\": 0, \"nanoseconds\": [";
    for (std::size_t i = 0; i < figure.nanoseconds.size(); ++i) {
      std::cout << (i == 0 ? "" : ", ") << figure.nanoseconds[i];
    }
    std::cout << "]}";
  }
  std::cout << "]\n";
}

template <class T>
void write(const std::string& path, const Buffer<T>& values) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}

void serve(const std::string& folder, const BatchPricer& pricer, const LineColumns& lines, const Figure& figure) {
  Results results(lines.count, figure.all);
  spoil(&results);
  pricer.price(lines, results.columns, figure.options);
  Buffer<std::int64_t> cents;
  for (const auto net : results.numbers[0]) cents.push_back(static_cast<std::int64_t>(net / 1000));
  write(folder + "/net.i64", cents);
  write(folder + "/campaign.i32", results.campaign);
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    pricer.price(lines, results.columns, figure.options);
    std::cout << "done" << std::endl;
  }
}

template <class LinesOf, class ResultsOf>
bool are_right(const std::vector<Figure>& figures, const std::string& folder, const BatchPricer& pricer,
               LinesOf lines_of, ResultsOf results_of) {
  const auto is_right = [&](const Figure& figure, Results* results, const Answers& answers, const Results* all) {
    spoil(results);
    pricer.price(lines_of(figure), results->columns, figure.options);
    const auto count = wrong(*results, answers, all);
    if (count != 0) std::cerr << figure.name << ": " << count << " lines are wrong\n";
    return count == 0;
  };
  const Answers of_one_date(folder, "");
  std::optional<Answers> of_dates;
  std::optional<Results> plain;
  for (const auto& figure : figures) {
    if (figure.dated && !of_dates) of_dates.emplace(folder, "dated_");
    if (figure.all && !plain) {
      plain.emplace(lines_of(figure).count, true);
      const Figure reference{"batch, portable, all, 1 thread", {1, Instructions::portable}, true, false};
      if (!is_right(reference, &*plain, of_one_date, nullptr)) return false;
    }
    const auto& answers = figure.dated ? *of_dates : of_one_date;
    if (!is_right(figure, &results_of(figure), answers, figure.all ? &*plain : nullptr)) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: batch FOLDER [ROUNDS [NAME]]\n";
    return 2;
  }
  const std::string folder = argv[1];
  const bool serves = argc > 3 && std::string(argv[2]) == "serve";
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
  const Workload workload(folder);
  const BatchPricer pricer(book_in(folder));
  const Id euro = BookIds(pricer.book()).currency("EUR");
  auto figures = all_figures(!workload.dates.empty());
  std::erase_if(figures,
                [&](const Figure& figure) { return argc > 3 && figure.name.find(argv[3]) == std::string::npos; });
  if (figures.empty()) {
    std::cerr << "no such figure on this machine\n";
    return 3;
  }
  const auto lines_of = [&](const Figure& figure) { return workload.lines(figure.dated, euro); };
  if (serves) {
    serve(folder, pricer, lines_of(figures.back()), figures.back());  // the best of several
    return 0;
  }
  const std::size_t count = workload.items.size();
  Results net(count, false);
  std::optional<Results> every;
  if (std::any_of(figures.begin(), figures.end(), [](const Figure& figure) { return figure.all; })) {
    every.emplace(count, true);
  }
  const auto results_of = [&](const Figure& figure) -> Results& { return figure.all ? *every : net; };
  if (!are_right(figures, folder, pricer, lines_of, results_of)) return 1;
  for (int round = 0; round < rounds; ++round) {
    for (auto& figure : figures) {
      const auto lines = lines_of(figure);
      const auto begin = std::chrono::steady_clock::now();
      pricer.price(lines, results_of(figure).columns, figure.options);
      figure.nanoseconds.push_back((std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1));
    }
  }
  print(figures, count);
}

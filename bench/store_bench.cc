// The store with many records, in SQLite or PostgreSQL:
//
//   store fill URL [CAMPAIGNS CUSTOMERS RECIPIENTS]   an empty database is filled (store_filling.h): by default 100,000
//                                                     campaigns of ten lines, 100,000 customers, 1,000,000 recipients
//   store answers URL                                 what the store says, to be compared with other databases
//   store measure URL [ROUNDS [NAME]]                 finds, publishes, adds recipients: figures with NAME in their
//   name
//
// `measure` adds 100,000 recipients a round, to a campaign of its own, and leaves them there. Answers whose numbers are
// known are checked; then nothing is said but "wrong". Prints JSON: nanoseconds, one number a round.

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "rabatt/error.h"
#include "rabatt/money.h"
#include "store_filling.h"

namespace {

using namespace rabatt;  // a program of its own
using Clock = std::chrono::steady_clock;

struct Search {
  const char* name;
  const char* query;
};

// Two text criteria and a sort, by how much they find and where the terms stand.
constexpr Search searches[] = {
    {"find, begins with and contains",
     R"({"where":[["name","like","spring%"],["offer","like","tea"]],"sort":["name"]})"},
    {"find, contains twice, hundreds",
     R"({"where":[["offer","like","coffee"],["audience","like","in Å"]],"sort":["-valid_until","name"]})"},
    {"find, contains twice, a few",
     R"({"where":[["name","like","skis 07"],["audience","like","Berg"]],"sort":["sort_index"]})"},
    {"find, in long texts", R"({"where":[["description","like","oslo"],["name","like","tea"]],"sort":["name"]})"},
    {"find, contains twice, all",
     R"({"where":[["name","like","0"],["offer","like","cheaper"]],"sort":["-sort_index"]})"},
};

struct Figure {
  std::string name;
  std::vector<long long> nanoseconds;
};

long long timed(const std::function<void()>& run) {
  const auto begin = Clock::now();
  run();
  return (Clock::now() - begin) / std::chrono::nanoseconds(1);
}

void require(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << "wrong: " << what << '\n';
  std::exit(1);
}

std::string quoted(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + "\"";
}

void print(const std::vector<Figure>& figures) {
  std::cout << "[";
  for (const auto& figure : figures) {
    std::cout << (&figure == &figures.front() ? "" : ",\n") << R"({"name": )" << quoted(figure.name)
              << R"(, "nanoseconds": [)";
    for (std::size_t i = 0; i < figure.nanoseconds.size(); ++i) {
      std::cout << (i == 0 ? "" : ", ") << figure.nanoseconds[i];
    }
    std::cout << "]}";
  }
  std::cout << "]\n";
}

// Behind everything that was filled in.
constexpr int later = 100'000;

void fill_store(const std::string& url, const StoreSizes& sizes) {
  const auto store = Store::open(url, {.at = at_minute(0)});
  std::vector<Figure> figures;
  fill(
      store, sizes, [](std::string_view progress) { std::cerr << "         " << progress << std::endl; },
      [&](std::string_view what, std::int64_t nanoseconds) { figures.push_back({std::string(what), {nanoseconds}}); });
  print(figures);
}

void answer(const Store& store) {
  auto reading = store.read(at_minute(later));
  const auto publication = store.publish(at_minute(later));
  std::cout << R"({"hash": )" << quoted(publication.book.hash()) << R"(, "left_out": )" << publication.left_out.size();
  for (const auto record : {"item", "party", "campaign", "campaign_line"}) {
    std::cout << ",\n" << quoted(record) << ": " << reading.count(record);
  }
  for (const auto& search : searches) {
    std::cout << ",\n"
              << quoted(search.name) << R"(: {"count": )" << reading.count("campaign", search.query)
              << R"(, "first page": )" << reading.find("campaign", search.query) << "}";
  }
  std::cout << "}\n";
}

std::string first_page(const Store& store, const Search& search) {
  return store.read(at_minute(later)).find("campaign", search.query);
}

// A campaign whose recipients will be those of the whole address book, of which `known` are in it already.
std::string new_campaign(const Store& store, std::int64_t known, int minute) {
  auto work = store.begin(at_minute(minute));
  const auto json = work.add("campaign", R"({"name": "To all"})");
  const auto id = json.substr(6, json.find(',') - 6);  // {"id":7,…
  std::string parties;
  for (std::int64_t i = 1; i <= known; ++i) parties.append(i == 1 ? "" : ",").append(std::to_string(i));
  work.perform("recipients.add_from", R"({"campaign":)" + id + R"(,"parties":[)" + parties + "]}");
  work.commit();
  return id;
}

long long add_all(const Store& store, int minute) {
  StoreSizes sizes;
  auto reading = store.read(at_minute(later));
  sizes.customers = reading.count("party", R"({"where":[["is_customer","=",true]]})");
  const auto known = sizes.contacts() / 2, shared = sizes.contacts() / 2;
  require(reading.count("party") == sizes.customers + sizes.contacts(), "the number of parties");
  const auto id = new_campaign(store, known, minute);
  std::string added;
  const auto taken = timed([&] {
    auto work = store.begin(at_minute(minute));
    added = work.perform("recipients.add_from", R"({"campaign":)" + id + R"(,"query":{}})");
    work.commit();
  });
  const auto expected = R"({"added":)" + std::to_string(sizes.customers + sizes.contacts() - known - shared) +
                        R"(,"skipped_duplicate_source":)" + std::to_string(known) + R"(,"skipped_duplicate_email":)" +
                        std::to_string(shared) + "}";
  require(added == expected, added);
  return taken;
}

// One that gives the same text each time.
long long timed_again(const std::string& name, const std::string& known, const std::function<std::string()>& run) {
  std::string again;
  const auto taken = timed([&] { again = run(); });
  require(again == known, name);
  return taken;
}

void measure(const Store& store, int rounds, const std::string& part) {
  std::vector<Figure> figures;
  const auto add = [&](const std::string& name, const std::function<std::function<long long(int)>()>& begin) {
    if (name.find(part) == std::string::npos) return;
    auto& figure = figures.emplace_back(Figure{name, {}});
    const auto round_of = begin();
    for (int round = 0; round < rounds; ++round) figure.nanoseconds.push_back(round_of(round));
  };
  for (const auto& search : searches) {
    add(search.name, [&] {
      return [&, page = first_page(store, search)](int) {
        return timed_again(search.name, page, [&] { return first_page(store, search); });
      };
    });
  }
  add("publish", [&] {
    const auto published = [&] { return std::string(store.publish(at_minute(later)).book.hash()); };
    return [&, published, hash = published()](int) { return timed_again("the hash of the book", hash, published); };
  });
  add("add recipients", [&] { return [&](int round) { return add_all(store, later + round); }; });
  print(figures);
}

int usage() {
  std::cerr << "usage: store fill URL [CAMPAIGNS CUSTOMERS RECIPIENTS] | answers URL | measure URL [ROUNDS [NAME]]\n";
  return 2;
}

int run(const std::vector<std::string>& words) {
  if (words.size() < 2) return usage();
  const auto& verb = words[0];
  const auto& url = words[1];
  const auto number = [&](std::size_t at, std::int64_t otherwise) {
    return words.size() > at ? std::atoll(words[at].c_str()) : otherwise;
  };
  if (verb == "fill") {
    StoreSizes sizes;
    sizes.campaigns = number(2, sizes.campaigns);
    sizes.customers = number(3, sizes.customers);
    sizes.recipients = number(4, sizes.recipients);
    fill_store(url, sizes);
  } else if (verb == "answers") {
    answer(Store::open(url, {.create = false, .at = {}}));
  } else if (verb == "measure") {
    measure(Store::open(url, {.create = false, .at = {}}), static_cast<int>(number(2, 5)),
            words.size() > 3 ? words[3] : "");
  } else {
    return usage();
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}

#include "store_filling.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace rabatt {
namespace {

constexpr std::int64_t rows_at_a_time = 1'000;

constexpr std::array<std::string_view, 10> seasons = {"Spring", "Summer",  "Autumn",    "Winter",  "Easter",
                                                      "June",   "Weekend", "Christmas", "Jubilee", "Opening"};
constexpr std::array<std::string_view, 40> goods = {
    "coffee", "tea",   "cups",   "kettles", "chairs",  "tables", "lamps", "paper",  "pens",    "ink",
    "boots",  "coats", "gloves", "skis",    "sledges", "tents",  "boats", "ropes",  "paint",   "brushes",
    "nails",  "saws",  "wood",   "stoves",  "bread",   "cheese", "honey", "apples", "berries", "juice",
    "soap",   "wool",  "linen",  "shirts",  "books",   "maps",   "toys",  "bikes",  "tyres",   "bells"};
constexpr std::array<std::string_view, 12> towns = {"Oslo",         "Bergen", "Ålesund", "Trondheim",
                                                    "Bodø",         "Tromsø", "Molde",   "Stavanger",
                                                    "Kristiansund", "Hamar",  "Skien",   "Årdal"};

template <class Words>
std::string word(const Words& words, std::int64_t number) {
  return std::string(words[static_cast<std::size_t>(number) % words.size()]);
}

// 17, 6 → "000017"
std::string digits(std::int64_t number, std::size_t width) {
  auto text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string day(std::int64_t number) {
  using namespace std::chrono;
  const year_month_day date = sys_days(year(2026) / 1 / 1) + days(number);
  return std::to_string(static_cast<int>(date.year())) + "-" + digits(static_cast<unsigned>(date.month()), 2) + "-" +
         digits(static_cast<unsigned>(date.day()), 2);
}

std::string item(std::int64_t n) {
  return R"({"number":"I-)" + digits(n, 6) + R"(","name":")" + word(goods, n) + " " + digits(n, 6) +
         R"(","prices":{"EUR":")" + std::to_string(10 + n % 990) + R"(.50"}})";
}

// Every tenth customer is a person who works for the one before.
std::string party(std::int64_t n, const StoreSizes& sizes) {
  const bool is_customer = n < sizes.customers;
  const bool is_person = !is_customer || n % 10 == 9;
  const auto town = word(towns, n / 7);
  const auto company = is_customer ? n - 1 : n - sizes.customers;
  const bool shares_email = !is_customer && n % 2 == 0;
  std::string json = R"({"number":"P-)" + digits(n, 6) + R"(","name":")" + (is_person ? "Kari Nordmann " : "Shop ") +
                     digits(n, 6) + R"(","is_customer":)" + (is_customer ? "true" : "false");
  if (is_person) json += R"(,"kind":"person","company":"P-)" + digits(company, 6) + "\"";
  if (!is_person) json += R"(,"contact_name":"Ola Hansen","organisation_number":"9)" + digits(n, 8) + "\"";
  if (is_customer)
    json += R"(,"customer_number":"K)" + digits(n, 6) + R"(","discount":")" + std::to_string(n % 20) + "\"";
  json += R"(,"email":"Post)" + digits(shares_email ? company : n, 6) + R"(@example.com","phone_work":"+47 22)" +
          digits(n, 6) + R"(","address":"Storgata )" + std::to_string(n % 200) + R"(","postal_code":")" +
          digits(n % 10'000, 4) + R"(","city":")" + town + R"(","country":"NO"})";
  return json;
}

std::string campaign(std::int64_t n, const StoreSizes& sizes) {
  const auto good = word(goods, n / 10);
  const auto town = word(towns, n / 3);
  std::string json = R"({"number":"CMP-)" + digits(n, 6) + R"(","name":")" + word(seasons, n) + " " + good + " " +
                     digits(n, 6) + R"(","pricing_type":"set_discount","date":")" + day(n % 365) +
                     R"(","valid_until":")" + day(n % 365 + 30) + R"(","sort_index":)" + std::to_string(n % 1'000) +
                     R"(,"offer":"Cheaper )" + good + " and " + word(goods, n / 17) + R"(","audience":"Shops in )" +
                     town + R"(","description":"All shops in )" + town + " are told of " + good +
                     " by letter, and those that have not answered within a week are called.\"" + R"(,"lines":[)";
  const auto items = sizes.items();
  for (std::int64_t line = 0; line < lines_per_campaign; ++line) {
    const auto number = (n * 7 + line * (items / lines_per_campaign)) % items;
    json += (line == 0 ? "" : ",") + std::string(R"({"item":"I-)") + digits(number, 6) + R"(","discount":")" +
            std::to_string(5 + (n + line) % 40) + "\"}";
  }
  return json + "]}";
}

class Filling {
 public:
  Filling(const Store& store, const StoreSizes& sizes, const std::function<void(std::string_view)>& progress,
          const Report& report)
      : store_(store), sizes_(sizes), progress_(progress), report_(report) {}

  void run() {
    timed("items", [&] { load("item", sizes_.items(), item); });
    timed("customers and contacts", [&] {
      load("party", sizes_.customers + sizes_.contacts(), [&](std::int64_t n) { return party(n, sizes_); });
    });
    timed("campaigns",
          [&] { load("campaign", sizes_.campaigns, [&](std::int64_t n) { return campaign(n, sizes_); }); });
    timed("posting", [&] { post(); });
    timed("recipients", [&] { add_recipients(); });
  }

 private:
  template <class Action>
  void timed(const std::string& what, const Action& action) {
    const auto begin = std::chrono::steady_clock::now();
    action();
    report_(what, (std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1));
  }

  void tell(std::string_view what, std::int64_t done, std::int64_t of) const {
    const auto step = std::max<std::int64_t>(of / 5, 1);
    if (done % step == 0) progress_(std::to_string(done) + " of " + std::to_string(of) + " " + std::string(what));
  }

  // A transaction for each thousand, as imports have it.
  template <class MakeRow>
  void load(std::string_view record, std::int64_t count, const MakeRow& row) {
    for (std::int64_t done = 0; done < count;) {
      std::string rows = "[";
      const auto end = std::min(count, done + rows_at_a_time);
      for (auto n = done; n < end; ++n) rows.append(n == done ? "" : ",").append(row(n));
      auto work = store_.begin(at_minute(minute_++));
      const auto answer = work.load(record, rows + "]");
      const auto expected = R"({"added":)" + std::to_string(end - done) + R"(,"updated":0,"problems":[]})";
      if (answer != expected) throw Error(Code::bad_row, answer.substr(0, 500));
      work.commit();
      done = end;
      tell(record, done, count);
    }
  }

  void post() {
    for (std::int64_t done = 0; done < sizes_.campaigns;) {
      auto work = store_.begin(at_minute(minute_++));
      const auto end = std::min(sizes_.campaigns, done + rows_at_a_time);
      for (; done < end; ++done) work.post(done + 1);
      work.commit();
      tell("campaigns posted", done, sizes_.campaigns);
    }
  }

  void add_recipients() {
    for (std::int64_t campaign = 1; campaign * sizes_.customers <= sizes_.recipients; ++campaign) {
      auto work = store_.begin(at_minute(minute_++));
      work.perform("recipients.add_from",
                   R"({"campaign":)" + std::to_string(campaign) + R"(,"query":{"where":[["is_customer","=",true]]}})");
      work.commit();
      progress_(std::to_string(campaign * sizes_.customers) + " recipients");
    }
  }

  const Store& store_;
  StoreSizes sizes_;
  const std::function<void(std::string_view)>& progress_;
  const Report& report_;
  int minute_ = 1;
};

}  // namespace

At at_minute(int minute) {
  return {.by = "ANN",
          .permissions = Permissions::everything(),
          .time = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + std::chrono::minutes(minute),
          .zone = "Europe/Oslo"};
}

void fill(const Store& store, const StoreSizes& sizes, const std::function<void(std::string_view)>& progress,
          const Report& report) {
  Filling(store, sizes, progress, report).run();
}

}  // namespace rabatt

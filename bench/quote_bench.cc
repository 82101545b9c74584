// A single quote against books of 10 to 100,000 campaigns: its cost must not grow with campaigns that do not concern
// its item or its date.
//
//   other_items/N  N campaigns of ten lines each on items of their own; the quote, with steps, is for items of one
//   other_dates/N  N campaigns on one item, one a day; the quote, without an explanation, is for one of the days
//   cold/N         as other_items, for items and customers all over the book: the cost of memory besides
//   ids_hot/N      as other_items, by ids: the numbers of an explanation, without its texts
//   ids_cold/N     every item once, then all again, in random order, each for a customer of its own, by ids, on four
//                  days in turns: with 100,000 campaigns 290 MB of planes, which no cache of today's servers holds
//                  long enough to have any of it twice

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "rabatt/line_pricer.h"
#include "rabatt/price.h"

namespace {

using namespace std::chrono_literals;
using rabatt::Decimal;

constexpr std::size_t lines_per_campaign = 10;
constexpr auto first_day = 2026y / std::chrono::March / 1;

std::string numbered(const char* prefix, std::size_t number) {
  return std::string(prefix).append(std::to_string(number));
}

rabatt::Item item(std::size_t number) {
  rabatt::Item item;
  item.item = numbered("ITEM-", number);
  item.prices = {{"EUR", Decimal("100")}};
  return item;
}

rabatt::Campaign campaign(std::size_t number) {
  rabatt::Campaign campaign;
  campaign.campaign = numbered("CMP-", number);
  campaign.name = "Bench";
  campaign.pricing_type = rabatt::PricingType::set_discount;
  campaign.combine = rabatt::Combine::add;
  campaign.date = first_day;
  return campaign;
}

rabatt::Customer customer(std::size_t number) {
  rabatt::Customer customer;
  customer.customer = numbered("C", number);
  customer.discount = Decimal(5);
  return customer;
}

rabatt::CampaignLine discount_line(std::size_t item) {
  rabatt::CampaignLine line;
  line.item = numbered("ITEM-", item);
  line.discount = Decimal(10);
  return line;
}

// As many customers as items.
rabatt::Book build_other_items(std::size_t campaigns) {
  rabatt::BookContent content;
  for (std::size_t i = 0; i < campaigns * lines_per_campaign; ++i) {
    content.customers.push_back(customer(i));
    content.items.push_back(item(i));
  }
  for (std::size_t i = 0; i < campaigns; ++i) {
    content.campaigns.push_back(campaign(i));
    for (std::size_t line = 0; line < lines_per_campaign; ++line) {
      content.campaigns.back().lines.push_back(discount_line(i * lines_per_campaign + line));
    }
  }
  return rabatt::Book::build(std::move(content));
}

// Each book is built once, whatever the repetitions.
const rabatt::Book& book_of_other_items(std::size_t campaigns) {
  static std::map<std::size_t, rabatt::Book> books;
  const auto found = books.find(campaigns);
  return found != books.end() ? found->second : books.emplace(campaigns, build_other_items(campaigns)).first->second;
}

rabatt::Book book_of_other_dates(std::size_t campaigns) {
  rabatt::BookContent content;
  content.customers.push_back(customer(0));
  content.items.push_back(item(0));
  for (std::size_t i = 0; i < campaigns; ++i) {
    const std::chrono::year_month_day day = std::chrono::sys_days(first_day) + std::chrono::days(i);
    content.campaigns.push_back(campaign(i));
    content.campaigns.back().date = day;
    content.campaigns.back().valid_until = day;
    content.campaigns.back().lines.push_back(discount_line(0));
  }
  return rabatt::Book::build(std::move(content));
}

rabatt::Request request_for(std::size_t item, std::size_t customer, bool explain) {
  rabatt::Request request;
  request.date = first_day;
  request.currency = "EUR";
  request.customer = numbered("C", customer);
  request.explain = explain;
  rabatt::RequestLine line;
  line.item = numbered("ITEM-", item);
  line.quantity = Decimal(3);
  request.lines.push_back(line);
  return request;
}

// 3 × 100 less 5 % + 10 %.
void require_right(const rabatt::Quote& quote) {
  if (quote.total == Decimal(255) && quote.lines.front().applied_campaign) return;
  std::cerr << "wrong answer: " << quote.total.text() << '\n';
  std::exit(1);
}

void quotes(benchmark::State& state, const rabatt::Book& book, const std::vector<rabatt::Request>& requests) {
  for (const auto& request : requests) require_right(price(book, request));
  std::size_t next = 0;
  for (auto _ : state) {
    auto quote = price(book, requests[next]);
    benchmark::DoNotOptimize(quote);
    next = next + 1 == requests.size() ? 0 : next + 1;
  }
}

void other_items(benchmark::State& state) {
  const auto& book = book_of_other_items(static_cast<std::size_t>(state.range(0)));
  std::vector<rabatt::Request> requests;
  for (std::size_t i = 0; i < lines_per_campaign; ++i) requests.push_back(request_for(i, 0, true));
  quotes(state, book, requests);
}
BENCHMARK(other_items)->Arg(10)->Arg(1'000)->Arg(100'000);

void other_dates(benchmark::State& state) {
  quotes(state, book_of_other_dates(static_cast<std::size_t>(state.range(0))), {request_for(0, 0, false)});
}
BENCHMARK(other_dates)->Arg(10)->Arg(1'000)->Arg(100'000);

// The numbers below `count` in random order.
std::vector<std::size_t> shuffled(std::size_t count, unsigned seed) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937_64(seed));
  return numbers;
}

void cold(benchmark::State& state) {
  const auto campaigns = static_cast<std::size_t>(state.range(0));
  const auto& book = book_of_other_items(campaigns);
  const auto items = shuffled(campaigns * lines_per_campaign, 1);
  const auto customers = shuffled(items.size(), 2);
  std::vector<rabatt::Request> requests;
  const std::size_t count = std::min<std::size_t>(items.size(), 100'000);
  for (std::size_t i = 0; i < count; ++i) requests.push_back(request_for(items[i], customers[i], true));
  quotes(state, book, requests);
}
BENCHMARK(cold)->Arg(10)->Arg(1'000)->Arg(100'000);

struct Line {
  rabatt::Id item;
  rabatt::Id customer;
};

// Pricers of some days, each with a plane of its own, and lines with the same answer on each day.
struct Session {
  Session(const rabatt::Book& book, const std::vector<std::size_t>& items, const std::vector<std::size_t>& customers,
          int days) {
    const rabatt::BookIds ids(book);
    for (int day = 0; day < days; ++day) {
      const std::chrono::year_month_day date = std::chrono::sys_days(first_day) + std::chrono::days(day);
      pricers.emplace_back(book, date, ids.currency("EUR"));
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      lines.push_back({ids.item(numbered("ITEM-", items[i])), ids.customer(numbered("C", customers[i]))});
    }
    for (const auto& pricer : pricers) {
      for (const auto& line : lines) {
        const auto price = pricer.price(line.item, line.customer, 3);
        const bool right = price.status == rabatt::line_ok && price.applied_campaign != rabatt::no_id &&
                           Decimal::scaled(price.net, pricer.places()) == Decimal(255);
        if (right) continue;
        std::cerr << "wrong answer by ids\n";
        std::exit(1);
      }
    }
  }

  std::vector<rabatt::LinePricer> pricers;
  std::vector<Line> lines;
};

void by_ids(benchmark::State& state, const Session& session) {
  const auto& [pricers, lines] = session;
  std::size_t next = 0;
  std::size_t day = 0;
  for (auto _ : state) {
    auto price = pricers[day].price(lines[next].item, lines[next].customer, 3);
    benchmark::DoNotOptimize(price);
    next = next + 1 == lines.size() ? 0 : next + 1;
    day = day + 1 == pricers.size() ? 0 : day + 1;
  }
}

// Made and checked once, as its book is.
template <class Make>
const Session& session_of(std::map<std::size_t, Session>* known, std::size_t campaigns, Make make) {
  const auto found = known->find(campaigns);
  return found != known->end() ? found->second : known->emplace(campaigns, make()).first->second;
}

void ids_hot(benchmark::State& state) {
  static std::map<std::size_t, Session> sessions;
  const auto campaigns = static_cast<std::size_t>(state.range(0));
  by_ids(state, session_of(&sessions, campaigns, [&] {
           std::vector<std::size_t> items(lines_per_campaign);
           std::iota(items.begin(), items.end(), std::size_t{0});
           return Session(book_of_other_items(campaigns), items, std::vector<std::size_t>(items.size(), 0), 1);
         }));
}
BENCHMARK(ids_hot)->Arg(10)->Arg(1'000)->Arg(100'000);

void ids_cold(benchmark::State& state) {
  static std::map<std::size_t, Session> sessions;
  const auto campaigns = static_cast<std::size_t>(state.range(0));
  by_ids(state, session_of(&sessions, campaigns, [&] {
           const auto items = shuffled(campaigns * lines_per_campaign, 1);
           return Session(book_of_other_items(campaigns), items, shuffled(items.size(), 2), 4);
         }));
}
BENCHMARK(ids_cold)->Arg(10)->Arg(1'000)->Arg(100'000);

}  // namespace

BENCHMARK_MAIN();

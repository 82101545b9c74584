// A single quote against books of 10 to 100,000 campaigns: its cost must not grow with campaigns that do not concern
// its item or its date.
//
//   other_items/N  N campaigns of ten lines each on items of their own; the quote, with steps, is for items of one
//   other_dates/N  N campaigns on one item, one a day; the quote, without an explanation, is for one of the days
//   cold/N         as other_items, for items all over the book: the cost of memory besides
//   ids_hot/N      as other_items, by ids: the numbers of an explanation, without its texts
//   ids_cold/N     as cold, by ids

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
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

rabatt::Customer customer() {
  rabatt::Customer customer;
  customer.customer = "C5";
  customer.discount = Decimal(5);
  return customer;
}

rabatt::CampaignLine discount_line(std::size_t item) {
  rabatt::CampaignLine line;
  line.item = numbered("ITEM-", item);
  line.discount = Decimal(10);
  return line;
}

rabatt::Book build_other_items(std::size_t campaigns) {
  rabatt::BookContent content;
  content.customers.push_back(customer());
  for (std::size_t i = 0; i < campaigns * lines_per_campaign; ++i) content.items.push_back(item(i));
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
  content.customers.push_back(customer());
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

rabatt::Request request_for(std::size_t item, bool explain) {
  rabatt::Request request;
  request.date = first_day;
  request.currency = "EUR";
  request.customer = "C5";
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
  for (std::size_t i = 0; i < lines_per_campaign; ++i) requests.push_back(request_for(i, true));
  quotes(state, book, requests);
}
BENCHMARK(other_items)->Arg(10)->Arg(1'000)->Arg(100'000);

void other_dates(benchmark::State& state) {
  quotes(state, book_of_other_dates(static_cast<std::size_t>(state.range(0))), {request_for(0, false)});
}
BENCHMARK(other_dates)->Arg(10)->Arg(1'000)->Arg(100'000);

void cold(benchmark::State& state) {
  const auto campaigns = static_cast<std::size_t>(state.range(0));
  const auto& book = book_of_other_items(campaigns);
  std::vector<rabatt::Request> requests;
  const std::size_t items = campaigns * lines_per_campaign;
  for (std::size_t i = 0; i < 10'000; ++i) requests.push_back(request_for(i * 7'919 % items, true));
  quotes(state, book, requests);
}
BENCHMARK(cold)->Arg(10)->Arg(1'000)->Arg(100'000);

void by_ids(benchmark::State& state, std::size_t count) {
  const auto campaigns = static_cast<std::size_t>(state.range(0));
  const auto& book = book_of_other_items(campaigns);
  const rabatt::BookIds ids(book);
  const rabatt::LinePricer pricer(book, first_day, ids.currency("EUR"));
  const auto customer = ids.customer("C5");
  const std::size_t all = campaigns * lines_per_campaign;
  std::vector<rabatt::Id> items;
  for (std::size_t i = 0; i < count; ++i) items.push_back(ids.item(numbered("ITEM-", i * 7'919 % all)));
  for (const auto item : items) {
    const auto price = pricer.price(item, customer, 3);
    const bool right = price.status == rabatt::line_ok && price.applied_campaign != rabatt::no_id &&
                       Decimal::scaled(price.net, pricer.places()) == Decimal(255);
    if (right) continue;
    std::cerr << "wrong answer by ids\n";
    std::exit(1);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    auto price = pricer.price(items[next], customer, 3);
    benchmark::DoNotOptimize(price);
    next = next + 1 == items.size() ? 0 : next + 1;
  }
}

void ids_hot(benchmark::State& state) { by_ids(state, lines_per_campaign); }
BENCHMARK(ids_hot)->Arg(10)->Arg(1'000)->Arg(100'000);

void ids_cold(benchmark::State& state) { by_ids(state, 200'000); }
BENCHMARK(ids_cold)->Arg(10)->Arg(1'000)->Arg(100'000);

}  // namespace

BENCHMARK_MAIN();

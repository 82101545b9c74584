// Tables of lines by several threads: each with a pricer of its own, all from one BatchPricer, each with threads.

#include <gtest/gtest.h>

#include <thread>

#include "../rules/arrow_samples.h"
#include "rabatt/arrow_lines.h"
#include "random_shops.h"

namespace rabatt {
namespace {

// Lines of a shop, with texts as dictionaries, on several dates.
std::unique_ptr<SampleTable> table_of(const std::vector<Request>& requests) {
  TextCells items, customers, dates, currencies;
  std::vector<std::optional<Int128>> quantities;
  for (const auto& request : requests) {
    const auto& line = request.lines.at(0);
    items.emplace_back(line.item);
    customers.push_back(request.customer.empty() ? std::nullopt : std::optional(request.customer));
    dates.emplace_back(request.date->text());
    currencies.emplace_back(request.currency);
    quantities.emplace_back(line.quantity->at_places(6).mantissa());
  }
  return std::make_unique<SampleTable>(std::vector<SampleColumn>{
      dictionary_column("item", items, "i", 4), number_column("quantity", quantities, "d:38,6", 16),
      dictionary_column("customer", customers, "i", 4), dictionary_column("date", dates, "i", 4),
      text_column("currency", currencies)});
}

std::vector<Request> repeated(const std::vector<Request>& requests, std::size_t count) {
  std::vector<Request> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(requests[i % requests.size()]);
  return all;
}

TEST(ArrowThreads, SeveralTablesAtOnceFromOneBatchPricer) {
  Random random("tables of lines by threads");
  const auto count = trials(5);
  constexpr std::size_t lines = 20'000;
  constexpr int threads = 3;
  for (std::uint64_t i = 0; i < count && !HasFatalFailure(); ++i) {
    const auto content = random_shop(&random);
    const Book book = Book::build(content);
    const auto requests = repeated(random_order_lines(&random, content, 500), lines);
    const auto table = table_of(requests);
    ArrowPricer alone(pricer_of(book), table->schema(), {});
    const auto expected = priced(&alone, table->array());
    // every other time no plane is kept for long
    const auto shared = std::make_shared<BatchPricer>(book, i % 2 == 0 ? BatchPricer::usual_plane_bytes : 0);
    std::vector<TextTable> results(threads);
    {
      std::vector<std::jthread> running;
      for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread] {
          ArrowPricer pricer(shared, table->schema(), {.batch = {.threads = thread + 1}});
          for (int round = 0; round < 2; ++round) {
            results[static_cast<std::size_t>(thread)] = priced(&pricer, table->array());
          }
        });
      }
    }
    for (const auto& result : results) {
      ASSERT_EQ(result.size(), expected.size());
      for (std::size_t column = 0; column < result.size(); ++column) {
        ASSERT_EQ(result[column].cells, expected[column].cells) << expected[column].name;
      }
    }
  }
  report("tables of lines by threads", count * lines, " lines in 3 tables at once");
}

}  // namespace
}  // namespace rabatt

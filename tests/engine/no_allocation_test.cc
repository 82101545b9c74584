// A program of its own, with operators that count: a line priced by ids takes no memory.

#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

#include "rabatt/line_pricer.h"

namespace {
thread_local std::size_t allocations = 0;
}

// (not inlined: g++ would see malloc here and delete there)
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main() {
  using namespace rabatt;  // a program of its own
  BookContent content;
  for (int i = 0; i < 100; ++i) {
    Item item;
    item.item = "I" + std::to_string(i);
    item.prices = {{"EUR", Decimal::scaled(99 + i, 2)}};
    content.items.push_back(item);
    Campaign campaign;
    campaign.campaign = "K" + std::to_string(i);
    campaign.name = "Spring";
    campaign.pricing_type = i % 4 == 0 ? PricingType::set_price : PricingType::set_discount;
    campaign.combine = static_cast<Combine>(i % 3);
    campaign.currency = "EUR";
    campaign.date = Date::from("2026-03-01");
    campaign.priority = i % 2;
    CampaignLine line;
    line.item = "I" + std::to_string(i * 7 % 50);
    (i % 4 == 0 ? line.price : line.discount) = Decimal(i % 30);
    campaign.lines.push_back(line);
    content.campaigns.push_back(campaign);
  }
  Customer customer;
  customer.customer = "C";
  customer.discount = Decimal(10);
  content.customers.push_back(customer);
  const Book book = Book::build(std::move(content));
  const BookIds ids(book);
  const LinePricer pricer(book, Date::from("2026-03-10"), ids.currency("EUR"));
  const auto before = allocations;
  std::size_t applied = 0;
  for (Id item = 0; item < ids.items(); ++item) {
    for (const Id who : {no_id, Id{0}}) {
      const auto price = pricer.price(item, who, 3);
      if (price.status != line_ok) return 2;
      applied += price.applied_campaign != no_id ? 1 : 0;
    }
  }
  const auto taken = allocations - before;
  std::printf("%zu allocations in 200 prices, %zu of them of campaigns\n", taken, applied);
  return taken == 0 && applied >= 50 ? 0 : 1;
}

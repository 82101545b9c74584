// quotes KIND: prices the lines of a small shop, for valgrind to count the instructions of
// measured(). KIND is document (price() of a document of one line), ids (a LinePricer) or batch (portable code).
// Prints how many lines measured() priced; their answers are checked against one another before.

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "../engine/samples.h"
#include "rabatt/batch.h"
#include "rabatt/line_pricer.h"

extern "C" __attribute__((noinline)) void measured(const std::function<void()>& price_all) { price_all(); }

namespace rabatt {
namespace {

constexpr int items = 200;
constexpr int customers = 20;
constexpr int lines_of_batch = 4'000;  // as many as make what a batch costs as such disappear

// Half of the items with campaigns, of every kind; half of the customers with a discount, one in five with a price
// book of their own.
BookContent shop() {
  BookContent content;
  const auto item_name = [](int number) { return "ITEM-" + std::to_string(number); };
  for (int i = 0; i < items; ++i) {
    content.items.push_back(item_at(item_name(i), "1"));
    content.items.back().prices["EUR"] = Decimal::scaled(95 + 131 * i, 2);
  }
  for (int i = 0; i < customers; ++i) content.customers.push_back(customer_with("C" + std::to_string(i), "0"));
  for (int i = 0; i < customers; i += 2) content.customers[static_cast<std::size_t>(i)].discount = Decimal(1 + i / 2);
  PriceBook own = price_book_of("OWN", price_book_line(item_name(0), "0.90"), PriceBookType::account);
  for (int i = 3; i < items; i += 3) {
    own.prices.push_back(price_book_line(item_name(i), "1"));
    own.prices.back().price = Decimal::scaled(90 + 120 * i, 2);
  }
  for (int i = 0; i < customers; i += 5) own.accounts.push_back("C" + std::to_string(i));
  content.price_books.push_back(own);
  Campaign greater = discount_campaign("GREATER", item_name(0), "7.5");
  Campaign added = discount_campaign("ADDED", item_name(1), "5", Combine::add);
  Campaign set = price_campaign("SET", item_name(2), "0.85");
  for (int i = 6; i < items; i += 6) {
    greater.lines.push_back(campaign_line(item_name(i)));
    greater.lines.back().discount = Decimal(7);
    added.lines.push_back(campaign_line(item_name(i + 1 < items ? i + 1 : 3)));
    added.lines.back().discount = Decimal(5);
    set.lines.push_back(campaign_line(item_name(i - 1)));
    set.lines.back().price = Decimal::scaled(80 + 100 * i, 2);
  }
  content.campaigns = {greater, added, set};
  return content;
}

// Of every item, for one customer or another; every fourth for none.
class Lines {
 public:
  explicit Lines(const Book& book)
      : book_(book), ids_(book), euro_(ids_.currency("EUR")), day_(Date::from("2026-03-10")) {
    for (int i = 0; i < lines_of_batch; ++i) {
      const std::string item = "ITEM-" + std::to_string(i * 11 % items);
      const std::string customer = i % 4 == 3 ? "" : "C" + std::to_string(i / 3 % customers);
      const int quantity = 1 + i * 37 % 150;
      requests_.push_back(request_of({line_of(item, std::to_string(quantity).c_str())}, customer));
      items_.push_back(ids_.item(item));
      customers_.push_back(ids_.customer(customer));
      quantities_.push_back(quantity);
    }
    nets_.resize(requests_.size());
  }

  std::size_t size() const { return requests_.size(); }

  // With as many places as the batch.
  std::vector<Int128> price_documents() {
    for (std::size_t i = 0; i < size(); ++i) nets_[i] = price(book_, requests_[i]).net.at_places(places()).mantissa();
    return nets_;
  }

  std::vector<Int128> price_by_ids() {
    for (std::size_t i = 0; i < size(); ++i) nets_[i] = pricer_.price(items_[i], customers_[i], quantities_[i]).net;
    return nets_;
  }

  std::vector<Int128> price_batch() {
    LineColumns lines;
    lines.count = size();
    lines.item.values = items_.data();
    lines.currency.value = euro_;
    lines.quantity.values = quantities_.data();
    lines.customer.values = customers_.data();
    lines.date.value = day_.first_moment().time_since_epoch().count();
    PricedColumns priced;
    priced.places = places();
    std::vector<LineStatus> status(size());
    priced.status = status.data();
    priced.net = nets_.data();
    price_lines(book_, plane_.get(), lines, priced, Instructions::portable);
    return nets_;
  }

 private:
  int places() const { return pricer_.places(); }

  Book book_;
  BookIds ids_;
  Id euro_;
  Date day_;
  std::shared_ptr<const DayPlane> plane_ = DayPlane::compile(book_, day_, euro_);
  LinePricer pricer_ = LinePricer(book_, plane_, day_, euro_);
  std::vector<Request> requests_;
  std::vector<Id> items_, customers_;
  std::vector<std::int64_t> quantities_;
  std::vector<Int128> nets_;
};

int run(std::string_view kind) {
  Lines lines(Book::build(shop()));
  // answers first; and what the first call prepares is no cost of a quote
  const auto nets = lines.price_documents();
  if (lines.price_by_ids() != nets || lines.price_batch() != nets) return std::puts("the answers differ"), 1;
  const auto price_all = kind == "document" ? std::function([&] { lines.price_documents(); })
                         : kind == "ids"    ? std::function([&] { lines.price_by_ids(); })
                                            : std::function([&] { lines.price_batch(); });
  measured(price_all);
  std::printf("%zu\n", lines.size());
  return 0;
}

}  // namespace
}  // namespace rabatt

int main(int count, char** arguments) { return count == 2 ? rabatt::run(arguments[1]) : 2; }

// Prices a line from an installed rabatt, in C++.
#include <rabatt/json.h>
#include <rabatt/price.h>

#include <iostream>

int main() {
  rabatt::BookContent content;
  content.items.push_back({.item = "DESK", .prices = {{"EUR", rabatt::Decimal("100")}}});
  content.customers.push_back({.customer = "C5", .discount = 5});
  const auto book = rabatt::Book::build(std::move(content));
  const auto request = rabatt::request_from_json(
      R"({"date": "2026-03-10", "currency": "EUR", "customer": "C5", "lines": [{"item": "DESK", "quantity": "3"}]})");
  const auto quote = rabatt::price(book, request);
  std::cout << "C++: " << quote.total.text(quote.amount_places) << '\n';
  return quote.total == rabatt::Decimal("285.00") ? 0 : 1;
}

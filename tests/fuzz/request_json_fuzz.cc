// Requests as JSON, for a book that has everything: refused, or priced; each of its lines the same in a batch by any
// set of instructions.

#include "full_book.h"
#include "line_batch.h"
#include "rabatt/json.h"
#include "require.h"

namespace rabatt {
namespace {

const Book& shop() {
  static const Book book = Book::build(full_book());
  return book;
}

void check_batch(const Request& request) {
  std::vector<Request> documents;
  for (const auto& line : request.lines) {
    documents.push_back(request);
    documents.back().lines = {line};
    documents.back().payment_term.clear();
    // numbers of one column have the places of the widest: what does not fit so many is another line
    for (const auto& number : {line.quantity, line.list_price, line.manual_price, line.manual_discount}) {
      if (number && (number->places() > 8 || number->magnitude() > Decimal(1'000'000'000'000))) return;
    }
  }
  if (documents.empty() || !request.date || documents.size() > 100) return;
  const LineBatch batch(shop(), documents);
  const auto plane = DayPlane::compile(shop(), *request.date, BookIds(shop()).currency("EUR"));
  const int places = places_of(shop());
  for (int set = 0; set <= static_cast<int>(best_instructions()); ++set) {
    BatchResults results(batch.size(), places);
    price_lines(shop(), plane.get(), batch.lines(), results.columns(), static_cast<Instructions>(set));
    for (std::size_t line = 0; line < batch.size(); ++line) {
      require(results[line] == expected_answer(shop(), documents[line], places), "a line in a batch is as alone");
    }
  }
}

void check(std::string_view json) {
  std::optional<Request> request;
  if (is_refused([&] { request = request_from_json(json); })) return;
  std::string first, second;
  const bool refused = is_refused([&] { first = to_json(price(shop(), *request)); });
  require(refused == is_refused([&] { second = to_json(price(shop(), *request)); }), "twice the same outcome");
  require(first == second, "twice the same quote");
  check_batch(*request);
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check({reinterpret_cast<const char*>(data), size});
  return 0;
}

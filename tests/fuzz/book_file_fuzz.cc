// Book files. The first byte chooses: 0 takes the rest for a file; anything else spoils a good file, three bytes at a
// time: where (two), and what is there instead; the first of the rest says how much is cut off. Opened, verified and
// priced from, it gives the right answers or refuses; what verify() passes is the good file.

#include <cstring>
#include <memory>

#include "full_book.h"
#include "line_batch.h"
#include "rabatt/json.h"
#include "require.h"
#include "samples.h"

namespace rabatt {
namespace {

using Bytes = std::vector<std::byte>;

struct Shop {
  Bytes file = Book::build(full_book()).file();
  Request request = request_of({line_of("TEA", "12"), line_of("CUP")}, "C1");
  std::string quote;
  std::string content;

  Shop() {
    request.prices_include_tax = true;
    const Book book = Book::mapped(file, nullptr);
    quote = to_json(price(book, request));
    content = to_json(book.content());
  }
};

const Shop& shop() {
  static const Shop made;
  return made;
}

void check(const Bytes& file) {
  std::optional<Book> book;
  if (is_refused([&] { book = Book::mapped(file, nullptr); })) return;
  std::string quote, content;
  if (!is_refused([&] { quote = to_json(price(*book, shop().request)); })) {
    require(quote == shop().quote, "no other price");
  }
  if (!is_refused([&] { content = to_json(book->content()); })) {
    require(content == shop().content, "no other content");
  }
  is_refused([&] {
    auto alone = shop().request;
    alone.lines.resize(1);
    const LineBatch batch(*book, {alone});
    BatchResults results(1, 12);
    const auto plane = DayPlane::compile(*book, *alone.date, BookIds(*book).currency("EUR"));
    price_lines(*book, plane.get(), batch.lines(), results.columns());
    static const Book good = Book::mapped(shop().file, nullptr);
    require(results[0] == expected_answer(good, alone, 12), "no other price in a batch");
  });
  if (!is_refused([&] { book->verify(); })) require(file == shop().file, "verify() passes nothing else");
}

void check(std::span<const std::byte> input) {
  if (input.empty()) return;
  const bool is_file = input[0] == std::byte{0};
  input = input.subspan(1);
  if (is_file) return check(Bytes(input.begin(), input.end()));
  Bytes file = shop().file;
  const std::size_t cut = input.empty() ? 0 : std::to_integer<std::size_t>(input[0]);
  if (!input.empty()) input = input.subspan(1);
  for (; input.size() >= 3; input = input.subspan(3)) {
    const auto at = std::to_integer<std::size_t>(input[0]) << 8U | std::to_integer<std::size_t>(input[1]);
    file[at % file.size()] = input[2];
  }
  file.erase(file.end() - static_cast<std::ptrdiff_t>(std::min(file.size(), cut * cut)), file.end());
  file.shrink_to_fit();
  check(file);
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check(std::as_bytes(std::span(data, size)));
  return 0;
}

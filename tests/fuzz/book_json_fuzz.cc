// Books as JSON: refused with their problems, or built, printed, read again, saved and opened as the same book.

#include <memory>

#include "rabatt/json.h"
#include "require.h"

namespace rabatt {
namespace {

void check(std::string_view json) {
  const auto problems = problems_of_json(json);
  std::optional<Book> book;
  const bool refused = is_refused([&] { book = book_from_json(json); });
  require(refused == !problems.empty(), "a book with problems is refused, and no other");
  for (const auto& problem : problems) require(!problem.message.empty(), "a problem has a message");
  if (!book) return;
  require(book_from_json(to_json(book->content())).hash() == book->hash(), "what is printed is the same book");
  const auto file = std::make_shared<const std::vector<std::byte>>(book->file());
  const Book opened = Book::mapped(*file, file);
  opened.verify();
  require(opened.hash() == book->hash(), "what is saved is the same book");
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check({reinterpret_cast<const char*>(data), size});
  return 0;
}

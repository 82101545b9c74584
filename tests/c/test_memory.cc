// Memory runs out: the n-th allocation fails, for every n until a call gets through. Every call then says so, gives
// nothing out, and loses nothing. Written in C++ only to stand in for `operator new`.
#include <unistd.h>

#include <cstdlib>
#include <new>

#include "shop.h"

namespace {

long allocations_left = -1;  // −1: as many as you like
long living = 0;

void* try_to_allocate(std::size_t size) {
  if (allocations_left == 0) return nullptr;
  if (allocations_left > 0) --allocations_left;
  void* memory = std::malloc(size > 0 ? size : 1);
  if (memory) ++living;
  return memory;
}

void* allocate(std::size_t size) {
  if (void* memory = try_to_allocate(size)) return memory;
  throw std::bad_alloc();
}

void release(void* memory) {
  if (memory) --living;
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return try_to_allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return try_to_allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

namespace {

// Calls until it succeeds, with one allocation more each time; `free_result` undoes a success.
template <class Call, class Free>
void starve(const char* name, Call call, Free free_result) {
  rabatt_error* error = nullptr;
  long allowed = 0;
  for (;; ++allowed) {
    const long living_before = living;
    allocations_left = allowed;
    const rabatt_status status = call(&error);
    allocations_left = -1;
    if (status == RABATT_OK) {
      EXPECT(error == nullptr);
      free_result();
      EXPECT(living == living_before);
      break;
    }
    EXPECT(status == RABATT_OUT_OF_MEMORY && rabatt_error_code(error) == RABATT_OUT_OF_MEMORY);
    EXPECT_TEXT(rabatt_error_json(error, nullptr), "{\"error\":{\"code\":\"out_of_memory\",\"subject\":\"\"}}");
    rabatt_error_free(error);
    EXPECT(living == living_before);
  }
  printf("%s: %ld failed allocations\n", name, allowed);
}

// A refusal needs memory, too: for want of it, it becomes another one, and is told as itself as soon as it can be.
template <class Call>
void starve_refusal(const char* name, rabatt_status wanted, Call call) {
  long allowed = 0;
  for (;; ++allowed) {
    const long living_before = living;
    rabatt_error* error = nullptr;
    allocations_left = allowed;
    const rabatt_status status = call(&error);
    allocations_left = -1;
    EXPECT(error && rabatt_error_code(error) == status);
    rabatt_error_free(error);
    EXPECT(living == living_before);
    if (status == wanted) break;
    if (!EXPECT(status == RABATT_OUT_OF_MEMORY)) break;
  }
  printf("%s: %ld failed allocations\n", name, allowed);
}

constexpr char request[] =
    R"({"date":"2026-03-10","currency":"EUR","customer":"C5","payment_term":"EARLY5",)"
    R"("lines":[{"item":"DESK","quantity":"1","tax_rate":"19"},{"item":"TABLE","quantity":"3"}]})";
constexpr char refused_request[] =
    R"({"date":"2026-03-10","currency":"EUR","lines":[{"item":"a bed nobody has heard of","quantity":"1"}]})";
constexpr char refused_book[] = R"({"items":[{"item":"A","prices":{"EUR":1.5}}],"a field that nobody knows":1})";

void test_open() {
  rabatt_book* book = nullptr;
  const char* shop = json(shop_text);
  starve(
      "open", [&](rabatt_error** error) { return rabatt_book_open(shop, strlen(shop), &book, error); },
      [&] { rabatt_book_free(book); });
  starve_refusal("refused book", RABATT_UNKNOWN_FIELD, [&](rabatt_error** error) {
    return rabatt_book_open(refused_book, sizeof refused_book - 1, &book, error);
  });
}

void test_files() {
  rabatt_book* book = open_shop();
  char folder[] = "/tmp/rabatt.XXXXXX";
  char path[64];
  if (!EXPECT(mkdtemp(folder))) return;
  snprintf(path, sizeof path, "%s/shop.rabatt", folder);
  starve("save", [&](rabatt_error** error) { return rabatt_book_save(book, path, error); }, [] {});
  rabatt_book_free(book);
  starve(
      "open file", [&](rabatt_error** error) { return rabatt_book_open_file(path, &book, error); },
      [&] { rabatt_book_free(book); });
  EXPECT(truncate(path, 5000) == 0);
  starve_refusal("damaged file", RABATT_DAMAGED_BOOK,
                 [&](rabatt_error** error) { return rabatt_book_open_file(path, &book, error); });
  unlink(path);
  EXPECT(rmdir(folder) == 0);  // nothing is left in it
}

void test_price(const rabatt_book* book) {
  rabatt_quote* quote = nullptr;
  starve(
      "price",
      [&](rabatt_error** error) { return rabatt_price_json(book, request, sizeof request - 1, &quote, error); },
      [&] { rabatt_quote_free(quote); });
  starve_refusal("refused request", RABATT_UNKNOWN_ITEM, [&](rabatt_error** error) {
    return rabatt_price_json(book, refused_request, sizeof refused_request - 1, &quote, error);
  });
}

void test_line(const rabatt_book* book) {
  rabatt_document document{};
  document.date = "2026-03-10";
  document.currency = "EUR";
  rabatt_line line{};
  line.item = "DESK";
  line.quantity = "1";
  rabatt_priced_line priced;
  starve(
      "line", [&](rabatt_error** error) { return rabatt_price_line(book, &document, &line, &priced, error); }, [] {});
  EXPECT(priced.status == RABATT_OK && priced.net.low == 9000);
  starve(
      "lines", [&](rabatt_error** error) { return rabatt_price_lines(book, &document, &line, 1, &priced, error); },
      [] {});
  EXPECT(priced.status == RABATT_OK && priced.net.low == 9000);
}

void test_settle(const rabatt_book* book) {
  rabatt_quote* quote = nullptr;
  EXPECT(rabatt_price_json(book, request, sizeof request - 1, &quote, nullptr) == RABATT_OK);
  const rabatt_payment payment = {"2026-03-18", "1"};
  rabatt_settlement settlement;
  starve("settle", [&](rabatt_error** error) { return rabatt_settle(quote, &payment, 1, &settlement, error); }, [] {});
  rabatt_quote_free(quote);
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && strcmp(arguments[1], "open") == 0) {
    test_open();
    test_files();
    return verdict("memory of books");
  }
  rabatt_book* book = open_shop();
  test_price(book);
  test_line(book);
  test_settle(book);
  rabatt_book_free(book);
  return verdict("memory");
}

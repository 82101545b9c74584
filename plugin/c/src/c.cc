// The functions of c.h. Each is a few lines between guard() and the engine.
#include "rabatt/c.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <span>

#include "guard.h"
#include "handles.h"
#include "rabatt/book_file.h"
#include "rabatt/json.h"
#include "rabatt/money.h"
#include "rabatt/path.h"
#include "status.h"
#include "structs.h"

struct rabatt_quote {
  rabatt::Quote quote;
  std::string json;  // made with the quote: asking for it cannot fail then, and changes nothing
};

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the names of c.h are the same with an underscore

std::string_view need_text(const char* text, std::size_t size, const char* argument) {
  return {&need(text, argument), size};
}

const char* given_out(const std::string& text, size_t* size) {
  if (size) *size = text.size();
  return text.c_str();
}

const char* given_out(const char* text, size_t* size) {
  if (size) *size = text ? std::strlen(text) : 0;
  return text;
}

rabatt_quote* new_quote(const Book& book, const Request& request) {
  auto quote = price(book, request);
  auto json = to_json(quote);
  return new rabatt_quote{std::move(quote), std::move(json)};
}

// A part of rabatt_price_lines; `first` is the index of lines[0] in the whole. `request` is the document.
void price_some(const Book& book, std::span<const rabatt_line> lines, std::size_t first, Request* request,
                std::span<rabatt_priced_line> priced) {
  request->lines.clear();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    priced[i] = {};
    priced[i].status = guard(nullptr, [&] { request->lines.push_back(read_line(lines[i], first + i)); });
    if (priced[i].status == RABATT_OUT_OF_MEMORY) throw std::bad_alloc();  // no fault of the line
  }
  const auto results = price_each(book, *request);
  auto result = results.lines.begin();
  for (auto& line : priced) {
    if (line.status == RABATT_OK) line = written(*result++);
  }
}

}  // namespace

// ---- what does not fail ----

int32_t rabatt_abi_version(void) { return RABATT_ABI_VERSION; }

const char* rabatt_version(void) { return RABATT_VERSION; }

const char* rabatt_currency_edition(void) { return currency_edition.data(); }

const char* rabatt_status_slug(int32_t status) { return slug_of(status); }

rabatt_status rabatt_error_code(const rabatt_error* error) { return error ? error->code : RABATT_OK; }

const char* rabatt_error_subject(const rabatt_error* error, size_t* size) {
  return error ? given_out(error->subject, size) : given_out("", size);
}

size_t rabatt_error_count(const rabatt_error* error) { return error ? error->views.size() : 0; }

const rabatt_problem* rabatt_error_problem(const rabatt_error* error, size_t index) {
  return index < rabatt_error_count(error) ? &error->views[index] : nullptr;
}

const char* rabatt_error_json(const rabatt_error* error, size_t* size) {
  return error ? given_out(error->json, size) : given_out(nullptr, size);
}

void rabatt_error_free(rabatt_error* error) {
  if (!is_ready_made(error)) delete error;
}

const char* rabatt_book_hash(const rabatt_book* book) { return book ? book->book.hash().c_str() : nullptr; }

void rabatt_book_free(rabatt_book* book) { delete book; }

const char* rabatt_quote_json(const rabatt_quote* quote, size_t* size) {
  return quote ? given_out(quote->json, size) : given_out(nullptr, size);
}

void rabatt_quote_free(rabatt_quote* quote) { delete quote; }

// ---- what may fail ----

rabatt_status rabatt_book_open(const char* json, size_t size, rabatt_book** book, rabatt_error** error) {
  if (book) *book = nullptr;
  return guard(error, [&] {
    need(book, "book");
    *book = new rabatt_book{book_from_json(need_text(json, size, "json"))};
  });
}

rabatt_status rabatt_book_open_file(const char* path, rabatt_book** book, rabatt_error** error) {
  if (book) *book = nullptr;
  return guard(error, [&] {
    need(book, "book");
    *book = new rabatt_book{open_book(&need(path, "path"))};
  });
}

rabatt_status rabatt_book_verify(const rabatt_book* book, rabatt_error** error) {
  return guard(error, [&] { need(book, "book").book.verify(); });
}

rabatt_status rabatt_book_save(const rabatt_book* book, const char* path, rabatt_error** error) {
  return guard(error, [&] { save_book(need(book, "book").book, &need(path, "path")); });
}

rabatt_status rabatt_decimal_text(const rabatt_decimal* value, char text[RABATT_DECIMAL_SIZE], rabatt_error** error) {
  return guard(error, [&] {
    need(text, "text");
    const Decimal decimal = read_decimal(need(value, "value"));
    const std::string result = decimal.text(decimal.places());
    std::copy_n(result.c_str(), result.size() + 1, text);
  });
}

rabatt_status rabatt_allocate(const char* amount, const char* step, const char* const* weights, size_t count,
                              rabatt_decimal* parts, rabatt_error** error) {
  return guard(error, [&] {
    const Decimal whole = read_decimal(&need(amount, "amount"), Path("amount"));
    const Decimal unit = read_decimal(&need(step, "step"), Path("step"));
    const Path path("weights");
    std::vector<Decimal> shares;
    for (const char* weight : need(weights, count, "weights")) {
      shares.push_back(read_decimal(weight, path[shares.size()]));
    }
    need(parts, count, "parts");
    const int places = unit.places_needed();
    std::ranges::transform(allocate(whole, shares, unit), parts, [&](const Decimal& part) {
      return written(Exact(part).narrowed(places) ? part.at_places(places) : part);
    });
  });
}

rabatt_status rabatt_price_line(const rabatt_book* book, const rabatt_document* document, const rabatt_line* line,
                                rabatt_priced_line* priced, rabatt_error** error) {
  if (priced) *priced = {};
  const auto status = guard(error, [&] {
    need(priced, "priced");
    Request request = read_document(need(document, "document"));
    request.lines.push_back(read_line(need(line, "line"), 0));
    request.explain = false;
    const auto results = price_each(need(book, "book").book, request);
    const auto& result = results.lines.front();
    if (const auto* fault = std::get_if<Error>(&result)) throw *fault;
    *priced = written(result);
  });
  if (priced) priced->status = status;
  return status;
}

rabatt_status rabatt_price_lines(const rabatt_book* book, const rabatt_document* document, const rabatt_line* lines,
                                 size_t count, rabatt_priced_line* priced, rabatt_error** error) {
  constexpr std::size_t most = 256;  // lines in the making at once; any number gives the same prices
  const auto status = guard(error, [&] {
    const auto given = need(lines, count, "lines");
    const auto results = need(priced, count, "priced");
    Request request = read_document(need(document, "document"));
    request.explain = false;
    std::size_t first = 0;
    do {  // also without lines: the document may be refused
      const auto some = std::min(most, count - first);
      price_some(need(book, "book").book, given.subspan(first, some), first, &request, results.subspan(first, some));
      first += some;
    } while (first < count);
  });
  for (size_t i = 0; status != RABATT_OK && priced && i < count; ++i) {
    priced[i] = {};
    priced[i].status = status;
  }
  return status;
}

rabatt_status rabatt_price(const rabatt_book* book, const rabatt_document* document, const rabatt_line* lines,
                           size_t count, rabatt_quote** quote, rabatt_error** error) {
  if (quote) *quote = nullptr;
  return guard(error, [&] {
    need(quote, "quote");
    Request request = read_document(need(document, "document"));
    for (const auto& line : need(lines, count, "lines")) {
      request.lines.push_back(read_line(line, request.lines.size()));
    }
    *quote = new_quote(need(book, "book").book, request);
  });
}

rabatt_status rabatt_price_json(const rabatt_book* book, const char* request_json, size_t size, rabatt_quote** quote,
                                rabatt_error** error) {
  if (quote) *quote = nullptr;
  return guard(error, [&] {
    need(quote, "quote");
    const auto request = request_from_json(need_text(request_json, size, "request_json"));
    *quote = new_quote(need(book, "book").book, request);
  });
}

rabatt_status rabatt_settle(const rabatt_quote* quote, const rabatt_payment* payments, size_t count,
                            rabatt_settlement* settlement, rabatt_error** error) {
  return guard(error, [&] {
    need(settlement, "settlement");
    const auto made = read_payments(need(payments, count, "payments"));
    *settlement = written(settle(need(quote, "quote").quote, made));
  });
}

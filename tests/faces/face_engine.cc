// The C++ face of the case runner: reads case records from standard input and answers them one by one.
//
// A record is a line `VERB N`, then N chunks, each a line with its length in bytes, the bytes, and a line end.
// An answer is `ok LENGTH` or `error LENGTH`, a line end, that many bytes and a line end; an error is `code subject`.
//   price        book, request              → quote
//   price_batch  book, request              → quote, its lines priced as a batch
//   check        book                       → [{code, path}]
//   settle       book, request, payments    → settlement; a payment is a line `DATE AMOUNT`
//   allocate     amount, step, weights      → parts; a weight is a line
//   set_for_all  book, campaign, percent    → {lines, report}
//   round        value, step, mode          → value
//   orders       book, table                → {lines, orders}; rows end with \x1e, cells with \x1f, the first row is
//                                             the header, an empty cell is blank
//   hash         book                       → the book's hash
//   decimal      operation, a, b            → value, or `less`, `equal`, `greater`; `parse` takes a alone, `divide`
//                                             places and mode besides
// With the argument --book-files every book that answers has been made the bytes of a book file, and mapped.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "batch_quote.h"
#include "rabatt/json.h"
#include "rabatt/money.h"
#include "rabatt/names.h"
#include "rabatt/orders.h"
#include "rabatt/price.h"

namespace {

using namespace rabatt;  // a small program of its own
using Chunks = std::vector<std::string>;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string as_json(const std::string& text) { return "\"" + text + "\""; }

bool through_book_files = false;

Book through_book_file(const Book& book) {
  const auto file = std::make_shared<const std::vector<std::byte>>(book.file());
  return Book::mapped(*file, file);
}

// Runs of records mostly share their book.
const Book& book_of(const std::string& json) {
  static std::optional<std::pair<std::string, Book>> last;
  if (!last || last->first != json) {
    last.emplace(json, book_from_json(json));
    if (through_book_files) last->second = through_book_file(last->second);
  }
  return last->second;
}

std::string settled(const Chunks& chunks) {
  const Quote quote = price(book_of(chunks.at(0)), request_from_json(chunks.at(1)));
  std::vector<PaymentMade> payments;
  for (const auto& line : lines_of(chunks.at(2))) {
    const auto blank = line.find(' ');
    payments.push_back(payment_made(line.substr(0, blank), line.substr(blank + 1), payments.size()));
  }
  return to_json(settle(quote, payments));
}

std::string allocated(const Chunks& chunks) {
  const Decimal step(chunks.at(1));
  std::vector<Decimal> weights;
  for (const auto& line : lines_of(chunks.at(2))) weights.emplace_back(line);
  std::string parts;
  for (const auto& part : allocate(Decimal(chunks.at(0)), weights, step)) {
    parts.append(parts.empty() ? "" : ",").append(as_json(part.text(step.places_needed())));
  }
  return "[" + parts + "]";
}

std::string filled(const Chunks& chunks) {
  const Book& book = book_of(chunks.at(0));
  const auto campaigns = book.content().campaigns;
  const auto campaign = std::find_if(campaigns.begin(), campaigns.end(),
                                     [&](const Campaign& entry) { return entry.campaign == chunks.at(1); });
  if (campaign == campaigns.end()) throw Error(Code::unknown_campaign, subject_of("campaign", chunks.at(1)));
  return to_json(set_for_all(*campaign, Decimal(chunks.at(2)), book));
}

std::vector<std::string> split(const std::string& text, char end) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, end);) parts.push_back(part);
  return parts;
}

TextTable table_of(const std::string& text) {
  TextTable table;
  const auto rows = split(text, '\x1e');
  for (const auto& name : split(rows.at(0), '\x1f')) table.push_back({name, {}});
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const auto cells = split(rows[row], '\x1f');
    for (std::size_t i = 0; i < table.size(); ++i) table[i].cells.emplace_back(cells.at(i));
  }
  return table;
}

boost::json::array rows_of(const TextTable& table) {
  boost::json::array rows;
  const std::size_t count = table.empty() ? 0 : table.front().cells.size();
  for (std::size_t row = 0; row < count; ++row) {
    boost::json::object cells;
    for (const auto& column : table) cells[column.name] = column.cells[row].value_or("");
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::string priced_orders(const Chunks& chunks) {
  const auto priced = price_orders(book_of(chunks.at(0)), table_of(chunks.at(1)));
  return boost::json::serialize(
      boost::json::object{{"lines", rows_of(priced.lines)}, {"orders", rows_of(priced.orders)}});
}

Rounding mode_of(const std::string& name) {
  const auto mode = value_named<Rounding>(name);
  if (!mode) throw Error(Code::invalid_value, subject_of("mode", name));
  return *mode;
}

std::string rounded(const Chunks& chunks) {
  return as_json(Decimal(chunks.at(0)).rounded(Decimal(chunks.at(1)), mode_of(chunks.at(2))).text());
}

Money money_of(const std::string& text) {
  const auto blank = text.find(' ');
  return {Decimal(text.substr(0, blank)), text.substr(blank + 1)};
}

std::string computed(const Chunks& chunks) {
  const auto& operation = chunks.at(0);
  if (operation == "add_money") {
    const Money sum = money_of(chunks.at(1)) + money_of(chunks.at(2));
    return as_json(sum.amount.text() + " " + sum.currency);
  }
  const Decimal a(chunks.at(1));
  if (operation == "parse") return as_json(a.text());
  const Decimal b(chunks.at(2));
  if (operation == "add") return as_json((a + b).text());
  if (operation == "subtract") return as_json((a - b).text());
  if (operation == "multiply") return as_json((a * b).text());
  if (operation == "divide") return as_json(divide(a, b, std::stoi(chunks.at(3)), mode_of(chunks.at(4))).text());
  return as_json(a < b ? "less" : a > b ? "greater" : "equal");
}

std::string answer(const std::string& verb, const Chunks& chunks) {
  if (verb == "price") return to_json(price(book_of(chunks.at(0)), request_from_json(chunks.at(1))));
  if (verb == "price_batch") return to_json(batch_quote(book_of(chunks.at(0)), request_from_json(chunks.at(1))));
  if (verb == "check") return to_json(problems_of_json(chunks.at(0)));
  if (verb == "settle") return settled(chunks);
  if (verb == "allocate") return allocated(chunks);
  if (verb == "set_for_all") return filled(chunks);
  if (verb == "hash") return as_json(book_of(chunks.at(0)).hash());
  if (verb == "orders") return priced_orders(chunks);
  if (verb == "round") return rounded(chunks);
  return computed(chunks);
}

void print(const std::string& status, const std::string& text) {
  std::cout << status << ' ' << text.size() << '\n' << text << '\n' << std::flush;
}

}  // namespace

int main(int count_of_arguments, char** arguments) {
  through_book_files = count_of_arguments > 1 && std::string(arguments[1]) == "--book-files";
  std::string verb;
  std::size_t count = 0;
  while (std::cin >> verb >> count) {
    Chunks chunks(count);
    for (auto& chunk : chunks) {
      std::size_t length = 0;
      std::cin >> length;
      std::cin.get();
      chunk.resize(length);
      std::cin.read(chunk.data(), static_cast<std::streamsize>(length));
      std::cin.get();
    }
    try {
      print("ok", answer(verb, chunks));
    } catch (const Error& error) {
      print("error", std::string(slug(error.code())) + (error.subject().empty() ? "" : " ") + error.subject());
    }
  }
}

// Damaged book files: every bit flipped, every cut, other formats. Each is refused; none is a crash or a wrong price.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "full_book.h"
#include "line_batch.h"
#include "rabatt/json.h"
#include "rabatt/orders.h"
#include "rabatt/price.h"
#include "random.h"
#include "refusal.h"
#include "samples.h"

namespace rabatt {
namespace {

using Bytes = std::vector<std::byte>;

// Every field has a value, and there is so much of it that the file has 64 KiB.
BookContent content_of_64_kib() {
  BookContent content = full_book();
  for (int i = 0; Book::build(content).file().size() < 65'536; ++i) {
    const std::string item = "I" + std::to_string(i);
    const std::string price = std::to_string(i % 90 + 1) + ".95";
    content.items.push_back(item_at(item, price.c_str()));
    content.items.back().units = {{"BOX", Decimal(12)}};
    content.price_books[i % 2U].prices.push_back(price_book_line(item, "3.50"));
    auto line = campaign_line(item);
    (i % 2 == 0 ? line.price : line.discount) = Decimal(5);
    content.campaigns[i % 2U].lines.push_back(line);
    if (i % 8 != 0) continue;
    content.customers.push_back(customer_with("D" + std::to_string(i), "12.5"));
    content.target_groups[1].members.push_back(content.customers.back().customer);
    content.price_books[0].accounts.push_back(content.customers.back().customer);
  }
  return content;
}

// Every item for every customer and for none; by name, code, organisation and payment term.
std::vector<Request> requests_of(const BookContent& content) {
  Request all = request_of({});
  for (const auto& item : content.items) all.lines.push_back(line_of(item.item, "7"));
  std::vector<Request> requests = {all};
  for (const auto& customer : content.customers) {
    requests.push_back(all);
    requests.back().customer = customer.customer;
  }
  requests.push_back(all);
  requests.back().campaign = "K2";
  requests.push_back(all);
  requests.back().code = "spring";
  requests.push_back(all);
  requests.back().organisation = "O2";
  requests.back().payment_term = "NET30";
  return requests;
}

std::string answer(const Book& book, const Request& request) { return to_json(price(book, request)); }

const BookContent& content() {
  static const BookContent made = content_of_64_kib();
  return made;
}

Bytes file() {
  static const Bytes made = Book::build(content()).file();
  return made;
}

Book mapped(const Bytes& file) { return Book::mapped(file, nullptr); }

// Nothing if the file is taken for a good one.
std::optional<Code> refusal_of(const Bytes& file) {
  try {
    mapped(file).verify();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

std::string told(const std::map<Code, std::uint64_t>& refused) {
  std::string text;
  for (const auto& [code, count] : refused)
    text.append(", ").append(std::to_string(count)).append(" ").append(slug(code));
  return text;
}

bool is_refusal(Code code) {
  return code == Code::damaged_book || code == Code::incompatible_book || code == Code::unknown_format;
}

// Where sanitizers would take minutes: every bit of the header, and a sample of the others.
TEST(BookDamage, EveryFlippedBitIsRefused) {
  Bytes bytes = file();
  Random random("flipped bits");
  const std::size_t bits = bytes.size() * 8;
  const std::size_t header = std::size_t{4096} * 8;
  const bool all = operations() >= bits;
  const std::size_t count = all ? bits : std::max<std::size_t>(header, operations());
  std::map<Code, std::uint64_t> refused;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t bit = all || i < header ? i : header + random.below(bits - header);
    const auto mask = std::byte{1} << bit % 8;
    bytes[bit / 8] ^= mask;
    const auto code = refusal_of(bytes);
    bytes[bit / 8] ^= mask;
    ASSERT_TRUE(code && is_refusal(*code)) << "bit " << bit;
    ++refused[*code];
  }
  ASSERT_EQ(refusal_of(bytes), std::nullopt);
  report("flipped bits of a book file", count, " of " + std::to_string(bits) + told(refused));
}

TEST(BookDamage, EveryCutIsRefused) {
  const Bytes whole = file();
  std::map<Code, std::uint64_t> refused;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto code = refusal_of({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    ASSERT_EQ(code, size < 8 ? Code::unknown_format : Code::damaged_book) << size << " bytes";
    ++refused[*code];
  }
  report("cut book files", whole.size(), told(refused));
  for (const std::size_t more : {1U, 7U, 8U, 64U, 4096U, 100'000U}) {
    Bytes longer = whole;
    longer.resize(whole.size() + more);
    EXPECT_EQ(refusal_of(longer), Code::damaged_book) << more << " bytes more";
  }
}

// A number of the header, which says what follows: another program may have written all of it in another way.
Bytes with_word(std::size_t at, std::uint32_t value) {
  Bytes bytes = file();
  std::memcpy(bytes.data() + at, &value, sizeof(value));
  return bytes;
}

TEST(BookDamage, OtherFormatsAreIncompatible) {
  constexpr std::size_t byte_order_at = 8;
  constexpr std::size_t format_at = 12;
  std::uint32_t format = 0;
  std::memcpy(&format, file().data() + format_at, sizeof(format));
  for (const auto other : {format - 1, format + 1, 0xFFFFFFFFU}) {
    EXPECT_EQ(refusal_of(with_word(format_at, other)), Code::incompatible_book) << other;
  }
  EXPECT_EQ(refusal_of(with_word(byte_order_at, 0x04030201)), Code::incompatible_book);
  EXPECT_EQ(refusal_of(with_word(format_at, format)), std::nullopt);
}

TEST(BookDamage, WhatIsNoBookFileHasNoKnownFormat) {
  Bytes text(5000, std::byte{'{'});
  EXPECT_EQ(refusal_of(text), Code::unknown_format);
  EXPECT_EQ(refusal_of({}), Code::unknown_format);
}

TEST(BookDamage, ErrorsHaveTheNameOfTheFile) {
  const auto named = [](const Bytes& bytes) {
    return refusal([&] { Book::mapped(bytes, nullptr, "shop.rabatt").verify(); });
  };
  Bytes bytes = file();
  bytes.back() ^= std::byte{1};
  EXPECT_EQ(named(bytes), "damaged_book shop.rabatt") << "the checksums";
  bytes = file();
  bytes[bytes.size() / 2] ^= std::byte{1};
  EXPECT_EQ(named(bytes), "damaged_book shop.rabatt") << "a page";
  EXPECT_EQ(named({bytes.begin(), bytes.begin() + 100}), "damaged_book shop.rabatt") << "the header";
  EXPECT_EQ(named(with_word(12, 0)), "incompatible_book shop.rabatt");
  EXPECT_EQ(named({}), "unknown_format shop.rabatt");
}

// Without verify(): a page is looked at when it is read. What does not read the damaged one is priced as ever.
class LazyReading : public ::testing::Test {
 protected:
  LazyReading() : requests_(requests_of(content())) {
    const Book book = mapped(bytes_);
    for (const auto& request : requests_) answers_.push_back(answer(book, request));
    hash_ = book.hash();
  }

  // How many of the requests were refused because of a damage that opening did not meet.
  std::size_t refused(const Book& book) const {
    std::size_t refused = 0;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      const auto same = [&] { EXPECT_EQ(answer(book, requests_[i]), answers_[i]) << "request " << i; };
      refused += is_refused(same);
    }
    return refused;
  }

  bool content_is_refused(const Book& book) const {
    return is_refused([&] { EXPECT_EQ(Book::build(book.content()).hash(), hash_); });
  }

  // Anything but damaged_book is a failure.
  template <class Action>
  static bool is_refused(Action&& action) {
    const auto code = refused_as(action);
    EXPECT_TRUE(code.empty() || code == "damaged_book") << code;
    return !code.empty();
  }

  Bytes bytes_ = file();
  std::vector<Request> requests_;
  std::vector<std::string> answers_;
  std::string hash_;
};

// A sample of the bits and all that there is to price; EveryByte has it the other way round.
TEST_F(LazyReading, GivesTheRightAnswerOrNone) {
  Random random("damaged pages");
  const auto count = trials(150);
  std::uint64_t at_opening = 0, while_pricing = 0, in_the_content = 0, nowhere = 0;
  for (std::uint64_t i = 0; i < count && !HasFailure(); ++i) {
    const std::size_t bit = random.below(bytes_.size() * 8);
    SCOPED_TRACE("bit " + std::to_string(bit));
    const auto mask = std::byte{1} << bit % 8;
    bytes_[bit / 8] ^= mask;
    try {
      const Book book = mapped(bytes_);
      const bool prices = refused(book) > 0;
      const bool contents = content_is_refused(book);
      while_pricing += prices;
      in_the_content += !prices && contents;
      nowhere += !prices && !contents;
      EXPECT_TRUE(is_refused([&] { book.verify(); }));
    } catch (const Error& error) {
      EXPECT_TRUE(is_refusal(error.code())) << error.what();
      ++at_opening;
    }
    bytes_[bit / 8] ^= mask;
  }
  report("damaged pages, read as they are needed", count,
         ": " + std::to_string(at_opening) + " found at opening, " + std::to_string(while_pricing) +
             " while pricing, " + std::to_string(in_the_content) + " in the content, " + std::to_string(nowhere) +
             " by verify() alone");
}

// Lines of every item, as a batch; some of them once more in a document that reads names, terms and tiers.
class EveryByte : public LazyReading {
 protected:
  EveryByte() : few_(request_of({line_of("TEA", "7"), line_of("I3", "7")}, "C1")) {
    few_.payment_term = "NET30";
    for (const auto& item : content().items) {
      lines_.push_back(request_of({line_of(item.item, "7")}, content().customers[lines_.size() % 3].customer));
    }
    const Book book = mapped(bytes_);
    few_answer_ = answer(book, few_);
    const auto results = results_of(book);
    for (std::size_t line = 0; line < lines_.size(); ++line) batch_answers_.push_back(results[line]);
  }

  BatchResults results_of(const Book& book) const {
    const LineBatch batch(book, lines_);
    BatchResults results(batch.size(), places_of(book));
    const auto plane = DayPlane::compile(book, *lines_.front().date, BookIds(book).currency("EUR"));
    price_lines(book, plane.get(), batch.lines(), results.columns());
    return results;
  }

  // What became of a damaged file: opened and priced from, without verify().
  enum Outcome { refused_at_opening, refused_while_pricing, same_answers };

  Outcome outcome_of(const Bytes& damaged) const {
    std::optional<Book> book;
    try {
      book = mapped(damaged);
    } catch (const Error& error) {
      EXPECT_TRUE(is_refusal(error.code())) << error.what();
      return refused_at_opening;
    }
    const bool document = is_refused([&] { EXPECT_EQ(answer(*book, few_), few_answer_); });
    const bool batch = is_refused([&] {
      const auto results = results_of(*book);
      for (std::size_t line = 0; line < lines_.size(); ++line) ASSERT_EQ(results[line], batch_answers_[line]);
    });
    return document || batch ? refused_while_pricing : same_answers;
  }

  static std::string told_of(const std::array<std::uint64_t, 3>& outcomes) {
    return ": " + std::to_string(outcomes[refused_at_opening]) + " refused at opening, " +
           std::to_string(outcomes[refused_while_pricing]) + " while pricing, " +
           std::to_string(outcomes[same_answers]) + " with the same answers, 0 with others";
  }

  // All there are in the long form, else a sample.
  static std::size_t tried_of(std::size_t all, std::size_t usual) { return std::min<std::size_t>(all, trials(usual)); }

  Request few_;
  std::string few_answer_;
  std::vector<Request> lines_;
  std::vector<BatchAnswer> batch_answers_;
};

TEST_F(EveryByte, FlippedBitsAreReadRightOrRefused) {
  const std::size_t bits = bytes_.size() * 8;
  const auto count = tried_of(bits, 6'000);
  Random random("flipped bits, read as they are needed");
  std::array<std::uint64_t, 3> outcomes{};
  for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
    const std::size_t bit = count == bits ? i : random.below(bits);
    SCOPED_TRACE("bit " + std::to_string(bit));
    const auto mask = std::byte{1} << bit % 8;
    bytes_[bit / 8] ^= mask;
    ++outcomes[outcome_of(bytes_)];
    bytes_[bit / 8] ^= mask;
  }
  report("flipped bits, priced from without verify()", count, " of " + std::to_string(bits) + told_of(outcomes));
}

TEST_F(EveryByte, CutsAreReadRightOrRefused) {
  const auto count = tried_of(bytes_.size(), 6'000);
  Random random("cuts, read as they are needed");
  std::array<std::uint64_t, 3> outcomes{};
  for (std::size_t i = 0; i < count && !HasFailure(); ++i) {
    const std::size_t size = count == bytes_.size() ? i : random.below(bytes_.size());
    SCOPED_TRACE(std::to_string(size) + " bytes");
    // in a block of its own, so that sanitizers see what is read behind its end
    ++outcomes[outcome_of({bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size)})];
  }
  report("cuts, priced from without verify()", count, " of " + std::to_string(bytes_.size()) + told_of(outcomes));
}

// A page that pricing reads and opening does not.
TEST_F(LazyReading, DamageIsNoFaultOfALine) {
  const Request& request = requests_[0];
  TextTable table = {{"order", {}}, {"date", {}}, {"currency", {}}, {"item", {}}, {"quantity", {}}};
  for (const auto& line : request.lines) {
    const std::string cells[] = {"A", "2026-03-10", "EUR", line.item, "7"};
    for (std::size_t i = 0; i < table.size(); ++i) table[i].cells.emplace_back(cells[i]);
  }
  int found = 0;
  for (std::size_t at = 4096; at < bytes_.size(); at += 4096) {
    bytes_[at] ^= std::byte{1};
    const auto refused = [&](auto&& action) { return refused_as([&] { action(mapped(bytes_)); }) == "damaged_book"; };
    if (!refused([](const Book&) {}) && refused([&](const Book& book) { price(book, request); })) {
      ++found;
      EXPECT_TRUE(refused([&](const Book& book) { price_each(book, request); })) << at;
      EXPECT_TRUE(refused([&](const Book& book) { price_orders(book, table); })) << at;
    }
    bytes_[at] ^= std::byte{1};
  }
  EXPECT_GT(found, 2);
}

TEST_F(LazyReading, BatchesAreRightOrRefused) {
  std::vector<Request> lines;
  for (const auto& request : requests_) {
    for (const auto& line : request.lines) {
      lines.push_back(request);
      lines.back().lines = {line};
    }
  }
  const auto results_of = [&](const Book& book) {
    const LineBatch batch(book, lines);
    BatchResults results(batch.size(), places_of(book));
    const auto plane = DayPlane::compile(book, *lines.front().date, BookIds(book).currency("EUR"));
    price_lines(book, plane.get(), batch.lines(), results.columns());
    return results;
  };
  const auto expected = results_of(mapped(bytes_));
  std::size_t refused = 0, priced = 0;
  for (std::size_t at = 4096; at < bytes_.size(); at += 1024) {
    bytes_[at] ^= std::byte{1};
    const auto same = [&] {
      const auto results = results_of(mapped(bytes_));
      for (std::size_t line = 0; line < lines.size(); ++line) ASSERT_EQ(results[line], expected[line]);
    };
    ++(is_refused(same) ? refused : priced);
    bytes_[at] ^= std::byte{1};
  }
  EXPECT_GT(refused, 10U);
  EXPECT_GT(priced, 5U);  // the content is not read
}

// The sums read the customer's payment term, which nothing has read before.
TEST(BookDamage, InTheSumsIsNoOverflow) {
  BookContent content;
  content.items = {item_at("TEA", "1")};
  for (int i = 0; i < 60; ++i) {
    content.payment_terms.push_back(term_of(std::to_string(100 + i) + std::string(190, 'x'), 30, {{8, "2"}}));
  }
  content.customers = {customer_with("C", "5")};
  content.customers[0].payment_term = content.payment_terms[30].payment_term;
  Bytes bytes = Book::build(content).file();
  const Request request = request_of({line_of("TEA")}, "C");
  EXPECT_TRUE(price(mapped(bytes), request).payment.has_value());
  const auto name = std::as_bytes(std::span(content.customers[0].payment_term));
  const auto at = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
  ASSERT_NE(at, bytes.end());
  *at ^= std::byte{1};
  EXPECT_EQ(refusal([&] { price(Book::mapped(bytes, nullptr, "shop.rabatt"), request); }), "damaged_book shop.rabatt");
}

}  // namespace
}  // namespace rabatt

// Hostile input: whatever comes in is refused with a code, or is a valid document that can be priced.

#include <gtest/gtest.h>

#include <algorithm>

#include "documents.h"
#include "rabatt/json.h"
#include "rabatt/price.h"
#include "random.h"
#include "refusal.h"
#include "trials.h"

namespace rabatt {
namespace {

using namespace std::string_literals;

// Feeds documents to both readers and counts what became of them.
class Judge {
 public:
  void book(const std::string& json) {
    const auto problems = problems_of_json(json);
    if (problems.empty()) {
      EXPECT_NO_THROW({
        const auto book = book_from_json(json);
        EXPECT_EQ(book_from_json(to_json(book.content())).hash(), book.hash()) << json;
      });
    } else {
      EXPECT_EQ(refused_as([&] { book_from_json(json); }), slug(problems[0].code)) << json;
      for (const auto& problem : problems) EXPECT_FALSE(problem.message.empty()) << json;
    }
    ++(problems.empty() ? valid_ : refused_);
  }

  void request(const std::string& json) {
    try {
      const auto request = request_from_json(json);
      ++valid_;
      const auto code = code_of(refused_as([&] { price(book_, request); }));
      EXPECT_TRUE(!code || *code >= Code::unknown_currency) << json;
    } catch (const Errors&) {
      FAIL() << "a request has one error, not a list: " << json;
    } catch (const Error& error) {
      EXPECT_LE(error.code(), Code::negative_price) << json;
      ++refused_;
    }
  }

  void print(std::string_view what) const {
    std::cout << what << ": " << valid_ + refused_ << " documents, " << refused_ << " refused, " << valid_
              << " valid\n";
  }

  std::size_t valid() const { return valid_; }
  std::size_t refused() const { return refused_; }

 private:
  Book book_ = book_from_json(small_book_json);
  std::size_t valid_ = 0;
  std::size_t refused_ = 0;
};

TEST(Hostile, TheSmallDocumentsThemselvesAreFine) {
  EXPECT_EQ(refusal([] { price(book_from_json(small_book_json), request_from_json(small_request_json)); }), "");
}

TEST(Hostile, CutAtEveryByte) {
  Judge judge;
  for (std::size_t length = 0; length < small_book_json.size(); ++length) judge.book(small_book_json.substr(0, length));
  for (std::size_t length = 0; length < small_request_json.size(); ++length) {
    judge.request(small_request_json.substr(0, length));
  }
  judge.print("cut documents");
  EXPECT_EQ(judge.valid(), 0U) << "half a document is none";
}

TEST(Hostile, EveryByteReplacedInsertedAndTakenOut) {
  const std::string bytes = "\"{}[],:0-.e\\\x00\x1F \xFF\xC3"s;
  Judge judge;
  const auto spoil = [&](const std::string& json, void (Judge::*feed)(const std::string&)) {
    for (std::size_t at = 0; at < json.size(); ++at) {
      for (const char byte : bytes) {
        std::string replaced = json;
        replaced[at] = byte;
        (judge.*feed)(replaced);
      }
      (judge.*feed)(json.substr(0, at) + json.substr(at + 1));
      (judge.*feed)(json.substr(0, at) + bytes[at % bytes.size()] + json.substr(at));
    }
  };
  spoil(small_book_json, &Judge::book);
  spoil(small_request_json, &Judge::request);
  judge.print("documents with a byte changed");
  EXPECT_GT(judge.refused(), 10 * judge.valid());
}

TEST(Hostile, PiecesShuffledAndRepeated) {
  Random random("hostile");
  Judge judge;
  const auto mutated = [&](std::string json) {
    for (int changes = random.between(1, 4); changes > 0; --changes) {
      const auto from = random.below(json.size());
      const auto piece = json.substr(from, random.below(20));
      const auto to = random.below(json.size());
      random.one_in(2) ? json.insert(to, piece) : json.replace(to, std::min(piece.size(), json.size() - to), piece);
    }
    return json;
  };
  const auto count = trials(3'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    judge.book(mutated(small_book_json));
    judge.request(mutated(small_request_json));
  }
  judge.print("mutated documents, seed " + std::to_string(test_seed()));
  EXPECT_GT(judge.refused(), 0U);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

// clang-format off
const std::string no_documents[] = {
    ""s, " "s, "\0"s, "null"s, "true"s, "1"s, "-"s, "1e999"s, "NaN"s, "Infinity"s, "nul"s, "\"\""s, "\""s, "[]"s,
    "[{}]"s, "{"s, "}"s, "{]"s, "[}"s, "{}{}"s, "{} x"s, "{},"s, "{,}"s, "{\"a\"}"s, "{\"a\":}"s, "{a:1}"s,
    "{'a':1}"s, "{\"a\":1,}"s, "// {}"s, "/**/{}"s, "\xEF\xBB\xBF{}"s, "\xFF\xFE{\0}\0"s, "{\"items\":[1,]}"s,
    "{\"date\":undefined}"s, "{\"date\":\"\\x41\"}"s, "{\"date\":\"\\uD800\"}"s, "{\"date\":\"\\uDC00\\uD800\"}"s,
    "{\"date\":\"\xC0\x80\"}"s, "{\"date\":\"\xED\xA0\x80\"}"s, "{\"date\":\"\n\"}"s, "{\"date\":01}"s,
    "{\"date\":+1}"s, "{\"date\":.5}"s, "{\"date\":1.}"s, "{\"date\":0x1}"s, "{\"date\":1_000}"s, "{\"date\":--1}"s,
    "{\"\\u0000\":1}"s, "<xml/>"s, "date: 1"s,
};
// clang-format on

TEST(Hostile, NoJsonAtAll) {
  Judge judge;
  for (const auto& text : no_documents) {
    judge.book(text);
    judge.request(text);
  }
  judge.print("texts that are no document");
  EXPECT_EQ(judge.valid(), 0U);
}

TEST(Hostile, DeepNesting) {
  Judge judge;
  for (const std::size_t depth : {30UL, 31UL, 32UL, 33UL, 100UL, 10'000UL, 1'000'000UL}) {
    for (const auto& [open, close] :
         {std::pair("[", "]"), std::pair("{\"items\":", "}"), std::pair("{\"lines\":[", "]}")}) {
      const std::string unclosed = repeated(open, depth);
      const std::string closed = unclosed + "1" + repeated(close, depth);
      for (const auto& text :
           {unclosed, closed, "{\"items\":" + closed + "}", "{\"lines\":" + closed + "}", "{\"x\":" + closed + "}"}) {
        judge.book(text);
        judge.request(text);
      }
    }
  }
  judge.print("deeply nested texts");
  EXPECT_EQ(judge.valid(), 0U);
}

std::string item_book(const std::string& number) { return "{\"items\":[{\"item\":" + number + "}]}"; }
std::string quantity_request(const std::string& quantity) {
  return "{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"lines\":[{\"item\":\"TEA\",\"quantity\":" + quantity + "}]}";
}

TEST(Hostile, TenMegabytes) {
  constexpr std::size_t size = 10'000'000;
  const std::string long_text = "\"" + std::string(size, 'x') + "\"";
  const auto item = problems_of_json(item_book(long_text));
  ASSERT_EQ(item.size(), 1U);
  EXPECT_EQ(item[0].code, Code::limit_exceeded);
  EXPECT_TRUE(problems_of_json("{\"customers\":[{\"customer\":\"C\",\"name\":" + long_text + "}]}").empty())
      << "names are free";
  const std::string number(size, '9');
  for (const auto& quantity : {long_text, number, "-" + number, "\"" + number + "\"", "0." + number,
                               number + "." + number, "\"0." + number + "\"", "\"" + repeated("é", size / 2) + "\""}) {
    const std::string refused = refusal([&] { request_from_json(quantity_request(quantity)); });
    EXPECT_TRUE(refused.starts_with("invalid_decimal lines[0].quantity ")) << refused.substr(0, 100);
    EXPECT_LT(refused.size(), 1'200U) << "a long text makes no long message";
  }
  EXPECT_EQ(request_from_json(quantity_request("\"" + std::string(size, '0') + "7\"")).lines[0].quantity, Decimal(7));
  const auto unknown = problems_of_json("{" + long_text + ":1}");
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].code, Code::unknown_field);
  EXPECT_LT(unknown[0].path.size(), 1'100U);
  EXPECT_LT(refusal([&] { request_from_json("{" + long_text + ":1}"); }).size(), 1'100U);
  Judge judge;
  judge.book(std::string(size, ' '));
  judge.book(std::string(size, '['));
  judge.request("{" + long_text + ":1}");
  judge.request(std::string(size, '\\'));
  EXPECT_EQ(judge.valid(), 0U);
}

TEST(Hostile, ManyFaults) {
  const auto problems = problems_of_json("{\"items\":[" + repeated("{},", 99'999) + "{}]}");
  EXPECT_EQ(problems.size(), 100'000U);
  EXPECT_TRUE(std::is_sorted(problems.begin(), problems.end(),
                             [](const Problem& a, const Problem& b) { return a.path < b.path; }));
}

TEST(Hostile, ManyKeys) {
  std::string keys;
  for (int i = 0; i < 200'000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
  EXPECT_EQ(problems_of_json("{" + keys + "\"k0\":1}").size(), 200'001U);
  EXPECT_EQ(problems_of_json("{\"items\":[{\"item\":\"A\",\"units\":{" + keys + "\"k7\":2}}]}").size(), 1U)
      << "k7 twice";
  EXPECT_EQ(refusal([&] { request_from_json("{" + keys + "\"k0\":1}"); }), "unknown_field k0");
  EXPECT_EQ(refusal([] { request_from_json("{" + repeated("\"date\":\"2026-03-10\",", 100'000) + "\"x\":1}"); }),
            "duplicate_field date");
}

}  // namespace
}  // namespace rabatt

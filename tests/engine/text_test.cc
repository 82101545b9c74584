// Identifiers, trimming, the folding of codes, natural order.

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <variant>

#include "rabatt/text.h"
#include "random.h"
#include "trials.h"

namespace rabatt {
namespace {

using namespace std::string_literals;

TEST(Identifier, Utf8Of1To200BytesWithoutControls) {
  for (const auto& text : {"A"s, "CMP-9"s, " "s, " padded "s, "Frühling"s, "日本"s, "🙂"s, "\u00A0"s, "\u200B"s,
                           "\U0010FFFF"s, std::string(200, 'x'), "é" + std::string(198, 'x')}) {
    EXPECT_EQ(check_identifier(text), IdentifierFault::none) << text;
  }
  EXPECT_EQ(check_identifier(""), IdentifierFault::empty);
  EXPECT_EQ(check_identifier(std::string(201, 'x')), IdentifierFault::too_long);
  EXPECT_EQ(check_identifier("é" + std::string(199, 'x')), IdentifierFault::too_long);
}

TEST(Identifier, ControlCharactersAreRefused) {
  for (int code = 0; code < 0xA0; ++code) {
    const bool control = code < 0x20 || code >= 0x7F;
    std::string text = "A";
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else {
      text += {'\xC2', static_cast<char>(code)};
    }
    EXPECT_EQ(check_identifier(text), control ? IdentifierFault::not_text : IdentifierFault::none) << code;
  }
}

// clang-format off
const std::string broken[] = {
    "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE2(\xA1", "\xE0\x80\xAF", "\xED\xA0\x80",
    "\xED\xBF\xBF", "\xF0\x9F\x98", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80", "\xFE", "\xFF", "abc\xFFxyz", "\xC3\xA9\xC3",
};
// clang-format on

TEST(Identifier, BrokenUtf8IsRefused) {
  for (const auto& text : broken) {
    EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
    EXPECT_EQ(check_identifier(text), IdentifierFault::not_text) << testing::PrintToString(text);
    EXPECT_EQ(trimmed(" " + text + " "), text) << "left as it is";
    EXPECT_EQ(folded_code(text), folded_code(text)) << "no crash";
  }
  EXPECT_TRUE(is_utf8("")) << "nothing is wrong with nothing";
  EXPECT_TRUE(is_utf8("é日🙂"));
}

// The property White_Space of Unicode, and its neighbours without it.
TEST(Trim, EveryWhiteSpaceOfUnicode) {
  for (const char* space : {"\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\u0085", "\u00A0", "\u1680",
                            "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                            "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"}) {
    EXPECT_EQ(trimmed(space + "a b"s + space + space), "a b");
    EXPECT_EQ(trimmed(space), "");
  }
  for (const char* other : {"\u180E", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\x08", "\x0E", "\x1F"}) {
    EXPECT_EQ(trimmed(" "s + other + " "), other);
  }
  EXPECT_EQ(trimmed(""), "");
}

TEST(FoldedCode, AlikeWhereOnlyCaseOrSpellingDiffers) {
  const std::vector<std::string> alike[] = {
      {"SPRING", "spring", " Spring\t"},
      {"Frühling", "FRÜHLING", "Fru\u0308hling", "FRU\u0308HLING"},
      {"Straße", "STRASSE", "strasse", "STRAẞE", "ſtraſſe"},
      {"s", "S", "ſ"},
      {"k", "K", "\u212A"},                              // Kelvin sign
      {"å", "Å", "\u212B", "A\u030A"},                   // Ångström sign
      {"ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ"},                          // final sigma
      {"ﬁsh", "FISH"},                                   // ligature
      {"i\u0307", "İ", "I\u0307"},                       // dotted I
      {"q\u0323\u0307", "q\u0307\u0323", "Q\u0323\u0307"},  // marks in either order
      {"ǆ", "Ǆ", "ǅ"},
      {"\u0390", "\u03B9\u0308\u0301", "\u1FD3"},        // iota with dialytika and tonos
      {"\u1E9B\u0323", "\u1E69", "S\u0323\u0307"},
      {"ａ", "Ａ"},
      {"𐐀", "𐐨"},                                        // Deseret
      {"", " ", "\u3000\u00A0"},
  };
  for (const auto& group : alike) {
    for (const auto& code : group) EXPECT_EQ(folded_code(code), folded_code(group.front())) << code;
    EXPECT_EQ(folded_code(folded_code(group.front())), folded_code(group.front()));
  }
}

TEST(FoldedCode, ApartWhereMoreDiffers) {
  const std::string apart[] = {"a", "ä", "ae", "ı", "i", "ａ", "a b", "a  b", "ab",
                               "0", "O", "о",  "²", "2", "ﾊ",  "ハ",  ""};
  for (const auto& a : apart) {
    for (const auto& b : apart) EXPECT_EQ(folded_code(a) == folded_code(b), &a == &b) << a << " " << b;
  }
}

// clang-format off
const std::string rising[] = {
    "", " ", "-1", "/", "0", "00", "000a", "01", "1", "1-2", "1a", "2", "9", "9b", "10", "010b", "11",
    "99999999999999999999999", "100000000000000000000000", ":", "A", "CMP", "CMP-9", "CMP-09a", "CMP-10", "CMP-10-1",
    "CMP-10-2", "CMP-10-10", "a", "a1b2", "a1b10", "z", "é", "日", "🙂",
};
// clang-format on

TEST(NaturalOrder, RisingList) {
  for (std::size_t a = 0; a < std::size(rising); ++a) {
    for (std::size_t b = 0; b < std::size(rising); ++b) {
      EXPECT_EQ(natural_less(rising[a], rising[b]), a < b) << '"' << rising[a] << "\" \"" << rising[b] << '"';
    }
  }
}

// The rule as it is written: tokens, of which runs of digits are numbers; then code points.
using Number = boost::multiprecision::cpp_int;
using Token = std::variant<Number, char>;

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> list;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  bool in_run = false;
  for (const char c : text) {
    if (!is_digit(c)) {
      list.emplace_back(c);
    } else if (in_run) {
      auto& run = std::get<Number>(list.back());
      run = run * 10 + (c - '0');
    } else {
      list.emplace_back(Number(c - '0'));
    }
    in_run = is_digit(c);
  }
  return list;
}

int compared(const Token& a, const Token& b) {
  if (a.index() == 0 && b.index() == 0) return std::get<Number>(a).compare(std::get<Number>(b));
  const auto code = [](const Token& token) {
    return token.index() == 0 ? '0' : static_cast<unsigned char>(std::get<char>(token));
  };
  return code(a) - code(b);
}

bool defined_less(std::string_view a, std::string_view b) {
  const auto x = tokens(a);
  const auto y = tokens(b);
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (const int order = compared(x[i], y[i])) return order < 0;
  }
  return x.size() != y.size() ? x.size() < y.size() : a < b;
}

std::string random_text(Random* random) {
  constexpr const char* pieces[] = {"0", "00", "1", "9", "10", "a", "-", "/", ":", "é", "B"};
  std::string text;
  for (int length = random->between(0, 6); length > 0; --length) text += random->pick(pieces);
  return text;
}

TEST(NaturalOrder, ATotalOrderAsDefined) {
  Random random("natural order");
  const auto count = trials(200'000);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string a = random_text(&random);
    const std::string b = random_text(&random);
    const std::string c = random_text(&random);
    ASSERT_EQ(natural_less(a, b), defined_less(a, b)) << a << " " << b;
    ASSERT_FALSE(natural_less(a, b) && natural_less(b, a)) << a << " " << b;
    ASSERT_TRUE(a == b || natural_less(a, b) || natural_less(b, a)) << a << " " << b;
    ASSERT_FALSE(natural_less(a, b) && natural_less(b, c) && !natural_less(a, c)) << a << " " << b << " " << c;
  }
  report("triples in natural order", count);
}

}  // namespace
}  // namespace rabatt

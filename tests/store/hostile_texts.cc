#include "hostile_texts.h"

namespace rabatt {

using namespace std::string_literals;

std::string repeated(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {
      "'",
      "\"",
      "%",
      "_",
      "\\",
      "\\\\'\\\"",
      ";-- drop table campaign",
      "'; drop table item; --",
      "') or 1=1 --",
      "$1",
      "$$",
      "{text}",
      "\\x00ff",
      "\\N",
      "\\.",
      "NULL",
      "null",
      "=1+1",
      "#12",
      "#",
      "-5",
      "1e999",
      "[]",
      "{}",
      "a\tb",
      "a\nb",
      "a\r\nb",
      "a\x7F",
      "\x01",
      "\0"s,
      "a\0b"s,
      "",
      " ",
      "\xE3\x80\x80",      // ideographic space
      "\xE2\x80\x8B",      // zero width space
      "  two before, two behind  ",
      "\xE2\x80\xAE"
      "abc",     // from right to left
      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
      "e\xCC\x81",              // a letter and its accent
      "\xC3\xA9",
      "\xCC\x81",               // an accent alone
      repeated("\xCC\x81", 90),
      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",  // a family
      "\xEF\xBB\xBF"
      "mark",
      "\xEF\xBF\xBF",           // U+FFFF
      "\xF4\x8F\xBF\xBF",       // U+10FFFF
      "\xC2\x85",
      "\xE2\x80\xA8",
      "\xC4\xB0stanbul",
      "Stra\xC3\x9F"
      "e",
      repeated("\xCE\x90", 100),  // folds to three times as many
      std::string(60, 'a'),
      std::string(61, 'a'),
      std::string(200, 'a'),
      std::string(201, 'a'),
      std::string(65'537, 'a'),
      "\xFF",
      "a\xC3",
      "\xC0\x80",
      "\xED\xA0\x80",           // a surrogate
      "\xF4\x90\x80\x80",
  };
  return texts;
}

}  // namespace rabatt

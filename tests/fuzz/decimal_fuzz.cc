// Decimals as text: what the grammar allows is read, and printed as it was but for the spelling; nothing else is read.

#include <algorithm>
#include <string>

#include "rabatt/decimal.h"
#include "require.h"

namespace rabatt {
namespace {

// -?digits(.digits)?, in other words than the engine's.
bool is_decimal_text(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = std::min(text.find('.'), text.size());
  const auto all_digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  return all_digits(text.substr(0, point)) && (point == text.size() || all_digits(text.substr(point + 1)));
}

// Without what does not count: zeros before and behind, the sign of zero.
std::string plain(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
  if (text.find('.') != std::string_view::npos) {
    while (text.ends_with('0')) text.remove_suffix(1);
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  return (is_negative && text != "0" ? "-" : "") + std::string(text);
}

void check(std::string_view text) {
  const auto value = Decimal::parse(text);
  if (!value) {
    // what is short enough for 38 digits wherever the point stands can only be refused for its form
    require(!is_decimal_text(text) || text.size() > 38, "a short decimal is read");
    return;
  }
  require(is_decimal_text(text), "only the grammar is read");
  require(value->text() == plain(text), "what is read is what is printed");
  const auto again = Decimal::parse(value->text(value->places()));
  require(again && *again == *value && again->places() == value->places(), "what is printed is read again");
  require(value->reduced() == *value, "spelling does not change a value");
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check({reinterpret_cast<const char*>(data), size});
  return 0;
}

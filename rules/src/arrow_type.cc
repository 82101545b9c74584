#include "arrow_type.h"

#include <absl/strings/numbers.h>
#include <absl/strings/str_split.h>

#include <vector>

namespace rabatt {
namespace {

ArrowType integer(int bytes, bool is_signed) {
  return {.kind = ArrowType::integer, .bytes = bytes, .is_signed = is_signed};
}

// "d:38,12", or "d:9,2,32" with its width.
ArrowType decimal(std::string_view format) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(absl::string_view(format.data() + 2, format.size() - 2), ',');
  int precision = 0;
  int places = 0;
  int bits = 128;
  const bool reads = (parts.size() == 2 || parts.size() == 3) && absl::SimpleAtoi(parts[0], &precision) &&
                     absl::SimpleAtoi(parts[1], &places) && (parts.size() == 2 || absl::SimpleAtoi(parts[2], &bits));
  constexpr int most = 38;
  if (!reads || (bits != 32 && bits != 64 && bits != 128) || places > most || places < -most) return {};
  return {.kind = ArrowType::decimal, .bytes = bits / 8, .places = places};
}

// "tss:", "tsu:Europe/Vienna"
ArrowType moment(std::string_view format) {
  ArrowType type{.kind = ArrowType::moment, .bytes = 8, .has_zone = format.size() > 4};
  switch (format[2]) {
    case 's': type.units_per_second = 1; return type;
    case 'm': type.units_per_second = 1'000; return type;
    case 'u': type.units_per_second = 1'000'000; return type;
    case 'n': type.units_per_second = 1'000'000'000; return type;
    default: return {};
  }
}

ArrowType single_letter(char letter) {
  switch (letter) {
    case 'n': return {.kind = ArrowType::null};
    case 'b': return {.kind = ArrowType::boolean};
    case 'c': return integer(1, true);
    case 'C': return integer(1, false);
    case 's': return integer(2, true);
    case 'S': return integer(2, false);
    case 'i': return integer(4, true);
    case 'I': return integer(4, false);
    case 'l': return integer(8, true);
    case 'L': return integer(8, false);
    case 'e':
    case 'f':
    case 'g': return {.kind = ArrowType::floating};
    case 'u': return {.kind = ArrowType::text, .bytes = 4};
    case 'U': return {.kind = ArrowType::text, .bytes = 8};
    default: return {};
  }
}

}  // namespace

ArrowType arrow_type_of(std::string_view format) {
  if (format.size() == 1) return single_letter(format[0]);
  if (format == "vu") return {.kind = ArrowType::view, .bytes = 16};
  if (format == "tdD") return {.kind = ArrowType::days, .bytes = 4};
  if (format == "tdm") return {.kind = ArrowType::milliseconds, .bytes = 8};
  if (format.starts_with("d:")) return decimal(format);
  if (format.starts_with("ts") && format.size() >= 4 && format[3] == ':') return moment(format);
  return {};
}

}  // namespace rabatt

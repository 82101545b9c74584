// What is wrong with a single cell of a table of orders or lines; a cell that is not blank.
#pragma once

#include <absl/strings/match.h>

#include <optional>
#include <string_view>

#include "rabatt/date.h"
#include "rabatt/decimal.h"
#include "rabatt/error.h"
#include "rabatt/text.h"

namespace rabatt {

using Fault = std::optional<Code>;

inline Fault check_name(std::string_view text) {
  return check_identifier(text) == IdentifierFault::none ? std::nullopt : Fault(Code::invalid_identifier);
}

inline Fault check_code(std::string_view text) {
  const auto code = trimmed(text);
  return code.empty() ? std::nullopt : check_name(code);
}

inline Fault check_date(std::string_view text) { return Date::parse(text) ? std::nullopt : Fault(Code::invalid_date); }

inline std::optional<bool> flag_of(std::string_view text) {
  if (text == "1" || absl::EqualsIgnoreCase(absl::string_view(text.data(), text.size()), "true")) return true;
  if (text == "0" || absl::EqualsIgnoreCase(absl::string_view(text.data(), text.size()), "false")) return false;
  return std::nullopt;
}

inline Fault check_flag(std::string_view text) { return flag_of(text) ? std::nullopt : Fault(Code::invalid_value); }

inline Fault check_any(const Decimal&) { return std::nullopt; }

}  // namespace rabatt

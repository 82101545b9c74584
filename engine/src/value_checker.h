// ValueChecker: checks of single values of a book, each of which notes a problem at the value's place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "problems.h"
#include "rabatt/book_content.h"

namespace rabatt {

class ValueChecker {
 protected:
  ValueChecker(const Policy& policy, std::vector<Problem> found_earlier)
      : policy_(policy), problems_(std::move(found_earlier)) {}

  void check_length(std::size_t length, std::size_t most, const Path& path);

  // An identifier that was given; blank is fine unless `required`.
  void check_text(std::string_view text, const Path& path, bool required);

  // An element of a list of identifiers.
  void check_element(std::string_view text, const Path& path);

  bool is_currency(std::string_view currency) const;
  void check_known_currency(std::string_view currency, const Path& path);

  void check_percent(const Decimal& value, const Path& path);
  void check_price_at(const Decimal& value, const Path& path);
  void check_not_negative(const Decimal& value, const Path& path);
  void check_positive(const std::optional<Decimal>& value, const Path& path);

  void check_date(const std::optional<Date>& date, const Path& path);

  // The window's end against its first moment, where both are given and good.
  void check_window(const std::optional<Date>& from, const std::optional<Date>& until, const Path& path);

  template <class T>
  bool require(const std::optional<T>& value, const Path& path) {
    if (!value) problems_.add(Code::missing_field, path, "This field is required.");
    return value.has_value();
  }

  const Policy& policy_;
  Problems problems_;
};

// The text in quotation marks, cut if it is very long.
std::string quoted(std::string_view text);

}  // namespace rabatt

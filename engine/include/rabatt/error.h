// Errors: one exception type with a stable code and a subject.
//
//   try { rabatt::Decimal("1,5"); }
//   catch (const rabatt::Error& error) {
//     error.code();     // Code::invalid_decimal; slug(error.code()) is "invalid_decimal"
//     error.subject();  // "1,5": the offending thing, with its place where it has one
//   }
//
// Building a book reports everything that is wrong with it at once: `Errors`, a list of `Problem`.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rabatt {

// Every code there is. The slugs are the same words in C++, C, Python and JSON, and never change.
// clang-format off
#define RABATT_CODES(code)                                                                          \
  /* the shape of a book or a request */                                                            \
  code(missing_field) code(unknown_field) code(duplicate_field) code(invalid_value)                 \
  code(invalid_decimal) code(invalid_date) code(invalid_identifier) code(invalid_discount)          \
  code(invalid_tax_rate) code(negative_price) code(limit_exceeded)                                  \
  /* references */                                                                                  \
  code(unknown_currency) code(unknown_item) code(unknown_unit) code(unknown_customer)               \
  code(unknown_target_group) code(unknown_payment_term) code(unknown_campaign) code(unknown_code)   \
  /* a book as a whole */                                                                           \
  code(duplicate_id) code(duplicate_code) code(duplicate_item) code(valid_until_before_date)        \
  code(wrong_pricing_field) code(no_lines) code(tiers_not_ordered)                                  \
  /* pricing a document */                                                                          \
  code(code_expired) code(campaign_and_code) code(tax_mode_mismatch) code(no_price) code(overflow)  \
  code(inconsistent_order)                                                                          \
  /* arithmetic */                                                                                  \
  code(currency_mismatch) code(division_by_zero) code(invalid_weights) code(invalid_amount)         \
  /* files */                                                                                       \
  code(file_not_readable) code(file_not_writable) code(unknown_format)                              \
  code(damaged_book) code(incompatible_book)                                                        \
  /* set for all, as a remark in its report */                                                      \
  code(no_base_price)                                                                               \
  /* a record */                                                                                    \
  code(name_required) code(field_required) code(unknown_record) code(invalid_text)                  \
  code(text_too_long) code(limit_crossed) code(not_found) code(conflict) code(in_use)               \
  code(duplicate_name) code(number_taken) code(number_too_long) code(permission_denied)             \
  code(no_rate)                                                                                     \
  /* a campaign */                                                                                  \
  code(end_before_start) code(currency_required) code(pricing_type_required)                        \
  code(wrong_line_field) code(type_has_lines) code(already_posted) code(not_posted)                 \
  code(empty_target_group)                                                                          \
  /* an audience */                                                                                 \
  code(duplicate_email) code(duplicate_source) code(duplicate_content_id)                           \
  code(duplicate_selection) code(no_linked_contacts) code(frozen) code(invalid_transition)          \
  code(no_permission) code(no_email)                                                                \
  /* a store */                                                                                     \
  code(busy) code(store_missing) code(store_corrupt) code(store_read_only) code(store_full)         \
  code(connection_lost) code(schema_too_new) code(schema_too_old) code(invalid_url)                 \
  code(invalid_as_of) code(erased)                                                                  \
  /* import */                                                                                      \
  code(unknown_column) code(missing_column) code(float_column) code(bad_row) code(ambiguous_match)  \
  /* warnings, in reports */                                                                        \
  code(unresolved_content_id) code(unused_content_id)
// clang-format on

enum class Code {
#define RABATT_ENUMERATOR(name) name,
  RABATT_CODES(RABATT_ENUMERATOR)
#undef RABATT_ENUMERATOR
};

// "overflow" for Code::overflow.
std::string_view slug(Code code) noexcept;

// The code of a slug; nothing if there is no such code.
std::optional<Code> code_of(std::string_view slug) noexcept;

// All codes, in the order of RABATT_CODES.
std::span<const Code> all_codes() noexcept;

class Error : public std::runtime_error {
 public:
  explicit Error(Code code, std::string_view subject = {});

  Code code() const noexcept { return code_; }

  // The offending thing: a path, a blank and the offending text ("lines[2].item TEA"), or a part of that.
  const std::string& subject() const noexcept { return subject_; }

 private:
  Code code_;
  std::string subject_;
};

// One thing that is wrong with a book.
struct Problem {
  Code code;
  std::string path;     // "campaigns[3].lines[0].price"
  std::string message;  // one sentence for people; its wording may change

  friend bool operator==(const Problem&, const Problem&) = default;
};

// Everything that is wrong with a book, sorted by path. As an Error it shows the first problem.
class Errors : public Error {
 public:
  // `problems` must not be empty.
  explicit Errors(std::vector<Problem> problems);

  const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

// The text itself, or where it is longer than 1,000 bytes its beginning in whole characters, and "…".
std::string shortened(std::string_view text);

// "path text": the form of every subject, with the text shortened.
std::string subject_of(std::string_view path, std::string_view text);

}  // namespace rabatt

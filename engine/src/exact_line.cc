#include "exact_line.h"

#include "int128.h"
#include "line_results.h"
#include "moments.h"
#include "number_column.h"
#include "rabatt/range_check.h"

namespace rabatt {
namespace {

using Fault = std::optional<Code>;

// The first fault of a line's fields, and of the line as a document, in the order of price().
class LineReader {
 public:
  LineReader(const CompiledBook& book, const LineColumns& lines, std::size_t line)
      : book_(book), lines_(lines), line_(line) {}

  Fault read() {
    if (!lines_.date.valid[line_] || lines_.currency[line_] == no_id) return Code::missing_field;
    if (!is_in_years(lines_.date[line_])) return Code::invalid_date;
    if (const auto fault = read_numbers()) return fault;
    if (const auto fault = resolve_document()) return fault;
    return resolve_line();
  }

  const Document& document() const { return document_; }
  const LineInput& input() const { return input_; }

 private:
  Fault read_numbers() {
    if (lines_.item[line_] == no_id) return Code::missing_field;
    for (const auto* column : {&lines_.quantity, &lines_.list_price, &lines_.manual_price, &lines_.manual_discount}) {
      if (has_value(*column, line_) && !has_38_digits(mantissa_at(*column, line_))) return Code::invalid_decimal;
    }
    const auto quantity = number_at(lines_.quantity, line_);
    if (!quantity) return Code::missing_field;
    input_.quantity = *quantity;
    input_.list_price = number_at(lines_.list_price, line_);
    input_.manual_price = number_at(lines_.manual_price, line_);
    input_.manual_discount = number_at(lines_.manual_discount, line_);
    if (input_.list_price && check_price(*input_.list_price)) return check_price(*input_.list_price);
    if (input_.manual_price && check_price(*input_.manual_price)) return check_price(*input_.manual_price);
    if (input_.manual_discount) return check_discount(*input_.manual_discount);
    return std::nullopt;
  }

  // An id that the book has not given to anything is unknown, like unknown_id.
  static bool is_unknown(Id id, std::uint32_t count) { return id != no_id && id >= count; }

  Fault resolve_document() {
    document_.moment = std::chrono::local_seconds(std::chrono::seconds(lines_.date[line_]));
    document_.currency = lines_.currency[line_];
    if (is_unknown(document_.currency, book_.currencies.size())) return Code::unknown_currency;
    document_.customer = lines_.customer[line_];
    if (is_unknown(document_.customer, book_.customers.size())) return Code::unknown_customer;
    if (document_.customer != no_id) document_.organisation = book_.customers[document_.customer].organisation;
    const Id organisation = lines_.organisation[line_];
    if (organisation != no_id) {
      document_.organisation = is_unknown(organisation, book_.organisations.size()) ? no_id : organisation;
    }
    if (const auto fault = resolve_campaign()) return fault;
    const bool books_mode = book_.rules.prices_include_tax;
    const auto mode = lines_.prices_include_tax[line_];
    document_.prices_include_tax = mode > 1 ? books_mode : mode == 1;
    const bool has_own_price = input_.list_price || input_.manual_price;
    if (document_.prices_include_tax != books_mode && !has_own_price) return Code::tax_mode_mismatch;
    return std::nullopt;
  }

  Fault resolve_campaign() {
    const Id campaign = lines_.campaign[line_];
    const Id code = lines_.code_campaign[line_];
    if (is_unknown(campaign, book_.campaigns.size())) return Code::unknown_campaign;
    document_.named_campaign = campaign;
    if (code == no_id) return std::nullopt;
    if (is_unknown(code, book_.campaigns.size())) return Code::unknown_code;
    if (!book_.campaigns[code].window.admits(document_.moment)) return Code::code_expired;
    if (campaign != no_id && campaign != code) return Code::campaign_and_code;
    document_.named_campaign = code;
    document_.code_given = true;
    return std::nullopt;
  }

  Fault resolve_line() {
    input_.item = lines_.item[line_];
    if (is_unknown(input_.item, book_.items.size())) return Code::unknown_item;
    const Id unit = lines_.unit[line_];
    input_.unit = book_.unit_of(book_.items[input_.item], unit);
    return input_.unit == no_id ? Fault(Code::unknown_unit) : std::nullopt;
  }

  const CompiledBook& book_;
  const LineColumns& lines_;
  std::size_t line_;
  Document document_{.book = book_, .moment = {}};
  LineInput input_;
};

}  // namespace

Decimal price_exactly(const CompiledBook& book, const LineColumns& lines, std::size_t line,
                      const PricedColumns& priced) {
  LineReader reader(book, lines, line);
  if (const auto fault = reader.read()) {
    write_fault(*fault, line, priced);
    return {};
  }
  const auto result = price_line(reader.document(), reader.input(), false);
  write_line(result, line, priced);
  return result.customer_discount;
}

}  // namespace rabatt

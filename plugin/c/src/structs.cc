#include "structs.h"

#include <cassert>
#include <cstring>

#include "guard.h"
#include "rabatt/range_check.h"
#include "rabatt/text.h"
#include "status.h"

namespace rabatt {
namespace {

// Subjects are shown as UTF-8, so a text that is none is not shown.
[[noreturn]] void refuse(Code code, const Path& path, std::string_view text = {}) {
  throw Error(code, subject_of(path.text(), is_utf8(text) ? text : std::string_view()));
}

std::string read_text(const char* text, const Path& path) {
  if (!text) return {};
  if (check_identifier(text) != IdentifierFault::none) refuse(Code::invalid_identifier, path, text);
  return text;
}

// A code counts without the white space around it, and a blank one is none.
std::string read_code(const char* text, const Path& path) {
  if (!text) return {};
  const auto fault = check_identifier(trimmed(text));
  if (fault != IdentifierFault::none && fault != IdentifierFault::empty) refuse(Code::invalid_identifier, path, text);
  return text;
}

std::optional<bool> read_flag(std::int32_t flag, const Path& path) {
  switch (flag) {
    case RABATT_ABSENT: return std::nullopt;
    case RABATT_FALSE: return false;
    case RABATT_TRUE: return true;
    default: refuse(Code::invalid_value, path, std::to_string(flag));
  }
}

Date read_date(const char* text, const Path& path) {
  const auto date = Date::parse(text);
  if (!date) refuse(Code::invalid_date, path, text);
  return *date;
}

using Check = std::optional<Code> (*)(const Decimal&);

std::optional<Decimal> read_number(const char* text, const Path& path, Check check = nullptr) {
  if (!text) return std::nullopt;
  const Decimal value = read_decimal(text, path);
  const auto fault = check ? check(value) : std::nullopt;
  if (fault) refuse(*fault, path, text);
  return value;
}

template <std::size_t size>
void copy(const std::optional<std::string>& text, char (&buffer)[size]) {
  if (!text) return;
  assert(text->size() < size);  // a book has no longer identifiers
  std::memcpy(buffer, text->data(), text->size());
}

}  // namespace

Request read_document(const rabatt_document& document) {
  Request request;
  if (document.date) {
    request.date = read_date(document.date, Path("date"));
    request.date_text = document.date;
  }
  request.currency = read_text(document.currency, Path("currency"));
  request.customer = read_text(document.customer, Path("customer"));
  request.organisation = read_text(document.organisation, Path("organisation"));
  request.campaign = read_text(document.campaign, Path("campaign"));
  request.code = read_code(document.code, Path("code"));
  request.payment_term = read_text(document.payment_term, Path("payment_term"));
  request.prices_include_tax = read_flag(document.prices_include_tax, Path("prices_include_tax"));
  request.early_payment = read_flag(document.early_payment, Path("early_payment"));
  request.explain = read_flag(document.explain, Path("explain")).value_or(true);
  return request;
}

RequestLine read_line(const rabatt_line& line, std::size_t index) {
  const Path lines("lines");
  const Path path = lines[index];
  RequestLine result;
  result.item = read_text(line.item, path / "item");
  result.quantity = read_number(line.quantity, path / "quantity");
  result.unit = read_text(line.unit, path / "unit");
  result.list_price = read_number(line.list_price, path / "list_price", check_price);
  result.manual_price = read_number(line.manual_price, path / "manual_price", check_price);
  result.manual_discount = read_number(line.manual_discount, path / "manual_discount", check_discount);
  result.tax_rate = read_number(line.tax_rate, path / "tax_rate", check_tax_rate);
  if (!line.item) refuse(Code::missing_field, path / "item");
  if (!line.quantity) refuse(Code::missing_field, path / "quantity");
  result.quantity_text = line.quantity;
  return result;
}

std::vector<PaymentMade> read_payments(std::span<const rabatt_payment> payments) {
  const Path list("payments");
  std::vector<PaymentMade> result;
  result.reserve(payments.size());
  for (const auto& [date, amount] : payments) {
    const Path path = list[result.size()];
    if (!date) refuse(Code::missing_field, path / "date");
    result.push_back({read_date(date, path / "date").day, read_decimal(amount, path / "amount")});
  }
  return result;
}

Decimal read_decimal(const char* text, const Path& path) {
  if (!text) refuse(Code::missing_field, path);
  const auto value = Decimal::parse(text);
  if (!value) refuse(Code::invalid_decimal, path, text);
  return *value;
}

Decimal read_decimal(const rabatt_decimal& value) {
  if (value.places < 0 || value.places > Decimal::max_places) throw InvalidArgument{"value"};
  const auto high = static_cast<UInt128>(value.high) << 64;
  return Decimal::scaled(static_cast<Int128>(high | value.low), value.places);
}

rabatt_decimal written(const Decimal& value) noexcept {
  const auto mantissa = static_cast<UInt128>(value.mantissa());
  return {static_cast<std::uint64_t>(mantissa), static_cast<std::int64_t>(mantissa >> 64), value.places()};
}

rabatt_priced_line written(const LineResult& priced) noexcept {
  rabatt_priced_line result{};
  if (const auto* error = std::get_if<Error>(&priced)) {
    result.status = status_of(error->code());
    return result;
  }
  const auto& line = *std::get_if<QuoteLine>(&priced);
  result.source = static_cast<std::int32_t>(line.source);
  if (line.list_price) {
    result.has_list_price = 1;
    result.list_price = written(line.list_price->reduced());
    result.list_amount = written(*line.list_amount);
    result.saved = written(*line.saved);
  }
  result.unit_price = written(line.unit_price.reduced());
  result.discount = written(line.discount.reduced());
  result.gross = written(line.gross);
  result.discount_amount = written(line.discount_amount);
  result.net = written(line.net);
  result.unit_net = written(line.unit_net.reduced());
  copy(line.applied_campaign, result.applied_campaign);
  copy(line.applied_price_book, result.applied_price_book);
  return result;
}

rabatt_settlement written(const Settlement& settlement) noexcept {
  return {settlement.settled ? 1 : 0, settlement.tier ? static_cast<std::int32_t>(*settlement.tier) : -1,
          written(settlement.open), written(settlement.overpaid)};
}

// One list of sources under two names.
static_assert(static_cast<int>(Source::list) == RABATT_SOURCE_LIST);
static_assert(static_cast<int>(Source::customer) == RABATT_SOURCE_CUSTOMER);
static_assert(static_cast<int>(Source::campaign) == RABATT_SOURCE_CAMPAIGN);
static_assert(static_cast<int>(Source::both) == RABATT_SOURCE_BOTH);
static_assert(static_cast<int>(Source::manual) == RABATT_SOURCE_MANUAL);
static_assert(longest_identifier + 1 == RABATT_IDENTIFIER_SIZE);

}  // namespace rabatt

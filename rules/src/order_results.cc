#include "order_results.h"

#include "rabatt/names.h"

namespace rabatt {
namespace {

std::vector<DecimalColumn> columns(std::size_t how_many, std::size_t count) {
  std::vector<DecimalColumn> columns;
  columns.reserve(how_many);
  for (std::size_t i = 0; i < how_many; ++i) columns.emplace_back(count);
  return columns;
}

// Prices and percentages are shown in their shortest form; amounts have the places of their step already.
std::optional<Decimal> shortest(const std::optional<Decimal>& value) {
  return value ? std::optional(value->reduced()) : std::nullopt;
}

}  // namespace

PricedRows::PricedRows(const Book& book, std::size_t count)
    : ids_(book),
      status_(count, line_ok),
      amounts_(columns(amounts, count)),
      sources_(count),
      campaigns_(count, no_id),
      price_books_(count, no_id),
      widths_(count) {}

std::string_view PricedRows::source(std::size_t row) const {
  return is_ok(row) ? name_of(static_cast<Source>(sources_[row])) : std::string_view();
}

std::string_view PricedRows::campaign(std::size_t row) const {
  return campaigns_[row] == no_id ? std::string_view() : ids_.campaign_number(campaigns_[row]);
}

std::string_view PricedRows::price_book(std::size_t row) const {
  return price_books_[row] == no_id ? std::string_view() : ids_.price_book_number(price_books_[row]);
}

void PricedRows::take(std::size_t row, const QuoteLine& line, Id price_book) {
  amounts_[list_price].set(row, shortest(line.list_price));
  amounts_[unit_price].set(row, shortest(line.unit_price));
  amounts_[discount].set(row, shortest(line.discount));
  amounts_[gross].set(row, line.gross);
  amounts_[discount_amount].set(row, line.discount_amount);
  amounts_[net].set(row, line.net);
  amounts_[unit_net].set(row, shortest(line.unit_net));
  amounts_[list_amount].set(row, line.list_amount);
  amounts_[saved].set(row, line.saved);
  sources_[row] = static_cast<std::uint8_t>(line.source);
  if (line.applied_campaign) campaigns_[row] = ids_.campaign(*line.applied_campaign);
  price_books_[row] = price_book;
  widths_[row].hold(line);
}

void PricedRows::refuse(std::size_t row, Code code) {
  status_[row] = status_of_line(code);
  for (auto& column : amounts_) column.forget(row);
  campaigns_[row] = no_id;
  price_books_[row] = no_id;
}

PricedOrderRows::PricedOrderRows(std::vector<std::size_t> first_rows)
    : first_rows_(std::move(first_rows)),
      status_(first_rows_.size(), line_ok),
      amounts_(columns(amounts, first_rows_.size())),
      early_until_(first_rows_.size(), no_day),
      warnings_(first_rows_.size()) {}

std::string PricedOrderRows::early_until(std::size_t order) const {
  if (early_until_[order] == no_day) return {};
  return text_of(std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(early_until_[order]))));
}

std::optional<std::int64_t> PricedOrderRows::warnings(std::size_t order) const {
  return status_[order] == line_ok ? std::optional(warnings_[order]) : std::nullopt;
}

void PricedOrderRows::take(std::size_t order, const Quote& quote) {
  amounts_[net].set(order, quote.net);
  amounts_[tax].set(order, quote.tax);
  amounts_[total].set(order, quote.total);
  if (quote.payment && !quote.payment->early.empty()) {
    const auto& early = quote.payment->early.front();
    early_until_[order] = static_cast<std::int32_t>(std::chrono::sys_days(early.until).time_since_epoch().count());
    amounts_[early_discount].set(order, early.discount);
    amounts_[early_pay].set(order, early.pay);
  }
  warnings_[order] = static_cast<std::int64_t>(quote.warnings.size());
}

void PricedOrderRows::refuse(std::size_t order, LineStatus status) {
  status_[order] = status;
  early_until_[order] = no_day;
  for (auto& column : amounts_) column.forget(order);
}

std::string_view status_text(LineStatus status) { return status == line_ok ? "ok" : slug(code_of_line(status)); }

}  // namespace rabatt

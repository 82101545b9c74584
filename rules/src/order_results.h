// What comes out of a table of orders, column by column: compact, and not yet of the type that the caller wants.
#pragma once

#include <limits>
#include <string_view>
#include <vector>

#include "column_width.h"
#include "decimal_column.h"
#include "rabatt/batch.h"

namespace rabatt {

// The columns of the lines by row, which several threads may fill in. Where the status is not ok nothing else counts.
class PricedRows {
 public:
  enum Amount : std::size_t {
    list_price,
    unit_price,
    discount,
    gross,
    discount_amount,
    net,
    unit_net,
    list_amount,
    saved,
    amounts,
  };
  static constexpr std::array<std::string_view, amounts> amount_names = {
      "list_price", "unit_price", "discount", "gross", "discount_amount", "net", "unit_net", "list_amount", "saved"};

  PricedRows(const Book& book, std::size_t count);

  std::size_t count() const { return status_.size(); }
  bool is_ok(std::size_t row) const { return status_[row] == line_ok; }
  LineStatus status(std::size_t row) const { return status_[row]; }
  const Width& width(std::size_t row) const { return widths_[row]; }
  Width& width(std::size_t row) { return widths_[row]; }
  DecimalColumn& amount(std::size_t amount) { return amounts_[amount]; }
  const DecimalColumn& amount(std::size_t amount) const { return amounts_[amount]; }

  // Texts of a row; empty for none.
  std::string_view source(std::size_t row) const;
  std::string_view campaign(std::size_t row) const;
  std::string_view price_book(std::size_t row) const;

  void take(std::size_t row, const QuoteLine& line, Id price_book);
  void refuse(std::size_t row, Code code);

 private:
  BookIds ids_;
  std::vector<LineStatus> status_;
  std::vector<DecimalColumn> amounts_;
  std::vector<std::uint8_t> sources_;
  std::vector<Id> campaigns_, price_books_;
  std::vector<Width> widths_;
};

// The columns of the orders by first appearance. Each may be read while another is taken away.
class PricedOrderRows {
 public:
  enum Amount : std::size_t { net, tax, total, early_discount, early_pay, amounts };
  static constexpr std::array<std::string_view, amounts> amount_names = {"net", "tax", "total", "early_discount",
                                                                         "early_pay"};

  explicit PricedOrderRows(std::vector<std::size_t> first_rows);

  std::size_t count() const { return status_.size(); }
  std::size_t first_row(std::size_t order) const { return first_rows_[order]; }
  LineStatus status(std::size_t order) const { return status_[order]; }
  DecimalColumn& amount(std::size_t amount) { return amounts_[amount]; }
  const DecimalColumn& amount(std::size_t amount) const { return amounts_[amount]; }
  std::string early_until(std::size_t order) const;  // empty for none
  std::optional<std::int64_t> warnings(std::size_t order) const;

  void take(std::size_t order, const Quote& quote);
  void refuse(std::size_t order, LineStatus status);

 private:
  static constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

  std::vector<std::size_t> first_rows_;
  std::vector<LineStatus> status_;
  std::vector<DecimalColumn> amounts_;
  std::vector<std::int32_t> early_until_;
  std::vector<std::int64_t> warnings_;
};

// "ok", or the code of a status.
std::string_view status_text(LineStatus status);

}  // namespace rabatt

// Documents of one line each as a batch, and the answers that the batch must give: those of price().
#pragma once

#include <string>
#include <vector>

#include "rabatt/batch.h"
#include "rabatt/price.h"

namespace rabatt {

class LineBatch {
 public:
  LineBatch(const Book& book, const std::vector<Request>& requests);
  LineBatch(const LineBatch&) = delete;
  LineBatch& operator=(const LineBatch&) = delete;

  const LineColumns& lines() const { return lines_; }
  std::size_t size() const { return lines_.count; }

 private:
  struct Numbers {
    std::vector<Int128> mantissas;
    std::vector<std::int64_t> narrow;
    std::vector<std::uint8_t> valid;

    void add(const std::optional<Decimal>& value, int places);
    NumberColumn column(int places);
  };

  std::vector<Id> items_, units_, currencies_, customers_, organisations_, campaigns_, codes_;
  std::vector<std::int64_t> seconds_;
  std::vector<std::uint8_t> tax_modes_;
  Numbers quantities_, list_prices_, manual_prices_, manual_discounts_;
  LineColumns lines_;
};

// One line's results.
struct BatchAnswer {
  LineStatus status = 0xFF;
  Int128 list_price = -1, unit_price = -1, discount = -1, gross = -1, discount_amount = -1, net = -1, unit_net = -1,
         list_amount = -1, saved = -1;
  std::uint8_t has_list_price = 0xFF;
  Source source = Source::manual;
  Id applied_campaign = 0;
  Id applied_price_book = 0;
  std::int8_t named_reason = 99;

  friend bool operator==(const BatchAnswer&, const BatchAnswer&) = default;
};

std::string shown(const BatchAnswer& answer);

// Room for the results of a batch.
class BatchResults {
 public:
  BatchResults(std::size_t count, int places);

  const PricedColumns& columns() const { return columns_; }
  BatchAnswer operator[](std::size_t line) const;

 private:
  std::vector<LineStatus> status_;
  std::vector<std::vector<Int128>> numbers_;
  std::vector<std::uint8_t> has_list_price_;
  std::vector<Source> source_;
  std::vector<Id> campaign_, price_book_;
  std::vector<std::int8_t> reason_;
  PricedColumns columns_;
};

// What price_each() says of a document of one line.
BatchAnswer expected_answer(const Book& book, const Request& request, int places);

}  // namespace rabatt

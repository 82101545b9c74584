// Request: one document to be priced.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rabatt/date.h"
#include "rabatt/decimal.h"

namespace rabatt {

// `std::nullopt` and empty text mean "not given".
struct RequestLine {
  std::string item;                 // required
  std::optional<Decimal> quantity;  // required; negative for a return, 0 and decimal places allowed
  std::string unit;                 // default: the item's base unit
  std::optional<Decimal> list_price;       // per `unit`; instead of the book's
  std::optional<Decimal> manual_price;     // a unit price typed by hand
  std::optional<Decimal> manual_discount;  // a percentage typed by hand, in the place of all other discounts
  std::optional<Decimal> tax_rate;         // percent
  std::string quantity_text;  // the quantity as the quote shows it; default: quantity->text(quantity->places())
};

struct Request {
  std::optional<Date> date;  // required
  std::string currency;      // required
  std::string customer;
  std::string organisation;  // default: the customer's
  std::string campaign;      // the number of the one campaign that may apply
  std::string code;          // a campaign's code; the same effect
  std::string payment_term;  // default: the customer's
  std::optional<bool> prices_include_tax;  // default: the book's
  std::optional<bool> early_payment;       // default: true unless the document's net is negative
  bool explain = true;                     // false: no steps, no rejected campaigns
  std::vector<RequestLine> lines;
  std::string date_text;  // the date as the quote shows it; default: date->text()
};

}  // namespace rabatt

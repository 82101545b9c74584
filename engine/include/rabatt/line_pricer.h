// One line at a time, by ids: for order entry, which wants the price while somebody types.
//
//   BookIds ids(book);                          // once a session: texts to ids
//   const Id tea = ids.item("TEA");
//   LinePricer pricer(book, Date::from("2026-03-10"), ids.currency("EUR"));
//   LinePrice price = pricer.price(tea, ids.customer("C1"), 3);
//   Decimal::scaled(price.net, pricer.places()).text();   // "28.47"
//   pricer.explained(tea, ids.customer("C1"), 3).steps;   // only when somebody asks why
//
// The same price to the last digit as price() gives. Prices take no lock and, but for what a day plane cannot say, no
// memory. A pricer may be used by many threads at once.
#pragma once

#include <memory>

#include "rabatt/batch.h"
#include "rabatt/quote.h"

namespace rabatt {

// What was computed, and from what. Numbers are mantissas: prices and amounts with LinePricer::places(), percentages
// with PricedColumns::percent_places. Where the status is not ok nothing else counts.
struct LinePrice {
  LineStatus status = line_ok;
  bool has_list_price = false;  // else list_price, list_amount and saved are 0
  Source source = Source::list;
  Int128 list_price = 0;
  Int128 unit_price = 0;
  Int128 discount = 0;           // percent off the unit price, all in one
  Int128 customer_discount = 0;  // percent of the customer, used or not
  Int128 gross = 0;
  Int128 discount_amount = 0;
  Int128 net = 0;
  Int128 unit_net = 0;
  Int128 list_amount = 0;
  Int128 saved = 0;
  Id applied_campaign = no_id;
  Id applied_price_book = no_id;

  friend bool operator==(const LinePrice&, const LinePrice&) = default;
};

class LinePricer {
 public:
  // Prices at one moment in one currency; quantities come with so many places (0 … 38). Throws unknown_currency,
  // invalid_date for what is no day of the years 0001–9999, and invalid_value for other places.
  LinePricer(const Book& book, const Date& date, Id currency, int quantity_places = 0);
  // From a plane that is there already. Throws invalid_value for one of another book, moment or currency.
  LinePricer(const Book& book, std::shared_ptr<const DayPlane> plane, const Date& date, Id currency,
             int quantity_places = 0);
  ~LinePricer();
  LinePricer(LinePricer&&) noexcept;
  LinePricer& operator=(LinePricer&&) noexcept;

  // In the item's base unit, from the customer's own organisation; `customer` may be no_id. Lines that name a unit, a
  // campaign, a code or a price of their own go through price_lines(), one by one if need be. Never throws for a line
  // (see LinePrice::status); damaged_book where a mapped book turns out to be.
  LinePrice price(Id item, Id customer, std::int64_t quantity) const;

  // The same line with its steps and the campaigns that did not apply. Throws Error as price(book, request) does.
  QuoteLine explained(Id item, Id customer, std::int64_t quantity) const;

  // Of prices and amounts: those that hold every price of the book.
  int places() const noexcept;

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace rabatt

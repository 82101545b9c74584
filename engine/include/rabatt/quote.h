// Quote: a priced document, with every step on the way and every campaign that did not apply.
//
// Amounts are decimals with exactly the places of the currency's amount step (`amount_places`); everything else
// is printed in its shortest form.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/book_content.h"
#include "rabatt/exact.h"

namespace rabatt {

// Who made the price.
enum class Source { list, customer, campaign, both, manual };

// What a step does.
enum class StepName {
  list_price,
  unit_conversion,
  set_price,
  manual,
  campaign_discount,
  customer_discount,
  combined_discount,
  rounding,
  limit,  // the net is held between 0 and gross
};
enum class StepWhat { unit_price, amount };

// One step from list price to net. `before` is the `after` of the step before (times the quantity at the first
// amount); nothing at the first step. Steps that change nothing are left out; replaying them gives the net.
struct Step {
  StepName step;
  StepWhat what;
  std::optional<Exact> before;
  Exact after;
  bool rounded;  // digits were dropped
};

// Why a campaign that lists the item did not apply, in the order in which reasons are looked for.
enum class Reason {
  not_posted,
  inactive,
  cancelled,
  completed,
  not_started,
  expired,
  not_named,      // the request names another campaign
  code_required,  // and the request has not given it
  wrong_customer,
  not_in_target_group,
  not_discountable,
  wrong_currency,
  wrong_tax_mode,
  wrong_unit,
  below_quantity,
  no_list_price,  // a discount needs a list price
  manual,         // a price or discount typed by hand stands above campaigns
  not_forced,
  customer_discount_is_greater,
  list_is_lower,
  lower_priority,
  not_lowest,
  // of the whole document, in warnings only:
  campaign_not_used,
  payment_term_inactive,
};

struct Rejection {
  std::string campaign;
  Reason reason;
};

struct QuoteLine {
  std::string item;
  std::string quantity;  // as written in the request
  std::string unit;
  std::optional<Decimal> list_price;  // L; nothing where the book has none and none was needed
  Decimal unit_price;                 // u
  Decimal discount;                   // d, percent
  Decimal gross;
  Decimal discount_amount;
  Decimal net;
  Decimal unit_net;  // unit price less discount, to the unit step: for display, never an input
  std::optional<Decimal> list_amount;
  std::optional<Decimal> saved;  // list_amount − net
  Source source = Source::list;
  std::optional<std::string> applied_campaign;
  std::optional<Decimal> campaign_discount;  // percent of the applied campaign; nothing for a set price
  Decimal customer_discount;                 // percent of the customer, used or not
  std::optional<std::string> applied_price_book;
  std::optional<Decimal> tax_rate;
  std::vector<Step> steps;
  std::vector<Rejection> rejected;  // in the natural order of campaign numbers
};

struct TaxRow {
  Decimal rate;  // percent
  Decimal base;  // Σ line nets of the rate, as priced
  Decimal net;   // without tax
  Decimal tax;
};

struct CampaignTotal {
  std::string campaign;
  Decimal net;
  Decimal saved;
};

struct Warning {
  std::optional<std::size_t> line;
  std::optional<std::string> campaign;
  Reason reason;
};

struct EarlyTax {
  Decimal rate;
  Decimal tax;
};

// What is to be paid when paying on or before `until`.
struct EarlyPayment {
  std::chrono::year_month_day until;
  Decimal discount_percent;
  Decimal discount;
  Decimal net;  // pay − tax
  Decimal tax;
  std::vector<EarlyTax> taxes;
  Decimal pay;  // total − discount
};

struct Payment {
  std::string payment_term;
  std::int32_t grace_days = 0;
  std::chrono::year_month_day due;
  EarlyPaymentTax tax_mode = EarlyPaymentTax::included;
  std::vector<EarlyPayment> early;
  std::vector<std::vector<Decimal>> shares;  // [tier][line]: each tier's discount over the lines
};

struct Quote {
  std::string book;  // hash
  std::string date;  // as written in the request
  std::string currency;
  std::optional<std::string> customer;
  std::vector<QuoteLine> lines;
  Decimal net;
  std::vector<TaxRow> taxes;  // by rate
  Decimal tax;
  Decimal total;
  std::vector<CampaignTotal> campaigns;  // in natural order
  std::vector<Warning> warnings;
  std::optional<Payment> payment;
  int amount_places = 2;  // of every amount above
};

}  // namespace rabatt

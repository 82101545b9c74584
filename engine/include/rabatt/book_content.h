// What a book is made of: plain values, to be filled in and given to Book::build().
//
// `std::nullopt` and empty text mean "not given". Fields marked "required" must be given; Book::build() says what
// is missing. Percentages are written as people do: 15 means 15 %. Prices and rates are exact decimals.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rabatt/date.h"
#include "rabatt/decimal.h"
#include "rabatt/rounding.h"

namespace rabatt {

// Where a line is rounded; q is the quantity, u the unit price, d the discount, R and Ru round to the currency's
// amount and unit step, gross = R(q·u).
enum class RoundAt {
  line_discount,  // net = gross − R(gross·d/100)
  line_net,       // net = R(q·u·(1 − d/100))
  unit_discount,  // net = R(q·(u − Ru(u·d/100)))
  unit_net,       // net = R(q·Ru(u·(1 − d/100)))
};
// Which of several price books of one type prices.
enum class PriceChoice {
  latest,  // valid_from
  lowest,  // price
};
// What the percentage of early payment is taken of, and what it does to the tax.
enum class EarlyPaymentTax {
  included,  // of the total; the tax falls with it
  excluded,  // of the net; the tax stays
  mixed,     // of the net; the tax is that of the discounted net from the start, whether paid early or not
};
enum class ItemKind { inventory, non_inventory, fixed_asset, service };
enum class PriceBookType { generic, organisation, account };  // for everyone, and what goes before that
enum class CampaignStatus { planned, active, completed, cancelled };
enum class PricingType { set_price, set_discount };
// How a campaign's percentage meets the customer's.
enum class Combine {
  greater,   // the larger of the two
  add,       // their sum, up to 100
  compound,  // one after the other
};

// The steps that a currency's amounts and unit prices are rounded to; any positive decimal, such as 0.05.
struct CurrencySteps {
  std::optional<Decimal> amount;  // default: the ISO minor unit; required for codes that ISO 4217 does not have
  std::optional<Decimal> unit;    // default: 0.00001
};

struct Policy {
  Rounding rounding = Rounding::half_up;
  RoundAt round_at = RoundAt::line_discount;
  std::optional<std::int32_t> intermediate_digits;  // 0 … 38: every rounding goes to so many places first
  std::map<std::string, CurrencySteps> currencies;
  PriceChoice price_choice = PriceChoice::latest;
  EarlyPaymentTax early_payment_tax = EarlyPaymentTax::included;
  bool prices_include_tax = false;
};

struct Item {
  std::string item;  // required
  std::string name;
  ItemKind kind = ItemKind::inventory;
  std::string unit = "each";             // the base unit
  std::map<std::string, Decimal> units;  // base units in one of these: {"BOX", 12}
  std::map<std::string, Decimal> prices;  // per base unit, by currency
  std::string category;
  std::map<std::string, Decimal> cost;  // per base unit, by currency
  bool discountable = true;
};

struct PriceBookLine {
  std::string item;              // required
  std::string unit;              // default: the item's base unit
  std::optional<Decimal> price;  // default: the item's price less the price book's discount
  Decimal quantity_min;
};

struct PriceBook {
  std::string price_book;  // required
  std::string name;
  bool active = true;
  PriceBookType type = PriceBookType::generic;
  std::string currency;  // required
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;
  Decimal discount;
  bool override_customer_prices = false;
  std::vector<std::string> accounts;       // customers
  std::vector<std::string> organisations;
  std::vector<PriceBookLine> prices;
};

struct Customer {
  std::string customer;  // required
  std::string name;
  Decimal discount;
  std::string organisation;
  std::string payment_term;
};

struct TargetGroup {
  std::string target_group;  // required
  std::vector<std::string> members;  // customers
};

struct CampaignLine {
  std::string item;                 // required
  std::string unit;                 // default: the item's base unit
  std::optional<Decimal> price;     // required for set_price, and only there
  std::optional<Decimal> discount;  // required for set_discount, and only there
  Decimal quantity_min;
};

struct Campaign {
  std::string campaign;  // its number; required
  std::string name;      // required in JSON, where it may be empty
  std::string code;      // what customers type; compared without case
  bool posted = true;    // only posted campaigns price; others are checked for syntax only
  bool active = true;
  CampaignStatus status = CampaignStatus::planned;
  std::optional<PricingType> pricing_type;  // required
  Combine combine = Combine::greater;
  std::string currency;      // required for set_price
  std::optional<Date> date;  // required; the first valid day unless valid_from is given
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;
  std::string customer;      // for this customer only
  std::string target_group;  // for its members only
  std::int32_t priority = 0;
  bool code_required = false;
  bool allow_customer_discount = false;  // set_price only
  bool force_price = false;              // set_price only
  std::vector<CampaignLine> lines;
};

struct EarlyTier {
  std::optional<std::int32_t> days;  // required
  std::optional<Decimal> discount;   // required
};

struct PaymentTerm {
  std::string payment_term;  // required
  std::string name;
  bool active = true;
  std::optional<std::int32_t> net_days;  // required
  bool end_of_month = false;
  std::int32_t grace_days = 0;
  std::vector<EarlyTier> early;  // days rise, discounts fall
};

struct BookContent {
  Policy policy;
  std::vector<Item> items;
  std::vector<PriceBook> price_books;
  std::vector<Customer> customers;
  std::vector<TargetGroup> target_groups;
  std::vector<Campaign> campaigns;
  std::vector<PaymentTerm> payment_terms;
};

}  // namespace rabatt

// The fields of books and requests, declared once: reading, writing and the schema's test are derived from this.
#pragma once

#include <boost/describe.hpp>

#include "rabatt/book_content.h"
#include "rabatt/request.h"

namespace rabatt {

BOOST_DESCRIBE_STRUCT(CurrencySteps, (), (amount, unit))
BOOST_DESCRIBE_STRUCT(Policy, (),
                      (rounding, round_at, intermediate_digits, currencies, price_choice, early_payment_tax,
                       prices_include_tax))
BOOST_DESCRIBE_STRUCT(Item, (), (item, name, kind, unit, units, prices, category, cost, discountable))
BOOST_DESCRIBE_STRUCT(PriceBookLine, (), (item, unit, price, quantity_min))
BOOST_DESCRIBE_STRUCT(PriceBook, (),
                      (price_book, name, active, type, currency, valid_from, valid_until, discount,
                       override_customer_prices, accounts, organisations, prices))
BOOST_DESCRIBE_STRUCT(Customer, (), (customer, name, discount, organisation, payment_term))
BOOST_DESCRIBE_STRUCT(TargetGroup, (), (target_group, members))
BOOST_DESCRIBE_STRUCT(CampaignLine, (), (item, unit, price, discount, quantity_min))
BOOST_DESCRIBE_STRUCT(Campaign, (),
                      (campaign, name, code, posted, active, status, pricing_type, combine, currency, date, valid_from,
                       valid_until, customer, target_group, priority, code_required, allow_customer_discount,
                       force_price, lines))
BOOST_DESCRIBE_STRUCT(EarlyTier, (), (days, discount))
BOOST_DESCRIBE_STRUCT(PaymentTerm, (), (payment_term, name, active, net_days, end_of_month, grace_days, early))
BOOST_DESCRIBE_STRUCT(BookContent, (), (policy, items, price_books, customers, target_groups, campaigns, payment_terms))

// quantity_text and date_text are no fields: they keep the spelling of their neighbours.
BOOST_DESCRIBE_STRUCT(RequestLine, (), (item, quantity, unit, list_price, manual_price, manual_discount, tax_rate))
BOOST_DESCRIBE_STRUCT(Request, (),
                      (date, currency, customer, organisation, campaign, code, payment_term, prices_include_tax,
                       early_payment, explain, lines))

template <class Struct>
using Members = boost::describe::describe_members<Struct, boost::describe::mod_public>;

// Texts for people, in which anything may stand; every other text is an identifier, or a code.
constexpr bool is_free_text(std::string_view field) { return field == "name" || field == "category"; }

}  // namespace rabatt

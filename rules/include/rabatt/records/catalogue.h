// What is sold, for how much, to whom, and when it is paid: items, price books, parties, payment terms, organisations.
#pragma once

#include "rabatt/records/base.h"

namespace rabatt {

struct ItemRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "item", .plural = "items", .versioned = true, .sort = "number"};

  Number number;  // the book's `item`
  Line<> name;
  ItemKind kind = ItemKind::inventory;
  Line<> unit = "each";  // the base unit
  DecimalMap units;      // base units in one of these
  DecimalMap prices;     // per base unit, by currency
  Line<> category;
  DecimalMap cost;  // per base unit, by currency
  bool discountable = true;
  Tags tags;
  CustomValues custom;
};
BOOST_DESCRIBE_STRUCT(ItemRecord, (),
                      (number, name, kind, unit, units, prices, category, cost, discountable, tags, custom))

struct OrganisationRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "organisation", .plural = "organisations", .versioned = true, .sort = "number"};

  Number number;  // the book's `organisation`
  Line<> name;
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(OrganisationRecord, (), (number, name, active))

struct EarlyTierEntry {
  Required<Count> days;
  Required<Discount> discount;
};
BOOST_DESCRIBE_STRUCT(EarlyTierEntry, (), (days, discount))

struct PaymentTermRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "payment_term", .plural = "payment_terms", .versioned = true, .sort = "number"};

  Number number;  // the book's `payment_term`
  Required<Line<>> name;
  bool active = true;
  Required<Count> net_days;
  bool end_of_month = false;
  Count grace_days = 0;
  std::vector<EarlyTierEntry> early;  // days rise, discounts fall
};
BOOST_DESCRIBE_STRUCT(PaymentTermRecord, (), (number, name, active, net_days, end_of_month, grace_days, early))

enum class PartyKind { company, person };
template <>
inline constexpr std::array<std::string_view, 2> names<PartyKind> = {"company", "person"};

// A customer, a supplier, a company or a person: one record.
struct PartyRecord : StoredRecord {
  static constexpr std::string_view listed[] = {"name",        "contact_name", "city",   "kind",
                                                "is_customer", "is_supplier",  "active", "sales_region"};
  static constexpr RecordTraits traits{
      .name = "party", .plural = "parties", .versioned = true, .sort = "number", .listed = listed};

  Number number;
  PartyKind kind = PartyKind::company;
  Required<Personal<Line<>>> name;
  bool is_customer = false;
  bool is_supplier = false;
  Reference<PartyRecord> company;  // of a person
  Discount discount = Decimal(0);
  Reference<OrganisationRecord> organisation;
  Reference<PaymentTermRecord> payment_term;
  Unique<Line<>> customer_number;  // the book's `customer`; of a customer without one, its number
  Personal<Line<>> contact_name;
  Line<> organisation_number;
  Line<> company_form;
  Line<> industry;
  Reference<SalesRegionRecord> sales_region;
  Personal<EmailAddress> email;
  Personal<Line<>> website;
  Personal<Line<>> phone_work;
  Personal<Line<>> phone_mobile;
  Personal<Line<>> fax;
  Personal<Line<>> address;
  Personal<Line<>> postal_code;
  Personal<Line<>> city;
  Line<> region;
  Line<> country;
  Personal<LongText> note;
  bool active = true;
  Tags tags;
  CustomValues custom;
};
BOOST_DESCRIBE_STRUCT(PartyRecord, (),
                      (number, kind, name, is_customer, is_supplier, company, discount, organisation, payment_term,
                       customer_number, contact_name, organisation_number, company_form, industry, sales_region, email,
                       website, phone_work, phone_mobile, fax, address, postal_code, city, region, country, note,
                       active, tags, custom))

// A price of a price book. Without a price it is the item's less the price book's discount.
struct PriceBookLineRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "price_book_line",
                                       .plural = "price_book_lines",
                                       .versioned = true,
                                       .parent = "price_book",
                                       .sort = "line"};

  Reference<struct PriceBookRecord> price_book;
  std::int64_t line = 0;  // its place in the price book, from 1
  Required<Reference<ItemRecord>> item;
  Line<> unit;  // default: the item's base unit
  NotNegative price;
  NotNegative quantity_min = Decimal(0);
};
BOOST_DESCRIBE_STRUCT(PriceBookLineRecord, (), (price_book, line, item, unit, price, quantity_min))

struct PriceBookRecord : StoredRecord {
  static constexpr RecordTraits traits{
      .name = "price_book", .plural = "price_books", .versioned = true, .sort = "number"};

  Number number;  // the book's `price_book`
  Required<Line<>> name;
  bool active = true;
  PriceBookType type = PriceBookType::generic;
  Required<CurrencyCode> currency;
  std::optional<Day> valid_from;
  std::optional<Day> valid_until;
  Discount discount = Decimal(0);
  bool override_customer_prices = false;
  LongText description;
  std::vector<Reference<PartyRecord>> accounts;
  std::vector<Reference<OrganisationRecord>> organisations;
  Children<PriceBookLineRecord> prices;
};
BOOST_DESCRIBE_STRUCT(PriceBookRecord, (),
                      (number, name, active, type, currency, valid_from, valid_until, discount,
                       override_customer_prices, description, accounts, organisations, prices))

}  // namespace rabatt

// The records that others stand on: settings, employees, numerators, rates, e-mail templates, and the small tables.
#pragma once

#include <array>
#include <boost/describe.hpp>

#include "rabatt/book_content.h"
#include "rabatt/names.h"
#include "rabatt/records/stored_record.h"

namespace rabatt {

// What an opportunity is worth: its amount by its chance, or how far it has come, or both multiplied, or their mean.
enum class ProbabilityMode { chance, completed, chance_completed, average };
template <>
inline constexpr std::array<std::string_view, 4> names<ProbabilityMode> = {"chance", "completed", "chance_completed",
                                                                           "average"};

// One row, that of the company; its id is 1.
struct SettingsRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "settings", .plural = "settings", .versioned = true};

  Line<> company_name;
  Required<CurrencyCode> company_currency;
  Line<> zone = "UTC";                // of the tz database
  std::int32_t fiscal_year_start = 1;  // month
  Rounding rounding = Rounding::half_up;
  RoundAt round_at = RoundAt::line_discount;
  std::optional<std::int32_t> intermediate_digits;
  PriceChoice price_choice = PriceChoice::latest;
  EarlyPaymentTax early_payment_tax = EarlyPaymentTax::included;
  bool prices_include_tax = false;
  std::map<std::string, CurrencySteps> currencies;
  Percent warn_at_percent = Decimal(90);
  std::int32_t forecast_horizon = 12;  // months
  ProbabilityMode probability_mode = ProbabilityMode::chance;
  std::optional<std::int32_t> retention;  // months after which what nobody changes about a person is to be erased
  Line<> letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ";  // the order of the alphabet, in upper case
};
BOOST_DESCRIBE_STRUCT(SettingsRecord, (),
                      (company_name, company_currency, zone, fiscal_year_start, rounding, round_at, intermediate_digits,
                       price_choice, early_payment_tax, prices_include_tax, currencies, warn_at_percent,
                       forecast_horizon, probability_mode, retention, letters))

struct EmployeeRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "employee", .plural = "employees", .sort = "initials"};

  Required<RecordCode> initials;
  Personal<Line<>> name;
  Personal<EmailAddress> email;
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(EmployeeRecord, (), (initials, name, email, active))

// Gives numbers: prefix, digits, suffix.
struct NumeratorRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "numerator", .plural = "numerators", .sort = "code"};

  Required<RecordCode> code;
  Required<Line<>> kind;  // the record it numbers
  Line<60> prefix;
  std::int32_t width = 4;  // the digits are filled up to this with zeros
  Line<60> suffix;
  std::int64_t next = 1;
  bool manual = true;     // numbers may be typed
  bool default_ = false;  // taken when nothing else is said; one of each kind
};
BOOST_DESCRIBE_STRUCT(NumeratorRecord, (), (code, kind, prefix, width, suffix, next, manual, default_))

// The company's currency per `per` units of another, from a day on.
struct RateRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "rate", .plural = "rates", .sort = "date"};

  Required<CurrencyCode> currency;
  Required<std::optional<Day>> date;
  Required<NotNegative> rate;
  NotNegative per = Decimal(1);
};
BOOST_DESCRIBE_STRUCT(RateRecord, (), (currency, date, rate, per))

struct EmailTemplateRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "email_template", .plural = "email_templates", .sort = "name"};

  Required<Unique<Line<>>> name;
  Line<> subject;
  LongText html;
  LongText text;
  Line<> language;
};
BOOST_DESCRIBE_STRUCT(EmailTemplateRecord, (), (name, subject, html, text, language))

// What the kind of a custom field allows.
enum class CustomKind { text, number, date, choice, bool_ };
template <>
inline constexpr std::array<std::string_view, 5> names<CustomKind> = {"text", "number", "date", "choice", "bool"};

// A custom field of a record. Fields without a definition take any text.
struct CustomFieldRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "custom_field", .plural = "custom_fields", .sort = "name"};

  Required<Line<>> record;
  Required<Line<>> name;
  CustomKind kind = CustomKind::text;
  std::vector<std::string> choices;  // of kind choice
};
BOOST_DESCRIBE_STRUCT(CustomFieldRecord, (), (record, name, kind, choices))

// Criteria kept by a name, and the state of the panel they stand in.
struct SavedSearchRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "saved_search", .plural = "saved_searches", .sort = "name"};

  Required<Unique<Line<>>> name;
  Required<Line<>> record;
  Line<> view;
  Line<> letter;
  LongText criteria;  // JSON
  bool hidden = false;
};
BOOST_DESCRIBE_STRUCT(SavedSearchRecord, (), (name, record, view, letter, criteria, hidden))

// ---- tables of words that users keep ----

#define RABATT_WORD_TABLE(Struct, singular, plural_form)                                           \
  struct Struct : StoredRecord {                                                                   \
    static constexpr RecordTraits traits{.name = singular, .plural = plural_form, .sort = "code"}; \
    Required<RecordCode> code;                                                                     \
    Required<Line<>> name;                                                                         \
    std::int32_t sort_index = 0;                                                                   \
    bool active = true;                                                                            \
  };                                                                                               \
  BOOST_DESCRIBE_STRUCT(Struct, (), (code, name, sort_index, active))
RABATT_WORD_TABLE(CategoryRecord, "category", "categories")
RABATT_WORD_TABLE(SalesRegionRecord, "sales_region", "sales_regions")
RABATT_WORD_TABLE(OfferingAreaRecord, "offering_area", "offering_areas")
RABATT_WORD_TABLE(DossierTypeRecord, "dossier_type", "dossier_types")
RABATT_WORD_TABLE(ActivityTypeRecord, "activity_type", "activity_types")
RABATT_WORD_TABLE(ItemCategoryRecord, "item_category", "item_categories")
RABATT_WORD_TABLE(CompanyFormRecord, "company_form", "company_forms")
RABATT_WORD_TABLE(IndustryRecord, "industry", "industries")
#undef RABATT_WORD_TABLE

enum class PhaseKind { marketing, sales };
template <>
inline constexpr std::array<std::string_view, 2> names<PhaseKind> = {"marketing", "sales"};

struct PhaseRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "phase", .plural = "phases", .sort = "code"};

  Required<RecordCode> code;
  Required<Line<>> name;
  std::int32_t sort_index = 0;
  bool active = true;
  PhaseKind kind = PhaseKind::sales;
  std::int32_t order = 0;
  Percent probability_percent;
};
BOOST_DESCRIBE_STRUCT(PhaseRecord, (), (code, name, sort_index, active, kind, order, probability_percent))

struct SalesGroupRecord : StoredRecord {
  static constexpr RecordTraits traits{.name = "sales_group", .plural = "sales_groups", .sort = "code"};

  Required<RecordCode> code;
  Required<Line<>> name;
  std::int32_t sort_index = 0;
  bool active = true;
  std::vector<Reference<EmployeeRecord>> members;
};
BOOST_DESCRIBE_STRUCT(SalesGroupRecord, (), (code, name, sort_index, active, members))

}  // namespace rabatt

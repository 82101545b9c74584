#include "checks.h"

#include <algorithm>

#include "rabatt/money.h"

namespace rabatt {
namespace {

using Problems = std::vector<Problem>;

void report(Code code, std::string path, std::string message, Problems* problems) {
  problems->push_back({code, std::move(path), std::move(message)});
}

bool is_before(const std::optional<Day>& end, const std::optional<Day>& start) { return end && start && *end < *start; }

void check_flags(const CampaignRecord& campaign, Problems* problems) {
  if (campaign.code_required && campaign.code.empty()) {
    report(Code::field_required, "code", "A campaign that requires a code has one.", problems);
  }
  if (campaign.pricing_type == PricingType::set_price) return;
  if (campaign.force_price) {
    report(Code::wrong_pricing_field, "force_price", "Only campaigns that set prices have this.", problems);
  }
  if (campaign.allow_customer_discount) {
    report(Code::wrong_pricing_field, "allow_customer_discount", "Only campaigns that set prices have this.", problems);
  }
  if (campaign.pricing_type && campaign.change_percent && campaign.change_percent->sign() < 0) {
    report(Code::invalid_discount, "change_percent", "Only campaigns that set prices can raise them.", problems);
  }
}

}  // namespace

void check_record(const CampaignRecord& campaign, Problems* problems) {
  if (is_before(campaign.planned_end, campaign.planned_start)) {
    report(Code::end_before_start, "planned_end", "The end is before the start.", problems);
  }
  if (is_before(campaign.actual_end, campaign.actual_start)) {
    report(Code::end_before_start, "actual_end", "The end is before the start.", problems);
  }
  if (is_before(campaign.valid_until, campaign.valid_from ? campaign.valid_from : campaign.date)) {
    report(Code::valid_until_before_date, "valid_until", "The last day is before the first.", problems);
  }
  check_flags(campaign, problems);
}

void check_record(const PriceBookRecord& price_book, Problems* problems) {
  if (is_before(price_book.valid_until, price_book.valid_from)) {
    report(Code::valid_until_before_date, "valid_until", "The last day is before the first.", problems);
  }
}

void check_record(const ItemRecord& item, Problems* problems) {
  if (item.unit.empty()) report(Code::field_required, "unit", "An item has a base unit.", problems);
  for (const auto& [unit, factor] : item.units) {
    if (factor.sign() <= 0) report(Code::invalid_value, "units." + unit, "A factor is above 0.", problems);
    if (unit == item.unit) report(Code::invalid_value, "units." + unit, "This is the base unit.", problems);
  }
  for (const auto& [currency, price] : item.prices) {
    if (price.sign() < 0) report(Code::negative_price, "prices." + currency, "A price is 0 or more.", problems);
  }
  for (const auto& [currency, cost] : item.cost) {
    if (cost.sign() < 0) report(Code::negative_price, "cost." + currency, "A cost is 0 or more.", problems);
  }
}

void check_record(const PaymentTermRecord& term, Problems* problems) {
  const auto check_days = [&](const Count& days, const std::string& field) {
    if (days.value_or(0) > INT32_MAX) report(Code::invalid_value, field, "Days fit 32 bits.", problems);
  };
  for (std::size_t i = 0; i < term.early.size(); ++i) {
    check_days(term.early[i].days, "early[" + std::to_string(i) + "].days");
  }
  for (std::size_t i = 1; i < term.early.size(); ++i) {
    const auto& earlier = term.early[i - 1];
    const auto& later = term.early[i];
    if (*later.days > *earlier.days && *later.discount < *earlier.discount) continue;
    report(Code::tiers_not_ordered, "early[" + std::to_string(i) + "]", "Days rise, discounts fall.", problems);
  }
  check_days(term.net_days, "net_days");
  check_days(term.grace_days, "grace_days");
}

void check_record(const SettingsRecord& settings, Problems* problems) {
  const auto month = settings.fiscal_year_start;
  if (month < 1 || month > 12) report(Code::invalid_value, "fiscal_year_start", "This is a month, 1 to 12.", problems);
  const auto digits = settings.intermediate_digits;
  if (digits && (*digits < 0 || *digits > 38)) {
    report(Code::invalid_value, "intermediate_digits", "This is 0 to 38.", problems);
  }
  if (settings.retention && (*settings.retention < 1 || *settings.retention > 1200)) {
    report(Code::invalid_value, "retention", "This is 1 to 1200 months.", problems);
  }
  for (const auto& [currency, steps] : settings.currencies) {
    const auto path = "currencies." + currency;
    if (!steps.amount && !minor_units(currency)) {
      report(Code::field_required, path + ".amount", "A currency that is not of ISO 4217 has one.", problems);
    }
    if (steps.amount && steps.amount->sign() <= 0) {
      report(Code::invalid_value, path + ".amount", "A step is above 0.", problems);
    }
    if (steps.unit && steps.unit->sign() <= 0) {
      report(Code::invalid_value, path + ".unit", "A step is above 0.", problems);
    }
  }
}

void check_record(const RecipientRecord& recipient, Problems* problems) {
  if (recipient.company_name.empty() && recipient.contact_name.empty()) {
    report(Code::name_required, "company_name", "A recipient has a company_name or a contact_name.", problems);
  }
  const bool is_lead = recipient.source == RecipientSource::lead;
  const bool is_party = !is_lead && recipient.source != RecipientSource::manual;
  const auto check_reference = [&](bool there, bool wanted, const char* field) {
    if (wanted && !there) report(Code::field_required, field, "Its source says that there is one.", problems);
    if (there && !wanted) report(Code::invalid_value, field, "Its source says that there is none.", problems);
  };
  check_reference(static_cast<bool>(recipient.party), is_party, "party");
  check_reference(static_cast<bool>(recipient.lead), is_lead, "lead");
}

void check_record(const NumeratorRecord& numerator, Problems* problems) {
  if (numerator.width < 0 || numerator.width > 60) {
    report(Code::invalid_value, "width", "This is 0 to 60.", problems);
  }
  if (numerator.next < 0 || numerator.next > 1'000'000'000'000'000'000) {
    report(Code::invalid_value, "next", "This is 0 to 10^18.", problems);
  }
}

void check_record(const RateRecord& rate, Problems* problems) {
  const auto check_sign = [&](const NotNegative& value, const char* field) {
    if (!value || value->sign() <= 0) report(Code::invalid_value, field, "This is above 0.", problems);
  };
  check_sign(rate.rate, "rate");
  check_sign(rate.per, "per");
}

void check_record(const CustomFieldRecord& field, Problems* problems) {
  if (field.kind == CustomKind::choice && field.choices.empty()) {
    report(Code::field_required, "choices", "A field of kind choice has some.", problems);
  }
}

void check_record(const ActionRecord& action, Problems* problems) {
  if (is_before(action.period_end, action.period_start)) {
    report(Code::end_before_start, "period_end", "The end is before the start.", problems);
  }
}

void check_record(const TargetGroupRecord& group, Problems* problems) {
  if (group.sample == Sample::interval && group.sample_interval.value_or(0) < 1) {
    report(Code::field_required, "sample_interval", "A sample by interval has one of 1 or more.", problems);
  }
  if (group.sample == Sample::random && !group.sample_size) {
    report(Code::field_required, "sample_size", "A random sample has a size.", problems);
  }
}

}  // namespace rabatt

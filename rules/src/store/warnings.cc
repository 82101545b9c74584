#include "warnings.h"

#include <algorithm>
#include <array>

#include "attachments.h"
#include "campaign_verbs.h"
#include "rabatt/records/campaign.h"
#include "rabatt/text.h"
#include "stored.h"

namespace rabatt {
namespace {

using Warnings = std::vector<RecordWarning>;

// Nine digits, the last of which makes the weighted sum divisible by 11 (Brønnøysund Register Centre).
bool has_check_digit(std::string_view digits) {
  constexpr std::array<int, 9> weights = {3, 2, 7, 6, 5, 4, 3, 2, 1};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  return sum % 11 == 0;
}

// "NO 923 609 016 MVA" is 923609016.
std::string without_decoration(std::string_view number) {
  std::string digits = folded_code(number);
  std::erase(digits, ' ');
  if (digits.starts_with("no")) digits.erase(0, 2);
  if (digits.ends_with("mva")) digits.erase(digits.size() - 3);
  return digits;
}

void look_at_organisation_number(Session& session, const RecordType& type, std::int64_t id, Warnings* warnings) {
  const auto field = type.field("organisation_number");
  const auto country = type.field("country");
  if (!field || !country) return;
  const auto stored = load_existing(session, type, id);
  if (!stored.values.fields[*field]) return;
  constexpr std::array<std::string_view, 5> norway = {"", "no", "nor", "norge", "norway"};
  const auto where = folded_code(stored.values.fields[*country].value_or(""));
  if (std::find(norway.begin(), norway.end(), where) == norway.end()) return;
  const auto digits = without_decoration(*stored.values.fields[*field]);
  const bool is_number = digits.size() == 9 && digits.find_first_not_of("0123456789") == std::string::npos;
  if (is_number ? has_check_digit(digits) : where.empty()) return;  // elsewhere numbers have other forms
  warnings->push_back(
      {"organisation_number_checksum", "organisation_number", "The check digit of this number is another one."});
}

void look_at_plan(const PlanRecord& plan, Warnings* warnings) {
  if (!plan.recipients) return;
  if (plan.responses && *plan.responses > *plan.recipients) {
    warnings->push_back({"responses_exceed_recipients", "plan.responses", "There are more responses than recipients."});
  }
  if (plan.undeliverable && *plan.undeliverable > *plan.recipients) {
    warnings->push_back({"undeliverable_exceed_recipients", "plan.undeliverable",
                         "There are more undeliverable messages than recipients."});
  }
}

void look_at_content_ids(Session& session, std::int64_t campaign, Warnings* warnings) {
  const auto ids = check_content_ids(session, campaign);
  for (const auto& id : ids.unresolved) {
    warnings->push_back({"unresolved_content_id", "email_template", "No attachment has the content id " + id + "."});
  }
  if (!ids.has_template) return;  // nothing that could use them
  for (const auto& id : ids.unused) {
    warnings->push_back({"unused_content_id", "attachments", "The e-mail does not use " + id + "."});
  }
}

void look_at_prices(Session& session, const CampaignRecord& campaign, Warnings* warnings) {
  if (!campaign.posted || campaign.force_price || campaign.pricing_type != PricingType::set_price) return;
  const auto list_prices = list_prices_of(session, campaign.id);
  for (std::size_t i = 0; i < campaign.lines->size(); ++i) {
    const auto& price = (*campaign.lines)[i].price;
    if (!price || !list_prices[i] || *price <= *list_prices[i]) continue;
    warnings->push_back({"price_above_list", "lines[" + std::to_string(i) + "].price",
                         "The list price is lower, " + list_prices[i]->text() + ", and wins."});
  }
}

}  // namespace

std::vector<RecordWarning> warnings_of(Session& session, const RecordType& type, std::int64_t id) {
  Warnings warnings;
  look_at_organisation_number(session, type, id, &warnings);
  if (&type == &record_type<CampaignRecord>()) {
    CampaignRecord campaign;
    load_struct(session, type, id, &campaign);
    if (campaign.plan) look_at_plan(*campaign.plan, &warnings);
    look_at_content_ids(session, id, &warnings);
    look_at_prices(session, campaign, &warnings);
  }
  return warnings;
}

}  // namespace rabatt

#include "rabatt/set_for_all.h"

#include <algorithm>

#include "amounts.h"
#include "compiled_book.h"
#include "list_price.h"
#include "rabatt/range_check.h"

namespace rabatt {
namespace {

// The list price of a campaign's line before any discount; nothing if there is none.
std::optional<Exact> base_price(const Document& document, const CampaignLine& line) {
  const auto& book = document.book;
  const Id item = book.item(line.item);
  if (item == no_id || document.currency == no_id) return std::nullopt;
  const Id unit_name = line.unit.empty() ? no_id : book.unit_name(line.unit);
  if (unit_name == no_id && !line.unit.empty()) return std::nullopt;
  const auto unit = book.unit_of(book.items[item], unit_name);
  if (unit == no_id) return std::nullopt;
  const LineQuantity quantity{std::max(Decimal(1), line.quantity_min), unit,
                              book.decimal(book.units.of(book.items[item].units)[unit].factor)};
  const auto list = list_price(document, item, quantity, std::nullopt);
  return list ? std::optional(list->price) : std::nullopt;
}

// A draft may name a currency or a customer that the book does not have: its lines then have no list price, or that of
// everyone.
Document document_of(const Campaign& campaign, const CompiledBook& book) {
  if (!campaign.date) throw Error(Code::missing_field, "date");
  Document document{.book = book, .moment = campaign.date->first_moment()};
  document.currency = book.currency(campaign.currency);
  document.customer = book.customer(campaign.customer);
  if (document.customer != no_id) document.organisation = book.customers[document.customer].organisation;
  return document;
}

void check_percent(const Decimal& percent, PricingType type) {
  const bool sign_fits = percent.sign() >= 0 || type == PricingType::set_price;
  if (check_discount(percent.magnitude()) || !sign_fits) {
    throw Error(Code::invalid_discount, subject_of("percent", percent.text()));
  }
}

}  // namespace

SetForAll set_for_all(const Campaign& campaign, const Decimal& percent, const Book& book) {
  if (!campaign.pricing_type) throw Error(Code::missing_field, "pricing_type");
  check_percent(percent, *campaign.pricing_type);
  SetForAll result{campaign.lines, {}};
  if (campaign.pricing_type == PricingType::set_discount) {
    for (auto& line : result.lines) line.discount = percent;
    return result;
  }
  const auto& compiled = book.compiled();
  const Document document = document_of(campaign, compiled);
  for (std::size_t i = 0; i < result.lines.size(); ++i) {
    auto& line = result.lines[i];
    if (const auto list = base_price(document, line)) {
      line.price = compiled.rules.rounder.round(less_percent(*list, percent), document.rules().unit_step).narrow();
    } else {
      result.report.push_back({i, line.item, Code::no_base_price});
    }
  }
  return result;
}

}  // namespace rabatt

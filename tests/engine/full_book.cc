#include "full_book.h"

#include "samples.h"

namespace rabatt {
namespace {

Policy full_policy() {
  Policy policy;
  policy.rounding = Rounding::half_even;
  policy.round_at = RoundAt::line_net;
  policy.intermediate_digits = 6;
  policy.currencies = {{"EUR", {Decimal("0.05"), Decimal("0.01")}}, {"PTS", {Decimal("1"), std::nullopt}}};
  policy.price_choice = PriceChoice::lowest;
  policy.early_payment_tax = EarlyPaymentTax::excluded;
  policy.prices_include_tax = true;
  return policy;
}

Item full_item() {
  Item item = item_at("TEA", "12.00");
  item.name = "Green tea";
  item.kind = ItemKind::service;
  item.unit = "bag";
  item.units = {{"BOX", Decimal("12")}, {"CRATE", Decimal("144")}};
  item.category = "Drinks";
  item.cost = {{"EUR", Decimal("7.10")}};
  item.discountable = false;
  return item;
}

PriceBook full_price_book() {
  PriceBook book = price_book_of("P1", price_book_line("TEA", "11.50"), PriceBookType::account);
  book.name = "Friends";
  book.active = false;
  book.valid_from = Date::from("2026-01-01");
  book.valid_until = Date::from("2026-12-31");
  book.discount = Decimal("3");
  book.override_customer_prices = true;
  book.accounts = {"C1", "C2"};
  book.organisations = {"O1", "O2"};
  book.prices[0].unit = "BOX";
  book.prices[0].quantity_min = Decimal("5");
  book.prices.push_back(price_book_line("TEA", "11.75"));
  return book;
}

Campaign full_campaign() {
  Campaign campaign = price_campaign("K1", "TEA", "9.90");
  campaign.name = "Spring";
  campaign.code = "SPRING";
  campaign.active = false;
  campaign.status = CampaignStatus::completed;
  campaign.combine = Combine::compound;
  campaign.date = Date::from("2026-03-01");
  campaign.valid_from = Date::from("2026-03-02");
  campaign.valid_until = Date::from("2026-03-31T12:00");
  campaign.customer = "C1";
  campaign.target_group = "G1";
  campaign.priority = 7;
  campaign.code_required = true;
  campaign.allow_customer_discount = true;
  campaign.force_price = true;
  campaign.lines[0].unit = "BOX";
  campaign.lines[0].quantity_min = Decimal("2");
  campaign.lines.push_back(campaign_line("TEA"));
  campaign.lines[1].price = Decimal("9.95");
  return campaign;
}

}  // namespace

BookContent full_book() {
  BookContent content;
  content.policy = full_policy();
  content.items = {full_item(), item_at("CUP", "8")};
  content.price_books = {full_price_book(), price_book_of("P2", price_book_line("CUP", "7"))};
  content.customers = {customer_with("C1", "5"), customer_with("C2", "10")};
  content.customers[0].name = "Ada";
  content.customers[0].organisation = "O1";
  content.customers[0].payment_term = "NET30";
  content.target_groups.resize(2);
  content.target_groups[0].target_group = "G1";
  content.target_groups[0].members = {"C1", "C2"};
  content.target_groups[1].target_group = "G2";
  content.campaigns = {full_campaign(), discount_campaign("K2", "CUP", "10")};
  content.campaigns[1].lines.push_back(campaign_line("TEA"));
  content.campaigns[1].lines[1].discount = Decimal("15");
  content.campaigns.push_back(price_campaign("DRAFT", "CUP", "1"));
  content.campaigns[2].posted = false;
  content.payment_terms = {term_of("NET30", 30, {{8, "3"}, {14, "2"}}), term_of("NET14", 14, {})};
  content.payment_terms[0].name = "30 days net";
  content.payment_terms[0].end_of_month = true;
  content.payment_terms[0].grace_days = 3;
  content.payment_terms[1].active = false;
  return content;
}

}  // namespace rabatt

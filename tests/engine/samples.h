// Small books and requests, for tests that are about one thing. Everything is in EUR, on 2026-03-10, by the piece.
#pragma once

#include <string>
#include <vector>

#include "rabatt/price.h"

namespace rabatt {

inline Item item_at(std::string number, const char* price) {
  Item item;
  item.item = std::move(number);
  item.prices = {{"EUR", Decimal(price)}};
  return item;
}

inline Customer customer_with(std::string number, const char* discount) {
  Customer customer;
  customer.customer = std::move(number);
  customer.discount = Decimal(discount);
  return customer;
}

inline CampaignLine campaign_line(std::string item) {
  CampaignLine line;
  line.item = std::move(item);
  return line;
}

// A posted campaign from 2026-03-01 on.
inline Campaign campaign_of(std::string number, PricingType type) {
  Campaign campaign;
  campaign.campaign = number;
  campaign.name = std::move(number);
  campaign.pricing_type = type;
  campaign.date = Date::from("2026-03-01");
  return campaign;
}

inline Campaign discount_campaign(std::string number, std::string item, const char* percent,
                                  Combine combine = Combine::greater) {
  Campaign campaign = campaign_of(std::move(number), PricingType::set_discount);
  campaign.combine = combine;
  campaign.lines = {campaign_line(std::move(item))};
  campaign.lines[0].discount = Decimal(percent);
  return campaign;
}

inline Campaign price_campaign(std::string number, std::string item, const char* price) {
  Campaign campaign = campaign_of(std::move(number), PricingType::set_price);
  campaign.currency = "EUR";
  campaign.lines = {campaign_line(std::move(item))};
  campaign.lines[0].price = Decimal(price);
  return campaign;
}

inline PriceBookLine price_book_line(std::string item, const char* price) {
  PriceBookLine line;
  line.item = std::move(item);
  line.price = Decimal(price);
  return line;
}

inline PriceBook price_book_of(std::string number, PriceBookLine line, PriceBookType type = PriceBookType::generic) {
  PriceBook book;
  book.price_book = std::move(number);
  book.type = type;
  book.currency = "EUR";
  book.prices = {std::move(line)};
  return book;
}

struct TierOf {
  int days;
  const char* discount;
};

inline PaymentTerm term_of(std::string number, int net_days, const std::vector<TierOf>& tiers) {
  PaymentTerm term;
  term.payment_term = std::move(number);
  term.net_days = net_days;
  for (const auto& [days, discount] : tiers) {
    term.early.emplace_back();
    term.early.back().days = days;
    term.early.back().discount = Decimal(discount);
  }
  return term;
}

inline RequestLine line_of(std::string item, const char* quantity = "1") {
  RequestLine line;
  line.item = std::move(item);
  line.quantity = Decimal(quantity);
  return line;
}

inline Request request_of(std::vector<RequestLine> lines, std::string customer = {}) {
  Request request;
  request.date = Date::from("2026-03-10");
  request.currency = "EUR";
  request.customer = std::move(customer);
  request.lines = std::move(lines);
  return request;
}

// The only line of a document of one line.
inline QuoteLine priced_line(const BookContent& content, const Request& request) {
  return price(Book::build(content), request).lines.at(0);
}

// "A expired, B not_lowest": why campaigns did not apply.
std::string reasons(const QuoteLine& line);

}  // namespace rabatt

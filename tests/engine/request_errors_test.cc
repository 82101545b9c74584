// Errors of a request come in the order of its fields, then of the document, then of the lines.

#include <gtest/gtest.h>

#include "refusal.h"
#include "samples.h"

namespace rabatt {
namespace {

BookContent shop() {
  BookContent content;
  content.items = {item_at("TEA", "10")};
  content.items.emplace_back();
  content.items.back().item = "PRICELESS";
  content.customers = {customer_with("C1", "0")};
  content.campaigns = {discount_campaign("A", "TEA", "10"), discount_campaign("B", "TEA", "10"),
                       discount_campaign("OLD", "TEA", "10"), discount_campaign("NEW", "TEA", "10")};
  content.campaigns[1].code = "SPRING";
  content.campaigns[2].code = "WINTER";
  content.campaigns[2].valid_until = Date::from("2026-03-09");
  content.campaigns[3].code = "SUMMER";
  content.campaigns[3].valid_from = Date::from("2026-03-11");
  content.payment_terms = {term_of("NET30", 30, {}), term_of("GONE", 30, {})};
  content.payment_terms[1].active = false;
  return content;
}

// Each fault is reported as long as it is there, whatever is wrong after it; then it is mended.
struct Fault {
  std::string refusal;
  void (*mend)(Request*);
};

void mend_one_by_one(Request request, const std::vector<Fault>& faults) {
  const auto book = Book::build(shop());
  for (const auto& [expected, mend] : faults) {
    ASSERT_EQ(refusal([&] { price(book, request); }), expected);
    mend(&request);
  }
  ASSERT_EQ(refusal([&] { price(book, request); }), "");
}

const std::string too_long(201, 'x');

Request everything_wrong() {
  Request request = request_of({{}, line_of("NONE")});
  request.date.reset();
  request.currency = "";
  request.customer = "C\x01";
  request.organisation = too_long;
  request.campaign = "\xFF";
  request.code = " " + too_long;
  request.payment_term = "T\n";
  request.prices_include_tax = true;
  auto& line = request.lines[0];
  line.unit = "\x7F";
  line.list_price = Decimal("-0.01");
  line.manual_price = Decimal(-1);
  line.manual_discount = Decimal("100.00001");
  line.tax_rate = Decimal("19.000001");
  request.lines[1].tax_rate = Decimal("-1.0");
  return request;
}

TEST(RequestErrors, ShapeThenDocumentThenLines) {
  mend_one_by_one(
      everything_wrong(),
      {
          {"missing_field date", [](Request* r) { r->date = Date::from("2026-03-10"); }},
          {"missing_field currency", [](Request* r) { r->currency = "XXX"; }},
          {"invalid_identifier customer C\x01", [](Request* r) { r->customer = "NOBODY"; }},
          {"invalid_identifier organisation " + too_long, [](Request* r) { r->organisation = "O1"; }},
          {"invalid_identifier campaign \xFF", [](Request* r) { r->campaign = "NONE"; }},
          {"invalid_identifier code " + too_long, [](Request* r) { r->code = "NONE"; }},
          {"invalid_identifier payment_term T\n", [](Request* r) { r->payment_term = "NONE"; }},
          {"missing_field lines[0].item", [](Request* r) { r->lines[0].item = "NONE"; }},
          {"missing_field lines[0].quantity", [](Request* r) { r->lines[0].quantity = Decimal(1); }},
          {"invalid_identifier lines[0].unit \x7F", [](Request* r) { r->lines[0].unit = "CRATE"; }},
          {"negative_price lines[0].list_price -0.01", [](Request* r) { r->lines[0].list_price.reset(); }},
          {"negative_price lines[0].manual_price -1", [](Request* r) { r->lines[0].manual_price.reset(); }},
          {"invalid_discount lines[0].manual_discount 100.00001",
           [](Request* r) { r->lines[0].manual_discount.reset(); }},
          {"invalid_tax_rate lines[0].tax_rate 19.000001", [](Request* r) { r->lines[0].tax_rate.reset(); }},
          {"invalid_tax_rate lines[1].tax_rate -1.0", [](Request* r) { r->lines[1].tax_rate.reset(); }},
          // the document
          {"unknown_currency currency XXX", [](Request* r) { r->currency = "EUR"; }},
          {"unknown_customer customer NOBODY", [](Request* r) { r->customer = "C1"; }},
          {"unknown_campaign campaign NONE", [](Request* r) { r->campaign = "A"; }},
          {"unknown_code code NONE", [](Request* r) { r->code = " winter "; }},
          {"code_expired code  winter ", [](Request* r) { r->code = "SUMMER"; }},
          {"code_expired code SUMMER", [](Request* r) { r->code = "spring"; }},
          {"campaign_and_code code spring", [](Request* r) { r->campaign = "B"; }},
          {"unknown_payment_term payment_term NONE", [](Request* r) { r->payment_term = "GONE"; }},
          {"unknown_payment_term payment_term GONE", [](Request* r) { r->payment_term = "NET30"; }},
          {"tax_mode_mismatch prices_include_tax true", [](Request* r) { r->prices_include_tax = false; }},
          // the lines
          {"unknown_item lines[0].item NONE", [](Request* r) { r->lines[0].item = "TEA"; }},
          {"unknown_unit lines[0].unit CRATE", [](Request* r) { r->lines[0].unit = ""; }},
          {"unknown_item lines[1].item NONE", [](Request* r) { r->lines[1].item = "PRICELESS"; }},
          {"no_price lines[1].item PRICELESS",
           [](Request* r) { r->lines[1].list_price = Decimal(std::string(38, '9')); }},
          {"overflow lines[1].item PRICELESS", [](Request* r) { r->lines[1].list_price = Decimal(1); }},
      });
}

TEST(RequestErrors, RangesAreInclusive) {
  auto request = request_of({line_of("TEA")});
  auto& line = request.lines[0];
  line.list_price = Decimal(0);
  line.tax_rate = Decimal("150.12345");
  request.customer = "C1";
  request.code = "  ";
  for (const char* percent : {"0", "0.00001", "12.3456700", "100"}) {
    line.manual_discount = Decimal(percent);
    mend_one_by_one(request, {});
  }
}

// A typed date is checked as a written one is.
TEST(RequestErrors, DatesOutsideTheCalendar) {
  using namespace std::chrono_literals;
  const auto book = Book::build(shop());
  auto request = request_of({line_of("TEA")});
  request.date = Date(2026y / std::chrono::February / 31);
  EXPECT_EQ(refused_as([&] { price(book, request); }), "invalid_date");
  request.date = Date(10000y / std::chrono::January / 1);
  EXPECT_EQ(refused_as([&] { price(book, request); }), "invalid_date");
}

TEST(RequestErrors, TaxModeMattersOnlyForPricesOfTheBook) {
  auto request = request_of({line_of("TEA"), line_of("TEA")});
  request.prices_include_tax = true;
  request.lines[0].list_price = Decimal(1);
  mend_one_by_one(request, {{"tax_mode_mismatch prices_include_tax true",
                             [](Request* r) { r->lines[1].manual_price = Decimal(1); }}});
}

}  // namespace
}  // namespace rabatt

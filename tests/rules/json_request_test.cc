// Requests in JSON: every field read, spelling kept, the first fault in document order.

#include <gtest/gtest.h>

#include "documents.h"
#include "json_places.h"
#include "rabatt/json.h"
#include "rabatt/price.h"
#include "refusal.h"

namespace rabatt {
namespace {

std::string reading(const std::string& json) {
  return refusal([&] { request_from_json(json); });
}

TEST(RequestJson, EveryFieldIsRead) {
  const auto request = request_from_json(full_request_json);
  EXPECT_EQ(request.date->text(), "2026-03-10T09:30:00");
  EXPECT_EQ(request.date_text, "2026-03-10T09:30");
  EXPECT_EQ(request.currency, "EUR");
  EXPECT_EQ(request.customer, "C1");
  EXPECT_EQ(request.organisation, "O2");
  EXPECT_EQ(request.campaign, "K2");
  EXPECT_EQ(request.code, "SPRING");
  EXPECT_EQ(request.payment_term, "NET30");
  EXPECT_EQ(request.prices_include_tax, true);
  EXPECT_EQ(request.early_payment, false);
  EXPECT_FALSE(request.explain);
  ASSERT_EQ(request.lines.size(), 2U);
  const auto& line = request.lines[0];
  EXPECT_EQ(line.item, "CUP");
  EXPECT_EQ(line.quantity, Decimal("2.5"));
  EXPECT_EQ(line.quantity_text, "2.50");
  EXPECT_EQ(line.unit, "each");
  EXPECT_EQ(line.list_price, Decimal("9.99"));
  EXPECT_EQ(line.manual_price, Decimal("9"));
  EXPECT_EQ(line.manual_discount, Decimal("12.5"));
  EXPECT_EQ(line.tax_rate, Decimal("19"));
  EXPECT_EQ(request.lines[1].quantity, Decimal(-3));
}

TEST(RequestJson, OnlyFourFieldsAreRequired) {
  const auto request =
      request_from_json(R"({"date":"2026-03-10","currency":"EUR","lines":[{"item":"A","quantity":1}]})");
  EXPECT_TRUE(request.explain);
  EXPECT_FALSE(request.prices_include_tax || request.early_payment || request.lines[0].list_price);
  const Places places(full_request_json);
  for (const auto& place : places.all()) {
    if (!place.is_member) continue;
    const bool required =
        place.field == "date" || place.field == "currency" || place.field == "item" || place.field == "quantity";
    const std::string expected = required ? "missing_field " + place.path : "";
    EXPECT_EQ(reading(places.without(place.path)), expected);
    EXPECT_EQ(reading(places.with(place.path, "null")), expected);
  }
}

TEST(RequestJson, UnknownAndRepeatedFields) {
  const Places places(full_request_json);
  for (const auto& place : places.all()) {
    EXPECT_EQ(reading(places.twice(place.path)), place.is_member ? "duplicate_field " + place.path : "");
    if (!place.value->is_object()) continue;
    EXPECT_EQ(reading(places.beside(place.path, R"("colour":[{}])")),
              "unknown_field " + (place.path.empty() ? "" : place.path + ".") + "colour");
  }
  EXPECT_EQ(reading(places.beside("", R"("quantity_text":"1")")), "unknown_field quantity_text");
  EXPECT_EQ(reading(places.beside("lines[0]", R"("quantity_text":"1")")), "unknown_field lines[0].quantity_text");
  EXPECT_EQ(reading(places.beside("", R"("date_text":"1")")), "unknown_field date_text");
}

TEST(RequestJson, SubjectIsPathAndText) {
  const Places places(full_request_json);
  const auto with = [&](const char* path, const char* text) { return reading(places.with(path, text)); };
  EXPECT_EQ(with("lines[0].quantity", R"("1,5")"), "invalid_decimal lines[0].quantity 1,5");
  EXPECT_EQ(with("lines[0].quantity", "1.5"), "invalid_decimal lines[0].quantity 1.5");
  EXPECT_EQ(with("lines[0].quantity", "1e999"), "invalid_decimal lines[0].quantity 1e999");
  EXPECT_EQ(with("lines[0].quantity", R"("")"), "invalid_decimal lines[0].quantity");
  EXPECT_EQ(with("lines[0].quantity", "true"), "invalid_value lines[0].quantity true");
  EXPECT_EQ(with("lines[0].quantity", "[1]"), "invalid_value lines[0].quantity");
  EXPECT_EQ(with("lines[0].list_price", R"("-0.01")"), "negative_price lines[0].list_price -0.01");
  EXPECT_EQ(with("lines[0].manual_price", "-1"), "negative_price lines[0].manual_price -1");
  EXPECT_EQ(with("lines[0].manual_discount", "101"), "invalid_discount lines[0].manual_discount 101");
  EXPECT_EQ(with("lines[0].tax_rate", R"("7.123456")"), "invalid_tax_rate lines[0].tax_rate 7.123456");
  EXPECT_EQ(with("date", R"("10.3.2026")"), "invalid_date date 10.3.2026");
  EXPECT_EQ(with("date", "20260310"), "invalid_value date 20260310");
  EXPECT_EQ(with("customer", R"("")"), "invalid_identifier customer");
  EXPECT_EQ(with("customer", R"("C\t1")"), "invalid_identifier customer C\t1");
  EXPECT_EQ(with("currency", "{}"), "invalid_value currency");
  EXPECT_EQ(with("explain", "1"), "invalid_value explain 1");
  EXPECT_EQ(with("explain", R"("true")"), "invalid_value explain true");
  EXPECT_EQ(with("lines", "{}"), "invalid_value lines");
  EXPECT_EQ(with("lines[1]", "7"), "invalid_value lines[1] 7");
}

// A number with an exponent is refused for what it is, however large the exponent.
TEST(RequestJson, NumbersWithHugeExponents) {
  const Places places(full_request_json);
  for (const char* number : {"1e99999999999999999999", "1E-99999999999999999999", "-1.5e2147483648"}) {
    EXPECT_EQ(reading(places.with("lines[0].quantity", number)),
              "invalid_decimal lines[0].quantity " + std::string(number));
  }
}

TEST(RequestJson, TheFirstFaultInDocumentOrder) {
  EXPECT_EQ(reading(R"({"colour":1,"date":"x"})"), "unknown_field colour");
  EXPECT_EQ(reading(R"({"date":"x","colour":1})"), "invalid_date date x");
  EXPECT_EQ(reading(R"({"lines":[{"quantity":"x"}],"date":"y"})"), "invalid_decimal lines[0].quantity x");
  EXPECT_EQ(reading(R"({"lines":[{"quantity":1},{"item":7}],"date":"y"})"), "missing_field lines[0].item");
  EXPECT_EQ(reading(R"({"lines":[{"item":"A"}],"date":"y"})"), "missing_field lines[0].quantity");
  EXPECT_EQ(reading(R"({"lines":[{}],"date":"y"})"), "missing_field lines[0].item");
  EXPECT_EQ(reading(R"({"lines":[],"colour":1})"), "unknown_field colour");
  EXPECT_EQ(reading(R"({"lines":[]})"), "missing_field date");
  EXPECT_EQ(reading(R"({"date":"2026-03-10"})"), "missing_field currency");
  EXPECT_EQ(reading(R"({"date":"2026-03-10","date":"x","currency":5})"), "duplicate_field date");
}

TEST(RequestJson, BlankCodesAreAbsent) {
  const Places places(full_request_json);
  for (const char* code : {R"("")", R"("  ")", R"("\t\u3000")", "null"})
    EXPECT_EQ(reading(places.with("code", code)), "") << code;
  const std::string longest = std::string(200, 'x');
  EXPECT_EQ(reading(places.with("code", "\" " + longest + " \"")), "");
  EXPECT_EQ(reading(places.with("code", "\"" + longest + "x\"")), "invalid_identifier code " + longest + "x");
}

TEST(RequestJson, QuoteEchoesWhatWasWritten) {
  const auto book = book_from_json(R"({"items":[{"item":"A","prices":{"EUR":"2"}}]})");
  const auto quote = price(book, request_from_json(R"({"date":"2026-03-10T09:30","currency":"EUR",
      "lines":[{"item":"A","quantity":"002.50"},{"item":"A","quantity":-0},{"item":"A","quantity":"\u0031"}]})"));
  EXPECT_EQ(quote.date, "2026-03-10T09:30");
  EXPECT_EQ(quote.lines[0].quantity, "002.50");
  EXPECT_EQ(quote.lines[1].quantity, "-0");
  EXPECT_EQ(quote.lines[2].quantity, "1");
}

}  // namespace
}  // namespace rabatt

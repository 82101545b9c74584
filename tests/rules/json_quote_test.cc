// Answers in JSON: keys in the order of the contract, decimals as strings, absent values null.

#include <gtest/gtest.h>

#include "rabatt/json.h"
#include "rabatt/price.h"

namespace rabatt {
namespace {

const char* const book_json = R"({
  "items": [{"item": "TEA", "prices": {"EUR": "9.99"}}, {"item": "GIFT"}],
  "campaigns": [{"campaign": "A", "name": "A", "pricing_type": "set_discount", "date": "2026-03-01",
                 "lines": [{"item": "TEA", "discount": "15"}]},
                {"campaign": "B", "name": "B", "pricing_type": "set_discount", "date": "2026-03-01",
                 "lines": [{"item": "TEA", "discount": "10.0"}]}],
  "payment_terms": [{"payment_term": "EARLY5", "net_days": 30, "early": [{"days": 8, "discount": "5.0"}]}]})";

TEST(QuoteJson, KeyByKey) {
  const auto book = book_from_json(book_json);
  const auto quote = price(book, request_from_json(R"({"date": "2026-03-10T08:00", "currency": "EUR",
      "payment_term": "EARLY5", "lines": [{"item": "TEA", "quantity": "3.0", "tax_rate": "19.0"}]})"));
  EXPECT_EQ(
      to_json(quote),
      R"({"book":")" + book.hash() +
          R"(","date":"2026-03-10T08:00","currency":"EUR","customer":null,"lines":[)"
          R"({"item":"TEA","quantity":"3.0","unit":"each","list_price":"9.99","unit_price":"9.99",)"
          R"("discount":"15","gross":"29.97","discount_amount":"4.50","net":"25.47","unit_net":"8.4915",)"
          R"("list_amount":"29.97","saved":"4.50","source":"campaign","applied_campaign":"A",)"
          R"("campaign_discount":"15","customer_discount":"0","applied_price_book":null,"tax_rate":"19","steps":[)"
          R"({"step":"list_price","what":"unit_price","before":null,"after":"9.99","rounded":false},)"
          R"({"step":"campaign_discount","what":"amount","before":"29.97","after":"25.4745","rounded":false},)"
          R"({"step":"rounding","what":"amount","before":"25.4745","after":"25.47","rounded":true}],)"
          R"("rejected":[{"campaign":"B","reason":"not_lowest"}]}],)"
          R"("net":"25.47","taxes":[{"rate":"19","base":"25.47","net":"25.47","tax":"4.84"}],)"
          R"("tax":"4.84","total":"30.31","campaigns":[{"campaign":"A","net":"25.47","saved":"4.50"}],)"
          R"("warnings":[],"payment":{"payment_term":"EARLY5","grace_days":0,"due":"2026-04-09",)"
          R"("tax_mode":"included","early":[{"until":"2026-03-18","discount_percent":"5","discount":"1.52",)"
          R"("net":"24.19","tax":"4.60","taxes":[{"rate":"19","tax":"4.60"}],"pay":"28.79"}],)"
          R"("shares":[["1.52"]]}})");
}

TEST(QuoteJson, NullsAndWarnings) {
  const auto book = book_from_json(book_json);
  const auto quote = price(book, request_from_json(R"({"date": "2026-02-28", "currency": "JPY", "campaign": "B",
      "explain": false, "lines": [{"item": "GIFT", "quantity": -2, "manual_price": "0.4"},
                                  {"item": "TEA", "quantity": 1, "list_price": "150"}]})"));
  EXPECT_EQ(to_json(quote),
            R"({"book":")" + book.hash() +
                R"(","date":"2026-02-28","currency":"JPY","customer":null,"lines":[)"
                R"({"item":"GIFT","quantity":"-2","unit":"each","list_price":null,"unit_price":"0.4","discount":"0",)"
                R"("gross":"-1","discount_amount":"0","net":"-1","unit_net":"0.4","list_amount":null,"saved":null,)"
                R"("source":"manual","applied_campaign":null,"campaign_discount":null,"customer_discount":"0",)"
                R"("applied_price_book":null,"tax_rate":null,"steps":[],"rejected":[]},)"
                R"({"item":"TEA","quantity":"1","unit":"each","list_price":"150","unit_price":"150","discount":"0",)"
                R"("gross":"150","discount_amount":"0","net":"150","unit_net":"150","list_amount":"150","saved":"0",)"
                R"("source":"list","applied_campaign":null,"campaign_discount":null,"customer_discount":"0",)"
                R"("applied_price_book":null,"tax_rate":null,"steps":[],"rejected":[]}],)"
                R"("net":"149","taxes":[],"tax":"0","total":"149","campaigns":[],"warnings":[)"
                R"({"line":1,"campaign":"B","reason":"not_started"},)"
                R"({"line":null,"campaign":"B","reason":"campaign_not_used"}],"payment":null})");
}

TEST(QuoteJson, AmountsHaveThePlacesOfTheirStep) {
  const auto net = [](const std::string& step) {
    const auto book =
        book_from_json(R"({"policy":{"currencies":{"EUR":{"amount":")" + step + R"("}}},"items":[{"item":"A"}]})");
    const auto request = request_from_json(
        R"({"date":"2026-03-10","currency":"EUR","lines":[{"item":"A","quantity":"-1","manual_price":"7.5"}]})");
    const std::string json = to_json(price(book, request));
    const auto begin = json.find(R"("net":")") + 7;
    return json.substr(begin, json.find('"', begin) - begin);
  };
  EXPECT_EQ(net("0.05"), "-7.50");
  EXPECT_EQ(net("0.10"), "-7.5");
  EXPECT_EQ(net("0.0001"), "-7.5000");
  EXPECT_EQ(net("2"), "-8");
}

TEST(AnswerJson, Settlement) {
  EXPECT_EQ(to_json(Settlement{true, Decimal("0.00"), 0, Decimal("0.05")}),
            R"({"settled":true,"open":"0.00","tier":0,"overpaid":"0.05"})");
  EXPECT_EQ(to_json(Settlement{false, Decimal("-5.98"), std::nullopt, Decimal("0.00")}),
            R"({"settled":false,"open":"-5.98","tier":null,"overpaid":"0.00"})");
}

TEST(AnswerJson, SetForAll) {
  SetForAll result;
  result.lines.resize(1);
  result.lines[0].item = "TEA";
  result.lines[0].price = Decimal("16.99");
  result.report = {{0, "TEA", Code::no_base_price}};
  EXPECT_EQ(to_json(result), R"({"lines":[{"item":"TEA","price":"16.99","quantity_min":"0"}],)"
                             R"("report":[{"line":0,"item":"TEA","code":"no_base_price"}]})");
}

TEST(AnswerJson, ProblemsAndErrors) {
  EXPECT_EQ(to_json(std::vector<Problem>{{Code::no_lines, "campaigns[0].lines", "A line."}}),
            R"([{"code":"no_lines","path":"campaigns[0].lines","message":"A line."}])");
  EXPECT_EQ(to_json(std::vector<Problem>{}), "[]");
  for (const auto code : all_codes()) {
    EXPECT_EQ(to_json(Error(code, "lines[0].item \"T\"")),
              R"({"error":{"code":")" + std::string(slug(code)) + R"(","subject":"lines[0].item \"T\""}})");
  }
}

}  // namespace
}  // namespace rabatt

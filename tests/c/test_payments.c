/* Payments, decimals and splitting amounts: known results, and what must be refused. */
#include "shop.h"

static void expect_settled(const rabatt_quote *quote, const rabatt_payment *payments, size_t count, int tier,
                           const char *open, const char *overpaid) {
  rabatt_settlement settlement;
  rabatt_error *error;
  char text[RABATT_DECIMAL_SIZE];
  EXPECT(rabatt_settle(quote, payments, count, &settlement, &error) == RABATT_OK);
  EXPECT(error == NULL);
  EXPECT(settlement.tier == tier);
  EXPECT(rabatt_decimal_text(&settlement.open, text, NULL) == RABATT_OK);
  EXPECT_TEXT(text, open);
  EXPECT(settlement.settled == (strcmp(open, "0.00") == 0));
  EXPECT(rabatt_decimal_text(&settlement.overpaid, text, NULL) == RABATT_OK);
  EXPECT_TEXT(text, overpaid);
}

static void test_settle(const rabatt_book *book) {
  rabatt_quote *quote = price(book,
                              "{'date':'2026-03-01','currency':'EUR','payment_term':'EARLY5','lines':["
                              "{'item':'TEA','quantity':'3'},{'item':'CRATE','quantity':'1'},"
                              "{'item':'BUN','quantity':'7'}]}");
  const rabatt_payment in_time[] = {{"2026-03-09", "113.48"}};
  const rabatt_payment one_cent_short[] = {{"2026-03-09", "113.47"}};
  const rabatt_payment late[] = {{"2026-03-10", "113.48"}};
  const rabatt_payment twice[] = {{"2026-03-05", "100"}, {"2026-03-09T23:59", "13.48"}};
  const rabatt_payment too_much[] = {{"2026-03-09", "120"}};
  expect_settled(quote, in_time, 1, 0, "0.00", "0.00");
  expect_settled(quote, one_cent_short, 1, -1, "5.98", "0.00");
  expect_settled(quote, late, 1, -1, "5.97", "0.00");
  expect_settled(quote, twice, 2, 0, "0.00", "0.00");
  expect_settled(quote, too_much, 1, 0, "0.00", "6.52");
  expect_settled(quote, NULL, 0, -1, "119.45", "0.00");

  rabatt_settlement settlement;
  rabatt_error *error;
  rabatt_status status;
  const rabatt_payment bad[] = {
      {"2026-03-09", "1"}, {"2026-02-29", "1"}, {"2026-03-09", "1,5"}, {NULL, "1"}, {"2026-03-09", NULL}};
  status = rabatt_settle(quote, bad, 2, &settlement, &error);
  expect_error(status, error, RABATT_INVALID_DATE, "payments[1].date 2026-02-29");
  status = rabatt_settle(quote, bad + 2, 1, &settlement, &error);
  expect_error(status, error, RABATT_INVALID_DECIMAL, "payments[0].amount 1,5");
  status = rabatt_settle(quote, bad + 3, 1, &settlement, &error);
  expect_error(status, error, RABATT_MISSING_FIELD, "payments[0].date");
  status = rabatt_settle(quote, bad + 4, 1, &settlement, &error);
  expect_error(status, error, RABATT_MISSING_FIELD, "payments[0].amount");
  const rabatt_payment huge[] = {{"2026-03-09", "99999999999999999999999999999999999999"}};
  status = rabatt_settle(quote, huge, 1, &settlement, &error);
  expect_error(status, error, RABATT_OVERFLOW, "total");
  status = rabatt_settle(NULL, in_time, 1, &settlement, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "quote");
  status = rabatt_settle(quote, NULL, 1, &settlement, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "payments");
  status = rabatt_settle(quote, in_time, 1, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "settlement");
  rabatt_quote_free(quote);
}

/* ---- decimals ---- */

static void test_decimals(void) {
  static const struct {
    rabatt_decimal value;
    const char *text;
  } decimals[] = {
      {{0, 0, 0}, "0"},
      {{0, 0, 2}, "0.00"},
      {{12345, 0, 2}, "123.45"},
      {{(uint64_t)-50, -1, 2}, "-0.50"},
      {{1, 0, 38}, "0.00000000000000000000000000000000000001"},
      {{687399551400673279u, 5421010862427522170, 38}, "0.99999999999999999999999999999999999999"},
      {{0u - 687399551400673279u, -5421010862427522171, 38}, "-0.99999999999999999999999999999999999999"},
      {{0u - 687399551400673279u, -5421010862427522171, 0}, "-99999999999999999999999999999999999999"},
  };
  char text[RABATT_DECIMAL_SIZE];
  rabatt_error *error;
  for (size_t i = 0; i < sizeof decimals / sizeof *decimals; ++i) {
    EXPECT(rabatt_decimal_text(&decimals[i].value, text, &error) == RABATT_OK);
    EXPECT_TEXT(text, decimals[i].text);
  }
  const rabatt_decimal beyond[] = {
      {687399551400673280u, 5421010862427522170, 0}, {0, INT64_MIN, 0}, {UINT64_MAX, INT64_MAX, 0}};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT(rabatt_decimal_text(&beyond[i], text, &error) == RABATT_OVERFLOW);
    rabatt_error_free(error);
  }
  const rabatt_decimal misplaced[] = {{1, 0, -1}, {1, 0, 39}};
  for (size_t i = 0; i < 2; ++i) {
    const rabatt_status status = rabatt_decimal_text(&misplaced[i], text, &error);
    expect_error(status, error, RABATT_INVALID_ARGUMENT, "value");
  }
  rabatt_status status = rabatt_decimal_text(NULL, text, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "value");
  status = rabatt_decimal_text(&decimals[0].value, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "text");
}

static void test_allocate(void) {
  const char *const weights[] = {"3", "7", "1,5", NULL};
  const char *const zeros[] = {"0", "0.0"};
  rabatt_decimal parts[4];
  rabatt_error *error;
  EXPECT(rabatt_allocate("0.05", "0.01", weights, 2, parts, NULL) == RABATT_OK);
  EXPECT(parts[0].low == 2 && parts[1].low == 3 && parts[0].places == 2);
  EXPECT(rabatt_allocate("-5", "1", weights, 2, parts, NULL) == RABATT_OK);
  EXPECT(parts[0].low == (uint64_t)-2 && parts[0].high == -1 && parts[1].low == (uint64_t)-3 && parts[1].places == 0);
  EXPECT(rabatt_allocate("99999999999999999999999999999999999999", "0.01", weights, 1, parts, NULL) == RABATT_OK);
  EXPECT(parts[0].low == 687399551400673279u && parts[0].places == 0);

  rabatt_status status = rabatt_allocate("0.05", "0.01", weights, 3, parts, &error);
  expect_error(status, error, RABATT_INVALID_DECIMAL, "weights[2] 1,5");
  status = rabatt_allocate("0.05", "0.01", weights + 3, 1, parts, &error);
  expect_error(status, error, RABATT_MISSING_FIELD, "weights[0]");
  status = rabatt_allocate("five", "0.01", weights, 2, parts, &error);
  expect_error(status, error, RABATT_INVALID_DECIMAL, "amount five");
  status = rabatt_allocate("5", "", weights, 2, parts, &error);
  expect_error(status, error, RABATT_INVALID_DECIMAL, "step");
  EXPECT(rabatt_allocate("0.05", "0.01", zeros, 2, parts, NULL) == RABATT_INVALID_WEIGHTS);
  EXPECT(rabatt_allocate("0.05", "0.01", NULL, 0, NULL, NULL) == RABATT_INVALID_WEIGHTS);
  EXPECT(rabatt_allocate("0.055", "0.01", weights, 2, parts, NULL) == RABATT_INVALID_AMOUNT);
  EXPECT(rabatt_allocate("0.05", "0", weights, 2, parts, NULL) == RABATT_INVALID_AMOUNT);
  status = rabatt_allocate(NULL, "1", weights, 2, parts, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "amount");
  status = rabatt_allocate("1", NULL, weights, 2, parts, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "step");
  status = rabatt_allocate("1", "1", NULL, 2, parts, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "weights");
  status = rabatt_allocate("1", "1", weights, 2, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "parts");
}

int main(void) {
  rabatt_book *book = open_shop();
  test_settle(book);
  test_decimals();
  test_allocate();
  rabatt_book_free(book);
  return verdict("payments");
}

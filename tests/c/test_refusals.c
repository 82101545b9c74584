/* What is wrong with requests of structs: the same error as from JSON, and arguments that are none. */
#include "as_json.h"
#include "shop.h"

static const char long_identifier[] =
    "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
    "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

static const struct refusal {
  rabatt_document document;
  rabatt_line line;
  rabatt_status status;
  const char *subject; /* NULL: too long to be written here */
} refusals[] = {
    /* the document's shape */
    {{.currency = "EUR"}, {.item = "DESK", .quantity = "1"}, RABATT_MISSING_FIELD, "date"},
    {{.date = "2026-03-10"}, {.item = "DESK", .quantity = "1"}, RABATT_MISSING_FIELD, "currency"},
    {{.date = ""}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_DATE, "date"},
    {{ON("2026-02-30", "EUR")}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_DATE, "date 2026-02-30"},
    {{ON("2026-03-10", "")}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_IDENTIFIER, "currency"},
    {{GOOD, .customer = ""}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_IDENTIFIER, "customer"},
    {{GOOD, .customer = long_identifier}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_IDENTIFIER, NULL},
    {{GOOD, .code = long_identifier}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_IDENTIFIER, NULL},
    {{GOOD, .prices_include_tax = 7}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_VALUE, "prices_include_tax 7"},
    {{GOOD, .early_payment = 7}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_VALUE, "early_payment 7"},
    {{GOOD, .explain = 7}, {.item = "DESK", .quantity = "1"}, RABATT_INVALID_VALUE, "explain 7"},
    /* the line's shape */
    {{GOOD}, {.quantity = "1"}, RABATT_MISSING_FIELD, "lines[0].item"},
    {{GOOD}, {.item = "DESK"}, RABATT_MISSING_FIELD, "lines[0].quantity"},
    {{GOOD}, {.item = "", .quantity = "1"}, RABATT_INVALID_IDENTIFIER, "lines[0].item"},
    {{GOOD}, {.item = "DESK", .quantity = ""}, RABATT_INVALID_DECIMAL, "lines[0].quantity"},
    {{GOOD}, {.item = "DESK", .quantity = "1,5"}, RABATT_INVALID_DECIMAL, "lines[0].quantity 1,5"},
    {{GOOD}, {.item = "DESK", .quantity = "1e3"}, RABATT_INVALID_DECIMAL, "lines[0].quantity 1e3"},
    {{GOOD}, {.item = "DESK", .quantity = " 1"}, RABATT_INVALID_DECIMAL, "lines[0].quantity  1"},
    {{GOOD}, {.item = "DESK", .quantity = "NaN"}, RABATT_INVALID_DECIMAL, "lines[0].quantity NaN"},
    {{GOOD}, {.item = "DESK", .quantity = "1", .unit = ""}, RABATT_INVALID_IDENTIFIER, "lines[0].unit"},
    {{GOOD}, {.item = "DESK", .quantity = "1", .list_price = "-1"}, RABATT_NEGATIVE_PRICE, "lines[0].list_price -1"},
    {{GOOD},
     {.item = "DESK", .quantity = "1", .manual_price = "-0.1"},
     RABATT_NEGATIVE_PRICE,
     "lines[0].manual_price -0.1"},
    {{GOOD},
     {.item = "DESK", .quantity = "1", .manual_discount = "101"},
     RABATT_INVALID_DISCOUNT,
     "lines[0].manual_discount 101"},
    {{GOOD},
     {.item = "DESK", .quantity = "1", .manual_discount = "0.000001"},
     RABATT_INVALID_DISCOUNT,
     "lines[0].manual_discount 0.000001"},
    {{GOOD}, {.item = "DESK", .quantity = "1", .tax_rate = "-1"}, RABATT_INVALID_TAX_RATE, "lines[0].tax_rate -1"},
    {{.date = "2026-03-10"}, {.item = "DESK", .quantity = "x"}, RABATT_INVALID_DECIMAL, "lines[0].quantity x"},
    /* the document */
    {{ON("2026-03-10", "XXX")}, {.item = "DESK", .quantity = "1"}, RABATT_UNKNOWN_CURRENCY, "currency XXX"},
    {{GOOD, .customer = "C9"}, {.item = "DESK", .quantity = "1"}, RABATT_UNKNOWN_CUSTOMER, "customer C9"},
    {{GOOD, .campaign = "Z"}, {.item = "DESK", .quantity = "1"}, RABATT_UNKNOWN_CAMPAIGN, "campaign Z"},
    {{GOOD, .code = "autumn"}, {.item = "DESK", .quantity = "1"}, RABATT_UNKNOWN_CODE, "code autumn"},
    {{ON("2026-04-01", "EUR"), .code = "spring"},
     {.item = "DESK", .quantity = "1"},
     RABATT_CODE_EXPIRED,
     "code spring"},
    {{GOOD, .campaign = "A", .code = "Spring"},
     {.item = "DESK", .quantity = "1"},
     RABATT_CAMPAIGN_AND_CODE,
     "code Spring"},
    {{GOOD, .payment_term = "OLD"}, {.item = "DESK", .quantity = "1"}, RABATT_UNKNOWN_PAYMENT_TERM, "payment_term OLD"},
    {{GOOD, .prices_include_tax = RABATT_TRUE},
     {.item = "DESK", .quantity = "1"},
     RABATT_TAX_MODE_MISMATCH,
     "prices_include_tax true"},
    /* the line */
    {{GOOD}, {.item = "BED", .quantity = "1"}, RABATT_UNKNOWN_ITEM, "lines[0].item BED"},
    {{GOOD}, {.item = "DESK", .quantity = "1", .unit = "BOX"}, RABATT_UNKNOWN_UNIT, "lines[0].unit BOX"},
    {{ON("2018-01-01", "EUR")}, {.item = "RUG", .quantity = "1"}, RABATT_NO_PRICE, "lines[0].item RUG"},
    {{GOOD},
     {.item = "DESK", .quantity = "99999999999999999999999999999999999999"},
     RABATT_OVERFLOW,
     "lines[0].item DESK"},
};

static void test_refusals(const rabatt_book *book) {
  char request[text_size];
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; ++i) {
    const struct refusal *refusal = &refusals[i];
    const int failures_before = failures;
    rabatt_quote *quote;
    rabatt_error *error;
    rabatt_error *json_error;
    rabatt_priced_line priced;
    EXPECT(rabatt_price_line(book, &refusal->document, &refusal->line, &priced, &error) == refusal->status);
    EXPECT(priced.status == (int32_t)refusal->status && priced.net.places == 0);
    EXPECT(rabatt_error_code(error) == refusal->status);
    if (refusal->subject) EXPECT_TEXT(rabatt_error_subject(error, NULL), refusal->subject);
    rabatt_error_free(error);

    EXPECT(rabatt_price(book, &refusal->document, &refusal->line, 1, &quote, &error) == refusal->status);
    EXPECT(quote == NULL);
    write_request(request, &refusal->document, &refusal->line, 1);
    EXPECT(rabatt_price_json(book, request, strlen(request), &quote, &json_error) == refusal->status);
    EXPECT(quote == NULL);
    EXPECT_TEXT(rabatt_error_json(error, NULL), rabatt_error_json(json_error, NULL));
    EXPECT(rabatt_error_count(error) == 0 && rabatt_error_problem(error, 0) == NULL);
    rabatt_error_free(error);
    rabatt_error_free(json_error);
    if (failures > failures_before) fprintf(stderr, "  in refusal %d\n", (int)i);
  }
}

/* What no JSON text can hold is not shown in a subject either. */
static void test_broken_text(const rabatt_book *book) {
  const rabatt_document document = {GOOD};
  const rabatt_line lines[] = {
      {.item = "\xC3", .quantity = "1"}, {.item = "A\nB", .quantity = "1"}, {.item = "DESK", .quantity = "\xFF"}};
  const char *const subjects[] = {"lines[0].item", "lines[0].item A\nB", "lines[0].quantity"};
  for (size_t i = 0; i < 3; ++i) {
    rabatt_priced_line priced;
    rabatt_error *error;
    EXPECT(rabatt_price_line(book, &document, &lines[i], &priced, &error) != RABATT_OK);
    EXPECT_TEXT(rabatt_error_subject(error, NULL), subjects[i]);
    rabatt_error_free(error);
  }
}

static void test_null_arguments(const rabatt_book *book) {
  const rabatt_document document = {GOOD};
  const rabatt_line line = {.item = "DESK", .quantity = "1"};
  rabatt_priced_line priced;
  rabatt_quote *quote;
  rabatt_error *error;
#define EXPECT_INVALID(call, argument)                         \
  EXPECT((call) == RABATT_INVALID_ARGUMENT);                   \
  EXPECT(rabatt_error_code(error) == RABATT_INVALID_ARGUMENT); \
  EXPECT_TEXT(rabatt_error_subject(error, NULL), argument);    \
  rabatt_error_free(error)
  EXPECT_INVALID(rabatt_price_line(NULL, &document, &line, &priced, &error), "book");
  EXPECT(priced.status == RABATT_INVALID_ARGUMENT);
  EXPECT_INVALID(rabatt_price_line(book, NULL, &line, &priced, &error), "document");
  EXPECT_INVALID(rabatt_price_line(book, &document, NULL, &priced, &error), "line");
  EXPECT_INVALID(rabatt_price_line(book, &document, &line, NULL, &error), "priced");
  EXPECT_INVALID(rabatt_price_lines(NULL, &document, &line, 1, &priced, &error), "book");
  EXPECT_INVALID(rabatt_price_lines(book, NULL, &line, 1, &priced, &error), "document");
  EXPECT_INVALID(rabatt_price_lines(book, &document, NULL, 1, &priced, &error), "lines");
  EXPECT(priced.status == RABATT_INVALID_ARGUMENT);
  EXPECT_INVALID(rabatt_price_lines(book, &document, &line, 1, NULL, &error), "priced");
  EXPECT_INVALID(rabatt_price(NULL, &document, &line, 1, &quote, &error), "book");
  EXPECT(quote == NULL);
  EXPECT_INVALID(rabatt_price(book, NULL, &line, 1, &quote, &error), "document");
  EXPECT_INVALID(rabatt_price(book, &document, NULL, 1, &quote, &error), "lines");
  EXPECT_INVALID(rabatt_price(book, &document, &line, 1, NULL, &error), "quote");
  EXPECT(rabatt_price(NULL, NULL, NULL, 1, NULL, NULL) == RABATT_INVALID_ARGUMENT);
  EXPECT(rabatt_price_lines(NULL, NULL, NULL, 1, NULL, NULL) == RABATT_INVALID_ARGUMENT);
}

int main(void) {
  rabatt_book *book = open_shop();
  test_refusals(book);
  test_broken_text(book);
  test_null_arguments(book);
  rabatt_book_free(book);
  return verdict("refusals");
}

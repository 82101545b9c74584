/* Lines as structs: known results, the same answers as from JSON, and many lines at once. */
#include "as_json.h"
#include "shop.h"

/* ---- a priced line as it stands in a quote ---- */

static const char *const sources[] = {"list", "customer", "campaign", "both", "manual"};

static void add_decimal(char *to, const char *name, const rabatt_decimal *value) {
  char text[RABATT_DECIMAL_SIZE];
  EXPECT(rabatt_decimal_text(value, text, NULL) == RABATT_OK);
  add_field(to, name, text, "\"");
}

static void add_identifier(char *to, const char *name, const char *text) {
  add_field(to, name, text[0] ? text : "null", text[0] ? "\"" : "");
}

static void write_amounts(char *to, const rabatt_priced_line *line) {
  strcpy(to, "{");
  if (line->has_list_price)
    add_decimal(to, "list_price", &line->list_price);
  else
    add_field(to, "list_price", "null", "");
  add_decimal(to, "unit_price", &line->unit_price);
  add_decimal(to, "discount", &line->discount);
  add_decimal(to, "gross", &line->gross);
  add_decimal(to, "discount_amount", &line->discount_amount);
  add_decimal(to, "net", &line->net);
  add_decimal(to, "unit_net", &line->unit_net);
  if (line->has_list_price) {
    add_decimal(to, "list_amount", &line->list_amount);
    add_decimal(to, "saved", &line->saved);
  } else {
    add_field(to, "list_amount", "null,\"saved\":null", "");
  }
  add_field(to, "source", sources[line->source], "\"");
  add_identifier(to, "applied_campaign", line->applied_campaign);
}

static void expect_line(const rabatt_quote *quote, const rabatt_priced_line *line) {
  char fields[text_size];
  write_amounts(fields, line);
  expect_in_quote(quote, fields + 1);
  strcpy(fields, "{");
  add_identifier(fields, "applied_price_book", line->applied_price_book);
  expect_in_quote(quote, fields + 1);
}

/* Structs and JSON give one quote, byte for byte. */
static rabatt_quote *quote_of(const rabatt_book *book, const rabatt_document *document, const rabatt_line *lines,
                              size_t count) {
  char request[text_size];
  rabatt_quote *quote;
  rabatt_quote *from_json;
  rabatt_error *error;
  EXPECT(rabatt_price(book, document, lines, count, &quote, &error) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_json(error, NULL), NULL);
  write_request(request, document, lines, count);
  EXPECT(rabatt_price_json(book, request, strlen(request), &from_json, &error) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_json(error, NULL), NULL);
  EXPECT_TEXT(rabatt_quote_json(quote, NULL), rabatt_quote_json(from_json, NULL));
  rabatt_quote_free(from_json);
  return quote;
}

/* ---- known results ---- */

static const struct known {
  const char *name, *date, *currency, *customer, *item, *quantity;
  const char *gross, *net;
  rabatt_source source;
  const char *campaign, *price_book;
} known_results[] = {
    {"1", "2026-03-10", "EUR", "C5", "DESK", "1", "100.00", "90.00", RABATT_SOURCE_CAMPAIGN, "A", ""},
    {"2 add", "2026-03-10", "EUR", "C5", "CHAIR", "1", "100.00", "85.00", RABATT_SOURCE_BOTH, "B", ""},
    {"2 compound", "2026-03-10", "EUR", "C5", "STOOL", "1", "100.00", "85.50", RABATT_SOURCE_BOTH, "C", ""},
    {"3", "2026-03-10", "EUR", "C12", "DESK", "1", "100.00", "88.00", RABATT_SOURCE_CUSTOMER, "", ""},
    {"4", "2026-03-10", "EUR", "C40", "SOFA", "1", "100.00", "0.00", RABATT_SOURCE_BOTH, "B", ""},
    {"6", "2026-03-10", "EUR", NULL, "PEN", "100", "99.00", "84.15", RABATT_SOURCE_CAMPAIGN, "A", ""},
    {"7 plain", "2026-03-10", "EUR", "C5", "LAMP", "1", "30.00", "30.00", RABATT_SOURCE_CAMPAIGN, "E", ""},
    {"7 customer", "2026-03-10", "EUR", "C30", "LAMP", "1", "40.00", "28.00", RABATT_SOURCE_CUSTOMER, "", ""},
    {"7 allowed", "2026-03-10", "EUR", "C5", "TORCH", "1", "30.00", "28.50", RABATT_SOURCE_BOTH, "F", ""},
    {"8 plain", "2026-03-10", "EUR", NULL, "CUP", "1", "8.00", "8.00", RABATT_SOURCE_LIST, "", ""},
    {"8 force", "2026-03-10", "EUR", NULL, "MUG", "1", "10.00", "10.00", RABATT_SOURCE_CAMPAIGN, "G", ""},
    {"9 CZK", "2026-03-10", "CZK", NULL, "VASE", "1", "40.00", "40.00", RABATT_SOURCE_LIST, "", ""},
    {"9 EUR", "2026-03-10", "EUR", NULL, "VASE", "1", "10.00", "10.00", RABATT_SOURCE_CAMPAIGN, "E", ""},
    {"10", "2026-03-10", "EUR", "C5", "TABLE", "1", "100.00", "87.00", RABATT_SOURCE_BOTH, "B", ""},
    {"15", "2026-03-10", "EUR", NULL, "TEA", "-3", "-29.97", "-25.47", RABATT_SOURCE_CAMPAIGN, "A", ""},
    {"16 last day", "2026-03-31", "EUR", NULL, "DESK", "1", "100.00", "90.00", RABATT_SOURCE_CAMPAIGN, "A", ""},
    {"16 day after", "2026-04-01", "EUR", NULL, "DESK", "1", "100.00", "100.00", RABATT_SOURCE_LIST, "", ""},
    {"17 later", "2018-12-12", "EUR", NULL, "RUG", "1", "46.00", "46.00", RABATT_SOURCE_LIST, "", "P11"},
    {"17 earlier", "2018-12-10", "EUR", NULL, "RUG", "1", "45.00", "45.00", RABATT_SOURCE_LIST, "", "P09"},
    {"18", "2018-12-12", "EUR", "C0", "RUG", "1", "47.00", "47.00", RABATT_SOURCE_LIST, "", "P12"},
    {"21", "2026-03-10", "EUR", NULL, "CUP", "0", "0.00", "0.00", RABATT_SOURCE_LIST, "", ""},
};

static void test_known_results(const rabatt_book *book) {
  for (size_t i = 0; i < sizeof known_results / sizeof *known_results; ++i) {
    const struct known *known = &known_results[i];
    const int failures_before = failures;
    rabatt_document document = {.date = known->date, .currency = known->currency, .customer = known->customer};
    rabatt_line line = {.item = known->item, .quantity = known->quantity};
    rabatt_priced_line priced;
    char text[RABATT_DECIMAL_SIZE];
    EXPECT(rabatt_price_line(book, &document, &line, &priced, NULL) == RABATT_OK);
    EXPECT(priced.status == RABATT_OK);
    EXPECT(rabatt_decimal_text(&priced.gross, text, NULL) == RABATT_OK);
    EXPECT_TEXT(text, known->gross);
    EXPECT(rabatt_decimal_text(&priced.net, text, NULL) == RABATT_OK);
    EXPECT_TEXT(text, known->net);
    EXPECT(priced.source == (int32_t)known->source);
    EXPECT_TEXT(priced.applied_campaign, known->campaign);
    EXPECT_TEXT(priced.applied_price_book, known->price_book);

    rabatt_quote *quote = quote_of(book, &document, &line, 1);
    expect_line(quote, &priced);
    rabatt_quote_free(quote);
    if (failures > failures_before) fprintf(stderr, "  in case %s\n", known->name);
  }
}

static void test_every_field(const rabatt_book *book) {
  const rabatt_document document = {.date = "2026-03-10T09:30",
                                    .currency = "EUR",
                                    .customer = "C5",
                                    .organisation = "North",
                                    .campaign = "G",
                                    .code = " SPRING ",
                                    .payment_term = "EARLY5",
                                    .prices_include_tax = RABATT_TRUE,
                                    .early_payment = RABATT_FALSE,
                                    .explain = RABATT_FALSE};
  const rabatt_line lines[] = {
      {.item = "MUG", .quantity = "02.50", .list_price = "12.340", .tax_rate = "19"},
      {.item = "TEA", .quantity = "2", .unit = "BOX", .manual_price = "99.999", .manual_discount = "3.5"},
  };
  rabatt_priced_line priced[2];
  EXPECT(rabatt_price_lines(book, &document, lines, 2, priced, NULL) == RABATT_OK);
  EXPECT(priced[0].status == RABATT_OK && priced[1].status == RABATT_OK);
  EXPECT(priced[1].source == RABATT_SOURCE_MANUAL && priced[1].has_list_price == 1);
  rabatt_quote *quote = quote_of(book, &document, lines, 2);
  expect_line(quote, &priced[0]);
  expect_line(quote, &priced[1]);
  expect_in_quote(quote, "'date':'2026-03-10T09:30'");
  expect_in_quote(quote, "'quantity':'02.50'");
  expect_in_quote(quote, "'steps':[],'rejected':[]");
  expect_in_quote(quote, "'early':[],'shares':[]");
  rabatt_quote_free(quote);
}

/* A set price needs no list price; then three fields are absent. */
static void test_without_list_price(const rabatt_book *book) {
  const rabatt_document document = {.date = "2026-03-10", .currency = "EUR"};
  const rabatt_line line = {.item = "VASE", .quantity = "2"};
  rabatt_priced_line priced;
  EXPECT(rabatt_price_line(book, &document, &line, &priced, NULL) == RABATT_OK);
  EXPECT(priced.has_list_price == 0 && priced.list_price.low == 0 && priced.saved.low == 0);
  EXPECT(priced.net.low == 2000 && priced.net.high == 0 && priced.net.places == 2);
}

static void test_wide_decimals(const rabatt_book *book) {
  const rabatt_document document = {.date = "2026-03-10", .currency = "EUR"};
  const rabatt_line line = {
      .item = "DESK", .quantity = "-1", .manual_price = "999999999999999999999999999999999999.99"};
  rabatt_priced_line priced;
  char text[RABATT_DECIMAL_SIZE];
  EXPECT(rabatt_price_line(book, &document, &line, &priced, NULL) == RABATT_OK);
  EXPECT(rabatt_decimal_text(&priced.net, text, NULL) == RABATT_OK);
  EXPECT_TEXT(text, "-999999999999999999999999999999999999.99");
  EXPECT(priced.net.high < -1 && priced.net.places == 2);
  const rabatt_line nail = {.item = "NAIL", .quantity = "1"};
  EXPECT(rabatt_price_line(book, &document, &nail, &priced, NULL) == RABATT_OK);
  EXPECT(priced.list_price.low == 1 && priced.list_price.places == 38);
}

/* ---- many lines ---- */

static const rabatt_line some_lines[] = {
    {.item = "DESK", .quantity = "3"},
    {.item = "BED", .quantity = "1"},
    {.item = "PEN", .quantity = "100", .tax_rate = "19"},
    {.item = "DESK", .quantity = "one"},
    {.quantity = "1"},
    {.item = "TEA", .quantity = "-3"},
    {.item = "TEA", .quantity = "2", .unit = "BOX"},
    {.item = "RUG", .quantity = "99999999999999999999999999999999999999"},
    {.item = "MUG", .quantity = "1", .manual_discount = "100.1"},
    {.item = "VASE", .quantity = "1"},
    {.item = "VASE", .quantity = "1", .manual_discount = "1"},
};
enum { some = sizeof some_lines / sizeof *some_lines, many = 600 };

static void test_many_lines(const rabatt_book *book) {
  static rabatt_line lines[many];
  static rabatt_priced_line priced[many];
  const rabatt_document document = {GOOD, .customer = "C5"};
  const rabatt_status statuses[some] = {
      RABATT_OK,      RABATT_UNKNOWN_ITEM, RABATT_OK,       RABATT_INVALID_DECIMAL,  RABATT_MISSING_FIELD,
      RABATT_OK,      RABATT_OK,           RABATT_OVERFLOW, RABATT_INVALID_DISCOUNT, RABATT_OK,
      RABATT_NO_PRICE};
  for (size_t i = 0; i < many; ++i) lines[i] = some_lines[i % some];
  memset(priced, 0x55, sizeof priced);
  rabatt_error *error;
  EXPECT(rabatt_price_lines(book, &document, lines, many, priced, &error) == RABATT_OK);
  EXPECT(error == NULL);
  for (size_t i = 0; i < many; ++i) {
    rabatt_priced_line alone;
    memset(&alone, 0, sizeof alone);
    const rabatt_status status = rabatt_price_line(book, &document, &lines[i], &alone, NULL);
    EXPECT(status == statuses[i % some]);
    EXPECT(priced[i].status == (int32_t)status);
    EXPECT(memcmp(&priced[i].source, &alone.source, sizeof alone - offsetof(rabatt_priced_line, source)) == 0);
  }
}

static void test_refused_documents(const rabatt_book *book) {
  rabatt_priced_line priced[some];
  const rabatt_document document = {GOOD, .customer = "C9"};
  rabatt_error *error;
  EXPECT(rabatt_price_lines(book, &document, some_lines, some, priced, &error) == RABATT_UNKNOWN_CUSTOMER);
  EXPECT_TEXT(rabatt_error_subject(error, NULL), "customer C9");
  rabatt_error_free(error);
  for (size_t i = 0; i < some; ++i) EXPECT(priced[i].status == RABATT_UNKNOWN_CUSTOMER && priced[i].net.low == 0);
  EXPECT(rabatt_price_lines(book, &document, NULL, 0, NULL, NULL) == RABATT_UNKNOWN_CUSTOMER);
}

/* The one line without a list price of its own comes late; still the whole document is refused. */
static void test_late_mismatch(const rabatt_book *book) {
  static rabatt_line lines[many];
  static rabatt_priced_line priced[many];
  const rabatt_document document = {GOOD, .prices_include_tax = RABATT_TRUE};
  for (size_t i = 0; i < many; ++i) lines[i] = (rabatt_line){.item = "DESK", .quantity = "1", .list_price = "9"};
  EXPECT(rabatt_price_lines(book, &document, lines, many, priced, NULL) == RABATT_OK);
  EXPECT(priced[0].status == RABATT_OK && priced[many - 1].status == RABATT_OK);
  lines[many - 1].list_price = NULL;
  EXPECT(rabatt_price_lines(book, &document, lines, many, priced, NULL) == RABATT_TAX_MODE_MISMATCH);
  EXPECT(priced[0].status == RABATT_TAX_MODE_MISMATCH && priced[0].net.low == 0);
}

static void test_no_lines(const rabatt_book *book) {
  const rabatt_document document = {GOOD};
  EXPECT(rabatt_price_lines(book, &document, NULL, 0, NULL, NULL) == RABATT_OK);
  rabatt_quote_free(quote_of(book, &document, NULL, 0));
}

int main(void) {
  rabatt_book *book = open_shop();
  test_known_results(book);
  test_every_field(book);
  test_without_list_price(book);
  test_wide_decimals(book);
  test_many_lines(book);
  test_refused_documents(book);
  test_late_mismatch(book);
  test_no_lines(book);
  rabatt_book_free(book);
  return verdict("lines");
}

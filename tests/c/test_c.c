/* Versions, statuses, books, quotes, payments, decimals, and what must be refused. */
#include <ctype.h>

#include "shop.h"

static void expect_error(rabatt_status got, rabatt_error *error, rabatt_status wanted, const char *subject) {
  EXPECT(got == wanted);
  EXPECT(rabatt_error_code(error) == wanted);
  EXPECT_TEXT(rabatt_error_subject(error, NULL), subject);
  rabatt_error_free(error);
}

static rabatt_quote *price(const rabatt_book *book, const char *request) {
  rabatt_quote *quote;
  rabatt_error *error;
  EXPECT(rabatt_price_json(book, request, strlen(request), &quote, &error) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_json(error, NULL), NULL);
  return quote;
}

static void expect_in_quote(const rabatt_quote *quote, const char *text) {
  if (!EXPECT(strstr(rabatt_quote_json(quote, NULL), text))) {
    fprintf(stderr, "  %s\n  is not in %s\n", text, rabatt_quote_json(quote, NULL));
  }
}

/* ---- what does not fail ---- */

static void test_versions(void) {
  EXPECT(rabatt_abi_version() == RABATT_ABI_VERSION);
  EXPECT(strchr(rabatt_version(), '.'));
  EXPECT(strlen(rabatt_currency_edition()) == strlen("2026-01-01"));
}

static int is_slug_of(const char *slug, const char *enumerator) {
  for (; *slug && toupper((unsigned char)*slug) == *enumerator; ++slug) ++enumerator;
  return *slug == *enumerator;
}

static void test_statuses(void) {
#define STATUS(name) {RABATT_##name, #name}
  static const struct {
    rabatt_status status;
    const char *name;
  } statuses[] = {
      STATUS(OK), STATUS(INVALID_ARGUMENT), STATUS(OUT_OF_MEMORY), STATUS(INTERNAL),
      STATUS(MISSING_FIELD), STATUS(UNKNOWN_FIELD), STATUS(DUPLICATE_FIELD), STATUS(INVALID_VALUE),
      STATUS(INVALID_DECIMAL), STATUS(INVALID_DATE), STATUS(INVALID_IDENTIFIER), STATUS(INVALID_DISCOUNT),
      STATUS(INVALID_TAX_RATE), STATUS(NEGATIVE_PRICE), STATUS(LIMIT_EXCEEDED),
      STATUS(UNKNOWN_CURRENCY), STATUS(UNKNOWN_ITEM), STATUS(UNKNOWN_UNIT), STATUS(UNKNOWN_CUSTOMER),
      STATUS(UNKNOWN_TARGET_GROUP), STATUS(UNKNOWN_PAYMENT_TERM), STATUS(UNKNOWN_CAMPAIGN), STATUS(UNKNOWN_CODE),
      STATUS(DUPLICATE_ID), STATUS(DUPLICATE_CODE), STATUS(DUPLICATE_ITEM), STATUS(VALID_UNTIL_BEFORE_DATE),
      STATUS(WRONG_PRICING_FIELD), STATUS(NO_LINES), STATUS(TIERS_NOT_ORDERED),
      STATUS(CODE_EXPIRED), STATUS(CAMPAIGN_AND_CODE), STATUS(TAX_MODE_MISMATCH), STATUS(NO_PRICE), STATUS(OVERFLOW),
      STATUS(INCONSISTENT_ORDER), STATUS(CURRENCY_MISMATCH), STATUS(DIVISION_BY_ZERO), STATUS(INVALID_WEIGHTS),
      STATUS(INVALID_AMOUNT), STATUS(FILE_NOT_READABLE), STATUS(FILE_NOT_WRITABLE), STATUS(UNKNOWN_FORMAT),
      STATUS(NO_BASE_PRICE),
  };
  size_t known = 0;
  for (size_t i = 0; i < sizeof statuses / sizeof *statuses; ++i) {
    const char *slug = rabatt_status_slug(statuses[i].status);
    if (!EXPECT(slug && is_slug_of(slug, statuses[i].name))) fprintf(stderr, "  %s\n", statuses[i].name);
  }
  for (int number = -1; number < 1000; ++number) known += rabatt_status_slug(number) != NULL;
  EXPECT(known == sizeof statuses / sizeof *statuses);
}

static void test_nothing(void) {
  size_t size = 1;
  EXPECT(rabatt_error_code(NULL) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_subject(NULL, &size), "");
  EXPECT(size == 0);
  EXPECT(rabatt_error_count(NULL) == 0 && rabatt_error_problem(NULL, 0) == NULL);
  EXPECT_TEXT(rabatt_error_json(NULL, &size), NULL);
  EXPECT_TEXT(rabatt_book_hash(NULL), NULL);
  EXPECT_TEXT(rabatt_quote_json(NULL, &size), NULL);
  rabatt_error_free(NULL);
  rabatt_book_free(NULL);
  rabatt_quote_free(NULL);
}

/* ---- books ---- */

static void test_books(void) {
  const char one[] = "{\"items\":[{\"item\":\"B\"},{\"item\":\"A\",\"prices\":{\"EUR\":\"1.50\"}}]}";
  const char same[] = "{\"items\":[{\"item\":\"A\",\"unit\":\"each\",\"prices\":{\"EUR\":\"01.5\"}},{\"item\":\"B\"}]}";
  const char other[] = "{\"items\":[{\"item\":\"A\",\"prices\":{\"EUR\":\"1.51\"}},{\"item\":\"B\"}]}";
  rabatt_book *books[3];
  EXPECT(rabatt_book_open(one, strlen(one), &books[0], NULL) == RABATT_OK);
  EXPECT(rabatt_book_open(same, strlen(same), &books[1], NULL) == RABATT_OK);
  EXPECT(rabatt_book_open(other, strlen(other), &books[2], NULL) == RABATT_OK);
  EXPECT(strlen(rabatt_book_hash(books[0])) == 64);
  EXPECT_TEXT(rabatt_book_hash(books[0]), rabatt_book_hash(books[1]));
  EXPECT(strcmp(rabatt_book_hash(books[0]), rabatt_book_hash(books[2])) != 0);
  for (int i = 0; i < 3; ++i) rabatt_book_free(books[i]);
}

static void test_problems(void) {
  const char json[] = "{\"items\":[{\"item\":\"A\",\"prices\":{\"EUR\":1.5}}],"
                      "\"customers\":[{\"customer\":\"C\",\"discount\":\"101\"}],"
                      "\"campaigns\":[{\"campaign\":\"1\",\"name\":\"x\",\"pricing_type\":\"set_price\","
                      "\"currency\":\"EUR\",\"date\":\"2026-03-01\",\"lines\":[{\"item\":\"Z\",\"price\":\"1\"}]}],"
                      "\"colour\":\"red\"}";
  const struct {
    rabatt_status code;
    const char *path;
  } wanted[] = {{RABATT_UNKNOWN_ITEM, "campaigns[0].lines[0].item"},
                {RABATT_UNKNOWN_FIELD, "colour"},
                {RABATT_INVALID_DISCOUNT, "customers[0].discount"},
                {RABATT_INVALID_DECIMAL, "items[0].prices.EUR"}};
  rabatt_book *book;
  rabatt_error *error;
  size_t size;
  EXPECT(rabatt_book_open(json, strlen(json), &book, &error) == RABATT_UNKNOWN_ITEM);
  EXPECT(book == NULL);
  EXPECT(rabatt_error_count(error) == 4);
  for (size_t i = 0; i < 4 && i < rabatt_error_count(error); ++i) {
    const rabatt_problem *problem = rabatt_error_problem(error, i);
    EXPECT(problem->code == (int32_t)wanted[i].code);
    EXPECT_TEXT(problem->path, wanted[i].path);
    EXPECT(problem->path_size == strlen(wanted[i].path));
    EXPECT(strlen(problem->message) > 0);
  }
  EXPECT(rabatt_error_problem(error, 4) == NULL && rabatt_error_problem(error, (size_t)-1) == NULL);
  const char *text = rabatt_error_json(error, &size);
  const char begin[] = "{\"error\":{\"code\":\"unknown_item\",\"subject\":\"campaigns[0].lines[0].item\","
                       "\"problems\":[{\"code\":\"unknown_item\",\"path\":\"campaigns[0].lines[0].item\",\"message\":";
  EXPECT(strncmp(text, begin, strlen(begin)) == 0);
  EXPECT(strlen(text) == size && strcmp(text + size - 4, "}]}}") == 0);
  expect_error(rabatt_error_code(error), error, RABATT_UNKNOWN_ITEM, "campaigns[0].lines[0].item");
}

/* ---- quotes ---- */

static void test_documents(const rabatt_book *book) {
  rabatt_quote *quote = price(book, "{\"date\":\"2026-03-01\",\"currency\":\"EUR\",\"payment_term\":\"EARLY5\",\"lines\":["
                                    "{\"item\":\"TEA\",\"quantity\":\"3\"},{\"item\":\"CRATE\",\"quantity\":\"1\"},"
                                    "{\"item\":\"BUN\",\"quantity\":\"7\"}]}");
  size_t size;
  EXPECT(strlen(rabatt_quote_json(quote, &size)) == size);
  EXPECT(strncmp(rabatt_quote_json(quote, NULL) + strlen("{\"book\":\""), rabatt_book_hash(book), 64) == 0);
  expect_in_quote(quote, "\"net\":\"119.45\",\"taxes\":[],\"tax\":\"0.00\",\"total\":\"119.45\"");
  expect_in_quote(quote, "\"discount_percent\":\"5\",\"discount\":\"5.97\",\"net\":\"113.48\",\"tax\":\"0.00\",\"taxes\":[],"
                         "\"pay\":\"113.48\"}],\"shares\":[[\"1.27\",\"4.25\",\"0.45\"]]}");
  rabatt_quote_free(quote);

  quote = price(book, "{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"customer\":\"C12\","
                      "\"lines\":[{\"item\":\"DESK\",\"quantity\":\"1\",\"tax_rate\":\"21\"}]}");
  expect_in_quote(quote, "\"rejected\":[{\"campaign\":\"A\",\"reason\":\"customer_discount_is_greater\"}]");
  expect_in_quote(quote, "{\"rate\":\"21\",\"base\":\"88.00\",\"net\":\"88.00\",\"tax\":\"18.48\"}");
  rabatt_quote_free(quote);
}

static void test_quote_outlives_book(void) {
  rabatt_book *book = open_shop();
  rabatt_quote *quote = price(book, "{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"payment_term\":\"EARLY5\","
                                    "\"lines\":[{\"item\":\"DESK\",\"quantity\":\"1\"}]}");
  rabatt_book_free(book);
  const rabatt_payment payment = {"2026-03-18", "85.50"};
  rabatt_settlement settlement;
  EXPECT(rabatt_settle(quote, &payment, 1, &settlement, NULL) == RABATT_OK);
  EXPECT(settlement.settled == 1 && settlement.tier == 0);
  rabatt_quote_free(quote);
}

/* ---- texts that mean harm ---- */

static void test_hostile_books(void) {
  static char deep[200001];
  static const struct {
    const char *text;
    size_t size;
  } texts[] = {{"", 0}, {"x", 0}, {"{", 1}, {"null", 4}, {"[]", 2}, {"\"a\"", 3}, {"\0", 1}, {"{}\0", 3}, {"{}{}", 4},
               {"{\"items\":[{\"item\":\"\xC3\"}]}", 23}, {"\xEF\xBB\xBF{}", 5}, {"{\"items\":{}}", 12},
               {"{\"items\":[null]}", 16}, {"{\"items\":[{\"item\":\"a\\u0000b\"}]}", 32}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    rabatt_book *book;
    rabatt_error *error;
    EXPECT(rabatt_book_open(texts[i].text, texts[i].size, &book, &error) != RABATT_OK);
    EXPECT(book == NULL && rabatt_error_count(error) > 0);
    rabatt_error_free(error);
  }
  memset(deep, '[', sizeof deep - 1);
  rabatt_error *error;
  rabatt_book *book;
  const rabatt_status status = rabatt_book_open(deep, sizeof deep - 1, &book, &error);
  EXPECT(rabatt_error_subject(error, NULL)[0] == '\0');
  expect_error(status, error, RABATT_INVALID_VALUE, "");
}

/* Subjects and paths with a NUL are shorter to strlen than they are. */
static void test_nul_in_text(const rabatt_book *book) {
  const char request[] = "{\"date\":\"a\\u0000b\"}";
  const char json[] = "{\"a\\u0000b\":1}";
  size_t size;
  rabatt_quote *quote;
  rabatt_book *none;
  rabatt_error *error;
  EXPECT(rabatt_price_json(book, request, strlen(request), &quote, &error) == RABATT_INVALID_DATE);
  EXPECT(memcmp(rabatt_error_subject(error, &size), "date a\0b", 9) == 0);
  EXPECT(size == 8);
  EXPECT(strstr(rabatt_error_json(error, NULL), "\"date a\\u0000b\""));
  rabatt_error_free(error);
  EXPECT(rabatt_book_open(json, strlen(json), &none, &error) == RABATT_UNKNOWN_FIELD);
  EXPECT(rabatt_error_problem(error, 0)->path_size == 3);
  rabatt_error_free(error);
}

/* Every text that is one byte, or one cut, away from a good one is read or refused, and nothing worse. */
static void test_damaged_books(void) {
  static char text[sizeof shop_json];
  const size_t size = strlen(shop_json);
  unsigned damage = 1;
  int opened = 0;
  int refused = 0;
  for (size_t at = 0; at < size; at += 3) {
    rabatt_book *book;
    rabatt_error *error;
    memcpy(text, shop_json, sizeof text);
    damage = damage * 1103515245u + 12345u;
    text[at] = (char)(damage >> 16);
    if (rabatt_book_open(text, size, &book, &error) == RABATT_OK) ++opened;
    else ++refused;
    EXPECT((book == NULL) == (error != NULL));
    rabatt_book_free(book);
    rabatt_error_free(error);
    EXPECT(rabatt_book_open(shop_json, at, &book, NULL) == RABATT_INVALID_VALUE);
  }
  printf("damaged books: %d opened, %d refused\n", opened, refused);
  EXPECT(opened > 0 && refused > opened);
}

static void test_refused_requests(const rabatt_book *book) {
  static const struct {
    const char *request;
    rabatt_status status;
    const char *subject;
  } requests[] = {
      {"{", RABATT_INVALID_VALUE, NULL},
      {"[]", RABATT_INVALID_VALUE, ""},
      {"{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"lines\":[{\"item\":\"DESK\",\"quantity\":1.5}]}",
       RABATT_INVALID_DECIMAL, "lines[0].quantity 1.5"},
      {"{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"colour\":\"red\"}", RABATT_UNKNOWN_FIELD, "colour"},
      {"{\"date\":\"2026-03-10\",\"date\":\"2026-03-10\"}", RABATT_DUPLICATE_FIELD, "date"},
      {"{\"date\":\"2026-03-10\",\"currency\":\"EUR\",\"lines\":[{\"item\":\"DESK\",\"quantity\":\"1\"},"
       "{\"item\":\"RUG\",\"quantity\":\"1\"},{\"item\":\"BED\",\"quantity\":\"1\"}]}",
       RABATT_UNKNOWN_ITEM, "lines[2].item BED"},
  };
  for (size_t i = 0; i < sizeof requests / sizeof *requests; ++i) {
    rabatt_quote *quote;
    rabatt_error *error;
    const char *request = requests[i].request;
    const rabatt_status status = rabatt_price_json(book, request, strlen(request), &quote, &error);
    EXPECT(quote == NULL);
    expect_error(status, error, requests[i].status,
                 requests[i].subject ? requests[i].subject : rabatt_error_subject(error, NULL));
  }
}

/* ---- payments ---- */

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
  rabatt_quote *quote = price(book, "{\"date\":\"2026-03-01\",\"currency\":\"EUR\",\"payment_term\":\"EARLY5\",\"lines\":["
                                    "{\"item\":\"TEA\",\"quantity\":\"3\"},{\"item\":\"CRATE\",\"quantity\":\"1\"},"
                                    "{\"item\":\"BUN\",\"quantity\":\"7\"}]}");
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
  const rabatt_payment bad[] = {{"2026-03-09", "1"}, {"2026-02-29", "1"}, {"2026-03-09", "1,5"}, {NULL, "1"},
                                {"2026-03-09", NULL}};
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
  const rabatt_decimal beyond[] = {{687399551400673280u, 5421010862427522170, 0}, {0, INT64_MIN, 0},
                                   {UINT64_MAX, INT64_MAX, 0}};
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

static void test_null_arguments(const rabatt_book *book) {
  const char request[] = "{\"date\":\"2026-03-10\",\"currency\":\"EUR\"}";
  rabatt_book *other;
  rabatt_quote *quote;
  rabatt_error *error;
  rabatt_status status = rabatt_book_open(NULL, 2, &other, &error);
  EXPECT(other == NULL);
  EXPECT_TEXT(rabatt_error_json(error, NULL), "{\"error\":{\"code\":\"invalid_argument\",\"subject\":\"json\"}}");
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "json");
  status = rabatt_book_open("{}", 2, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "book");
  status = rabatt_price_json(NULL, request, strlen(request), &quote, &error);
  EXPECT(quote == NULL);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "book");
  status = rabatt_price_json(book, NULL, 0, &quote, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "request_json");
  status = rabatt_price_json(book, request, strlen(request), NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "quote");
  EXPECT(rabatt_book_open(NULL, 0, NULL, NULL) == RABATT_INVALID_ARGUMENT);
  EXPECT(rabatt_price_json(NULL, NULL, 0, NULL, NULL) == RABATT_INVALID_ARGUMENT);
  EXPECT(rabatt_settle(NULL, NULL, 0, NULL, NULL) == RABATT_INVALID_ARGUMENT);
}

int main(void) {
  rabatt_book *book = open_shop();
  test_versions();
  test_statuses();
  test_nothing();
  test_books();
  test_problems();
  test_documents(book);
  test_quote_outlives_book();
  test_hostile_books();
  test_nul_in_text(book);
  test_damaged_books();
  test_refused_requests(book);
  test_settle(book);
  test_decimals();
  test_allocate();
  test_null_arguments(book);
  rabatt_book_free(book);
  return verdict("c");
}

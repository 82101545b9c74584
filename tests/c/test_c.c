/* Versions, statuses, books, quotes, and what must be refused. */
#include <ctype.h>

#include "shop.h"

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
      STATUS(OK),
      STATUS(INVALID_ARGUMENT),
      STATUS(OUT_OF_MEMORY),
      STATUS(INTERNAL),
      STATUS(MISSING_FIELD),
      STATUS(UNKNOWN_FIELD),
      STATUS(DUPLICATE_FIELD),
      STATUS(INVALID_VALUE),
      STATUS(INVALID_DECIMAL),
      STATUS(INVALID_DATE),
      STATUS(INVALID_IDENTIFIER),
      STATUS(INVALID_DISCOUNT),
      STATUS(INVALID_TAX_RATE),
      STATUS(NEGATIVE_PRICE),
      STATUS(LIMIT_EXCEEDED),
      STATUS(UNKNOWN_CURRENCY),
      STATUS(UNKNOWN_ITEM),
      STATUS(UNKNOWN_UNIT),
      STATUS(UNKNOWN_CUSTOMER),
      STATUS(UNKNOWN_TARGET_GROUP),
      STATUS(UNKNOWN_PAYMENT_TERM),
      STATUS(UNKNOWN_CAMPAIGN),
      STATUS(UNKNOWN_CODE),
      STATUS(DUPLICATE_ID),
      STATUS(DUPLICATE_CODE),
      STATUS(DUPLICATE_ITEM),
      STATUS(VALID_UNTIL_BEFORE_DATE),
      STATUS(WRONG_PRICING_FIELD),
      STATUS(NO_LINES),
      STATUS(TIERS_NOT_ORDERED),
      STATUS(CODE_EXPIRED),
      STATUS(CAMPAIGN_AND_CODE),
      STATUS(TAX_MODE_MISMATCH),
      STATUS(NO_PRICE),
      STATUS(OVERFLOW),
      STATUS(INCONSISTENT_ORDER),
      STATUS(CURRENCY_MISMATCH),
      STATUS(DIVISION_BY_ZERO),
      STATUS(INVALID_WEIGHTS),
      STATUS(INVALID_AMOUNT),
      STATUS(FILE_NOT_READABLE),
      STATUS(FILE_NOT_WRITABLE),
      STATUS(UNKNOWN_FORMAT),
      STATUS(NO_BASE_PRICE),
      STATUS(DAMAGED_BOOK),
      STATUS(INCOMPATIBLE_BOOK),
      STATUS(NAME_REQUIRED),
      STATUS(FIELD_REQUIRED),
      STATUS(UNKNOWN_RECORD),
      STATUS(INVALID_TEXT),
      STATUS(TEXT_TOO_LONG),
      STATUS(LIMIT_CROSSED),
      STATUS(NOT_FOUND),
      STATUS(CONFLICT),
      STATUS(IN_USE),
      STATUS(DUPLICATE_NAME),
      STATUS(NUMBER_TAKEN),
      STATUS(NUMBER_TOO_LONG),
      STATUS(PERMISSION_DENIED),
      STATUS(END_BEFORE_START),
      STATUS(CURRENCY_REQUIRED),
      STATUS(PRICING_TYPE_REQUIRED),
      STATUS(WRONG_LINE_FIELD),
      STATUS(TYPE_HAS_LINES),
      STATUS(ALREADY_POSTED),
      STATUS(NOT_POSTED),
      STATUS(EMPTY_TARGET_GROUP),
      STATUS(DUPLICATE_EMAIL),
      STATUS(DUPLICATE_SOURCE),
      STATUS(DUPLICATE_CONTENT_ID),
      STATUS(DUPLICATE_SELECTION),
      STATUS(NO_LINKED_CONTACTS),
      STATUS(FROZEN),
      STATUS(INVALID_TRANSITION),
      STATUS(NO_PERMISSION),
      STATUS(NO_EMAIL),
      STATUS(BUSY),
      STATUS(STORE_MISSING),
      STATUS(STORE_CORRUPT),
      STATUS(STORE_READ_ONLY),
      STATUS(STORE_FULL),
      STATUS(CONNECTION_LOST),
      STATUS(SCHEMA_TOO_NEW),
      STATUS(SCHEMA_TOO_OLD),
      STATUS(INVALID_URL),
      STATUS(INVALID_AS_OF),
      STATUS(UNKNOWN_COLUMN),
      STATUS(MISSING_COLUMN),
      STATUS(FLOAT_COLUMN),
      STATUS(BAD_ROW),
      STATUS(AMBIGUOUS_MATCH),
      STATUS(UNRESOLVED_CONTENT_ID),
      STATUS(UNUSED_CONTENT_ID),
      STATUS(NO_RATE),
      STATUS(ERASED),
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
  const char *one = json("{'items':[{'item':'B'},{'item':'A','prices':{'EUR':'1.50'}}]}");
  const char *same = json("{'items':[{'item':'A','unit':'each','prices':{'EUR':'01.5'}},{'item':'B'}]}");
  const char *other = json("{'items':[{'item':'A','prices':{'EUR':'1.51'}},{'item':'B'}]}");
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
  const char *faulty = json(
      "{'items':[{'item':'A','prices':{'EUR':1.5}}],"
      "'customers':[{'customer':'C','discount':'101'}],"
      "'campaigns':[{'campaign':'1','name':'x','pricing_type':'set_price',"
      "'currency':'EUR','date':'2026-03-01','lines':[{'item':'Z','price':'1'}]}],"
      "'colour':'red'}");
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
  EXPECT(rabatt_book_open(faulty, strlen(faulty), &book, &error) == RABATT_UNKNOWN_ITEM);
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
  const char *begin = json(
      "{'error':{'code':'unknown_item','subject':'campaigns[0].lines[0].item',"
      "'problems':[{'code':'unknown_item','path':'campaigns[0].lines[0].item','message':");
  EXPECT(strncmp(text, begin, strlen(begin)) == 0);
  EXPECT(strlen(text) == size && strcmp(text + size - 4, "}]}}") == 0);
  expect_error(rabatt_error_code(error), error, RABATT_UNKNOWN_ITEM, "campaigns[0].lines[0].item");
}

/* ---- quotes ---- */

static void test_documents(const rabatt_book *book) {
  rabatt_quote *quote = price(book,
                              "{'date':'2026-03-01','currency':'EUR','payment_term':'EARLY5','lines':["
                              "{'item':'TEA','quantity':'3'},{'item':'CRATE','quantity':'1'},"
                              "{'item':'BUN','quantity':'7'}]}");
  size_t size;
  EXPECT(strlen(rabatt_quote_json(quote, &size)) == size);
  EXPECT(strncmp(rabatt_quote_json(quote, NULL) + strlen("{'book':'"), rabatt_book_hash(book), 64) == 0);
  expect_in_quote(quote, "'net':'119.45','taxes':[],'tax':'0.00','total':'119.45'");
  expect_in_quote(quote,
                  "'discount_percent':'5','discount':'5.97','net':'113.48','tax':'0.00','taxes':[],"
                  "'pay':'113.48'}],'shares':[['1.27','4.25','0.45']]}");
  rabatt_quote_free(quote);

  quote = price(book,
                "{'date':'2026-03-10','currency':'EUR','customer':'C12',"
                "'lines':[{'item':'DESK','quantity':'1','tax_rate':'21'}]}");
  expect_in_quote(quote, "'rejected':[{'campaign':'A','reason':'customer_discount_is_greater'}]");
  expect_in_quote(quote, "{'rate':'21','base':'88.00','net':'88.00','tax':'18.48'}");
  rabatt_quote_free(quote);
}

static void test_quote_outlives_book(void) {
  rabatt_book *book = open_shop();
  rabatt_quote *quote = price(book,
                              "{'date':'2026-03-10','currency':'EUR','payment_term':'EARLY5',"
                              "'lines':[{'item':'DESK','quantity':'1'}]}");
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
    rabatt_status status;
  } texts[] = {{"", RABATT_INVALID_VALUE},
               {"{", RABATT_INVALID_VALUE},
               {"null", RABATT_INVALID_VALUE},
               {"[]", RABATT_INVALID_VALUE},
               {"'a'", RABATT_INVALID_VALUE},
               {"{}{}", RABATT_INVALID_VALUE},
               {"\xEF\xBB\xBF{}", RABATT_INVALID_VALUE},
               {"{'items':{}}", RABATT_INVALID_VALUE},
               {"{'items':[null]}", RABATT_INVALID_VALUE},
               {"{'items':[{'item':'\xC3'}]}", RABATT_INVALID_VALUE},
               {"{'items':[{'item':'a\\u0000b'}]}", RABATT_INVALID_IDENTIFIER}};
  rabatt_book *book;
  rabatt_error *error;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    EXPECT(rabatt_book_open(json(texts[i].text), strlen(texts[i].text), &book, &error) == texts[i].status);
    EXPECT(book == NULL && rabatt_error_count(error) == 1);
    rabatt_error_free(error);
  }
  EXPECT(rabatt_book_open("{}\0", 3, &book, NULL) == RABATT_INVALID_VALUE);
  memset(deep, '[', sizeof deep - 1);
  const rabatt_status status = rabatt_book_open(deep, sizeof deep - 1, &book, &error);
  expect_error(status, error, RABATT_INVALID_VALUE, "");
}

/* Subjects and paths with a NUL are shorter to strlen than they are. */
static void test_nul_in_text(const rabatt_book *book) {
  const char *request = json("{'date':'a\\u0000b'}");
  const char *faulty = json("{'a\\u0000b':1}");
  size_t size;
  rabatt_quote *quote;
  rabatt_book *none;
  rabatt_error *error;
  EXPECT(rabatt_price_json(book, request, strlen(request), &quote, &error) == RABATT_INVALID_DATE);
  EXPECT(memcmp(rabatt_error_subject(error, &size), "date a\0b", 9) == 0);
  EXPECT(size == 8);
  EXPECT(strstr(rabatt_error_json(error, NULL), json("'date a\\u0000b'")));
  rabatt_error_free(error);
  EXPECT(rabatt_book_open(faulty, strlen(faulty), &none, &error) == RABATT_UNKNOWN_FIELD);
  EXPECT(rabatt_error_problem(error, 0)->path_size == 3);
  rabatt_error_free(error);
}

/* Every text that is one byte, or one cut, away from a good one is read or refused, and nothing worse. */
static void test_damaged_books(void) {
  static char text[sizeof shop_text];
  const char *good = json(shop_text);
  const size_t size = strlen(good);
  unsigned damage = 1;
  int opened = 0;
  int refused = 0;
  for (size_t at = 0; at < size; at += 3) {
    rabatt_book *book;
    rabatt_error *error;
    memcpy(text, good, sizeof text);
    damage = damage * 1103515245u + 12345u;
    text[at] = (char)(damage >> 16);
    if (rabatt_book_open(text, size, &book, &error) == RABATT_OK)
      ++opened;
    else
      ++refused;
    EXPECT((book == NULL) == (error != NULL));
    rabatt_book_free(book);
    rabatt_error_free(error);
    EXPECT(rabatt_book_open(good, at, &book, NULL) == RABATT_INVALID_VALUE);
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
      {"{'date':'2026-03-10','currency':'EUR','lines':[{'item':'DESK','quantity':1.5}]}", RABATT_INVALID_DECIMAL,
       "lines[0].quantity 1.5"},
      {"{'date':'2026-03-10','currency':'EUR','colour':'red'}", RABATT_UNKNOWN_FIELD, "colour"},
      {"{'date':'2026-03-10','date':'2026-03-10'}", RABATT_DUPLICATE_FIELD, "date"},
      {"{'date':'2026-03-10','currency':'EUR','lines':[{'item':'DESK','quantity':'1'},"
       "{'item':'RUG','quantity':'1'},{'item':'BED','quantity':'1'}]}",
       RABATT_UNKNOWN_ITEM, "lines[2].item BED"},
  };
  for (size_t i = 0; i < sizeof requests / sizeof *requests; ++i) {
    rabatt_quote *quote;
    rabatt_error *error;
    const char *request = json(requests[i].request);
    const rabatt_status status = rabatt_price_json(book, request, strlen(request), &quote, &error);
    EXPECT(quote == NULL);
    expect_error(status, error, requests[i].status,
                 requests[i].subject ? requests[i].subject : rabatt_error_subject(error, NULL));
  }
}

/* ---- arguments ---- */

static void test_null_arguments(const rabatt_book *book) {
  const char *request = json("{'date':'2026-03-10','currency':'EUR'}");
  rabatt_book *other;
  rabatt_quote *quote;
  rabatt_error *error;
  rabatt_status status = rabatt_book_open(NULL, 2, &other, &error);
  EXPECT(other == NULL);
  EXPECT_TEXT(rabatt_error_json(error, NULL), json("{'error':{'code':'invalid_argument','subject':'json'}}"));
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
  test_null_arguments(book);
  rabatt_book_free(book);
  return verdict("c");
}

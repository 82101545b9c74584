/*
 * The C face of rabatt, an exact pricing engine: open a book once, then price documents from it.
 *
 *   rabatt_book *book;             of {"items": [{"item": "DESK", "prices": {"EUR": "90"}}]}
 *   rabatt_error *error;
 *   if (rabatt_book_open(json, strlen(json), &book, &error) != RABATT_OK) {
 *     fprintf(stderr, "%s\n", rabatt_error_json(error, NULL));
 *     rabatt_error_free(error);
 *     return 1;
 *   }
 *   rabatt_document document = {.date = "2026-03-10", .currency = "EUR"};
 *   rabatt_line line = {.item = "DESK", .quantity = "3"};
 *   rabatt_priced_line priced;
 *   char net[RABATT_DECIMAL_SIZE];
 *   if (rabatt_price_line(book, &document, &line, &priced, NULL) == RABATT_OK)
 *     rabatt_decimal_text(&priced.net, net, NULL);             -> "270.00"
 *   rabatt_book_free(book);
 *
 * Conventions
 *
 * 1. Every handle (rabatt_book, rabatt_quote, rabatt_error) is its own incomplete struct. A function with `_free` in
 *    its name takes it back, once; NULL is allowed there and does nothing.
 * 2. Every call that can fail returns a rabatt_status, RABATT_OK (0) where it did not, and takes as its last argument
 *    where to put an error object, or NULL. It sets that to NULL where nothing failed; a handle it was to give is
 *    NULL where something did.
 * 3. In, decimals are text ("12.50"; digits, point, minus), so are dates ("2026-03-10", "2026-03-10T09:30"). Out, they
 *    are text in JSON and scaled integers (rabatt_decimal) in structs. All text is UTF-8 (paths are what
 *    the system has) and ends with NUL; NULL means "not given"; an array of count 0 may be NULL. The words, and what
 *    they mean, are those of books and requests in JSON.
 * 4. What a call is given is not kept after it returns. Text that a call returns belongs to the handle it was asked
 *    of and lives as long; text without a handle lives for ever. `size`, where it is not NULL, gets the number of its
 *    bytes without the NUL.
 * 5. Books, quotes and errors never change: any number of threads may use one at once, until it is freed. The library
 *    has no other state.
 */
#ifndef RABATT_C_H
#define RABATT_C_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define RABATT_API __attribute__((visibility("default")))
#else
#define RABATT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The layout of every struct and the numbers of every enumerator below: a program is compiled with one
 * RABATT_ABI_VERSION and must find the same in the library. New functions and statuses do not change it. */
#define RABATT_ABI_VERSION 1
RABATT_API int32_t rabatt_abi_version(void);

RABATT_API const char *rabatt_version(void);          /* "0.1.0" */
RABATT_API const char *rabatt_currency_edition(void); /* date of the ISO 4217 list in use: "2026-01-01" */

/* ---- statuses ---- */

typedef enum rabatt_status {
  RABATT_OK = 0,
  RABATT_INVALID_ARGUMENT = 1, /* a pointer that must not be NULL; the subject names the argument */
  RABATT_OUT_OF_MEMORY = 2,
  RABATT_INTERNAL = 3, /* a mistake of the library's own; please report it with its subject */

  /* the shape of a book or a request */
  RABATT_MISSING_FIELD = 101,
  RABATT_UNKNOWN_FIELD = 102,
  RABATT_DUPLICATE_FIELD = 103,
  RABATT_INVALID_VALUE = 104,
  RABATT_INVALID_DECIMAL = 105,
  RABATT_INVALID_DATE = 106,
  RABATT_INVALID_IDENTIFIER = 107,
  RABATT_INVALID_DISCOUNT = 108,
  RABATT_INVALID_TAX_RATE = 109,
  RABATT_NEGATIVE_PRICE = 110,
  RABATT_LIMIT_EXCEEDED = 111,
  /* references */
  RABATT_UNKNOWN_CURRENCY = 112,
  RABATT_UNKNOWN_ITEM = 113,
  RABATT_UNKNOWN_UNIT = 114,
  RABATT_UNKNOWN_CUSTOMER = 115,
  RABATT_UNKNOWN_TARGET_GROUP = 116,
  RABATT_UNKNOWN_PAYMENT_TERM = 117,
  RABATT_UNKNOWN_CAMPAIGN = 118,
  RABATT_UNKNOWN_CODE = 119,
  /* a book as a whole */
  RABATT_DUPLICATE_ID = 120,
  RABATT_DUPLICATE_CODE = 121,
  RABATT_DUPLICATE_ITEM = 122,
  RABATT_VALID_UNTIL_BEFORE_DATE = 123,
  RABATT_WRONG_PRICING_FIELD = 124,
  RABATT_NO_LINES = 125,
  RABATT_TIERS_NOT_ORDERED = 126,
  /* pricing a document */
  RABATT_CODE_EXPIRED = 127,
  RABATT_CAMPAIGN_AND_CODE = 128,
  RABATT_TAX_MODE_MISMATCH = 129,
  RABATT_NO_PRICE = 130,
  RABATT_OVERFLOW = 131,
  RABATT_INCONSISTENT_ORDER = 132,
  /* arithmetic */
  RABATT_CURRENCY_MISMATCH = 133,
  RABATT_DIVISION_BY_ZERO = 134,
  RABATT_INVALID_WEIGHTS = 135,
  RABATT_INVALID_AMOUNT = 136,
  /* files */
  RABATT_FILE_NOT_READABLE = 137,
  RABATT_FILE_NOT_WRITABLE = 138,
  RABATT_UNKNOWN_FORMAT = 139,
  /* set for all; not raised by this face */
  RABATT_NO_BASE_PRICE = 140,
  /* book files */
  RABATT_DAMAGED_BOOK = 141,
  RABATT_INCOMPATIBLE_BOOK = 142,
  /* a record; not raised by this face */
  RABATT_NAME_REQUIRED = 143,
  RABATT_FIELD_REQUIRED = 144,
  RABATT_UNKNOWN_RECORD = 145,
  RABATT_INVALID_TEXT = 146,
  RABATT_TEXT_TOO_LONG = 147,
  RABATT_LIMIT_CROSSED = 148,
  RABATT_NOT_FOUND = 149,
  RABATT_CONFLICT = 150,
  RABATT_IN_USE = 151,
  RABATT_DUPLICATE_NAME = 152,
  RABATT_NUMBER_TAKEN = 153,
  RABATT_NUMBER_TOO_LONG = 154,
  RABATT_PERMISSION_DENIED = 155,
  /* a campaign; not raised by this face */
  RABATT_END_BEFORE_START = 156,
  RABATT_CURRENCY_REQUIRED = 157,
  RABATT_PRICING_TYPE_REQUIRED = 158,
  RABATT_WRONG_LINE_FIELD = 159,
  RABATT_TYPE_HAS_LINES = 160,
  RABATT_ALREADY_POSTED = 161,
  RABATT_NOT_POSTED = 162,
  RABATT_EMPTY_TARGET_GROUP = 163,
  /* an audience; not raised by this face */
  RABATT_DUPLICATE_EMAIL = 164,
  RABATT_DUPLICATE_SOURCE = 165,
  RABATT_DUPLICATE_CONTENT_ID = 166,
  RABATT_DUPLICATE_SELECTION = 167,
  RABATT_NO_LINKED_CONTACTS = 168,
  RABATT_FROZEN = 169,
  RABATT_INVALID_TRANSITION = 170,
  RABATT_NO_PERMISSION = 171,
  RABATT_NO_EMAIL = 172,
  /* a store; not raised by this face */
  RABATT_BUSY = 173,
  RABATT_STORE_MISSING = 174,
  RABATT_STORE_CORRUPT = 175,
  RABATT_STORE_READ_ONLY = 176,
  RABATT_STORE_FULL = 177,
  RABATT_CONNECTION_LOST = 178,
  RABATT_SCHEMA_TOO_NEW = 179,
  RABATT_SCHEMA_TOO_OLD = 180,
  RABATT_INVALID_URL = 181,
  RABATT_INVALID_AS_OF = 182,
  /* import; not raised by this face */
  RABATT_UNKNOWN_COLUMN = 183,
  RABATT_MISSING_COLUMN = 184,
  RABATT_FLOAT_COLUMN = 185,
  RABATT_BAD_ROW = 186,
  RABATT_AMBIGUOUS_MATCH = 187,
  /* warnings, in reports; not raised by this face */
  RABATT_UNRESOLVED_CONTENT_ID = 188,
  RABATT_UNUSED_CONTENT_ID = 189,
  /* rates of currencies; not raised by this face */
  RABATT_NO_RATE = 190,
  /* a person; not raised by this face */
  RABATT_ERASED = 191
} rabatt_status;

/* "overflow" for RABATT_OVERFLOW, "ok" for RABATT_OK; NULL for a number that is no status. */
RABATT_API const char *rabatt_status_slug(int32_t status);

/* ---- errors ---- */

typedef struct rabatt_error rabatt_error;

/* One thing that is wrong with a book. */
typedef struct rabatt_problem {
  int32_t code;     /* rabatt_status */
  const char *path; /* "campaigns[3].lines[0].price" */
  size_t path_size;
  const char *message; /* one sentence for people; its wording may change */
} rabatt_problem;

/* RABATT_OK for NULL. Of a book with many problems, the code of the first. */
RABATT_API rabatt_status rabatt_error_code(const rabatt_error *error);

/* The offending thing: "lines[2].item TEA", or "" (also for NULL). Hostile requests may put a NUL into it. */
RABATT_API const char *rabatt_error_subject(const rabatt_error *error, size_t *size);

/* All problems of a book, sorted by path; 0 of them, and NULL, where the error is not one of a book. */
RABATT_API size_t rabatt_error_count(const rabatt_error *error);
RABATT_API const rabatt_problem *rabatt_error_problem(const rabatt_error *error, size_t index);

/* {"error":{"code":...,"subject":...}}; of a book also "problems":[{"code":...,"path":...,"message":...}] within.
 * NULL for NULL. */
RABATT_API const char *rabatt_error_json(const rabatt_error *error, size_t *size);

RABATT_API void rabatt_error_free(rabatt_error *error);

/* ---- books ---- */

typedef struct rabatt_book rabatt_book;

/* Everything that prices, as one JSON text of `size` bytes. */
RABATT_API rabatt_status rabatt_book_open(const char *json, size_t size, rabatt_book **book, rabatt_error **error);

/* A book file (*.rabatt), as rabatt_book_save or `rabatt compile` writes it. It is mapped, not parsed: opening takes
 * the same time however large it is, and all processes that have it open share its memory. Fails with
 * RABATT_FILE_NOT_READABLE ("shop.rabatt: No such file or directory"), RABATT_UNKNOWN_FORMAT (no book file),
 * RABATT_INCOMPATIBLE_BOOK (of an older or newer version, or another kind of machine) and RABATT_DAMAGED_BOOK (cut, or
 * changed). A page of 4 KiB is checked when it is first read: every call that is given the book returns
 * RABATT_DAMAGED_BOOK where it needs a damaged one, and rabatt_book_verify reads all. The checks find accidents, not
 * forgeries: open only files of those whom you trust. A file in use may be replaced, as rabatt_book_save does it, but
 * never be written into. */
RABATT_API rabatt_status rabatt_book_open_file(const char *path, rabatt_book **book, rabatt_error **error);

/* Reads all of the file that the book was opened from; RABATT_OK for other books. */
RABATT_API rabatt_status rabatt_book_verify(const rabatt_book *book, rabatt_error **error);

/* Writes a book file beside `path`, which then takes its name: there is the old file or the new one, whatever happens.
 * Links stay, and so does the mode of a file that is replaced. Fails with RABATT_FILE_NOT_WRITABLE. */
RABATT_API rabatt_status rabatt_book_save(const rabatt_book *book, const char *path, rabatt_error **error);

/* 64 hex digits that stand for the content; every quote carries them. NULL for NULL. */
RABATT_API const char *rabatt_book_hash(const rabatt_book *book);

/* Quotes do not need their book any more. */
RABATT_API void rabatt_book_free(rabatt_book *book);

/* ---- decimals ---- */

/* value = integer * 10^-places, where integer = high * 2^64 + low has at most 38 digits. On a little-endian machine
 * the 16 bytes of low and high are an Arrow decimal128. Amounts have the places of their currency's step, all
 * else as few as hold the value. */
typedef struct rabatt_decimal {
  uint64_t low;
  int64_t high;
  int32_t places; /* 0 ... 38 */
} rabatt_decimal;

#define RABATT_DECIMAL_SIZE 44 /* the longest text of a decimal, with its NUL */

/* "-0.50" for -50 with 2 places. Fails for NULL and for places beyond 0 ... 38 (RABATT_INVALID_ARGUMENT), and for more
 * than 38 digits (RABATT_OVERFLOW). */
RABATT_API rabatt_status rabatt_decimal_text(const rabatt_decimal *value, char text[RABATT_DECIMAL_SIZE],
                                             rabatt_error **error);

/* Splits an amount in proportion to `count` weights into multiples of `step`; the parts always sum to the amount.
 * "0.05" by {"3", "7"} in steps of "0.01" gives {0.02, 0.03}. Fails with RABATT_INVALID_WEIGHTS,
 * RABATT_INVALID_AMOUNT, RABATT_OVERFLOW, and for texts that are no decimals ("weights[1] 1,5"). */
RABATT_API rabatt_status rabatt_allocate(const char *amount, const char *step, const char *const *weights, size_t count,
                                         rabatt_decimal *parts, rabatt_error **error);

/* ---- requests as structs: what is not set is not given ---- */

typedef enum rabatt_flag { RABATT_ABSENT = 0, RABATT_FALSE = 1, RABATT_TRUE = 2 } rabatt_flag;

typedef struct rabatt_document {
  const char *date;     /* required */
  const char *currency; /* required */
  const char *customer;
  const char *organisation;   /* default: the customer's */
  const char *campaign;       /* the number of the one campaign that may apply */
  const char *code;           /* a campaign's code; the same effect */
  const char *payment_term;   /* default: the customer's */
  int32_t prices_include_tax; /* rabatt_flag; default: the book's */
  int32_t early_payment;      /* rabatt_flag; default: true unless the net is negative; of rabatt_price only */
  int32_t explain;            /* rabatt_flag; default: true; of rabatt_price only */
} rabatt_document;

typedef struct rabatt_line {
  const char *item;            /* required */
  const char *quantity;        /* required */
  const char *unit;            /* default: the item's base unit */
  const char *list_price;      /* per unit; instead of the book's */
  const char *manual_price;    /* a unit price typed by hand */
  const char *manual_discount; /* a percentage typed by hand, in the place of all other discounts */
  const char *tax_rate;        /* percent */
} rabatt_line;

/* ---- lines: the fast path, without JSON ---- */

typedef enum rabatt_source {
  RABATT_SOURCE_LIST = 0,
  RABATT_SOURCE_CUSTOMER = 1,
  RABATT_SOURCE_CAMPAIGN = 2,
  RABATT_SOURCE_BOTH = 3,
  RABATT_SOURCE_MANUAL = 4
} rabatt_source;

#define RABATT_IDENTIFIER_SIZE 201 /* the longest identifier, with its NUL */

/* All zero but for `status` where that is not RABATT_OK. */
typedef struct rabatt_priced_line {
  int32_t status;                 /* rabatt_status */
  int32_t source;                 /* rabatt_source: who made the price */
  int32_t has_list_price;         /* 0: there is none, and list_price, list_amount and saved are 0 */
  rabatt_decimal list_price;
  rabatt_decimal unit_price;
  rabatt_decimal discount;        /* percent */
  rabatt_decimal gross;
  rabatt_decimal discount_amount; /* gross - net */
  rabatt_decimal net;
  rabatt_decimal unit_net;        /* unit price less discount, rounded: for display, never an input */
  rabatt_decimal list_amount;
  rabatt_decimal saved;           /* list_amount - net */
  char applied_campaign[RABATT_IDENTIFIER_SIZE];   /* "" for none */
  char applied_price_book[RABATT_IDENTIFIER_SIZE]; /* "" for none */
} rabatt_priced_line;

/* One line, without tax, totals, payment and warnings, which are a document's: rabatt_price has them. Fails for the
 * document or the line, whichever is found first; priced->status is what it returns. */
RABATT_API rabatt_status rabatt_price_line(const rabatt_book *book, const rabatt_document *document,
                                           const rabatt_line *line, rabatt_priced_line *priced, rabatt_error **error);

/* `count` lines of one document, a status for each: a bad line changes no other line, and the call still returns
 * RABATT_OK. Ask rabatt_price_line what is wrong with it. Where the call itself fails, which is for the document
 * or a damaged book, what it returns is the status of every line. */
RABATT_API rabatt_status rabatt_price_lines(const rabatt_book *book, const rabatt_document *document,
                                            const rabatt_line *lines, size_t count, rabatt_priced_line *priced,
                                            rabatt_error **error);

/* ---- quotes: whole documents, with taxes, totals, payment and explanation ---- */

typedef struct rabatt_quote rabatt_quote;

/* The request as structs, or as one JSON text of `size` bytes. The first thing that is wrong is the error. */
RABATT_API rabatt_status rabatt_price(const rabatt_book *book, const rabatt_document *document,
                                      const rabatt_line *lines, size_t count, rabatt_quote **quote,
                                      rabatt_error **error);
RABATT_API rabatt_status rabatt_price_json(const rabatt_book *book, const char *request_json, size_t size,
                                           rabatt_quote **quote, rabatt_error **error);

/* NULL for NULL. */
RABATT_API const char *rabatt_quote_json(const rabatt_quote *quote, size_t *size);

RABATT_API void rabatt_quote_free(rabatt_quote *quote);

/* ---- tables: lines by the million, through Arrow's C data and stream interfaces ---- */

/* The structs that Arrow gives to be copied into programs; <rabatt/arrow_abi.h> has them for those who have them not.
 */
struct ArrowArray;
struct ArrowArrayStream;
struct ArrowSchema;

/* What is not set is not given. */
typedef struct rabatt_arrow_options {
  const char *date;           /* of all lines; for tables without such a column */
  const char *currency;       /* likewise */
  const char *const *columns; /* the results that are wanted; none: all */
  size_t column_count;
  int32_t threads;            /* that price; 0: one */
  int32_t keep_input;         /* 1: the columns of the input too, moved and not copied */
  const int32_t *places;      /* of prices and amounts, 0 to 38; NULL: what the book and the columns of prices have */
} rabatt_arrow_options;

/* Prices every row of a stream of lines as a document of its own: `priced` is a new stream, which prices an array of
 * `lines` whenever it is asked for one, in the memory of that array. Columns are found by their names, the words of
 * requests: item, quantity, and date and currency where they are not options, must be there. The results are status
 * ("ok", or the slug of the row's error), list_price, unit_price, discount, gross, discount_amount, net, unit_net,
 * list_amount, saved (decimal128), source, applied_campaign, applied_price_book (dictionary-encoded). Numbers and
 * dates are read where they lie; texts are fastest dictionary-encoded.
 *
 * `lines` is taken over where the call succeeds, and released with `priced`; both keep what they need of the book,
 * which may be freed. The book keeps what it computes of a day for the next stream, up to 64 MB. `options` may be NULL.
 * Fails for the table as a whole, with the column as the subject: RABATT_MISSING_FIELD, RABATT_DUPLICATE_FIELD (also
 * for a date given twice), RABATT_INVALID_DECIMAL (floats), RABATT_INVALID_DATE (a zone), RABATT_INVALID_VALUE (also
 * for places that are none). Later errors are the stream's own: EINVAL or what `lines` returned, with get_last_error.
 */
RABATT_API rabatt_status rabatt_price_arrow_stream(const rabatt_book *book, struct ArrowArrayStream *lines,
                                                   const rabatt_arrow_options *options, struct ArrowArrayStream *priced,
                                                   rabatt_error **error);

/* ---- payments ---- */

typedef struct rabatt_payment {
  const char *date;
  const char *amount; /* in the document's currency */
} rabatt_payment;

typedef struct rabatt_settlement {
  int32_t settled;         /* 1: nothing is open */
  int32_t tier;            /* index of the early payment tier that was earned, or -1 */
  rabatt_decimal open;     /* still to be paid; not above 0 for a credit note */
  rabatt_decimal overpaid; /* likewise */
} rabatt_settlement;

/* What `count` payments leave open. A total of 119.45 with 5 % for early payment: 113.48 in time settles; 113.47
 * leaves 5.98 open. `settlement` is written only where the call succeeds. */
RABATT_API rabatt_status rabatt_settle(const rabatt_quote *quote, const rabatt_payment *payments, size_t count,
                                       rabatt_settlement *settlement, rabatt_error **error);

#ifdef __cplusplus
}
#endif

#endif /* RABATT_C_H */

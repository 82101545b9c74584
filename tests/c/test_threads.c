/* Two threads price from one book, and read one quote, at once. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "shop.h"

enum { threads = 2, rounds = 2000 };

static const char request_text[] =
    "{'date':'2026-03-10','currency':'EUR','customer':'C5','payment_term':'EARLY5',"
    "'lines':[{'item':'DESK','quantity':'1'},{'item':'TABLE','quantity':'3'}]}";

static const char *request;
static rabatt_book *book;
static rabatt_quote *shared_quote;

/* Gives the number of answers that differ from the shared one. */
static void *price_often(void *result) {
  size_t *different = result;
  const rabatt_document document = {.date = "2026-03-10", .currency = "EUR", .customer = "C5"};
  const rabatt_line line = {.item = "TABLE", .quantity = "3"};
  for (int i = 0; i < rounds; ++i) {
    rabatt_quote *quote = NULL;
    rabatt_quote *none = NULL;
    rabatt_error *error = NULL;
    rabatt_priced_line priced;
    const int same = rabatt_price_json(book, request, strlen(request), &quote, &error) == RABATT_OK &&
                     strcmp(rabatt_quote_json(quote, NULL), rabatt_quote_json(shared_quote, NULL)) == 0 &&
                     rabatt_price_line(book, &document, &line, &priced, NULL) == RABATT_OK && priced.net.low == 26100 &&
                     rabatt_price_json(book, "", 0, &none, &error) == RABATT_INVALID_VALUE;
    if (!same) ++*different;
    rabatt_error_free(error);
    rabatt_quote_free(quote);
  }
  return NULL;
}

int main(void) {
  pthread_t ids[threads];
  size_t different[threads] = {0};
  book = open_shop();
  request = json(request_text);
  EXPECT(rabatt_price_json(book, request, strlen(request), &shared_quote, NULL) == RABATT_OK);
  for (int i = 0; i < threads; ++i) EXPECT(pthread_create(&ids[i], NULL, price_often, &different[i]) == 0);
  for (int i = 0; i < threads; ++i) {
    EXPECT(pthread_join(ids[i], NULL) == 0);
    EXPECT(different[i] == 0);
  }
  rabatt_quote_free(shared_quote);
  rabatt_book_free(book);
  return verdict("threads");
}

/* Prices a line from an installed rabatt, in C. */
#include <rabatt/c.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  const char json[] =
      "{\"items\": [{\"item\": \"DESK\", \"prices\": {\"EUR\": \"100\"}}],"
      " \"customers\": [{\"customer\": \"C5\", \"discount\": \"5\"}]}";
  const rabatt_document document = {.date = "2026-03-10", .currency = "EUR", .customer = "C5"};
  const rabatt_line line = {.item = "DESK", .quantity = "3"};
  rabatt_book *book;
  rabatt_error *error;
  rabatt_priced_line priced;
  char net[RABATT_DECIMAL_SIZE] = "";
  if (rabatt_abi_version() != RABATT_ABI_VERSION) {
    fprintf(stderr, "another ABI than this program's\n");
    return 1;
  }
  if (rabatt_book_open(json, strlen(json), &book, &error) != RABATT_OK ||
      rabatt_price_line(book, &document, &line, &priced, &error) != RABATT_OK ||
      rabatt_decimal_text(&priced.net, net, &error) != RABATT_OK) {
    fprintf(stderr, "%s\n", rabatt_error_json(error, NULL));
    rabatt_error_free(error);
  }
  rabatt_book_free(book);
  printf("C: %s\n", net);
  return strcmp(net, "285.00") != 0;
}

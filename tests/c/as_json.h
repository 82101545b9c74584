/* A request of structs as JSON. */
#ifndef RABATT_TESTS_AS_JSON_H
#define RABATT_TESTS_AS_JSON_H

#include "expect.h"
#include "rabatt/c.h"

enum { text_size = 8192 };

static inline void add(char *to, const char *text) {
  EXPECT(strlen(to) + strlen(text) < text_size);
  strncat(to, text, text_size - 1 - strlen(to));
}

static inline void add_field(char *to, const char *name, const char *value, const char *quote) {
  if (!value) return;
  add(to, to[strlen(to) - 1] == '{' ? "\"" : ",\"");
  add(to, name);
  add(to, "\":");
  add(to, quote);
  add(to, value);
  add(to, quote);
}

static inline const char *flag_text(int32_t flag) {
  return flag == RABATT_ABSENT ? NULL : flag == RABATT_TRUE ? "true" : flag == RABATT_FALSE ? "false" : "7";
}

static inline void write_request(char *to, const rabatt_document *document, const rabatt_line *lines, size_t count) {
  strcpy(to, "{");
  add_field(to, "date", document->date, "\"");
  add_field(to, "currency", document->currency, "\"");
  add_field(to, "customer", document->customer, "\"");
  add_field(to, "organisation", document->organisation, "\"");
  add_field(to, "campaign", document->campaign, "\"");
  add_field(to, "code", document->code, "\"");
  add_field(to, "payment_term", document->payment_term, "\"");
  add_field(to, "prices_include_tax", flag_text(document->prices_include_tax), "");
  add_field(to, "early_payment", flag_text(document->early_payment), "");
  add_field(to, "explain", flag_text(document->explain), "");
  add_field(to, "lines", "[", "");
  for (size_t i = 0; i < count; ++i) {
    add(to, i == 0 ? "{" : ",{");
    add_field(to, "item", lines[i].item, "\"");
    add_field(to, "quantity", lines[i].quantity, "\"");
    add_field(to, "unit", lines[i].unit, "\"");
    add_field(to, "list_price", lines[i].list_price, "\"");
    add_field(to, "manual_price", lines[i].manual_price, "\"");
    add_field(to, "manual_discount", lines[i].manual_discount, "\"");
    add_field(to, "tax_rate", lines[i].tax_rate, "\"");
    add(to, "}");
  }
  add(to, "]}");
}

#endif

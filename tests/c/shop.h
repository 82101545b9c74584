/* The book that the C tests price from; most items stand for one case of the contract's section 7. */
#ifndef RABATT_TESTS_SHOP_H
#define RABATT_TESTS_SHOP_H

#include <stdlib.h>

#include "expect.h"
#include "rabatt/c.h"

#define SHOP_CAMPAIGN(number) \
  "{'campaign':'" number "','name':'" number "','date':'2026-03-01','valid_until':'2026-03-31',"
#define SHOP_DISCOUNT(number, rest) SHOP_CAMPAIGN(number) "'pricing_type':'set_discount'," rest "}"
#define SHOP_PRICE(number, rest) SHOP_CAMPAIGN(number) "'pricing_type':'set_price','currency':'EUR'," rest "}"

static const char shop_text[] =
    "{'items':["
    "{'item':'DESK','prices':{'EUR':'100'}},"
    "{'item':'CHAIR','prices':{'EUR':'100'}},"
    "{'item':'STOOL','prices':{'EUR':'100'}},"
    "{'item':'SOFA','prices':{'EUR':'100'}},"
    "{'item':'TABLE','prices':{'EUR':'100'}},"
    "{'item':'CRATE','prices':{'EUR':'100'}},"
    "{'item':'PEN','prices':{'EUR':'0.99'}},"
    "{'item':'TEA','prices':{'EUR':'9.99'},'units':{'BOX':'12'}},"
    "{'item':'BUN','prices':{'EUR':'1.35'}},"
    "{'item':'LAMP','prices':{'EUR':'40'}},"
    "{'item':'TORCH','prices':{'EUR':'40'}},"
    "{'item':'CUP','prices':{'EUR':'8'}},"
    "{'item':'MUG','prices':{'EUR':'8'}},"
    "{'item':'VASE','prices':{'CZK':'40'}},"
    "{'item':'RUG'},"
    "{'item':'NAIL','prices':{'EUR':'0.00000000000000000000000000000000000001'}}],"
    "'price_books':["
    "{'price_book':'P09','currency':'EUR','valid_from':'2018-12-09','prices':[{'item':'RUG','price':'45'}]},"
    "{'price_book':'P11','currency':'EUR','valid_from':'2018-12-11','prices':[{'item':'RUG','price':'46'}]},"
    "{'price_book':'P12','currency':'EUR','type':'account','accounts':['C0'],"
    "'prices':[{'item':'RUG','price':'47'}]}],"
    "'customers':[{'customer':'C0','payment_term':'OLD'},"
    "{'customer':'C5','discount':'5'},{'customer':'C12','discount':'12'},"
    "{'customer':'C30','discount':'30'},{'customer':'C40','discount':'40'}],"
    "'campaigns':["
    SHOP_DISCOUNT("A", "'lines':[{'item':'DESK','discount':'10'},{'item':'PEN','discount':'15'},"
                       "{'item':'TEA','discount':'15'},{'item':'CRATE','discount':'15'},"
                       "{'item':'BUN','discount':'5'}]") ","
    SHOP_DISCOUNT("B", "'combine':'add','lines':[{'item':'CHAIR','discount':'10'},"
                       "{'item':'SOFA','discount':'70'},{'item':'TABLE','discount':'8'}]") ","
    SHOP_DISCOUNT("C", "'combine':'compound','lines':[{'item':'STOOL','discount':'10'}]") ","
    SHOP_DISCOUNT("D", "'lines':[{'item':'TABLE','discount':'10'}]") ","
    SHOP_PRICE("E", "'lines':[{'item':'LAMP','price':'30'},{'item':'CUP','price':'10'},"
                    "{'item':'VASE','price':'10'}]") ","
    SHOP_PRICE("F", "'allow_customer_discount':true,'lines':[{'item':'TORCH','price':'30'}]") ","
    SHOP_PRICE("G", "'force_price':true,'code':'spring','lines':[{'item':'MUG','price':'10'}]")
    "],'payment_terms':["
    "{'payment_term':'EARLY5','net_days':30,'early':[{'days':8,'discount':'5'}]},"
    "{'payment_term':'OLD','active':false,'net_days':10}]}";

/* A document's required fields, on the day of most campaigns. */
#define ON(day, unit) .date = day, .currency = unit
#define GOOD ON("2026-03-10", "EUR")

static inline rabatt_book *open_shop(void) {
  rabatt_book *book = NULL;
  rabatt_error *error = NULL;
  if (rabatt_book_open(json(shop_text), strlen(shop_text), &book, &error) != RABATT_OK) {
    fprintf(stderr, "the shop does not open: %s\n", rabatt_error_json(error, NULL));
    exit(2);
  }
  return book;
}

static inline void expect_error(rabatt_status got, rabatt_error *error, rabatt_status wanted, const char *subject) {
  EXPECT(got == wanted);
  EXPECT(rabatt_error_code(error) == wanted);
  EXPECT_TEXT(rabatt_error_subject(error, NULL), subject);
  rabatt_error_free(error);
}

/* The quote of a request in JSON, which must have one. */
static inline rabatt_quote *price(const rabatt_book *book, const char *text) {
  const char *request = json(text);
  rabatt_quote *quote;
  rabatt_error *error;
  EXPECT(rabatt_price_json(book, request, strlen(request), &quote, &error) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_json(error, NULL), NULL);
  return quote;
}

static inline void expect_in_quote(const rabatt_quote *quote, const char *text) {
  if (!EXPECT(strstr(rabatt_quote_json(quote, NULL), json(text)))) {
    fprintf(stderr, "  %s\n  is not in %s\n", text, rabatt_quote_json(quote, NULL));
  }
}

#endif

/* The book that the C tests price from; most items stand for one case of the contract's section 7. */
#ifndef RABATT_TESTS_SHOP_H
#define RABATT_TESTS_SHOP_H

#include <stdlib.h>

#include "expect.h"
#include "rabatt/c.h"

#define SHOP_CAMPAIGN(number, rest) \
  "{\"campaign\":\"" number "\",\"name\":\"" number "\",\"date\":\"2026-03-01\",\"valid_until\":\"2026-03-31\"," rest "}"
#define SHOP_SET_DISCOUNT "\"pricing_type\":\"set_discount\","
#define SHOP_SET_PRICE "\"pricing_type\":\"set_price\",\"currency\":\"EUR\","

static const char shop_json[] =
    "{\"items\":["
    "{\"item\":\"DESK\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"CHAIR\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"STOOL\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"SOFA\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"TABLE\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"CRATE\",\"prices\":{\"EUR\":\"100\"}},"
    "{\"item\":\"PEN\",\"prices\":{\"EUR\":\"0.99\"}},"
    "{\"item\":\"TEA\",\"prices\":{\"EUR\":\"9.99\"},\"units\":{\"BOX\":\"12\"}},"
    "{\"item\":\"BUN\",\"prices\":{\"EUR\":\"1.35\"}},"
    "{\"item\":\"LAMP\",\"prices\":{\"EUR\":\"40\"}},"
    "{\"item\":\"TORCH\",\"prices\":{\"EUR\":\"40\"}},"
    "{\"item\":\"CUP\",\"prices\":{\"EUR\":\"8\"}},"
    "{\"item\":\"MUG\",\"prices\":{\"EUR\":\"8\"}},"
    "{\"item\":\"VASE\",\"prices\":{\"CZK\":\"40\"}},"
    "{\"item\":\"RUG\"},"
    "{\"item\":\"NAIL\",\"prices\":{\"EUR\":\"0.00000000000000000000000000000000000001\"}}],"
    "\"price_books\":["
    "{\"price_book\":\"P09\",\"currency\":\"EUR\",\"valid_from\":\"2018-12-09\","
    "\"prices\":[{\"item\":\"RUG\",\"price\":\"45\"}]},"
    "{\"price_book\":\"P11\",\"currency\":\"EUR\",\"valid_from\":\"2018-12-11\","
    "\"prices\":[{\"item\":\"RUG\",\"price\":\"46\"}]},"
    "{\"price_book\":\"P12\",\"currency\":\"EUR\",\"type\":\"account\",\"accounts\":[\"C0\"],"
    "\"prices\":[{\"item\":\"RUG\",\"price\":\"47\"}]}],"
    "\"customers\":[{\"customer\":\"C0\",\"payment_term\":\"OLD\"},"
    "{\"customer\":\"C5\",\"discount\":\"5\"},{\"customer\":\"C12\",\"discount\":\"12\"},"
    "{\"customer\":\"C30\",\"discount\":\"30\"},{\"customer\":\"C40\",\"discount\":\"40\"}],"
    "\"campaigns\":["
    SHOP_CAMPAIGN("A", SHOP_SET_DISCOUNT "\"lines\":[{\"item\":\"DESK\",\"discount\":\"10\"},"
                                         "{\"item\":\"PEN\",\"discount\":\"15\"},{\"item\":\"TEA\",\"discount\":\"15\"},"
                                         "{\"item\":\"CRATE\",\"discount\":\"15\"},{\"item\":\"BUN\",\"discount\":\"5\"}]") ","
    SHOP_CAMPAIGN("B", SHOP_SET_DISCOUNT "\"combine\":\"add\",\"lines\":[{\"item\":\"CHAIR\",\"discount\":\"10\"},"
                                         "{\"item\":\"SOFA\",\"discount\":\"70\"},{\"item\":\"TABLE\",\"discount\":\"8\"}]") ","
    SHOP_CAMPAIGN("C", SHOP_SET_DISCOUNT "\"combine\":\"compound\",\"lines\":[{\"item\":\"STOOL\",\"discount\":\"10\"}]") ","
    SHOP_CAMPAIGN("D", SHOP_SET_DISCOUNT "\"lines\":[{\"item\":\"TABLE\",\"discount\":\"10\"}]") ","
    SHOP_CAMPAIGN("E", SHOP_SET_PRICE "\"lines\":[{\"item\":\"LAMP\",\"price\":\"30\"},"
                                      "{\"item\":\"CUP\",\"price\":\"10\"},{\"item\":\"VASE\",\"price\":\"10\"}]") ","
    SHOP_CAMPAIGN("F", SHOP_SET_PRICE "\"allow_customer_discount\":true,\"lines\":[{\"item\":\"TORCH\",\"price\":\"30\"}]") ","
    SHOP_CAMPAIGN("G", SHOP_SET_PRICE "\"force_price\":true,\"code\":\"spring\",\"lines\":[{\"item\":\"MUG\",\"price\":\"10\"}]")
    "],\"payment_terms\":["
    "{\"payment_term\":\"EARLY5\",\"net_days\":30,\"early\":[{\"days\":8,\"discount\":\"5\"}]},"
    "{\"payment_term\":\"OLD\",\"active\":false,\"net_days\":10}]}";

static inline rabatt_book *open_shop(void) {
  rabatt_book *book = NULL;
  rabatt_error *error = NULL;
  if (rabatt_book_open(shop_json, strlen(shop_json), &book, &error) != RABATT_OK) {
    fprintf(stderr, "the shop does not open: %s\n", rabatt_error_json(error, NULL));
    exit(2);
  }
  return book;
}

#endif

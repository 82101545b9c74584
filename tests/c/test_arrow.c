/* Tables of lines from C, in Arrow structs that are written by hand. */
#include "shop.h"

/* As a host has them that includes no header of Arrow's. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};
#endif

/* ---- a stream of three arrays of two lines, the last of which is not well-formed; nothing of it is allocated ---- */

static int arrays_out, streams_released, next_array;

static void schema_released(struct ArrowSchema *schema) { schema->release = NULL; }

static void child_released(struct ArrowArray *array) { array->release = NULL; }

static void array_released(struct ArrowArray *array) {
  int64_t i;
  for (i = 0; i < array->n_children; ++i) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
  }
  array->release = NULL;
  --arrays_out;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  static struct ArrowSchema item, quantity;
  static struct ArrowSchema *children[] = {&item, &quantity};
  const struct ArrowSchema text = {"u", "item", NULL, 2, 0, NULL, NULL, schema_released, NULL};
  const struct ArrowSchema number = {"l", "quantity", NULL, 2, 0, NULL, NULL, schema_released, NULL};
  const struct ArrowSchema table = {"+s", "", NULL, 0, 2, children, NULL, schema_released, NULL};
  (void)stream;
  item = text;
  quantity = number;
  *out = table;
  return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  static const int32_t offsets[] = {0, 3, 7}, wrong_offsets[] = {0, -3, 7};
  static const int64_t quantities[] = {3, 1};
  static const void *item_buffers[] = {NULL, offsets, "TEADESK"}, *number_buffers[] = {NULL, quantities};
  static const void *no_buffers[] = {NULL};
  static struct ArrowArray item, quantity;
  static struct ArrowArray *children[] = {&item, &quantity};
  const struct ArrowArray text = {2, 0, 0, 3, 0, item_buffers, NULL, NULL, child_released, NULL};
  const struct ArrowArray number = {2, 0, 0, 2, 0, number_buffers, NULL, NULL, child_released, NULL};
  const struct ArrowArray table = {2, 0, 0, 1, 2, no_buffers, children, NULL, array_released, NULL};
  const struct ArrowArray end = {0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL};
  (void)stream;
  *out = end;
  if (next_array == 3) return 0;
  item_buffers[1] = next_array == 2 ? wrong_offsets : offsets;
  item = text;
  quantity = number;
  *out = table;
  ++next_array;
  ++arrays_out;
  return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return NULL;
}

static void stream_released(struct ArrowArrayStream *stream) {
  stream->release = NULL;
  ++streams_released;
}

static struct ArrowArrayStream new_stream(void) {
  const struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, stream_released, NULL};
  next_array = arrays_out = streams_released = 0;
  return stream;
}

static const char *column_of(const struct ArrowSchema *schema, int64_t column) {
  return column < schema->n_children ? schema->children[column]->name : NULL;
}

static void prices(const rabatt_book *book, int keep_input, const int32_t *places, const char *net_format) {
  const char *columns[] = {"status", "net"};
  const rabatt_arrow_options options = {"2026-03-10", "EUR", columns, 2, 2, keep_input, places};
  const int64_t first = keep_input ? 2 : 0;
  struct ArrowArrayStream lines = new_stream(), priced;
  struct ArrowSchema schema;
  struct ArrowArray array;
  rabatt_error *error;
  int i;
  if (!EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, &error) == RABATT_OK)) {
    fprintf(stderr, "%s\n", rabatt_error_json(error, NULL));
    return;
  }
  EXPECT(error == NULL);
  EXPECT(lines.release == NULL);
  EXPECT(priced.get_schema(&priced, &schema) == 0);
  EXPECT(schema.n_children == first + 2);
  EXPECT_TEXT(column_of(&schema, first), "status");
  EXPECT_TEXT(column_of(&schema, first + 1), "net");
  EXPECT_TEXT(schema.children[first + 1]->format, net_format);
  if (keep_input) EXPECT_TEXT(column_of(&schema, 0), "item");
  schema.release(&schema);
  for (i = 0; i < 2; ++i) {
    EXPECT(priced.get_next(&priced, &array) == 0);
    EXPECT(array.release != NULL && array.length == 2 && array.n_children == first + 2);
    EXPECT(arrays_out == keep_input);
    EXPECT(((const int8_t *)array.children[first]->buffers[1])[1] == 0);
    EXPECT((size_t)array.children[first + 1]->buffers[1] % 64 == 0);
    if (keep_input) EXPECT(((const int64_t *)array.children[1]->buffers[1])[0] == 3);
    array.release(&array);
    EXPECT(arrays_out == 0);
  }
  EXPECT(priced.get_next(&priced, &array) != 0); /* the third one */
  EXPECT_TEXT(priced.get_last_error(&priced), "invalid_value: item");
  EXPECT(array.release == NULL);
  EXPECT(priced.get_next(&priced, &array) == 0); /* the end */
  EXPECT(array.release == NULL);
  priced.release(&priced);
  EXPECT(priced.release == NULL);
  EXPECT(streams_released == 1 && arrays_out == 0);
}

/* Neither price has so many places to spare: rows are bad, the stream is not. */
static void overflows(const rabatt_book *book, const int32_t *places) {
  const rabatt_arrow_options options = {.date = "2026-03-10", .currency = "EUR", .places = places};
  struct ArrowArrayStream lines = new_stream(), priced;
  struct ArrowArray array;
  EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, NULL) == RABATT_OK);
  EXPECT(priced.get_next(&priced, &array) == 0);
  EXPECT(((const int8_t *)array.children[0]->buffers[1])[0] != 0);
  EXPECT(((const int8_t *)array.children[0]->buffers[1])[1] != 0);
  array.release(&array);
  priced.release(&priced);
}

static void refuses(const rabatt_book *book) {
  struct ArrowArrayStream lines = new_stream(), priced;
  const char *columns[] = {"nett"};
  rabatt_arrow_options options = {NULL, NULL, NULL, 0, 0, 0, NULL};
  int32_t places = 39;
  rabatt_error *error;
  EXPECT(rabatt_price_arrow_stream(book, &lines, NULL, &priced, &error) == RABATT_MISSING_FIELD);
  EXPECT_TEXT(rabatt_error_subject(error, NULL), "date, currency");
  rabatt_error_free(error);
  EXPECT(priced.release == NULL);
  EXPECT(lines.release != NULL); /* still the caller's */
  options.date = "2026-02-30";
  EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, &error) == RABATT_INVALID_DATE);
  EXPECT_TEXT(rabatt_error_subject(error, NULL), "date 2026-02-30");
  rabatt_error_free(error);
  options.date = "2026-03-10";
  options.currency = "EUR";
  options.columns = columns;
  options.column_count = 1;
  EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, NULL) == RABATT_INVALID_VALUE);
  options.columns = NULL;
  options.column_count = 0;
  options.places = &places;
  EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, NULL) == RABATT_INVALID_VALUE);
  places = -1;
  EXPECT(rabatt_price_arrow_stream(book, &lines, &options, &priced, NULL) == RABATT_INVALID_VALUE);
  EXPECT(rabatt_price_arrow_stream(NULL, &lines, NULL, &priced, NULL) == RABATT_INVALID_ARGUMENT);
  EXPECT(rabatt_price_arrow_stream(book, NULL, NULL, &priced, NULL) == RABATT_INVALID_ARGUMENT);
  EXPECT(rabatt_price_arrow_stream(book, &lines, NULL, NULL, NULL) == RABATT_INVALID_ARGUMENT);
  lines.release(&lines);
}

int main(void) {
  rabatt_book *book = open_shop();
  const int32_t no_places = 0, most_places = 38, some_places = 3;
  prices(book, 0, NULL, "d:38,20");
  prices(book, 1, NULL, "d:38,20");
  prices(book, 0, &some_places, "d:38,3");
  prices(book, 1, &no_places, "d:38,0");
  overflows(book, &most_places);
  refuses(book);
  rabatt_book_free(book);
  return verdict("arrow");
}

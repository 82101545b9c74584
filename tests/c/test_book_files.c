/* Book files: saved, opened, and refused where they are not as they were written. */
#define _POSIX_C_SOURCE 200809L
#include <unistd.h>

#include "shop.h"

static const char request_text[] =
    "{'date':'2026-03-10','currency':'EUR','customer':'C5','payment_term':'EARLY5',"
    "'lines':[{'item':'DESK','quantity':'1'},{'item':'TABLE','quantity':'3'},{'item':'RUG','quantity':'2'}]}";

enum { max_path = 256, most_bytes = 1 << 20 };

static char folder[] = "/tmp/rabatt.XXXXXX";
static char shop[max_path]; /* where most tests have their file */
static unsigned char content[most_bytes];

static const char *in_folder(const char *name) {
  static char path[max_path];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static size_t read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  size_t size = 0;
  if (!EXPECT(file)) return 0;
  size = fread(content, 1, sizeof content, file);
  EXPECT(size < sizeof content);
  fclose(file);
  return size;
}

static void write_file(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  if (!EXPECT(file)) return;
  EXPECT(fwrite(bytes, 1, size, file) == size);
  EXPECT(fclose(file) == 0);
}

static rabatt_book *open_file(const char *path) {
  rabatt_book *book;
  rabatt_error *error;
  EXPECT(rabatt_book_open_file(path, &book, &error) == RABATT_OK);
  EXPECT_TEXT(rabatt_error_json(error, NULL), NULL);
  return book;
}

static void expect_refused(const char *path, rabatt_status wanted, const char *subject) {
  rabatt_book *book;
  rabatt_error *error;
  const rabatt_status status = rabatt_book_open_file(path, &book, &error);
  EXPECT(book == NULL);
  expect_error(status, error, wanted, subject);
}

/* ---- the same book ---- */

static void test_saved_and_opened(const rabatt_book *book) {
  EXPECT(rabatt_book_save(book, shop, NULL) == RABATT_OK);
  rabatt_book *opened = open_file(shop);
  EXPECT_TEXT(rabatt_book_hash(opened), rabatt_book_hash(book));
  EXPECT(rabatt_book_verify(opened, NULL) == RABATT_OK);
  EXPECT(rabatt_book_verify(book, NULL) == RABATT_OK);
  rabatt_quote *quote = price(book, request_text);
  rabatt_quote *same = price(opened, request_text);
  EXPECT_TEXT(rabatt_quote_json(same, NULL), rabatt_quote_json(quote, NULL));
  rabatt_quote_free(same);
  rabatt_quote_free(quote);

  /* over the file that it is read from */
  const size_t size = read_file(shop);
  EXPECT(rabatt_book_save(opened, shop, NULL) == RABATT_OK);
  EXPECT(read_file(shop) == size);
  EXPECT(rabatt_book_verify(opened, NULL) == RABATT_OK);
  rabatt_book_free(opened);
}

static void test_the_old_book_stays(const rabatt_book *book) {
  const char *other_text = json("{'items':[{'item':'DESK','prices':{'EUR':'1'}}]}");
  rabatt_book *old = open_file(shop);
  rabatt_book *other;
  EXPECT(rabatt_book_open(other_text, strlen(other_text), &other, NULL) == RABATT_OK);
  EXPECT(rabatt_book_save(other, shop, NULL) == RABATT_OK);
  rabatt_book *new = open_file(shop);
  EXPECT_TEXT(rabatt_book_hash(new), rabatt_book_hash(other));
  EXPECT_TEXT(rabatt_book_hash(old), rabatt_book_hash(book));
  EXPECT(rabatt_book_verify(old, NULL) == RABATT_OK);
  rabatt_book_free(new);
  rabatt_book_free(other);
  rabatt_book_free(old);
  EXPECT(rabatt_book_save(book, shop, NULL) == RABATT_OK);
}

/* ---- what is refused ---- */

static void test_other_files(void) {
  char subject[max_path + 64];
  char path[max_path];
  snprintf(path, sizeof path, "%s", in_folder("none.rabatt"));
  snprintf(subject, sizeof subject, "%s: No such file or directory", path);
  expect_refused(path, RABATT_FILE_NOT_READABLE, subject);
  snprintf(subject, sizeof subject, "%s: Is a directory", folder);
  expect_refused(folder, RABATT_FILE_NOT_READABLE, subject);
  snprintf(path, sizeof path, "%s", in_folder("text.rabatt"));
  write_file(path, "{}", 2);
  expect_refused(path, RABATT_UNKNOWN_FORMAT, path);
  write_file(path, "", 0);
  expect_refused(path, RABATT_UNKNOWN_FORMAT, path);
  unlink(path);
  expect_refused("\xFF.rabatt", RABATT_FILE_NOT_READABLE, "?.rabatt: No such file or directory");
}

static void test_cut_files(void) {
  const size_t size = read_file(shop);
  const char *path = in_folder("cut.rabatt");
  for (size_t cut = 8; cut < size; cut += 997) {
    write_file(path, content, cut);
    expect_refused(path, RABATT_DAMAGED_BOOK, path);
  }
  unlink(path);
}

static void test_other_formats(void) {
  enum { format_at = 12 };
  const size_t size = read_file(shop);
  const char *path = in_folder("other.rabatt");
  ++content[format_at];
  write_file(path, content, size);
  expect_refused(path, RABATT_INCOMPATIBLE_BOOK, path);
  unlink(path);
}

/* Every call gives what the good book gives, or says that the book is damaged. */
static int is_refused_by_lines(const rabatt_book *book) {
  enum { count = 3 };
  const rabatt_document document = {GOOD, .customer = "C5"};
  const rabatt_line lines[count] = {
      {.item = "DESK", .quantity = "1"}, {.item = "NONE", .quantity = "1"}, {.item = "TABLE", .quantity = "3"}};
  rabatt_priced_line priced[count];
  rabatt_error *error;
  const rabatt_status status = rabatt_price_lines(book, &document, lines, count, priced, &error);
  if (status == RABATT_OK) {
    EXPECT(priced[0].status == RABATT_OK && priced[0].net.low == 9000);
    EXPECT(priced[1].status == RABATT_UNKNOWN_ITEM);
    EXPECT(priced[2].status == RABATT_OK && priced[2].net.low == 26100);
    return 0;
  }
  EXPECT(status == RABATT_DAMAGED_BOOK && rabatt_error_code(error) == RABATT_DAMAGED_BOOK);
  for (int i = 0; i < count; ++i) EXPECT(priced[i].status == RABATT_DAMAGED_BOOK);
  rabatt_error_free(error);
  return 1;
}

static int is_refused_by_price(const rabatt_book *book, const char *path, const char *wanted) {
  const char *request = json(request_text);
  rabatt_quote *quote;
  rabatt_error *error;
  const rabatt_status status = rabatt_price_json(book, request, strlen(request), &quote, &error);
  if (status == RABATT_OK) {
    EXPECT_TEXT(rabatt_quote_json(quote, NULL), wanted);
    rabatt_quote_free(quote);
    return 0;
  }
  EXPECT(quote == NULL);
  expect_error(status, error, RABATT_DAMAGED_BOOK, path);
  return 1;
}

static void test_changed_files(const rabatt_book *book) {
  char path[max_path];
  int opened = 0;
  int refused = 0;
  const size_t size = read_file(shop);
  rabatt_quote *quote = price(book, request_text);
  snprintf(path, sizeof path, "%s", in_folder("changed.rabatt"));
  for (size_t at = 100; at < size; at += 512) {
    rabatt_book *changed;
    rabatt_error *error;
    content[at] ^= 1;
    write_file(path, content, size);
    content[at] ^= 1;
    if (rabatt_book_open_file(path, &changed, &error) != RABATT_OK) {
      expect_error(RABATT_DAMAGED_BOOK, error, RABATT_DAMAGED_BOOK, path);
      EXPECT(changed == NULL);
      continue;
    }
    ++opened;
    refused += is_refused_by_price(changed, path, rabatt_quote_json(quote, NULL));
    is_refused_by_lines(changed);
    const rabatt_status status = rabatt_book_verify(changed, &error);
    expect_error(status, error, RABATT_DAMAGED_BOOK, path);
    EXPECT(rabatt_book_save(changed, path, NULL) == RABATT_DAMAGED_BOOK);
    rabatt_book_free(changed);
  }
  printf("changed book files: %d opened, of which %d priced nothing\n", opened, refused);
  EXPECT(opened > refused && refused > 5);
  rabatt_quote_free(quote);
  unlink(path);
}

static void test_what_cannot_be_written(const rabatt_book *book) {
  char subject[max_path + 64];
  const char *path = in_folder("none/shop.rabatt");
  rabatt_error *error;
  snprintf(subject, sizeof subject, "%s: No such file or directory", path);
  rabatt_status status = rabatt_book_save(book, path, &error);
  expect_error(status, error, RABATT_FILE_NOT_WRITABLE, subject);
  snprintf(subject, sizeof subject, "%s: Is a directory", folder);
  status = rabatt_book_save(book, folder, &error);
  expect_error(status, error, RABATT_FILE_NOT_WRITABLE, subject);
}

static void test_null_arguments(const rabatt_book *book) {
  rabatt_book *opened;
  rabatt_error *error;
  rabatt_status status = rabatt_book_open_file(NULL, &opened, &error);
  EXPECT(opened == NULL);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "path");
  status = rabatt_book_open_file(shop, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "book");
  status = rabatt_book_save(NULL, shop, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "book");
  status = rabatt_book_save(book, NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "path");
  status = rabatt_book_verify(NULL, &error);
  expect_error(status, error, RABATT_INVALID_ARGUMENT, "book");
}

int main(void) {
  if (!mkdtemp(folder)) return 2;
  snprintf(shop, sizeof shop, "%s", in_folder("shop.rabatt"));
  rabatt_book *book = open_shop();
  test_saved_and_opened(book);
  test_the_old_book_stays(book);
  test_other_files();
  test_cut_files();
  test_other_formats();
  test_changed_files(book);
  test_what_cannot_be_written(book);
  test_null_arguments(book);
  rabatt_book_free(book);
  unlink(shop);
  EXPECT(rmdir(folder) == 0); /* nothing is left in it */
  return verdict("book files");
}

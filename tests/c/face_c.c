/* The C face of the case runner: reads case records from standard input and answers them one by one.
 *
 * A record is a line `VERB N`, then N chunks, each a line with its length in bytes, the bytes, and a line end.
 * An answer is `ok LENGTH` or `error LENGTH`, a line end, that many bytes and a line end; an error is `code subject`.
 *   price     book, request            -> quote
 *   check     book                     -> [{code, path}]
 *   settle    book, request, payments  -> settlement; a payment is a line `DATE AMOUNT`
 *   allocate  amount, step, weights    -> parts; a weight is a line
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rabatt/c.h"

typedef struct text {
  char *bytes; /* with a NUL after the last */
  size_t size;
} text;

static void *must(void *pointer) {
  if (!pointer) {
    fprintf(stderr, "face_c: out of memory\n");
    exit(2);
  }
  return pointer;
}

static text new_text(size_t size) {
  text result = {must(calloc(size + 1, 1)), size};
  return result;
}

static void append(text *to, const char *bytes, size_t size) {
  to->bytes = must(realloc(to->bytes, to->size + size + 1));
  memcpy(to->bytes + to->size, bytes, size);
  to->size += size;
  to->bytes[to->size] = '\0';
}

static void append_all(text *to, const char *first, ...) {
  va_list rest;
  va_start(rest, first);
  for (const char *part = first; part; part = va_arg(rest, const char *)) append(to, part, strlen(part));
  va_end(rest);
}

static void append_quoted(text *to, const char *bytes, size_t size) {
  append(to, "\"", 1);
  for (size_t i = 0; i < size; ++i) {
    char escape[8];
    const unsigned char c = (unsigned char)bytes[i];
    if (c == '"' || c == '\\')
      snprintf(escape, sizeof escape, "\\%c", c);
    else if (c < ' ')
      snprintf(escape, sizeof escape, "\\u%04x", c);
    else
      snprintf(escape, sizeof escape, "%c", c);
    append(to, escape, strlen(escape));
  }
  append(to, "\"", 1);
}

static void append_decimal(text *to, const rabatt_decimal *value) {
  char decimal[RABATT_DECIMAL_SIZE];
  if (rabatt_decimal_text(value, decimal, NULL) != RABATT_OK) exit(2);
  append_all(to, "\"", decimal, "\"", NULL);
}

/* ---- answers ---- */

static void print(const char *status, const char *bytes, size_t size) {
  printf("%s %zu\n", status, size);
  fwrite(bytes, 1, size, stdout);
  putchar('\n');
  fflush(stdout);
}

static void print_error(rabatt_error *error) {
  size_t size;
  const char *subject = rabatt_error_subject(error, &size);
  text answer = new_text(0);
  append_all(&answer, rabatt_status_slug(rabatt_error_code(error)), size > 0 ? " " : "", NULL);
  append(&answer, subject, size);
  print("error", answer.bytes, answer.size);
  free(answer.bytes);
  rabatt_error_free(error);
}

/* Prints the answer and frees it, or the error. */
static void finish(rabatt_status status, text answer, rabatt_error *error) {
  if (status == RABATT_OK)
    print("ok", answer.bytes, answer.size);
  else
    print_error(error);
  free(answer.bytes);
}

/* The lines of a text, cut in place: as many as there are line ends, and one more if the last has none. */
static size_t cut_lines(text chunk, char ***lines) {
  size_t count = 0;
  *lines = must(calloc(chunk.size + 1, sizeof **lines));
  for (char *line = chunk.bytes; line < chunk.bytes + chunk.size; ++count) {
    char *end = strchr(line, '\n');
    (*lines)[count] = line;
    if (!end) return count + 1;
    *end = '\0';
    line = end + 1;
  }
  return count;
}

/* ---- verbs ---- */

static rabatt_status quote_of(const text *chunks, rabatt_quote **quote, rabatt_error **error) {
  rabatt_book *book;
  rabatt_status status = rabatt_book_open(chunks[0].bytes, chunks[0].size, &book, error);
  if (status == RABATT_OK) status = rabatt_price_json(book, chunks[1].bytes, chunks[1].size, quote, error);
  rabatt_book_free(book);
  return status;
}

static void price(const text *chunks) {
  rabatt_quote *quote = NULL;
  rabatt_error *error;
  const rabatt_status status = quote_of(chunks, &quote, &error);
  text answer = new_text(0);
  if (status == RABATT_OK) append_all(&answer, rabatt_quote_json(quote, NULL), NULL);
  finish(status, answer, error);
  rabatt_quote_free(quote);
}

static void check(const text *chunks) {
  rabatt_book *book;
  rabatt_error *error;
  rabatt_status status = rabatt_book_open(chunks[0].bytes, chunks[0].size, &book, &error);
  rabatt_book_free(book);
  text answer = new_text(0);
  append(&answer, "[", 1);
  for (size_t i = 0; i < rabatt_error_count(error); ++i) {
    const rabatt_problem *problem = rabatt_error_problem(error, i);
    append_all(&answer, i > 0 ? "," : "", "{\"code\":\"", rabatt_status_slug(problem->code), "\",\"path\":", NULL);
    append_quoted(&answer, problem->path, problem->path_size);
    append(&answer, "}", 1);
  }
  append(&answer, "]", 1);
  if (rabatt_error_count(error) > 0) {
    rabatt_error_free(error);
    status = RABATT_OK;
  }
  finish(status, answer, error);
}

static void settle(const text *chunks) {
  rabatt_quote *quote = NULL;
  rabatt_error *error;
  rabatt_settlement settlement;
  char **lines;
  const size_t count = cut_lines(chunks[2], &lines);
  rabatt_payment *payments = must(calloc(count + 1, sizeof *payments));
  for (size_t i = 0; i < count; ++i) {
    char *blank = strchr(lines[i], ' ');
    payments[i].date = lines[i];
    if (!blank) continue;
    *blank = '\0';
    payments[i].amount = blank + 1;
  }
  rabatt_status status = quote_of(chunks, &quote, &error);
  if (status == RABATT_OK) status = rabatt_settle(quote, payments, count, &settlement, &error);
  text answer = new_text(0);
  if (status == RABATT_OK) {
    char tier[16] = "null";
    if (settlement.tier >= 0) snprintf(tier, sizeof tier, "%d", (int)settlement.tier);
    append_all(&answer, "{\"settled\":", settlement.settled ? "true" : "false", ",\"open\":", NULL);
    append_decimal(&answer, &settlement.open);
    append_all(&answer, ",\"tier\":", tier, ",\"overpaid\":", NULL);
    append_decimal(&answer, &settlement.overpaid);
    append(&answer, "}", 1);
  }
  finish(status, answer, error);
  rabatt_quote_free(quote);
  free(payments);
  free(lines);
}

static void allocate(const text *chunks) {
  rabatt_error *error;
  char **weights;
  const size_t count = cut_lines(chunks[2], &weights);
  rabatt_decimal *parts = must(calloc(count + 1, sizeof *parts));
  const rabatt_status status =
      rabatt_allocate(chunks[0].bytes, chunks[1].bytes, (const char *const *)weights, count, parts, &error);
  text answer = new_text(0);
  append(&answer, "[", 1);
  for (size_t i = 0; i < count && status == RABATT_OK; ++i) {
    if (i > 0) append(&answer, ",", 1);
    append_decimal(&answer, &parts[i]);
  }
  append(&answer, "]", 1);
  finish(status, answer, error);
  free(parts);
  free(weights);
}

static const struct verb {
  const char *name;
  size_t chunks;
  void (*answer)(const text *chunks);
} verbs[] = {{"price", 2, price}, {"check", 1, check}, {"settle", 3, settle}, {"allocate", 3, allocate}};

static text read_chunk(void) {
  size_t size;
  if (scanf("%zu", &size) != 1 || getchar() != '\n') exit(2);
  text chunk = new_text(size);
  if (fread(chunk.bytes, 1, size, stdin) != size || getchar() != '\n') exit(2);
  return chunk;
}

int main(void) {
  enum { most_chunks = 3 };
  char name[16];
  size_t count;
  while (scanf("%15s %zu", name, &count) == 2) {
    text chunks[most_chunks];
    if (count > most_chunks || getchar() != '\n') return 2;
    for (size_t i = 0; i < count; ++i) chunks[i] = read_chunk();
    const struct verb *verb = verbs;
    const struct verb *const end = verbs + sizeof verbs / sizeof *verbs;
    while (verb != end && (strcmp(verb->name, name) != 0 || verb->chunks != count)) ++verb;
    if (verb == end) {
      fprintf(stderr, "face_c: no verb %s with %zu chunks\n", name, count);
      return 2;
    }
    verb->answer(chunks);
    for (size_t i = 0; i < count; ++i) free(chunks[i].bytes);
  }
  return 0;
}

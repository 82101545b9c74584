/* What the C tests are written with: a failed expectation is printed, counted, and ends in a failed program. */
#ifndef RABATT_TESTS_EXPECT_H
#define RABATT_TESTS_EXPECT_H

#include <stdio.h>
#include <string.h>

static int failures = 0;

static inline int expect_true(int holds, const char *what, const char *file, int line) {
  if (!holds) {
    ++failures;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
  }
  return holds;
}

static inline int expect_text(const char *got, const char *wanted, const char *what, const char *file, int line) {
  const int same = got && wanted ? strcmp(got, wanted) == 0 : got == wanted;
  if (!same) {
    ++failures;
    fprintf(stderr, "%s:%d: %s is %s, not %s\n", file, line, what, got ? got : "NULL", wanted ? wanted : "NULL");
  }
  return same;
}

/* JSON without backslashes: the text with double quotes for its single ones, in one of eight buffers used in turn. */
static inline const char *json(const char *text) {
  enum { buffers = 8, size = 8192 };
  static char texts[buffers][size];
  static int last = 0;
  char *result = texts[last = (last + 1) % buffers];
  size_t i = 0;
  expect_true(strlen(text) < size, "the text is short", __FILE__, __LINE__);
  for (; text[i] && i < size - 1; ++i) result[i] = text[i] == '\'' ? '"' : text[i];
  result[i] = '\0';
  return result;
}

#define EXPECT(condition) expect_true(!!(condition), #condition, __FILE__, __LINE__)
#define EXPECT_TEXT(got, wanted) expect_text(got, wanted, #got, __FILE__, __LINE__)

static inline int verdict(const char *name) {
  printf("%s: %s\n", name, failures ? "failed" : "passed");
  return failures != 0;
}

#endif

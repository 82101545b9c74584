// Tables of lines through Arrow.
#include <algorithm>

#include "handles.h"
#include "rabatt/arrow_lines.h"
#include "rabatt/c.h"

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the names of c.h are the same with an underscore

ArrowLineOptions read_options(const rabatt_arrow_options& given) {
  ArrowLineOptions options;
  if (given.date) {
    options.date = Date::parse(given.date);
    if (!options.date) throw Error(Code::invalid_date, subject_of("date", given.date));
  }
  if (given.currency) options.currency = given.currency;
  for (const char* column : need(given.columns, given.column_count, "options.columns")) {
    options.columns.emplace_back(&need(column, "options.columns"));
  }
  options.batch.threads = std::max(given.threads, 1);
  if (given.places) options.places = *given.places;
  return options;
}

}  // namespace

rabatt_status rabatt_price_arrow_stream(const rabatt_book* book, ArrowArrayStream* lines,
                                        const rabatt_arrow_options* options, ArrowArrayStream* priced,
                                        rabatt_error** error) {
  if (priced) *priced = {};
  return guard(error, [&] {
    need(priced, "priced");
    need(lines, "lines");
    const rabatt_arrow_options given = options ? *options : rabatt_arrow_options{};
    price_arrow_stream(need(book, "book").batch, lines, priced, read_options(given), given.keep_input != 0);
  });
}

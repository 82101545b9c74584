// Tables of lines in Arrow's structs, of any kind. Refused as a whole, or priced to a well-formed table, the same by
// another pricer with two threads.

#include "arrow_table.h"
#include "full_book.h"
#include "rabatt/arrow_lines.h"
#include "require.h"

namespace rabatt {
namespace {

constexpr const char* required[] = {"item", "quantity", "date", "currency"};
constexpr const char* others[] = {"customer",           "organisation", "campaign",   "code",
                                  "prices_include_tax", "unit",         "list_price", "manual_price",
                                  "manual_discount",    "note",         "item",       "net"};

const std::shared_ptr<const BatchPricer>& batch_pricer() {
  static const auto pricer = std::make_shared<const BatchPricer>(Book::build(full_book()));
  return pricer;
}

// The statuses and mantissas of the results; no rows if it was refused.
std::optional<std::string> results(const Table& table, ArrowLineOptions options) {
  std::string bytes;
  ArrowArray priced{};
  const bool refused = is_refused([&] {
    ArrowPricer pricer(batch_pricer(), table.schema(), std::move(options));
    pricer.price(table.array(), &priced);
    ArrowSchema schema{};
    pricer.schema(&schema);
    require(schema.n_children == priced.n_children, "the array is of the schema");
    schema.release(&schema);
  });
  if (refused) {
    require(!priced.release, "what is refused gives no array");
    return std::nullopt;
  }
  require(priced.length == table.array().length, "every row has a result");
  for (std::int64_t column = 0; column < priced.n_children; ++column) {
    const ArrowArray& values = *priced.children[column];
    require(values.length == priced.length && values.n_buffers == 2, "a column is whole");
    const auto rows = static_cast<std::size_t>(values.length);
    const std::size_t width = column == 0 ? 1 : values.dictionary ? 4 : 16;
    const auto* validity = static_cast<const std::uint8_t*>(values.buffers[0]);
    for (std::size_t row = 0; row < rows; ++row) {
      const bool has = !validity || (validity[row / 8] >> row % 8 & 1) != 0;
      bytes.push_back(has ? '1' : '0');
      if (has) bytes.append(static_cast<const char*>(values.buffers[1]) + row * width, width);
    }
  }
  priced.release(&priced);
  return bytes;
}

void check(std::span<const std::uint8_t> bytes) {
  Input input(bytes);
  ArrowLineOptions options;
  if (input.one_in(3)) options.date = Date::from("2026-03-10");
  if (input.one_in(3)) options.currency = "EUR";
  if (input.one_in(10)) options.places = input.byte() % 40;
  const Table table(&input, required, others);
  const auto first = results(table, options);
  options.batch.threads = 2;
  options.batch.instructions = Instructions::portable;
  require(first == results(table, options), "twice the same");
}

}  // namespace
}  // namespace rabatt

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  rabatt::check({data, size});
  return 0;
}

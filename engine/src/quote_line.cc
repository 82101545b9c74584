#include "quote_line.h"

#include "price_line.h"
#include "rabatt/error.h"
#include "rabatt/path.h"

namespace rabatt {
namespace {

[[noreturn]] void refuse(Code code, std::size_t index, std::string_view field, std::string_view text) {
  const Path lines("lines");
  const Path line = lines[index];
  throw Error(code, subject_of((line / field).text(), text));
}

LineInput input_of(const CompiledBook& book, const RequestLine& line, std::size_t index) {
  LineInput input{.item = book.item(line.item),
                  .quantity = *line.quantity,
                  .list_price = line.list_price,
                  .manual_price = line.manual_price,
                  .manual_discount = line.manual_discount};
  if (input.item == no_id) refuse(Code::unknown_item, index, "item", line.item);
  if (line.unit.empty()) return input;
  const Id name = book.unit_name(line.unit);
  input.unit = name == no_id ? no_id : book.unit_of(book.items[input.item], name);
  if (input.unit == no_id) refuse(Code::unknown_unit, index, "unit", line.unit);
  return input;
}

}  // namespace

QuoteLine quote_line(const Document& document, const Request& request, std::size_t index,
                     std::vector<Warning>* warnings) {
  const auto& book = document.book;
  const auto& line = request.lines[index];
  const LineInput input = input_of(book, line, index);
  PricedLine priced = price_line(document, input, request.explain);
  if (priced.fault) refuse(*priced.fault, index, "item", line.item);
  const auto campaign = [&](Id id) { return std::string(book.text(book.campaigns[id].campaign)); };
  if (priced.named_reason) warnings->push_back({index, campaign(document.named_campaign), *priced.named_reason});

  const auto& unit = book.units.of(book.items[input.item].units)[input.unit];
  QuoteLine result;
  result.item = line.item;
  result.quantity = line.quantity_text.empty() ? line.quantity->text(line.quantity->places()) : line.quantity_text;
  result.unit = book.text(book.unit_names[unit.name]);
  result.list_price = priced.list_price;
  result.unit_price = priced.unit_price;
  result.discount = priced.discount;
  result.gross = priced.gross;
  result.discount_amount = priced.discount_amount;
  result.net = priced.net;
  result.unit_net = priced.unit_net;
  result.list_amount = priced.list_amount;
  result.saved = priced.saved;
  result.source = priced.source;
  if (priced.applied_campaign != no_id) result.applied_campaign = campaign(priced.applied_campaign);
  result.campaign_discount = priced.campaign_discount;
  result.customer_discount = priced.customer_discount;
  if (priced.applied_price_book != no_id) {
    result.applied_price_book = book.text(book.price_books[priced.applied_price_book].price_book);
  }
  result.tax_rate = line.tax_rate;
  result.steps = std::move(priced.steps);
  for (const auto& [id, reason] : priced.rejected) result.rejected.push_back({campaign(id), reason});
  return result;
}

}  // namespace rabatt

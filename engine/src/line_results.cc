#include "line_results.h"

namespace rabatt {
namespace {

template <class T>
void put(T* column, std::size_t line, T value) {
  if (column) column[line] = value;
}

Int128 mantissa(const std::optional<Decimal>& value, int places) {
  return value ? value->at_places(places).mantissa() : 0;
}

}  // namespace

void write_fault(Code code, std::size_t line, const PricedColumns& priced) {
  put(priced.status, line, status_of_line(code));
  for (auto* column : {priced.list_price, priced.unit_price, priced.discount, priced.gross, priced.discount_amount,
                       priced.net, priced.unit_net, priced.list_amount, priced.saved}) {
    put(column, line, Int128{0});
  }
  put(priced.has_list_price, line, std::uint8_t{0});
  put(priced.source, line, Source::list);
  put(priced.applied_campaign, line, no_id);
  put(priced.applied_price_book, line, no_id);
  put(priced.named_reason, line, std::int8_t{-1});
}

void write_line(const PricedLine& result, std::size_t line, const PricedColumns& priced) {
  if (result.fault) return write_fault(*result.fault, line, priced);
  try {
    // all numbers first, wanted or not: whether a line is `overflow` must not depend on who looks
    const int places = priced.places;
    const Int128 list_price = mantissa(result.list_price, places);
    const Int128 unit_price = mantissa(result.unit_price, places);
    const Int128 discount = mantissa(result.discount, PricedColumns::percent_places);
    const Int128 gross = mantissa(result.gross, places);
    const Int128 discount_amount = mantissa(result.discount_amount, places);
    const Int128 net = mantissa(result.net, places);
    const Int128 unit_net = mantissa(result.unit_net, places);
    const Int128 list_amount = mantissa(result.list_amount, places);
    const Int128 saved = mantissa(result.saved, places);
    put(priced.status, line, line_ok);
    put(priced.list_price, line, list_price);
    put(priced.unit_price, line, unit_price);
    put(priced.discount, line, discount);
    put(priced.gross, line, gross);
    put(priced.discount_amount, line, discount_amount);
    put(priced.net, line, net);
    put(priced.unit_net, line, unit_net);
    put(priced.list_amount, line, list_amount);
    put(priced.saved, line, saved);
    put(priced.has_list_price, line, static_cast<std::uint8_t>(result.list_price ? 1 : 0));
    put(priced.source, line, result.source);
    put(priced.applied_campaign, line, result.applied_campaign);
    put(priced.applied_price_book, line, result.applied_price_book);
    put(priced.named_reason, line,
        result.named_reason ? static_cast<std::int8_t>(*result.named_reason) : std::int8_t{-1});
  } catch (const Error&) {
    write_fault(Code::overflow, line, priced);
  }
}

}  // namespace rabatt

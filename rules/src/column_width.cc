#include "column_width.h"

#include <algorithm>

namespace rabatt {

void Width::hold(const Decimal& value) {
  places = std::max(places, value.places_needed());
  int digits = 0;
  for (Int128 rest = value.rounded_to_places(0, Rounding::down).mantissa(); rest != 0; rest /= 10) ++digits;
  integer_digits = std::max(integer_digits, digits);
}

void Width::hold(const QuoteLine& line) {
  for (const auto& value : {line.unit_price, line.gross, line.discount_amount, line.net, line.unit_net}) hold(value);
  for (const auto& value : {line.list_price, line.list_amount, line.saved}) {
    if (value) hold(*value);
  }
}

void Width::hold(const Quote& quote) {
  for (const auto& value : {quote.net, quote.tax, quote.total}) hold(value);
  if (quote.payment && !quote.payment->early.empty()) {
    hold(quote.payment->early.front().discount);
    hold(quote.payment->early.front().pay);
  }
}

bool Width::fits(int column_places) const {
  return places <= column_places && column_places <= Decimal::max_digits - integer_digits;
}

int column_places(const std::vector<Width>& rows) {
  int best = 0;
  std::ptrdiff_t most = 0;
  for (int places = 0; places <= Decimal::max_places; ++places) {
    const auto fitting = std::count_if(rows.begin(), rows.end(), [&](const Width& row) { return row.fits(places); });
    if (fitting > most) {
      most = fitting;
      best = places;
    }
  }
  return best;
}

}  // namespace rabatt

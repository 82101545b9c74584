#include "rates.h"

#include "rabatt/records/base.h"
#include "stored.h"

namespace rabatt {
namespace {

constexpr int most_places = 20;
constexpr std::chrono::days oldest(7);

RateRecord rate_of(Session& session, std::string_view currency, Day day) {
  RateRecord rate;
  rate.rate = NotNegative(Decimal(1));
  if (currency == session.company().currency) return rate;
  const Day first(std::chrono::sys_days(day) - oldest);
  const auto id = session.value(
      "select id from rate where currency = $1 and date between $2 and $3 order by date desc, id desc limit 1",
      {currency, text_of(first), text_of(day)});
  if (!id) throw Error(Code::no_rate, std::string(currency) + " " + text_of(day));
  return load_record<RateRecord>(session, *integer_of(*id));
}

}  // namespace

Decimal Exchange::of(const Decimal& amount) const { return divide(amount * times, by, most_places, Rounding::half_up); }

Exchange exchange(Session& session, std::string_view from, std::string_view to, Day day) {
  const auto former = rate_of(session, from, day);
  const auto latter = rate_of(session, to, day);
  return {*former.rate * *latter.per, *latter.rate * *former.per};
}

}  // namespace rabatt

#include "rabatt/payment.h"

#include <algorithm>
#include <cassert>

#include "rabatt/error.h"
#include "rabatt/exact.h"
#include "rabatt/path.h"

namespace rabatt {
namespace {

// Payments against what is due, both turned so that the total is positive.
class Ledger {
 public:
  Ledger(const Quote& quote, std::span<const PaymentMade> payments)
      : quote_(quote), payments_(payments), mirrored_(quote.total.sign() < 0) {}

  Settlement run() const {
    Settlement settlement;
    settlement.tier = earned_tier();
    const Exact due = turned(settlement.tier ? quote_.payment->early[*settlement.tier].pay : quote_.total);
    const Exact paid = paid_until(std::nullopt);
    settlement.settled = paid >= due;
    settlement.open = printed(std::max(Exact(), due - paid));
    settlement.overpaid = printed(std::max(Exact(), paid - due));
    return settlement;
  }

 private:
  Exact turned(const Exact& value) const { return mirrored_ ? -value : value; }

  // Amounts of the quote have its places; payments may have more.
  Decimal printed(const Exact& value) const {
    const Decimal amount = turned(value).narrow(quote_.amount_places);
    return amount.at_places(std::max(quote_.amount_places, amount.places_needed()));
  }

  Exact paid_until(std::optional<std::chrono::sys_days> last) const {
    Exact sum;
    for (const auto& payment : payments_) {
      if (!last || std::chrono::sys_days(payment.date) <= *last) sum = sum + turned(payment.amount);
    }
    return sum;
  }

  std::optional<std::size_t> earned_tier() const {
    if (!quote_.payment) return std::nullopt;
    const auto& early = quote_.payment->early;
    for (std::size_t i = 0; i < early.size(); ++i) {
      const auto last = std::chrono::sys_days(early[i].until) + std::chrono::days(quote_.payment->grace_days);
      if (paid_until(last) >= turned(early[i].pay)) return i;
    }
    return std::nullopt;
  }

  const Quote& quote_;
  std::span<const PaymentMade> payments_;
  bool mirrored_;
};

}  // namespace

PaymentMade payment_made(std::string_view date, std::string_view amount, std::size_t index) {
  const Path payments("payments");
  const Path place = payments[index];
  const auto day = Date::parse(date);
  if (!day) throw Error(Code::invalid_date, subject_of((place / "date").text(), date));
  const auto value = Decimal::parse(amount);
  if (!value) throw Error(Code::invalid_decimal, subject_of((place / "amount").text(), amount));
  return {day->day, *value};
}

Settlement settle(const Quote& quote, std::span<const PaymentMade> payments) {
  try {
    return Ledger(quote, payments).run();
  } catch (const Error& error) {
    assert(error.code() == Code::overflow);  // nothing else can go wrong in sums
    throw Error(Code::overflow, "total");
  }
}

}  // namespace rabatt

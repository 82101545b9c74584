#include "rabatt/exact.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <utility>

#include "int128.h"
#include "rabatt/error.h"
#include "rabatt/scaled.h"

namespace rabatt {
namespace {

using WideInteger = boost::multiprecision::checked_cpp_int;

WideInteger wide_power_of_ten(int exponent) {
  if (exponent <= largest_power) return power_of_ten(exponent);
  return boost::multiprecision::pow(WideInteger(10), static_cast<unsigned>(exponent));
}

// −1, 0, 1: how remainder/divisor compares with one half.
template <class Integer>
int compare_with_half(const Integer& remainder, const Integer& divisor) {
  const Integer rest = divisor - remainder;  // not 2·remainder: that might not fit
  return remainder < rest ? -1 : remainder > rest ? 1 : 0;
}

// |numerator| / denominator, rounded as `mode` says for a value of that sign.
template <class Integer>
Integer rounded_magnitude(const Integer& numerator, const Integer& denominator, bool negative, Rounding mode) {
  Integer quotient = numerator / denominator;
  const Integer remainder = numerator - quotient * denominator;
  const bool odd = static_cast<unsigned>(quotient & 1U) != 0;
  if (grows(mode, negative, odd, remainder != 0, compare_with_half(remainder, denominator))) ++quotient;
  return quotient;
}

// The smallest 128-bit integer has no magnitude in 128 bits: it counts as too wide.
constexpr bool has_magnitude(Int128 a) { return a != static_cast<Int128>(UInt128{1} << 127U); }

bool multiply(Int128 a, Int128 b, Int128* product) {
  return !__builtin_mul_overflow(a, b, product) && has_magnitude(*product);
}

// a · 10^exponent, if it fits.
bool scaled_up(Int128 a, int exponent, Int128* result) {
  return exponent <= largest_power && multiply(a, power_of_ten(exponent), result);
}

}  // namespace

struct Exact::Wide {
  WideInteger value;
};

void Exact::WideDeleter::operator()(Wide* wide) const noexcept { delete wide; }

struct Exact::Access {
  static WideInteger wide(const Exact& a) { return a.wide_ ? a.wide_->value : WideInteger(a.small_); }

  // The mantissa of `a` when written with `places` places (≥ its own).
  static WideInteger wide_at(const Exact& a, int places) { return wide(a) * wide_power_of_ten(places - a.places_); }

  static bool both_small(const Exact& a, const Exact& b) { return !a.wide_ && !b.wide_; }

  // Both mantissas at the same number of places; false if that takes more than 128 bits.
  static bool aligned(const Exact& a, const Exact& b, Int128* a_mantissa, Int128* b_mantissa) {
    if (!both_small(a, b)) return false;
    const int places = std::max(a.places_, b.places_);
    return scaled_up(a.small_, places - a.places_, a_mantissa) && scaled_up(b.small_, places - b.places_, b_mantissa);
  }

  // Back to 128 bits where the value allows, so that equal values take equal ways.
  static Exact make(WideInteger mantissa, int places) {
    while (places > 0 && mantissa % 10 == 0) {
      mantissa /= 10;
      --places;
    }
    if (boost::multiprecision::abs(mantissa) < wide_power_of_ten(largest_power)) {
      return {static_cast<Int128>(mantissa), places};
    }
    return {WidePointer(new Wide{std::move(mantissa)}), places};
  }
};

Exact::Exact(const Exact& other)
    : small_(other.small_), places_(other.places_), wide_(other.wide_ ? new Wide(*other.wide_) : nullptr) {}

Exact& Exact::operator=(const Exact& other) {
  if (this != &other) *this = Exact(other);
  return *this;
}

int Exact::sign() const noexcept {
  if (wide_) return wide_->value.sign();
  return small_ > 0 ? 1 : small_ < 0 ? -1 : 0;
}

std::string Exact::text() const {
  if (!wide_) {
    Int128 mantissa = small_;
    int places = places_;
    reduce(&mantissa, &places, 0);
    return with_point(mantissa < 0, digits_of(rabatt::magnitude(mantissa)), places);
  }
  // make() has reduced a wide mantissa already
  return with_point(sign() < 0, WideInteger(boost::multiprecision::abs(wide_->value)).str(), places_);
}

std::optional<Decimal> Exact::narrowed(int places) const {
  if (wide_) return std::nullopt;  // reduced, and at least 10^38
  const auto fits = [&](Int128 mantissa, int needed) {
    Int128 counted = 0;
    return needed <= Decimal::max_places && scaled_up(mantissa, std::max(0, places - needed), &counted) &&
           has_38_digits(counted);
  };
  if (fits(small_, places_)) return Decimal::scaled(small_, places_);
  Int128 mantissa = small_;
  int needed = places_;
  reduce(&mantissa, &needed, places);
  if (!fits(mantissa, needed)) return std::nullopt;
  return Decimal::scaled(mantissa, needed);
}

Decimal Exact::narrow(int places) const {
  const auto value = narrowed(places);
  if (!value) throw Error(Code::overflow, subject_of({}, text()));
  return *value;
}

Exact Exact::operator-() const {
  if (wide_) return Access::make(-wide_->value, places_);
  return {-small_, places_};
}

Exact operator+(const Exact& a, const Exact& b) {
  const int places = std::max(a.places_, b.places_);
  Int128 x = 0;
  Int128 y = 0;
  Int128 sum = 0;
  if (Exact::Access::aligned(a, b, &x, &y) && !__builtin_add_overflow(x, y, &sum) && has_magnitude(sum)) {
    return {sum, places};
  }
  return Exact::Access::make(Exact::Access::wide_at(a, places) + Exact::Access::wide_at(b, places), places);
}

Exact operator-(const Exact& a, const Exact& b) { return a + -b; }

Exact operator*(const Exact& a, const Exact& b) {
  const int places = a.places_ + b.places_;
  Int128 product = 0;
  if (Exact::Access::both_small(a, b) && multiply(a.small_, b.small_, &product)) return {product, places};
  return Exact::Access::make(Exact::Access::wide(a) * Exact::Access::wide(b), places);
}

std::strong_ordering operator<=>(const Exact& a, const Exact& b) {
  Int128 x = 0;
  Int128 y = 0;
  if (Exact::Access::aligned(a, b, &x, &y)) return x <=> y;
  const int places = std::max(a.places_, b.places_);
  return Exact::Access::wide_at(a, places).compare(Exact::Access::wide_at(b, places)) <=> 0;
}

Exact rounded_quotient(const Exact& numerator, const Exact& denominator, const Decimal& step, Rounding mode) {
  const bool negative = numerator.sign() * denominator.sign() < 0;
  // numerator / (denominator · step) as a fraction of integers, then back to a multiple of the step
  const Exact divisor = denominator * Exact(step);
  const int up = divisor.places_ - numerator.places_;
  Int128 top = 0;
  Int128 bottom = 0;
  if (Exact::Access::both_small(numerator, divisor) && scaled_up(numerator.small_, std::max(0, up), &top) &&
      scaled_up(divisor.small_, std::max(0, -up), &bottom)) {
    const UInt128 steps = rounded_magnitude<UInt128>(magnitude(top), magnitude(bottom), negative, mode);
    const auto signed_steps = static_cast<Int128>(steps);
    return Exact(negative ? -signed_steps : signed_steps, 0) * Exact(step);
  }
  const WideInteger wide_top =
      boost::multiprecision::abs(Exact::Access::wide(numerator)) * wide_power_of_ten(std::max(0, up));
  const WideInteger wide_bottom =
      boost::multiprecision::abs(Exact::Access::wide(divisor)) * wide_power_of_ten(std::max(0, -up));
  const WideInteger steps = rounded_magnitude<WideInteger>(wide_top, wide_bottom, negative, mode);
  return Exact::Access::make(negative ? WideInteger(-steps) : steps, 0) * Exact(step);
}

Exact Exact::rounded(const Decimal& step, Rounding mode) const {
  if (!wide_ && step.mantissa() == 1) {
    const int places_to_drop = places_ - step.places();
    if (places_to_drop <= 0) return *this;  // a multiple of the step already
    std::int64_t mantissa = 0;
    if (fits_64(small_) && divide_rounded(static_cast<std::int64_t>(small_), places_to_drop, mode, &mantissa)) {
      return {mantissa, step.places()};
    }
  }
  return rounded_quotient(*this, Exact(1), step, mode);
}

}  // namespace rabatt

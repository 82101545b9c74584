#include "rabatt/decimal.h"

#include "int128.h"
#include "rabatt/error.h"
#include "rabatt/exact.h"

namespace rabatt {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

Decimal step_of(int places) {
  if (places < 0 || places > Decimal::max_places) throw Error(Code::overflow, std::to_string(places) + " places");
  return Decimal::scaled(1, places);
}

}  // namespace

std::string with_point(bool negative, std::string digits, int places) {
  if (places > 0) {
    const auto whole = static_cast<std::size_t>(places);
    if (digits.size() <= whole) digits.insert(0, whole + 1 - digits.size(), '0');
    digits.insert(digits.size() - whole, 1, '.');
  }
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

std::optional<Decimal> Decimal::parse(std::string_view text) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto places = point == std::string_view::npos ? 0 : text.size() - point - 1;
  const bool misses_digits = text.empty() || point == 0 || point == text.size() - 1;
  if (misses_digits || places > max_places) return std::nullopt;

  UInt128 mantissa = 0;
  int digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (!is_digit(text[i])) return std::nullopt;
    mantissa = mantissa * 10 + static_cast<unsigned>(text[i] - '0');
    if (mantissa != 0 && ++digits > max_digits) return std::nullopt;
  }
  const auto value = static_cast<Int128>(mantissa);
  return Decimal(negative ? -value : value, static_cast<std::int32_t>(places));
}

Decimal::Decimal(std::string_view text) {
  const auto value = parse(text);
  if (!value) throw Error(Code::invalid_decimal, subject_of({}, text));
  *this = *value;
}

Decimal Decimal::scaled(Int128 mantissa, int places) {
  if (places < 0 || places > max_places || !has_38_digits(mantissa)) throw Error(Code::overflow, "decimal");
  return {mantissa, places};
}

Decimal Decimal::reduced() const noexcept {
  Decimal result = *this;
  reduce(&result.mantissa_, &result.places_, 0);
  return result;
}

Decimal Decimal::at_places(int places) const {
  Decimal value = *this;
  reduce(&value.mantissa_, &value.places_, places);
  Int128 mantissa = 0;
  const bool fits = value.places_ <= places && places <= max_places &&
                    !__builtin_mul_overflow(value.mantissa_, power_of_ten(places - value.places_), &mantissa);
  if (!fits) throw Error(Code::overflow, text());
  return scaled(mantissa, places);
}

Decimal Decimal::rounded(const Decimal& step, Rounding mode) const {
  if (step.sign() <= 0) throw Error(Code::invalid_amount, "step " + step.text());
  return Exact(*this).rounded(step, mode).narrow();
}

Decimal Decimal::rounded_to_places(int places, Rounding mode) const { return rounded(step_of(places), mode); }

std::string Decimal::text() const { return reduced().text(0); }

std::string Decimal::text(int places) const {
  std::string digits = digits_of(rabatt::magnitude(mantissa_));
  const int missing = places - places_;
  if (missing > 0) digits.append(static_cast<std::size_t>(missing), '0');
  return with_point(mantissa_ < 0, std::move(digits), missing > 0 ? places : places_);
}

Decimal Decimal::add_wide(const Decimal& a, const Decimal& b) { return (Exact(a) + Exact(b)).narrow(); }

Decimal Decimal::multiply_wide(const Decimal& a, const Decimal& b) { return (Exact(a) * Exact(b)).narrow(); }

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.places_ == b.places_) return a.mantissa_ <=> b.mantissa_;
  return Exact(a) <=> Exact(b);
}

Decimal divide(const Decimal& a, const Decimal& b, int places, Rounding mode) {
  const Decimal step = step_of(places);
  if (b.is_zero()) throw Error(Code::division_by_zero, a.text() + "/0");
  return rounded_quotient(Exact(a), Exact(b), step, mode).narrow();
}

Decimal Decimal::multiply_rounded_wide(const Decimal& a, const Decimal& b, const Decimal& step, Rounding mode) {
  if (step.sign() <= 0) throw Error(Code::invalid_amount, "step " + step.text());
  return (Exact(a) * Exact(b)).rounded(step, mode).narrow();
}

}  // namespace rabatt

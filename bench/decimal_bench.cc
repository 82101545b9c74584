// price × quantity × (100 − percent) / 100, rounded half up to cents, on 4,096 lines: our decimals beside the ways
// other programs compute it. Every way is checked against wide integers before the clock starts; `wrong` counts the
// lines on which it differs.
//
// `plain_multiply_and_shift` is no way to price: it is the least that two multiplications can cost.

#include <benchmark/benchmark.h>

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "rabatt/decimal.h"
#include "rabatt/scaled.h"

namespace {

namespace mp = boost::multiprecision;
using rabatt::Decimal;

constexpr std::size_t line_count = 4096;

struct Lines {
  std::vector<std::int64_t> price;     // cents
  std::vector<std::int64_t> quantity;
  std::vector<std::int64_t> percent_left;  // 100 − percent
  std::vector<std::int64_t> expected;      // cents

  Lines() {
    std::mt19937_64 random(20260301);  // any seed will do
    for (std::size_t i = 0; i < line_count; ++i) {
      // log-uniform prices of up to eight digits, and every fourth product a tie
      price.push_back(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(std::pow(10, 1 + random() % 8))));
      quantity.push_back(static_cast<std::int64_t>(1 + random() % 1000));
      percent_left.push_back(i % 4 == 0 ? 50 : static_cast<std::int64_t>(random() % 101));
      const mp::cpp_int exact = mp::cpp_int(price[i]) * quantity[i] * percent_left[i];
      expected.push_back(static_cast<std::int64_t>((exact + 50) / 100));
    }
  }
};

const Lines& lines() {
  static const Lines instance;
  return instance;
}

// Runs `compute(i)` for every line; `cents` turns its result into cents for the check.
template <class Result, class Compute, class Cents>
void run(benchmark::State& state, Compute compute, Cents cents) {
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < line_count; ++i) wrong += cents(compute(i)) != lines().expected[i];
  std::vector<Result> results(line_count);
  for (auto _ : state) {
    for (std::size_t i = 0; i < line_count; ++i) results[i] = compute(i);
    benchmark::DoNotOptimize(results.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(line_count));
  state.counters["wrong"] = static_cast<double>(wrong);
}

constexpr auto as_is = [](std::int64_t cents) { return cents; };

void plain_multiply_and_shift(benchmark::State& state) {
  const auto* price = lines().price.data();
  const auto* quantity = lines().quantity.data();
  const auto* left = lines().percent_left.data();
  run<std::int64_t>(state, [=](std::size_t i) { return (price[i] * quantity[i] * left[i]) >> 7; }, as_is);
}
BENCHMARK(plain_multiply_and_shift);

void scaled_integers(benchmark::State& state) {
  const auto* price = lines().price.data();
  const auto* quantity = lines().quantity.data();
  const auto* left = lines().percent_left.data();
  constexpr rabatt::Divisor hundred = rabatt::powers_of_ten_64[2];
  run<std::int64_t>(
      state,
      [=](std::size_t i) {
        std::int64_t gross = 0;
        std::int64_t net = 0;
        const bool fits = !__builtin_mul_overflow(price[i], quantity[i], &gross) &&
                          rabatt::multiply_rounded(gross, left[i], hundred, &net);
        return fits ? net : -1;  // never a price
      },
      as_is);
}
BENCHMARK(scaled_integers);

template <class T, class Make>
std::vector<T> converted(const std::vector<std::int64_t>& values, Make make) {
  std::vector<T> result;
  result.reserve(values.size());
  for (const auto value : values) result.push_back(make(value));
  return result;
}

void decimal(benchmark::State& state) {
  const auto price = converted<Decimal>(lines().price, [](std::int64_t v) { return Decimal::scaled(v, 2); });
  const auto quantity = converted<Decimal>(lines().quantity, [](std::int64_t v) { return Decimal(v); });
  const auto left = converted<Decimal>(lines().percent_left, [](std::int64_t v) { return Decimal::scaled(v, 2); });
  const Decimal cent = Decimal::scaled(1, 2);
  run<Decimal>(
      state,
      [&](std::size_t i) {
        return rabatt::multiply_rounded(price[i] * quantity[i], left[i], cent, rabatt::Rounding::half_up);
      },
      [](const Decimal& value) { return static_cast<std::int64_t>(value.at_places(2).mantissa()); });
}
BENCHMARK(decimal);

void binary_double(benchmark::State& state) {
  const auto price = converted<double>(lines().price, [](std::int64_t v) { return static_cast<double>(v) / 100; });
  const auto& l = lines();
  run<double>(
      state,
      [&](std::size_t i) {
        const double net =
            price[i] * static_cast<double>(l.quantity[i]) * (static_cast<double>(l.percent_left[i]) / 100);
        return std::floor(net * 100 + 0.5) / 100;
      },
      [](double value) { return static_cast<std::int64_t>(std::llround(value * 100)); });
}
BENCHMARK(binary_double);

void boost_checked_int128(benchmark::State& state) {
  using Wide = mp::checked_int128_t;
  const auto price = converted<Wide>(lines().price, [](std::int64_t v) { return Wide(v); });
  const auto quantity = converted<Wide>(lines().quantity, [](std::int64_t v) { return Wide(v); });
  const auto left = converted<Wide>(lines().percent_left, [](std::int64_t v) { return Wide(v); });
  run<Wide>(
      state, [&](std::size_t i) { return Wide((price[i] * quantity[i] * left[i] + 50) / 100); },
      [](const Wide& value) { return static_cast<std::int64_t>(value); });
}
BENCHMARK(boost_checked_int128);

void boost_cpp_dec_float_50(benchmark::State& state) {
  using Float = mp::cpp_dec_float_50;
  const auto price = converted<Float>(lines().price, [](std::int64_t v) { return Float(v) / 100; });
  const auto quantity = converted<Float>(lines().quantity, [](std::int64_t v) { return Float(v); });
  const auto left = converted<Float>(lines().percent_left, [](std::int64_t v) { return Float(v) / 100; });
  run<Float>(
      state, [&](std::size_t i) { return Float(floor(price[i] * quantity[i] * left[i] * 100 + Float(0.5)) / 100); },
      [](const Float& value) { return static_cast<std::int64_t>(round(value * 100)); });
}
BENCHMARK(boost_cpp_dec_float_50);

}  // namespace

BENCHMARK_MAIN();

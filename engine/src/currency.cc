// The ISO 4217 list ("list one", current currencies and funds) by minor units, edition `currency_edition`.
// To take over a new edition: change these lists and the date in money.h.

#include <algorithm>
#include <array>
#include <cstdint>

#include "rabatt/money.h"

namespace rabatt {
namespace {

struct Group {
  int minor_units;
  std::string_view codes;  // of three letters, a blank between them
};

constexpr std::array<Group, 4> groups = {{
    {2,
     "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW "
     "CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
     "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
     "MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
     "SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG "
     "YER ZAR ZMW ZWG"},
    {3, "BHD IQD JOD KWD LYD OMR TND"},
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"},
    {4, "CLF UYW"},
}};

constexpr std::size_t code_length = 3;
constexpr std::size_t stride = code_length + 1;

struct Currency {
  std::string_view code;
  int minor_units;
};

constexpr std::size_t currency_count = [] {
  std::size_t count = 0;
  for (const auto& group : groups) count += (group.codes.size() + 1) / stride;
  return count;
}();

constexpr auto currencies = [] {
  std::array<Currency, currency_count> list{};
  std::size_t count = 0;
  for (const auto& group : groups) {
    for (std::size_t at = 0; at < group.codes.size(); at += stride) {
      list[count++] = {group.codes.substr(at, code_length), group.minor_units};
    }
  }
  std::sort(list.begin(), list.end(), [](const Currency& a, const Currency& b) { return a.code < b.code; });
  return list;
}();

}  // namespace

std::optional<int> minor_units(std::string_view currency) noexcept {
  const auto found = std::lower_bound(currencies.begin(), currencies.end(), currency,
                                      [](const Currency& a, std::string_view code) { return a.code < code; });
  if (found == currencies.end() || found->code != currency) return std::nullopt;
  return found->minor_units;
}

std::vector<std::string_view> currency_codes() {
  std::vector<std::string_view> codes;
  codes.reserve(currencies.size());
  for (const auto& currency : currencies) codes.push_back(currency.code);
  return codes;
}

}  // namespace rabatt

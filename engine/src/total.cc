#include "total.h"

#include <algorithm>
#include <cassert>
#include <map>

#include "amounts.h"
#include "early_payment.h"
#include "rabatt/error.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

class Totaller {
 public:
  Totaller(const Document& document, const Request& request, std::vector<QuoteLine> lines,
           std::vector<Warning> warnings)
      : document_(document),
        request_(request),
        rules_{document.book.rules.rounder, document.book.rules.round_at, document.rules()} {
    quote_.book = document.book.hash;
    quote_.date = request.date_text.empty() ? request.date->text() : request.date_text;
    quote_.currency = request.currency;
    if (!request.customer.empty()) quote_.customer = request.customer;
    quote_.lines = std::move(lines);
    quote_.warnings = std::move(warnings);
    quote_.amount_places = rules_.currency.amount_places;
  }

  Quote run() {
    add_up_lines();
    const auto term = payment_term();
    if (term) fix_mixed_tax(*term, rules_, document_.book.rules.early_payment_tax, &quote_);
    add_up_taxes();
    add_up_campaigns();
    add_document_warnings();
    if (term) quote_.payment = payment_of(*term, document_, request_, rules_, quote_);
    return std::move(quote_);
  }

 private:
  Decimal amount(const Exact& value) const {
    return value.narrow(quote_.amount_places).at_places(quote_.amount_places);
  }

  std::optional<PaymentTerm> payment_term() const {
    if (document_.payment_term == no_id || document_.payment_term_inactive) return std::nullopt;
    return document_.book.payment_term_at(document_.payment_term);
  }

  // Nets by tax rate, and the document's net: the line nets less the tax that they contain.
  void add_up_lines() {
    std::map<Decimal, Exact> bases;
    Exact net;
    for (const auto& line : quote_.lines) {
      net = net + line.net;
      if (line.tax_rate) bases[line.tax_rate->reduced()] = bases[line.tax_rate->reduced()] + line.net;
    }
    for (const auto& [rate, base] : bases) {
      const Exact tax = document_.prices_include_tax
                            ? rules_.rounder.round_quotient(base * rate, Exact(100) + rate, rules_.currency.amount_step)
                            : rules_.round_amount(base * rate * Exact(Decimal::scaled(1, 2)));
      const Exact without = document_.prices_include_tax ? base - tax : base;
      net = net - (base - without);
      quote_.taxes.push_back({rate, amount(base), amount(without), amount(tax)});
    }
    quote_.net = amount(net);
  }

  void add_up_taxes() {
    Exact tax;
    for (const auto& row : quote_.taxes) tax = tax + row.tax;
    quote_.tax = amount(tax);
    quote_.total = amount(Exact(quote_.net) + tax);
  }

  void add_up_campaigns() {
    struct Sums {
      Exact net;
      Exact saved;
    };
    std::map<std::string_view, Sums, decltype(&natural_less)> by_campaign(&natural_less);
    for (const auto& line : quote_.lines) {
      if (!line.applied_campaign) continue;
      auto& sums = by_campaign[*line.applied_campaign];
      sums.net = sums.net + line.net;
      if (line.saved) sums.saved = sums.saved + *line.saved;
    }
    for (const auto& [campaign, sums] : by_campaign) {
      quote_.campaigns.push_back({std::string(campaign), amount(sums.net), amount(sums.saved)});
    }
  }

  void add_document_warnings() {
    if (document_.named_campaign != no_id) {
      const auto& book = document_.book;
      const std::string campaign(book.text(book.campaigns[document_.named_campaign].campaign));
      const bool used = std::any_of(quote_.lines.begin(), quote_.lines.end(),
                                    [&](const QuoteLine& line) { return line.applied_campaign == campaign; });
      if (!used) quote_.warnings.push_back({std::nullopt, campaign, Reason::campaign_not_used});
    }
    if (document_.payment_term_inactive) {
      quote_.warnings.push_back({std::nullopt, std::nullopt, Reason::payment_term_inactive});
    }
  }

  const Document& document_;
  const Request& request_;
  AmountRules rules_;
  Quote quote_;
};

}  // namespace

Quote total_of(const Document& document, const Request& request, std::vector<QuoteLine> lines,
               std::vector<Warning> warnings) {
  try {
    return Totaller(document, request, std::move(lines), std::move(warnings)).run();
  } catch (const Error& error) {
    if (error.code() == Code::damaged_book) throw;
    assert(error.code() == Code::overflow);  // nothing else can go wrong in sums
    throw Error(Code::overflow, "total");
  }
}

}  // namespace rabatt

#include "document.h"

#include "rabatt/path.h"
#include "rabatt/range_check.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

[[noreturn]] void refuse(Code code, const Path& path, std::string_view text = {}) {
  throw Error(code, subject_of(path.text(), text));
}

void check_text(std::string_view text, const Path& path, bool required) {
  const auto fault = check_identifier(text);
  if (fault == IdentifierFault::none || (fault == IdentifierFault::empty && !required)) return;
  refuse(required && text.empty() ? Code::missing_field : Code::invalid_identifier, path, text);
}

using Check = std::optional<Code> (*)(const Decimal&);

void check_number(const std::optional<Decimal>& value, const Path& path, Check check) {
  if (!value) return;
  if (const auto code = check(*value)) refuse(*code, path, value->text(value->places()));
}

void check_line(const RequestLine& line, const Path& path) {
  check_text(line.item, path / "item", true);
  if (!line.quantity) refuse(Code::missing_field, path / "quantity");
  check_text(line.unit, path / "unit", false);
  check_number(line.list_price, path / "list_price", check_price);
  check_number(line.manual_price, path / "manual_price", check_price);
  check_number(line.manual_discount, path / "manual_discount", check_discount);
  check_number(line.tax_rate, path / "tax_rate", check_tax_rate);
}

void check_shape(const Request& request) {
  if (!request.date) refuse(Code::missing_field, Path("date"));
  if (!request.date->ok()) refuse(Code::invalid_date, Path("date"), request.date->text());
  check_text(request.currency, Path("currency"), true);
  check_text(request.customer, Path("customer"), false);
  check_text(request.organisation, Path("organisation"), false);
  check_text(request.campaign, Path("campaign"), false);
  check_text(trimmed(request.code), Path("code"), false);
  check_text(request.payment_term, Path("payment_term"), false);
  const Path lines("lines");
  for (std::size_t i = 0; i < request.lines.size(); ++i) check_line(request.lines[i], lines[i]);
}

void resolve_campaign(const Request& request, Document* document) {
  const auto& book = document->book;
  if (!request.campaign.empty()) {
    document->named_campaign = book.campaign(request.campaign);
    if (document->named_campaign == no_id) refuse(Code::unknown_campaign, Path("campaign"), request.campaign);
  }
  const std::string code = folded_code(request.code);
  if (code.empty()) return;
  const Id campaign = book.campaign_of_code(code);
  if (campaign == no_id) refuse(Code::unknown_code, Path("code"), request.code);
  if (!book.campaigns[campaign].window.admits(document->moment)) refuse(Code::code_expired, Path("code"), request.code);
  if (document->named_campaign != no_id && document->named_campaign != campaign) {
    refuse(Code::campaign_and_code, Path("code"), request.code);
  }
  document->named_campaign = campaign;
  document->code_given = true;
}

void resolve_payment_term(const Request& request, Document* document) {
  const auto& book = document->book;
  const auto active = [&](Id term) { return book.payment_terms[term].active != 0; };
  if (!request.payment_term.empty()) {
    document->payment_term = book.payment_term(request.payment_term);
    if (document->payment_term == no_id || !active(document->payment_term)) {
      refuse(Code::unknown_payment_term, Path("payment_term"), request.payment_term);
    }
  } else if (document->customer != no_id) {
    document->payment_term = book.customers[document->customer].payment_term;
    document->payment_term_inactive = document->payment_term != no_id && !active(document->payment_term);
  }
}

void resolve_tax_mode(const Request& request, Document* document) {
  const bool books_mode = document->book.rules.prices_include_tax;
  document->prices_include_tax = request.prices_include_tax.value_or(books_mode);
  if (document->prices_include_tax == books_mode) return;
  for (const auto& line : request.lines) {
    if (line.list_price || line.manual_price) continue;
    refuse(Code::tax_mode_mismatch, Path("prices_include_tax"), document->prices_include_tax ? "true" : "false");
  }
}

}  // namespace

Document resolve(const CompiledBook& book, const Request& request) {
  check_shape(request);
  Document document{.book = book, .moment = request.date->first_moment()};
  document.currency = book.currency(request.currency);
  if (document.currency == no_id) refuse(Code::unknown_currency, Path("currency"), request.currency);
  if (!request.customer.empty()) {
    document.customer = book.customer(request.customer);
    if (document.customer == no_id) refuse(Code::unknown_customer, Path("customer"), request.customer);
    document.organisation = book.customers[document.customer].organisation;
  }
  if (!request.organisation.empty()) document.organisation = book.organisation(request.organisation);
  resolve_campaign(request, &document);
  resolve_payment_term(request, &document);
  resolve_tax_mode(request, &document);
  return document;
}

}  // namespace rabatt

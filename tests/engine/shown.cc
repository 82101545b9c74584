#include "shown.h"

#include "rabatt/names.h"
#include "samples.h"

namespace rabatt {
namespace {

class Text {
 public:
  Text& add(std::string_view name, std::string_view value) {
    text_.append(name).append("=").append(value).append(" ");
    return *this;
  }
  Text& add(std::string_view name, const Decimal& value) { return add(name, value.text(value.places())); }
  template <class T>
  Text& add(std::string_view name, const std::optional<T>& value) {
    return value ? add(name, *value) : add(name, "null");
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string shown(const Step& step) {
  std::string text(name_of(step.step));
  text.append("/").append(name_of(step.what)).append(" ").append(step.before ? step.before->text() : "null");
  return text.append("→").append(step.after.text()).append(step.rounded ? " rounded; " : "; ");
}

}  // namespace

std::string reasons(const QuoteLine& line) {
  std::string text;
  for (const auto& [campaign, reason] : line.rejected) {
    text.append(text.empty() ? "" : ", ").append(campaign).append(" ").append(name_of(reason));
  }
  return text;
}

std::string shown(const QuoteLine& line) {
  Text text;
  text.add("item", line.item).add("quantity", line.quantity).add("unit", line.unit);
  text.add("list_price", line.list_price ? line.list_price->text() : "null").add("unit_price", line.unit_price.text());
  text.add("discount", line.discount.text()).add("gross", line.gross).add("discount_amount", line.discount_amount);
  text.add("net", line.net).add("unit_net", line.unit_net.text()).add("list_amount", line.list_amount);
  text.add("saved", line.saved).add("source", name_of(line.source)).add("applied_campaign", line.applied_campaign);
  text.add("campaign_discount", line.campaign_discount).add("customer_discount", line.customer_discount);
  text.add("applied_price_book", line.applied_price_book).add("tax_rate", line.tax_rate);
  return text.take();
}

std::string shown_in_full(const QuoteLine& line) {
  std::string text = shown(line) + "| ";
  for (const auto& step : line.steps) text += shown(step);
  return text + "| " + reasons(line);
}

std::string shown(const Quote& quote) {
  Text text;
  text.add("book", quote.book).add("date", quote.date).add("currency", quote.currency).add("customer", quote.customer);
  for (const auto& line : quote.lines) text.add("line", shown(line));
  text.add("net", quote.net).add("tax", quote.tax).add("total", quote.total);
  for (const auto& row : quote.taxes) {
    text.add("rate", row.rate.text()).add("base", row.base).add("net", row.net).add("tax", row.tax);
  }
  for (const auto& row : quote.campaigns) {
    text.add("campaign", row.campaign).add("net", row.net).add("saved", row.saved);
  }
  for (const auto& warning : quote.warnings) {
    text.add("warning", warning.line ? std::to_string(*warning.line) : "null").add("campaign", warning.campaign);
    text.add("reason", name_of(warning.reason));
  }
  if (!quote.payment) return text.take();
  text.add("term", quote.payment->payment_term).add("due", text_of(quote.payment->due));
  for (const auto& early : quote.payment->early) {
    text.add("until", text_of(early.until)).add("discount", early.discount).add("net", early.net).add("tax", early.tax);
    for (const auto& row : early.taxes) text.add("rate", row.rate.text()).add("tax", row.tax);
    text.add("pay", early.pay);
  }
  for (const auto& tier : quote.payment->shares) {
    for (const auto& share : tier) text.add("share", share);
  }
  return text.take();
}

}  // namespace rabatt

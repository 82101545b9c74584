#include <boost/json.hpp>

#include "rabatt/describe.h"
#include "rabatt/json.h"
#include "rabatt/names.h"

namespace rabatt {
namespace {

namespace json = boost::json;

// ---- quotes: key by key, in the order of the contract ----

json::value text_or_null(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

json::value text_or_null(const std::optional<Decimal>& value) {
  return value ? json::value(value->text()) : json::value(nullptr);
}

class QuoteWriter {
 public:
  explicit QuoteWriter(const Quote& quote) : quote_(quote) {}

  json::value run() const {
    return json::object{{"book", quote_.book},
                        {"date", quote_.date},
                        {"currency", quote_.currency},
                        {"customer", text_or_null(quote_.customer)},
                        {"lines", list(quote_.lines, [&](const QuoteLine& line) { return written(line); })},
                        {"net", amount(quote_.net)},
                        {"taxes", list(quote_.taxes, [&](const TaxRow& row) { return written(row); })},
                        {"tax", amount(quote_.tax)},
                        {"total", amount(quote_.total)},
                        {"campaigns", list(quote_.campaigns, [&](const CampaignTotal& row) { return written(row); })},
                        {"warnings", list(quote_.warnings, [&](const Warning& row) { return written(row); })},
                        {"payment", quote_.payment ? written(*quote_.payment) : json::value(nullptr)}};
  }

 private:
  template <class T, class Write>
  static json::array list(const std::vector<T>& entries, Write write) {
    json::array result;
    result.reserve(entries.size());
    for (const auto& entry : entries) result.push_back(write(entry));
    return result;
  }

  json::value amount(const Decimal& value) const { return json::value(value.text(quote_.amount_places)); }

  json::value amount(const std::optional<Decimal>& value) const {
    return value ? amount(*value) : json::value(nullptr);
  }

  json::value written(const QuoteLine& line) const {
    return json::object{{"item", line.item},
                        {"quantity", line.quantity},
                        {"unit", line.unit},
                        {"list_price", text_or_null(line.list_price)},
                        {"unit_price", line.unit_price.text()},
                        {"discount", line.discount.text()},
                        {"gross", amount(line.gross)},
                        {"discount_amount", amount(line.discount_amount)},
                        {"net", amount(line.net)},
                        {"unit_net", line.unit_net.text()},
                        {"list_amount", amount(line.list_amount)},
                        {"saved", amount(line.saved)},
                        {"source", name_of(line.source)},
                        {"applied_campaign", text_or_null(line.applied_campaign)},
                        {"campaign_discount", text_or_null(line.campaign_discount)},
                        {"customer_discount", line.customer_discount.text()},
                        {"applied_price_book", text_or_null(line.applied_price_book)},
                        {"tax_rate", text_or_null(line.tax_rate)},
                        {"steps", list(line.steps, [](const Step& step) { return written(step); })},
                        {"rejected", list(line.rejected, [](const Rejection& rejection) {
                           return json::object{{"campaign", rejection.campaign}, {"reason", name_of(rejection.reason)}};
                         })}};
  }

  static json::value written(const Step& step) {
    return json::object{{"step", name_of(step.step)},
                        {"what", name_of(step.what)},
                        {"before", step.before ? json::value(step.before->text()) : json::value(nullptr)},
                        {"after", step.after.text()},
                        {"rounded", step.rounded}};
  }

  json::value written(const TaxRow& row) const {
    return json::object{
        {"rate", row.rate.text()}, {"base", amount(row.base)}, {"net", amount(row.net)}, {"tax", amount(row.tax)}};
  }

  json::value written(const CampaignTotal& row) const {
    return json::object{{"campaign", row.campaign}, {"net", amount(row.net)}, {"saved", amount(row.saved)}};
  }

  static json::value written(const Warning& warning) {
    return json::object{{"line", warning.line ? json::value(*warning.line) : json::value(nullptr)},
                        {"campaign", text_or_null(warning.campaign)},
                        {"reason", name_of(warning.reason)}};
  }

  json::value written(const EarlyPayment& early) const {
    return json::object{{"until", text_of(early.until)},
                        {"discount_percent", early.discount_percent.text()},
                        {"discount", amount(early.discount)},
                        {"net", amount(early.net)},
                        {"tax", amount(early.tax)},
                        {"taxes", list(early.taxes,
                                       [&](const EarlyTax& row) {
                                         return json::object{{"rate", row.rate.text()}, {"tax", amount(row.tax)}};
                                       })},
                        {"pay", amount(early.pay)}};
  }

  json::value written(const Payment& payment) const {
    return json::object{{"payment_term", payment.payment_term},
                        {"grace_days", payment.grace_days},
                        {"due", text_of(payment.due)},
                        {"tax_mode", name_of(payment.tax_mode)},
                        {"early", list(payment.early, [&](const EarlyPayment& early) { return written(early); })},
                        {"shares", list(payment.shares, [&](const std::vector<Decimal>& shares) {
                           return list(shares, [&](const Decimal& share) { return amount(share); });
                         })}};
  }

  const Quote& quote_;
};

// ---- books: from the description of their structs; what is not given is left out ----

json::value content_value(const std::string& text) { return json::value(text); }
json::value content_value(bool flag) { return json::value(flag); }
json::value content_value(std::int32_t number) { return json::value(number); }
json::value content_value(const Decimal& value) { return json::value(value.text()); }
json::value content_value(const Date& date) { return json::value(date.text()); }

template <class Enum>
  requires std::is_enum_v<Enum>
json::value content_value(Enum value) {
  return json::value(name_of(value));
}

template <class Struct>
  requires boost::describe::has_describe_members<Struct>::value
json::value content_value(const Struct& entry);

template <class T>
json::value content_value(const std::optional<T>& value) {
  return content_value(*value);
}

template <class T>
json::value content_value(const std::vector<T>& entries) {
  json::array list;
  list.reserve(entries.size());
  for (const auto& entry : entries) list.push_back(content_value(entry));
  return list;
}

template <class T>
json::value content_value(const std::map<std::string, T>& entries) {
  json::object object;
  for (const auto& [key, entry] : entries) object.emplace(key, content_value(entry));
  return object;
}

template <class T>
bool is_given(const T& value) {
  if constexpr (requires { value.has_value(); }) {
    return value.has_value();
  } else if constexpr (requires { value.empty(); }) {
    return !value.empty();
  } else {
    return true;
  }
}

template <class Struct>
  requires boost::describe::has_describe_members<Struct>::value
json::value content_value(const Struct& entry) {
  json::object object;
  boost::mp11::mp_for_each<Members<Struct>>([&](auto description) {
    const auto& value = entry.*description.pointer;
    // a campaign's name is required, and may be empty
    const bool required = std::is_same_v<Struct, Campaign> && description.name == std::string_view("name");
    const bool written = required || is_given(value);
    if (written) object.emplace(description.name, content_value(value));
  });
  return object;
}

}  // namespace

std::string to_json(const Quote& quote) { return json::serialize(QuoteWriter(quote).run()); }

std::string to_json(const BookContent& content) { return json::serialize(content_value(content)); }

std::string to_json(const Settlement& settlement) {
  return json::serialize(json::object{{"settled", settlement.settled},
                                      {"open", settlement.open.text(settlement.open.places())},
                                      {"tier", settlement.tier ? json::value(*settlement.tier) : json::value(nullptr)},
                                      {"overpaid", settlement.overpaid.text(settlement.overpaid.places())}});
}

std::string to_json(const SetForAll& result) {
  json::array report;
  for (const auto& remark : result.report) {
    report.push_back(json::object{{"line", remark.line}, {"item", remark.item}, {"code", slug(remark.code)}});
  }
  return json::serialize(json::object{{"lines", content_value(result.lines)}, {"report", std::move(report)}});
}

std::string to_json(const std::vector<Problem>& problems) {
  json::array list;
  for (const auto& problem : problems) {
    list.push_back(json::object{{"code", slug(problem.code)}, {"path", problem.path}, {"message", problem.message}});
  }
  return json::serialize(list);
}

std::string to_json(const Error& error) {
  return json::serialize(
      json::object{{"error", json::object{{"code", slug(error.code())}, {"subject", error.subject()}}}});
}

}  // namespace rabatt

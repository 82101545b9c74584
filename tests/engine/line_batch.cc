#include "line_batch.h"

#include <algorithm>

namespace rabatt {
namespace {

template <class Value>
void set(Column<Value>* column, const std::vector<Value>& values) {
  column->values = values.data();
}

int most_places(const std::vector<Request>& requests, std::optional<Decimal> RequestLine::* field) {
  int most = 0;
  for (const auto& request : requests) {
    const auto& value = request.lines.at(0).*field;
    if (value) most = std::max(most, value->places());
  }
  return most;
}

}  // namespace

void LineBatch::Numbers::add(const std::optional<Decimal>& value, int places) {
  const std::size_t line = mantissas.size();
  mantissas.push_back(value ? value->at_places(places).mantissa() : 0);
  if (line % 8 == 0) valid.push_back(0);
  if (value) valid.back() = static_cast<std::uint8_t>(valid.back() | 1U << (line % 8));
}

// In the narrowest width that holds all of them.
NumberColumn LineBatch::Numbers::column(int places) {
  const bool fits = std::all_of(mantissas.begin(), mantissas.end(),
                                [](Int128 value) { return value == static_cast<std::int64_t>(value); });
  if (!fits) return {mantissas.data(), NumberWidth::bits_128, places, {valid.data()}};
  narrow.assign(mantissas.begin(), mantissas.end());
  return {narrow.data(), NumberWidth::bits_64, places, {valid.data()}};
}

LineBatch::LineBatch(const Book& book, const std::vector<Request>& requests) {
  const BookIds ids(book);
  const int quantity_places = most_places(requests, &RequestLine::quantity);
  const int list_places = most_places(requests, &RequestLine::list_price);
  const int price_places = most_places(requests, &RequestLine::manual_price);
  const int discount_places = most_places(requests, &RequestLine::manual_discount);
  for (const auto& request : requests) {
    const auto& line = request.lines.at(0);
    items_.push_back(ids.item(line.item));
    units_.push_back(ids.unit(line.unit));
    currencies_.push_back(ids.currency(request.currency));
    customers_.push_back(ids.customer(request.customer));
    organisations_.push_back(ids.organisation(request.organisation));
    campaigns_.push_back(ids.campaign(request.campaign));
    codes_.push_back(ids.campaign_of_code(request.code));
    seconds_.push_back(request.date->first_moment().time_since_epoch().count());
    tax_modes_.push_back(request.prices_include_tax ? static_cast<std::uint8_t>(*request.prices_include_tax ? 1 : 0)
                                                    : std::uint8_t{2});
    quantities_.add(line.quantity, quantity_places);
    list_prices_.add(line.list_price, list_places);
    manual_prices_.add(line.manual_price, price_places);
    manual_discounts_.add(line.manual_discount, discount_places);
  }
  lines_.count = requests.size();
  set(&lines_.item, items_);
  set(&lines_.unit, units_);
  set(&lines_.currency, currencies_);
  set(&lines_.customer, customers_);
  set(&lines_.organisation, organisations_);
  set(&lines_.campaign, campaigns_);
  set(&lines_.code_campaign, codes_);
  set(&lines_.prices_include_tax, tax_modes_);
  lines_.date.seconds = seconds_.data();
  lines_.quantity = quantities_.column(quantity_places);
  lines_.list_price = list_prices_.column(list_places);
  lines_.manual_price = manual_prices_.column(price_places);
  lines_.manual_discount = manual_discounts_.column(discount_places);
}

BatchResults::BatchResults(std::size_t count, int places)
    : status_(count, 0xFF),
      numbers_(9, std::vector<Int128>(count, -1)),
      has_list_price_(count, 0xFF),
      source_(count, Source::manual),
      campaign_(count),
      price_book_(count),
      reason_(count, 99) {
  columns_.places = places;
  columns_.status = status_.data();
  Int128** const columns[] = {&columns_.list_price, &columns_.unit_price,      &columns_.discount,
                              &columns_.gross,      &columns_.discount_amount, &columns_.net,
                              &columns_.unit_net,   &columns_.list_amount,     &columns_.saved};
  for (std::size_t i = 0; i < numbers_.size(); ++i) *columns[i] = numbers_[i].data();
  columns_.has_list_price = has_list_price_.data();
  columns_.source = source_.data();
  columns_.applied_campaign = campaign_.data();
  columns_.applied_price_book = price_book_.data();
  columns_.named_reason = reason_.data();
}

BatchAnswer BatchResults::operator[](std::size_t line) const {
  return {status_[line],         numbers_[0][line], numbers_[1][line], numbers_[2][line], numbers_[3][line],
          numbers_[4][line],     numbers_[5][line], numbers_[6][line], numbers_[7][line], numbers_[8][line],
          has_list_price_[line], source_[line],     campaign_[line],   price_book_[line], reason_[line]};
}

BatchAnswer expected_answer(const Book& book, const Request& request, int places) {
  BatchAnswer answer{.status = line_ok,
                     .list_price = 0,
                     .unit_price = 0,
                     .discount = 0,
                     .gross = 0,
                     .discount_amount = 0,
                     .net = 0,
                     .unit_net = 0,
                     .list_amount = 0,
                     .saved = 0,
                     .has_list_price = 0,
                     .source = Source::list,
                     .applied_campaign = no_id,
                     .applied_price_book = no_id,
                     .named_reason = -1};
  const BatchAnswer bad = answer;
  try {
    Request without = request;
    without.explain = false;
    auto priced = price_each(book, without);
    if (const auto* error = std::get_if<Error>(&priced.lines.at(0))) throw *error;
    const auto& line = std::get<QuoteLine>(priced.lines[0]);
    const auto mantissa = [](const std::optional<Decimal>& value, int at) {
      return value ? value->at_places(at).mantissa() : 0;
    };
    answer.list_price = mantissa(line.list_price, places);
    answer.unit_price = mantissa(line.unit_price, places);
    answer.discount = mantissa(line.discount, PricedColumns::percent_places);
    answer.gross = mantissa(line.gross, places);
    answer.discount_amount = mantissa(line.discount_amount, places);
    answer.net = mantissa(line.net, places);
    answer.unit_net = mantissa(line.unit_net, places);
    answer.list_amount = mantissa(line.list_amount, places);
    answer.saved = mantissa(line.saved, places);
    answer.has_list_price = line.list_price ? 1 : 0;
    answer.source = line.source;
    const BookIds ids(book);
    answer.applied_campaign = ids.campaign(line.applied_campaign.value_or(""));
    for (Id id = 0; line.applied_price_book && id < ids.price_books(); ++id) {
      if (ids.price_book_number(id) == *line.applied_price_book) answer.applied_price_book = id;
    }
    if (!priced.warnings.empty()) answer.named_reason = static_cast<std::int8_t>(priced.warnings[0].reason);
    return answer;
  } catch (const Error& error) {
    answer = bad;
    answer.status = status_of_line(error.code());
    return answer;
  }
}

std::string shown(const BatchAnswer& answer) {
  std::string text;
  const auto add = [&](const char* name, Int128 value) {
    text.append(name).append(" ").append(Decimal::scaled(value, 0).text()).append(", ");
  };
  add("status", answer.status);
  add("list_price", answer.list_price);
  add("unit_price", answer.unit_price);
  add("discount", answer.discount);
  add("gross", answer.gross);
  add("discount_amount", answer.discount_amount);
  add("net", answer.net);
  add("unit_net", answer.unit_net);
  add("list_amount", answer.list_amount);
  add("saved", answer.saved);
  add("has_list_price", answer.has_list_price);
  add("source", static_cast<int>(answer.source));
  add("campaign", answer.applied_campaign);
  add("price_book", answer.applied_price_book);
  add("named_reason", answer.named_reason);
  return text;
}

}  // namespace rabatt

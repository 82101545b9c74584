#include "rabatt/line_pricer.h"

#include <algorithm>

#include "exact_line.h"
#include "plane_line.h"
#include "rabatt/price.h"
#include "result_scales.h"

namespace rabatt {

class LinePricer::Session {
 public:
  Session(const Book& book, std::shared_ptr<const DayPlane> plane, const Date& date, Id currency, int quantity_places)
      : book_(book), plane_(std::move(plane)), date_(date), currency_(currency), quantity_places_(quantity_places) {
    const auto second = date.first_moment().time_since_epoch().count();
    const bool fits = plane_ && plane_->admits(second, currency) &&
                      static_cast<const CompiledPlane&>(*plane_).book.hash() == book.hash();
    if (!fits) throw Error(Code::invalid_value, "plane");
    const auto& rules = book.compiled().currency_rules[currency];
    places_ = std::max({places_of(book), rules.amount_places, rules.unit_step.places_needed()});
    const auto& compiled = static_cast<const CompiledPlane&>(*plane_);
    planar_ = PlaneArithmetic::make(compiled, quantity_places, &arithmetic_) &&
              scales_.make(compiled, arithmetic_, places_) && scales_.narrow;
    pricer_.emplace(compiled, arithmetic_, quantity_places);
  }

  int places() const { return places_; }

  LinePrice price(Id item, Id customer, std::int64_t quantity) const {
    const auto& plane = static_cast<const CompiledPlane&>(*plane_);
    const bool known = item < plane.items.size() && (customer == no_id || customer < plane.customers.size() - 1);
    LinePrice price;
    if (planar_ && known && price_from_plane(item, customer, quantity, &price)) return price;
    return priced_exactly(item, customer, quantity);
  }

  QuoteLine explained(Id item, Id customer, std::int64_t quantity) const {
    const auto& compiled = book_.compiled();
    Request request;
    request.date = date_;
    request.currency = compiled.text(compiled.currencies[currency_].code);
    if (customer != no_id && customer >= compiled.customers.size()) throw Error(Code::unknown_customer, "customer");
    if (customer != no_id) request.customer = compiled.text(compiled.customers[customer].customer);
    if (item >= compiled.items.size()) throw Error(Code::unknown_item, "item");
    RequestLine line;
    line.item = compiled.text(compiled.items[item].item);
    line.quantity = Decimal::scaled(quantity, quantity_places_);
    request.lines.push_back(std::move(line));
    return rabatt::price(book_, request).lines.front();
  }

 private:
  bool price_from_plane(Id item, Id customer, std::int64_t quantity, LinePrice* price) const {
    const auto size = quantity < 0 ? 0 - static_cast<std::uint64_t>(quantity) : static_cast<std::uint64_t>(quantity);
    PlaneResult result;
    PlaneTotals totals;
    const auto outcome = pricer_->price({item, customer, size}, &result);
    if (outcome == PlaneOutcome::no_price) {
      price->status = status_of_line(Code::no_price);
      return true;
    }
    if (outcome == PlaneOutcome::left || !pricer_->totals(result, size, &totals) || totals.widest >> 32U != 0) {
      return false;
    }
    const std::int64_t amount = quantity < 0 ? -scales_.amount : scales_.amount;
    const auto scaled = [](std::uint64_t steps, std::int64_t factor) {
      return static_cast<std::int64_t>(steps) * factor;
    };
    price->has_list_price = totals.has_list_price;
    price->source = result.source;
    price->list_price = scaled(totals.list_price, scales_.price);
    price->unit_price = scaled(result.unit_price, scales_.price);
    price->discount = scaled(result.discount, scales_.percent);
    price->customer_discount = scaled(result.customer_discount, scales_.percent);
    price->gross = scaled(result.amounts.gross, amount);
    price->discount_amount = scaled(result.amounts.gross - result.amounts.net, amount);
    price->net = scaled(result.amounts.net, amount);
    price->unit_net = scaled(totals.unit_net, scales_.unit_price);
    if (totals.has_list_price) {
      price->list_amount = scaled(totals.list_amount, amount);
      price->saved = scaled(totals.list_amount - result.amounts.net, amount);
    }
    price->applied_campaign = result.campaign;
    price->applied_price_book = result.price_book;
    return true;
  }

  LinePrice priced_exactly(Id item, Id customer, std::int64_t quantity) const {
    LineColumns lines;
    lines.count = 1;
    lines.item.value = item;
    lines.customer.value = customer;
    lines.quantity = {.values = &quantity, .places = quantity_places_};
    lines.date.value = date_.first_moment().time_since_epoch().count();
    lines.currency.value = currency_;
    LinePrice price;
    std::uint8_t has_list_price = 0;
    PricedColumns priced{.places = places_,
                         .status = &price.status,
                         .list_price = &price.list_price,
                         .unit_price = &price.unit_price,
                         .discount = &price.discount,
                         .gross = &price.gross,
                         .discount_amount = &price.discount_amount,
                         .net = &price.net,
                         .unit_net = &price.unit_net,
                         .list_amount = &price.list_amount,
                         .saved = &price.saved,
                         .has_list_price = &has_list_price,
                         .source = &price.source,
                         .applied_campaign = &price.applied_campaign,
                         .applied_price_book = &price.applied_price_book};
    const auto customer_discount = price_exactly(book_.compiled(), lines, 0, priced);
    price.has_list_price = has_list_price != 0;
    if (price.status == line_ok) {
      price.customer_discount = customer_discount.at_places(PricedColumns::percent_places).mantissa();
    }
    return price;
  }

  Book book_;
  std::shared_ptr<const DayPlane> plane_;
  Date date_;
  Id currency_;
  int quantity_places_;
  int places_ = 0;
  bool planar_ = false;
  PlaneArithmetic arithmetic_;
  ResultScales scales_;
  std::optional<PlanePricer> pricer_;
};

namespace {

Id checked(const Book& book, Id currency) {
  if (currency >= book.compiled().currencies.size()) throw Error(Code::unknown_currency, "currency");
  return currency;
}

int checked(int quantity_places) {
  if (quantity_places < 0 || quantity_places > Decimal::max_places) throw Error(Code::invalid_value, "quantity_places");
  return quantity_places;
}

Date checked(const Date& date) {
  if (!date.ok()) throw Error(Code::invalid_date, "date");
  return date;
}

}  // namespace

LinePricer::LinePricer(const Book& book, const Date& date, Id currency, int quantity_places)
    : LinePricer(book, DayPlane::compile(book, checked(date), currency), date, currency, quantity_places) {}

LinePricer::LinePricer(const Book& book, std::shared_ptr<const DayPlane> plane, const Date& date, Id currency,
                       int quantity_places)
    : session_(std::make_unique<Session>(book, std::move(plane), checked(date), checked(book, currency),
                                         checked(quantity_places))) {}

LinePricer::~LinePricer() = default;
LinePricer::LinePricer(LinePricer&&) noexcept = default;
LinePricer& LinePricer::operator=(LinePricer&&) noexcept = default;

LinePrice LinePricer::price(Id item, Id customer, std::int64_t quantity) const {
  return session_->price(item, customer, quantity);
}

QuoteLine LinePricer::explained(Id item, Id customer, std::int64_t quantity) const {
  return session_->explained(item, customer, quantity);
}

int LinePricer::places() const noexcept { return session_->places(); }

}  // namespace rabatt

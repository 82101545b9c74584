#include "order_output.h"

#include <cstring>
#include <functional>
#include <limits>

#include "decimal_text.h"
#include "in_threads.h"

namespace rabatt {
namespace {

constexpr int percent_places = PricedColumns::percent_places;

// Which rows have a value, as they are told one after the other.
class PresenceOut {
 public:
  explicit PresenceOut(std::size_t count) : bits_(arrow_buffer((count + 7) / 8)) {
    if (bits_) std::memset(bits_.get(), 0, (count + 7) / 8);
  }

  void set(std::size_t row, bool has_value) {
    auto* byte = static_cast<std::uint8_t*>(bits_.get()) + row / 8;
    *byte = static_cast<std::uint8_t>(*byte | static_cast<unsigned>(has_value) << (row % 8));
    nulls_ += has_value ? 0 : 1;
  }

  ArrowColumnOut column(std::size_t count) const {
    return {.count = static_cast<std::int64_t>(count), .nulls = nulls_, .validity = bits_, .values = nullptr};
  }

 private:
  std::shared_ptr<void> bits_;
  std::int64_t nulls_ = 0;
};

// `text_of(row)` is empty where the row has no value.
template <class TextOf>
ArrowColumnOut text_column(std::size_t count, std::string_view name, TextOf text_of) {
  PresenceOut presence(count);
  auto offsets = arrow_buffer((count + 1) * sizeof(std::int32_t));
  auto* ends = static_cast<std::int32_t*>(offsets.get());
  std::string bytes;
  *ends++ = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const auto text = text_of(row);
    presence.set(row, !text.empty());
    bytes += text;
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw Error(Code::limit_exceeded, name);
    }
    *ends++ = static_cast<std::int32_t>(bytes.size());
  }
  auto column = presence.column(count);
  column.values = std::move(offsets);
  auto memory = arrow_buffer(bytes.size() + 1);
  std::memcpy(memory.get(), bytes.data(), bytes.size());
  column.bytes = std::move(memory);
  return column;
}

ArrowColumnOut decimal_text_column(const DecimalColumn& decimals, std::string_view name) {
  std::array<char, longest_decimal_text> room{};
  return text_column(decimals.count(), name, [&](std::size_t row) -> std::string_view {
    if (!decimals.has(row)) return {};
    const auto* end = write_decimal(decimals.mantissa(row), decimals.places(row), room.data());
    return {room.data(), static_cast<std::size_t>(end - room.data())};
  });
}

ArrowColumnOut decimal_column(DecimalColumn* decimals, int places) {
  decimals->scale(places);
  PresenceOut presence(decimals->count());
  for (std::size_t row = 0; row < decimals->count(); ++row) presence.set(row, decimals->has(row));
  auto column = presence.column(decimals->count());
  column.values = decimals->memory();
  return column;
}

template <class ValueOf>
ArrowColumnOut integer_column(std::size_t count, ValueOf value_of) {
  PresenceOut presence(count);
  auto values = arrow_buffer(count * sizeof(std::int64_t));
  for (std::size_t row = 0; row < count; ++row) {
    const std::optional<std::int64_t> value = value_of(row);
    presence.set(row, value.has_value());
    static_cast<std::int64_t*>(values.get())[row] = value.value_or(0);
  }
  auto column = presence.column(count);
  column.values = std::move(values);
  return column;
}

// The columns in their order, each made by one of the threads.
class ColumnMakers {
 public:
  explicit ColumnMakers(const OrderOptions& options) : options_(options) {}

  void add(ArrowFieldOut field, std::function<ArrowColumnOut()> make) {
    fields_.push_back(std::move(field));
    makers_.push_back(std::move(make));
  }

  template <class TextOf>
  void add_text(std::size_t count, std::string_view name, TextOf text_of) {
    add({std::string(name), "u"}, [=] { return text_column(count, name, text_of); });
  }

  void add_decimal(DecimalColumn* column, std::string_view name, int places) {
    if (options_.fit == ColumnFit::text) {
      add({std::string(name), "u"}, [=] {
        auto texts = decimal_text_column(*column, name);
        *column = DecimalColumn(0);
        return texts;
      });
    } else {
      add({std::string(name), "d:38," + std::to_string(places)}, [=] { return decimal_column(column, places); });
    }
  }

  OrderOutput run() {
    OrderOutput output{std::move(fields_), std::vector<ArrowColumnOut>(makers_.size())};
    in_threads(makers_.size(), options_.threads,
               [&] { return [&](std::size_t column) { output.columns[column] = makers_[column](); }; });
    return output;
  }

 private:
  const OrderOptions& options_;
  std::vector<ArrowFieldOut> fields_;
  std::vector<std::function<ArrowColumnOut()>> makers_;
};

}  // namespace

OrderOutput output_of(PricedRows* lines, const OrderOptions& options) {
  ColumnMakers makers(options);
  const auto count = lines->count();
  makers.add_text(count, "status", [=](std::size_t row) { return status_text(lines->status(row)); });
  for (std::size_t amount = 0; amount < PricedRows::amounts; ++amount) {
    const int places = amount == PricedRows::discount ? percent_places : *options.places;
    makers.add_decimal(&lines->amount(amount), PricedRows::amount_names[amount], places);
  }
  makers.add_text(count, "source", [=](std::size_t row) { return lines->source(row); });
  makers.add_text(count, "applied_campaign", [=](std::size_t row) { return lines->campaign(row); });
  makers.add_text(count, "applied_price_book", [=](std::size_t row) { return lines->price_book(row); });
  return makers.run();
}

OrderOutput output_of(PricedOrderRows* orders, const OrderOptions& options) {
  ColumnMakers makers(options);
  const auto count = orders->count();
  const auto add_amount = [&](PricedOrderRows::Amount amount) {
    makers.add_decimal(&orders->amount(amount), PricedOrderRows::amount_names[amount], *options.places);
  };
  makers.add({"first_row", "l"}, [=] {
    return integer_column(count,
                          [=](std::size_t order) { return static_cast<std::int64_t>(orders->first_row(order)); });
  });
  makers.add_text(count, "status", [=](std::size_t order) { return status_text(orders->status(order)); });
  for (const auto amount : {PricedOrderRows::net, PricedOrderRows::tax, PricedOrderRows::total}) add_amount(amount);
  makers.add_text(count, "early_until", [=](std::size_t order) { return orders->early_until(order); });
  add_amount(PricedOrderRows::early_discount);
  add_amount(PricedOrderRows::early_pay);
  makers.add({"warnings", "l"},
             [=] { return integer_column(count, [=](std::size_t order) { return orders->warnings(order); }); });
  return makers.run();
}

}  // namespace rabatt

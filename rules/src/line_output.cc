#include "line_output.h"

#include <algorithm>
#include <string>

#include "rabatt/names.h"

namespace rabatt {
namespace {

bool is_number(LineResult column) { return column >= LineResult::list_price && column <= LineResult::saved; }

std::size_t bytes_of(LineResult column) {
  if (column == LineResult::status) return sizeof(LineStatus);
  return is_number(column) ? sizeof(Int128) : sizeof(Id);
}
static_assert(sizeof(Source) == sizeof(std::int32_t) && sizeof(Id) == sizeof(std::int32_t));

template <class Text>
ArrowTexts texts_by_id(std::uint32_t count, Text text_of) {
  std::vector<std::string_view> texts;
  texts.reserve(count);
  for (Id id = 0; id < count; ++id) texts.push_back(text_of(id));
  return arrow_texts(texts);
}

ArrowTexts status_texts() {
  std::vector<std::string_view> texts = {"ok"};
  for (const auto code : all_codes()) texts.push_back(slug(code));
  return arrow_texts(texts);
}

}  // namespace

LineDictionaries::LineDictionaries(const BookIds& ids)
    : statuses(status_texts()),
      sources(arrow_texts({names<Source>.begin(), names<Source>.end()})),
      campaigns(texts_by_id(ids.campaigns(), [&](Id id) { return ids.campaign_number(id); })),
      price_books(texts_by_id(ids.price_books(), [&](Id id) { return ids.price_book_number(id); })) {}

ArrowFieldOut line_result_field(LineResult column, int places) {
  const std::string name(line_result_names[static_cast<std::size_t>(column)]);
  if (column == LineResult::status) return {name, "c", false, true};
  if (!is_number(column)) return {name, "i", true, true};
  const int scale = column == LineResult::discount ? PricedColumns::percent_places : places;
  return {name, "d:38," + std::to_string(scale), true, false};
}

LineOutput::LineOutput(std::size_t count, const std::vector<LineResult>& wanted, int places)
    : count_(count), wanted_(wanted), places_(places) {
  values_[0] = arrow_buffer(count);  // always: the others' nulls come from it
  for (const auto column : wanted) {
    auto& values = values_[static_cast<std::size_t>(column)];
    if (!values) values = arrow_buffer(count * bytes_of(column));
    auto& bits = presence_[presence_of(column)].bits;
    if (!bits && column != LineResult::status) bits = arrow_buffer((count + 7) / 8);
  }
}

LineOutput::Present LineOutput::presence_of(LineResult column) {
  switch (column) {
    case LineResult::list_price:
    case LineResult::list_amount:
    case LineResult::saved: return listed;
    case LineResult::applied_campaign: return with_campaign;
    case LineResult::applied_price_book: return with_price_book;
    default: return priced;
  }
}

template <class T>
T* LineOutput::at(LineResult column, std::size_t row) const {
  auto* values = static_cast<T*>(values_[static_cast<std::size_t>(column)].get());
  return values ? values + row : nullptr;
}

PricedColumns LineOutput::columns(std::size_t begin, std::uint8_t* has_list_price) const {
  PricedColumns columns{.places = places_};
  columns.status = at<LineStatus>(LineResult::status, begin);
  columns.list_price = at<Int128>(LineResult::list_price, begin);
  columns.unit_price = at<Int128>(LineResult::unit_price, begin);
  columns.discount = at<Int128>(LineResult::discount, begin);
  columns.gross = at<Int128>(LineResult::gross, begin);
  columns.discount_amount = at<Int128>(LineResult::discount_amount, begin);
  columns.net = at<Int128>(LineResult::net, begin);
  columns.unit_net = at<Int128>(LineResult::unit_net, begin);
  columns.list_amount = at<Int128>(LineResult::list_amount, begin);
  columns.saved = at<Int128>(LineResult::saved, begin);
  columns.source = at<Source>(LineResult::source, begin);
  columns.applied_campaign = at<Id>(LineResult::applied_campaign, begin);
  columns.applied_price_book = at<Id>(LineResult::applied_price_book, begin);
  if (presence_[listed].bits) columns.has_list_price = has_list_price;
  return columns;
}

template <class HasValue>
void LineOutput::mark(Present present, std::size_t begin, std::size_t end, HasValue has_value) {
  auto& presence = presence_[present];
  if (!presence.bits) return;
  auto* bits = static_cast<std::uint8_t*>(presence.bits.get()) + begin / 8;
  std::size_t present_rows = 0;
  for (std::size_t row = begin; row < end; row += 8) {
    unsigned byte = 0;
    const auto some = std::min<std::size_t>(8, end - row);
    for (std::size_t bit = 0; bit < some; ++bit) byte |= static_cast<unsigned>(has_value(row + bit)) << bit;
    present_rows += static_cast<std::size_t>(__builtin_popcount(byte));
    *bits++ = static_cast<std::uint8_t>(byte);
  }
  presence.nulls += static_cast<std::int64_t>(end - begin - present_rows);
}

void LineOutput::seal(std::size_t begin, std::size_t end, const std::uint8_t* has_list_price) {
  const auto* status = at<LineStatus>(LineResult::status, 0);
  const auto is_ok = [&](std::size_t row) { return status[row] == line_ok; };
  mark(priced, begin, end, is_ok);
  mark(listed, begin, end, [&](std::size_t row) { return is_ok(row) && has_list_price[row - begin] != 0; });
  // 0 for none: readers there are that look at indexes without a value too
  const auto mark_applied = [&](Present present, Id* ids) {
    mark(present, begin, end, [&](std::size_t row) {
      const bool is_applied = is_ok(row) && ids[row] != no_id;
      ids[row] = is_applied ? ids[row] : 0;
      return is_applied;
    });
  };
  mark_applied(with_campaign, at<Id>(LineResult::applied_campaign, 0));
  mark_applied(with_price_book, at<Id>(LineResult::applied_price_book, 0));
}

Owned<ArrowArray> LineOutput::handed_out(const LineDictionaries& dictionaries) const {
  std::vector<Owned<ArrowArray>> arrays;
  arrays.reserve(wanted_.size());
  for (const auto column : wanted_) {
    ArrowColumnOut array;
    array.count = static_cast<std::int64_t>(count_);
    array.values = values_[static_cast<std::size_t>(column)];
    switch (column) {
      case LineResult::status: array.dictionary = &dictionaries.statuses; break;
      case LineResult::source: array.dictionary = &dictionaries.sources; break;
      case LineResult::applied_campaign: array.dictionary = &dictionaries.campaigns; break;
      case LineResult::applied_price_book: array.dictionary = &dictionaries.price_books; break;
      default: break;
    }
    if (column != LineResult::status) {
      const auto& presence = presence_[presence_of(column)];
      array.nulls = presence.nulls;
      array.validity = presence.bits;
    }
    arrays.push_back(exported(array));
  }
  return exported(static_cast<std::int64_t>(count_), std::move(arrays));
}

}  // namespace rabatt

// The result columns of an array of lines: memory to price into, then arrays to hand out.
#pragma once

#include <array>
#include <atomic>
#include <string_view>
#include <vector>

#include "arrow_export.h"
#include "rabatt/batch.h"

namespace rabatt {

// The result columns in their order.
enum class LineResult : std::uint8_t {
  status,
  list_price,
  unit_price,
  discount,
  gross,
  discount_amount,
  net,
  unit_net,
  list_amount,
  saved,
  source,
  applied_campaign,
  applied_price_book,
};

inline constexpr std::array<std::string_view, 13> line_result_names = {"status",
                                                                       "list_price",
                                                                       "unit_price",
                                                                       "discount",
                                                                       "gross",
                                                                       "discount_amount",
                                                                       "net",
                                                                       "unit_net",
                                                                       "list_amount",
                                                                       "saved",
                                                                       "source",
                                                                       "applied_campaign",
                                                                       "applied_price_book"};

// What the dictionary-encoded columns point into.
struct LineDictionaries {
  explicit LineDictionaries(const BookIds& ids);
  ArrowTexts statuses, sources, campaigns, price_books;
};

ArrowFieldOut line_result_field(LineResult column, int places);

class LineOutput {
 public:
  // Parts of an output may be written and sealed by several threads, if they begin at multiples of so many rows.
  static constexpr std::size_t row_alignment = 64;

  LineOutput(std::size_t count, const std::vector<LineResult>& wanted, int places);

  // Where the results of the lines from `begin` on go. `has_list_price` is the caller's room for them.
  PricedColumns columns(std::size_t begin, std::uint8_t* has_list_price) const;

  // Says which rows `begin` to `end` have which values, from their statuses.
  void seal(std::size_t begin, std::size_t end, const std::uint8_t* has_list_price);

  Owned<ArrowArray> handed_out(const LineDictionaries& dictionaries) const;

 private:
  // Which rows have a value.
  struct Presence {
    std::shared_ptr<void> bits;
    std::atomic<std::int64_t> nulls = 0;
  };
  enum Present : std::uint8_t { priced, listed, with_campaign, with_price_book, presences };

  static Present presence_of(LineResult column);
  template <class HasValue>
  void mark(Present present, std::size_t begin, std::size_t end, HasValue has_value);
  template <class T>
  T* at(LineResult column, std::size_t row) const;

  std::size_t count_;
  std::vector<LineResult> wanted_;
  int places_;
  std::array<std::shared_ptr<void>, line_result_names.size()> values_;
  std::array<Presence, presences> presence_;
};

}  // namespace rabatt

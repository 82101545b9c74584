#include "batch_quote.h"

#include <algorithm>

#include "line_batch.h"

namespace rabatt {
namespace {

std::vector<Request> lines_of(const Request& request) {
  std::vector<Request> documents;
  for (const auto& line : request.lines) {
    documents.push_back(request);
    documents.back().lines = {line};
  }
  return documents;
}

// The places that hold all numbers of a line, and its discount's.
int places_of(const QuoteLine& line) {
  int places = 0;
  for (const auto& value : {line.unit_price, line.gross, line.discount_amount, line.net, line.unit_net}) {
    places = std::max(places, value.places_needed());
  }
  for (const auto& value : {line.list_price, line.list_amount, line.saved}) {
    if (value) places = std::max(places, value->places_needed());
  }
  return places;
}

class LineFiller {
 public:
  LineFiller(const Book& book, const Quote& quote, int places) : ids_(book), quote_(quote), places_(places) {}

  void fill(const BatchAnswer& answer, QuoteLine* line) const {
    line->list_price = answer.has_list_price != 0 ? std::optional(number(answer.list_price)) : std::nullopt;
    line->unit_price = number(answer.unit_price);
    line->discount = Decimal::scaled(answer.discount, PricedColumns::percent_places);
    line->gross = amount(answer.gross);
    line->discount_amount = amount(answer.discount_amount);
    line->net = amount(answer.net);
    line->unit_net = number(answer.unit_net);
    line->list_amount = answer.has_list_price != 0 ? std::optional(amount(answer.list_amount)) : std::nullopt;
    line->saved = answer.has_list_price != 0 ? std::optional(amount(answer.saved)) : std::nullopt;
    line->source = answer.source;
    line->applied_campaign.reset();
    line->applied_price_book.reset();
    if (answer.applied_campaign != no_id) line->applied_campaign = ids_.campaign_number(answer.applied_campaign);
    if (answer.applied_price_book != no_id)
      line->applied_price_book = ids_.price_book_number(answer.applied_price_book);
  }

 private:
  Decimal number(Int128 mantissa) const { return Decimal::scaled(mantissa, places_); }
  Decimal amount(Int128 mantissa) const { return number(mantissa).at_places(quote_.amount_places); }

  BookIds ids_;
  const Quote& quote_;
  int places_;
};

// What is wrong with a document of several lines is found when they are priced together.
void expect_refused(const Book& book, const Request& request, const Error& error) {
  const auto& subject = error.subject();
  constexpr std::string_view lines = "lines[";
  const bool of_line = subject.starts_with(lines) && error.code() != Code::missing_field;
  if (!of_line || !request.date || !request.date->ok()) return;
  const auto line = static_cast<std::size_t>(std::stoul(subject.substr(lines.size())));
  const auto documents = lines_of(request);
  if (!documents[line].lines[0].quantity) return;
  const LineBatch batch(book, {documents[line]});
  BatchResults results(1, 2);
  const auto plane = DayPlane::compile(book, *request.date, BookIds(book).currency(request.currency));
  price_lines(book, plane.get(), batch.lines(), results.columns());
  if (results[0].status != status_of_line(error.code())) throw Error(Code::invalid_value, "the status of the batch");
}

}  // namespace

Quote batch_quote(const Book& book, const Request& request) {
  Quote quote = [&] {
    try {
      return price(book, request);
    } catch (const Error& error) {
      const auto code = error.code();
      const bool priced = code == Code::unknown_item || code == Code::unknown_unit || code == Code::no_price;
      if (priced) expect_refused(book, request, error);
      throw;
    }
  }();
  if (quote.lines.empty()) return quote;
  const auto plane = DayPlane::compile(book, *request.date, BookIds(book).currency(request.currency));
  const auto documents = lines_of(request);
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    auto& line = quote.lines[i];
    const LineBatch batch(book, {documents[i]});  // alone: together, lines may have too many places for one column
    const int places = std::max(quote.amount_places, places_of(line));
    BatchResults results(1, places);
    price_lines(book, plane.get(), batch.lines(), results.columns());
    if (results[0].status == status_of_line(Code::overflow)) continue;  // more digits than a column of its places has
    if (results[0].status != line_ok) throw Error(Code::invalid_value, "the status of the batch");
    LineFiller(book, quote, places).fill(results[0], &line);
  }
  return quote;
}

}  // namespace rabatt

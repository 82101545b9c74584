#include "rabatt/price.h"

#include <algorithm>

#include "document.h"
#include "quote_line.h"
#include "total.h"

namespace rabatt {

Quote price(const Book& book, const Request& request) {
  const Document document = resolve(book.compiled(), request);
  std::vector<QuoteLine> lines;
  std::vector<Warning> warnings;
  lines.reserve(request.lines.size());
  for (std::size_t i = 0; i < request.lines.size(); ++i) lines.push_back(quote_line(document, request, i, &warnings));
  return total_of(document, request, std::move(lines), std::move(warnings));
}

namespace {

PricedLines lines_of(const Document& document, const Request& request) {
  PricedLines priced;
  priced.lines.reserve(request.lines.size());
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    std::vector<Warning> warnings;
    try {
      priced.lines.emplace_back(quote_line(document, request, i, &warnings));
      priced.warnings.insert(priced.warnings.end(), warnings.begin(), warnings.end());
    } catch (const Error& error) {
      if (error.code() == Code::damaged_book) throw;  // no fault of the line
      priced.lines.emplace_back(error);
    }
  }
  return priced;
}

Quote total_of(const Document& document, const Request& request, PricedLines priced) {
  std::vector<QuoteLine> lines;
  lines.reserve(priced.lines.size());
  for (auto& line : priced.lines) {
    if (const auto* error = std::get_if<Error>(&line)) throw *error;
    lines.push_back(std::get<QuoteLine>(std::move(line)));
  }
  return total_of(document, request, std::move(lines), std::move(priced.warnings));
}

}  // namespace

PricedLines price_each(const Book& book, const Request& request) {
  return lines_of(resolve(book.compiled(), request), request);
}

Quote total(const Book& book, const Request& request, PricedLines priced) {
  return total_of(resolve(book.compiled(), request), request, std::move(priced));
}

std::variant<Quote, PricedLines> price_each_and_total(const Book& book, const Request& request) {
  const Document document = resolve(book.compiled(), request);
  PricedLines priced = lines_of(document, request);
  const bool all_good = std::all_of(priced.lines.begin(), priced.lines.end(),
                                    [](const LineResult& line) { return std::holds_alternative<QuoteLine>(line); });
  if (!all_good) return priced;
  return total_of(document, request, std::move(priced));
}

}  // namespace rabatt

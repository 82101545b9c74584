#include "rabatt/price.h"

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

PricedLines price_each(const Book& book, const Request& request) {
  const Document document = resolve(book.compiled(), request);
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

Quote total(const Book& book, const Request& request, PricedLines priced) {
  const Document document = resolve(book.compiled(), request);
  std::vector<QuoteLine> lines;
  lines.reserve(priced.lines.size());
  for (auto& line : priced.lines) {
    if (const auto* error = std::get_if<Error>(&line)) throw *error;
    lines.push_back(std::get<QuoteLine>(std::move(line)));
  }
  return total_of(document, request, std::move(lines), std::move(priced.warnings));
}

}  // namespace rabatt

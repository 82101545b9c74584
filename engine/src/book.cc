#include "rabatt/book.h"

#include "canonical_hash.h"
#include "compiled_book.h"

namespace rabatt {

Book Book::build(BookContent content, std::vector<Problem> found_earlier) {
  auto problems = problems_of(content, std::move(found_earlier));
  if (!problems.empty()) throw Errors(std::move(problems));
  std::string hash = canonical_hash(content);
  return Book(compile(std::move(content), std::move(hash)));
}

const std::string& Book::hash() const noexcept { return compiled_->hash; }

std::optional<CurrencySteps> Book::steps_of(std::string_view currency) const {
  const auto rules = currency_rules(compiled_->content.policy, currency);
  if (!rules) return std::nullopt;
  return CurrencySteps{rules->amount_step, rules->unit_step};
}

const BookContent& Book::content() const noexcept { return compiled_->content; }

}  // namespace rabatt

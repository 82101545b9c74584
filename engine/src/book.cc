#include "rabatt/book.h"

#include "canonical_hash.h"
#include "check_book.h"
#include "compiled_book.h"
#include "packed_content.h"

namespace rabatt {

Book Book::build(BookContent content, std::vector<Problem> found_earlier) {
  const LineItems line_items(content);
  auto problems = problems_of(content, line_items, std::move(found_earlier));
  if (!problems.empty()) throw Errors(std::move(problems));
  return Book(compile(content, line_items, canonical_hash(content, line_items)));
}

Book Book::mapped(std::span<const std::byte> file, std::shared_ptr<const void> owner, const std::string& name) {
  return Book(std::make_shared<CompiledBook>(BookImage::mapped(file, std::move(owner), name)));
}

std::vector<std::byte> Book::file() const {
  verify();
  return compiled_->image.file();
}

void Book::verify() const {
  if (const auto* guard = compiled_->image.guard()) guard->require_all();
}

const std::string& Book::hash() const noexcept { return compiled_->hash; }

std::optional<CurrencySteps> Book::steps_of(std::string_view currency) const {
  const Id id = compiled_->currency(currency);
  if (id == no_id) return std::nullopt;
  const auto& rules = compiled_->currency_rules[id];
  return CurrencySteps{rules.amount_step, rules.unit_step};
}

BookContent Book::content() const { return unpacked_content(compiled_->content.all()); }

}  // namespace rabatt

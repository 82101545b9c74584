#include <algorithm>
#include <utility>

#include "plane_compiler.h"

namespace rabatt {

class PartialPlane::Compiler {
 public:
  explicit Compiler(const Book& book) : plane_(book), compiler_(&plane_) {
    const auto& compiled = book.compiled();
    plane_.items.resize(compiled.items.size());
    plane_.customers.resize(compiled.customers.size() + 1);  // the last for lines without a customer
    items_of_round_.resize(plane_.items.size());
    customers_of_round_.resize(compiled.customers.size());
  }

  const DayPlane& compile(const LineColumns& lines, std::span<const std::uint32_t> rows, const Period& period,
                          Id currency) {
    compiler_.begin(lines.date[rows.front()], period, currency);
    next_round();
    for (const auto row : rows) {
      if (is_new(lines.item[row], &items_of_round_)) compiler_.compile_item(lines.item[row]);
      if (is_new(lines.customer[row], &customers_of_round_)) compiler_.compile_customer(lines.customer[row]);
    }
    return plane_;
  }

 private:
  void next_round() {
    if (++round_ != 0) return;
    std::fill(items_of_round_.begin(), items_of_round_.end(), 0);
    std::fill(customers_of_round_.begin(), customers_of_round_.end(), 0);
    round_ = 1;
  }

  // Whether an id is one of the book's, for the first time in this round.
  bool is_new(Id id, std::vector<std::uint32_t>* rounds) const {
    return id < rounds->size() && std::exchange((*rounds)[id], round_) != round_;
  }

  CompiledPlane plane_;
  PlaneCompiler compiler_;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> items_of_round_;  // the round in which each was compiled last
  std::vector<std::uint32_t> customers_of_round_;
};

PartialPlane::PartialPlane(const Book& book) : compiler_(std::make_unique<Compiler>(book)) {}

PartialPlane::~PartialPlane() = default;
PartialPlane::PartialPlane(PartialPlane&&) noexcept = default;
PartialPlane& PartialPlane::operator=(PartialPlane&&) noexcept = default;

const DayPlane& PartialPlane::compile(const LineColumns& lines, std::span<const std::uint32_t> rows,
                                      const Period& period, Id currency) {
  return compiler_->compile(lines, rows, period, currency);
}

}  // namespace rabatt

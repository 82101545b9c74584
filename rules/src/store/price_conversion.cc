#include "price_conversion.h"

#include "rabatt/hash_map.h"
#include "rabatt/records/catalogue.h"
#include "rates.h"
#include "writing.h"
#include "zones.h"

namespace rabatt {
namespace {

// The lines that a save gives, by their id.
HashMap<std::int64_t, Draft*> by_id(std::optional<std::vector<Draft>>* given) {
  HashMap<std::int64_t, Draft*> drafts;
  if (!*given) return drafts;
  for (auto& draft : **given) drafts.emplace(draft.id, &draft);
  return drafts;
}

}  // namespace

void convert_prices(Session& session, const Stored& before, const Values& after,
                    std::optional<std::vector<Draft>>* given) {
  const auto currency = *record_type<PriceBookRecord>().field("currency");
  const auto& former = before.values.fields[currency];
  const auto& latter = after.fields[currency];
  if (former == latter) return;
  const auto& type = record_type<PriceBookLineRecord>();
  const auto price = *type.field("price");
  std::vector<Stored> lines;
  load_where(session, type, "r.price_book = $1 and r.price is not null", {std::to_string(before.id)},
             [&](Stored stored) { lines.push_back(std::move(stored)); });
  const auto drafts = by_id(given);
  std::optional<Exchange> rates;
  for (const auto& line : lines) {
    const auto& old_price = line.values.fields[price];
    const auto draft = drafts.find(line.id);
    const bool is_given = draft != drafts.end();
    if (*given && (!is_given || draft->second->values.fields[price] != old_price)) continue;
    if (!rates) rates = exchange(session, *former, *latter, local_day(session.time(), session.at().zone));
    auto new_price = cell_of(rates->of(Decimal(*old_price)));
    if (is_given) {
      draft->second->values.fields[price] = std::move(new_price);
    } else {
      auto values = line.values;
      values.fields[price] = std::move(new_price);
      write_change(session, type, line, values, "save");
    }
  }
}

}  // namespace rabatt

#include "rabatt/ids.h"

#include "compiled_book.h"
#include "rabatt/text.h"

namespace rabatt {
namespace {

Id known(Id id) { return id == no_id ? unknown_id : id; }

}  // namespace

Id BookIds::item(std::string_view item) const { return item.empty() ? no_id : known(book_.compiled().item(item)); }

Id BookIds::unit(std::string_view unit) const { return unit.empty() ? no_id : known(book_.compiled().unit_name(unit)); }

Id BookIds::currency(std::string_view code) const {
  return code.empty() ? no_id : known(book_.compiled().currency(code));
}

Id BookIds::customer(std::string_view customer) const {
  return customer.empty() ? no_id : known(book_.compiled().customer(customer));
}

Id BookIds::organisation(std::string_view organisation) const {
  return organisation.empty() ? no_id : known(book_.compiled().organisation(organisation));
}

Id BookIds::campaign(std::string_view number) const {
  return number.empty() ? no_id : known(book_.compiled().campaign(number));
}

Id BookIds::campaign_of_code(std::string_view code) const {
  const auto folded = folded_code(code);
  return folded.empty() ? no_id : known(book_.compiled().campaign_of_code(folded));
}

std::uint32_t BookIds::items() const { return book_.compiled().items.size(); }

std::uint32_t BookIds::currencies() const { return book_.compiled().currencies.size(); }

std::uint32_t BookIds::campaigns() const { return book_.compiled().campaigns.size(); }

std::uint32_t BookIds::price_books() const { return book_.compiled().price_books.size(); }

std::string_view BookIds::campaign_number(Id campaign) const {
  return book_.compiled().text(book_.compiled().campaigns[campaign].campaign);
}

std::string_view BookIds::price_book_number(Id price_book) const {
  return book_.compiled().text(book_.compiled().price_books[price_book].price_book);
}

}  // namespace rabatt

#include "random_verbs.h"

#include <array>

#include "rabatt/error.h"
#include "shop.h"

namespace rabatt {
namespace {

constexpr std::array<std::string_view, 12> words = {"Spring", "Ås",  "tea",     "TEA",    "Ærlig", "øl på fat",
                                                    "100 %",  "a_b", "o'clock", "Straße", "日本",  "zebra"};

std::string id_and_revision(const std::string& json) {
  return "{\"id\": " + member(json, "id") + ", \"revision\": " + member(json, "revision");
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

std::string RandomVerbs::word() { return std::string(words[below(words.size())]) + " " + std::to_string(below(1000)); }

std::int64_t RandomVerbs::some(Work& work, std::string_view record) {
  const auto page = work.find(record, R"({"sort": ["-id"], "limit": 1})");
  const auto at = page.find("\"id\":");
  const auto last = at == std::string::npos ? 1 : std::stoll(page.substr(at + 5));
  const auto back = static_cast<std::int64_t>(below(12));
  return last > back ? last - back : 1;
}

std::string RandomVerbs::stored(std::string_view record, const std::string& json) {
  return std::string(record) + " " + member(json, "id") + " revision " + member(json, "revision") + " " +
         member(json, "number");
}

// A number that somebody types: mostly in the form of those that are given.
std::string RandomVerbs::number() {
  switch (below(4)) {
    case 0: return "CMP-" + std::to_string(below(300));
    case 1: return "cmp-0" + std::to_string(below(300));
    case 2: return "S" + std::to_string(below(3)) + "/" + std::to_string(below(50));
    default: return "X" + word();
  }
}

std::string RandomVerbs::add_item(Work& work) {
  std::string json =
      "{\"name\": " + quoted(word()) + ", \"prices\": {\"EUR\": \"" + amount() + "\", \"NOK\": \"" + amount() + "\"}";
  if (one_in(2)) json += ", \"units\": {\"BOX\": \"12\", \"pallet\": \"480.5\"}";
  if (one_in(3))
    json += ", \"tags\": [" + quoted(word()) + ", " + quoted(word()) + "], \"custom\": {\"colour\": \"red\"}";
  if (one_in(4)) json += ", \"number\": " + quoted(word());
  return stored("item", work.add("item", json + "}"));
}

std::string RandomVerbs::add_party(Work& work) {
  std::string json = "{\"name\": " + quoted(word()) + ", \"email\": \"a" + std::to_string(below(1000)) +
                     "@example.com\", \"is_customer\": " + (one_in(4) ? "false" : "true");
  if (one_in(3)) json += ", \"discount\": \"" + std::to_string(below(30)) + "\", \"kind\": \"person\"";
  if (one_in(5)) json += ", \"customer_number\": " + quoted(word());
  return stored("party", work.add("party", json + "}"));
}

std::string RandomVerbs::lines(Work& work) {
  std::string lines;
  for (auto count = below(4); count > 0; --count) {
    lines += (lines.empty() ? "" : ", ") + std::string("{\"item\": ") + std::to_string(some(work, "item")) +
             ", \"discount\": \"" + std::to_string(below(50)) + "\", \"quantity_min\": \"" + std::to_string(count) +
             "\"}";
  }
  return "[" + lines + "]";
}

std::string RandomVerbs::add_campaign(Work& work) {
  std::string json = "{\"name\": " + quoted(word()) +
                     ", \"pricing_type\": \"set_discount\", \"lines\": " + lines(work) + ", \"change_percent\": \"" +
                     std::to_string(below(40)) + "\"";
  if (one_in(2))
    json += ", \"plan\": {\"budget\": \"" + amount() + "\", \"recipients\": " + std::to_string(below(999)) + "}";
  if (one_in(3)) json += ", \"tags\": [" + quoted(word()) + "]";
  if (one_in(3)) json += ", \"number\": " + quoted(number());
  if (one_in(4)) json += ", \"customer\": " + std::to_string(some(work, "party"));
  if (one_in(4)) json += ", \"target_group\": " + std::to_string(some(work, "target_group"));
  if (one_in(6)) json += ", \"code\": " + quoted(word());
  if (one_in(12)) json += ", \"valid_from\": \"2026-09-01\", \"valid_until\": \"2026-08-01\"";  // refused
  return stored("campaign", work.add("campaign", json + "}"));
}

std::string RandomVerbs::add_price_book(Work& work) {
  return stored("price_book",
                work.add("price_book", "{\"name\": " + quoted(word()) + ", \"currency\": \"EUR\", \"accounts\": [" +
                                           std::to_string(some(work, "party")) + "], \"type\": \"customer\"" +
                                           ", \"prices\": [{\"item\": " + std::to_string(some(work, "item")) +
                                           ", \"price\": \"" + amount() + "\"}]}"));
}

std::string RandomVerbs::add_group(Work& work) {
  if (one_in(2)) return stored("target_group", work.add("target_group", "{\"name\": " + quoted(word()) + "}"));
  return stored("member", work.add("member", "{\"target_group\": " + std::to_string(some(work, "target_group")) +
                                                 ", \"party\": " + std::to_string(some(work, "party")) + "}"));
}

std::string RandomVerbs::add_lead(Work& work) {
  return stored("lead", work.add("lead", "{\"name\": " + quoted(word()) + ", \"city\": " + quoted(word()) +
                                             ", \"campaign\": " + std::to_string(some(work, "campaign")) + "}"));
}

std::string RandomVerbs::save_campaign(Work& work) {
  const auto before = work.get("campaign", some(work, "campaign"));
  auto json = id_and_revision(before);
  if (one_in(8)) json = "{\"id\": " + member(before, "id") + ", \"revision\": 77";  // a conflict
  if (one_in(2)) json += ", \"name\": " + quoted(word());
  if (one_in(2)) json += ", \"lines\": " + lines(work);
  if (one_in(3)) json += ", \"plan\": {\"budget\": \"" + amount() + "\"}";
  if (one_in(4)) json += ", \"status\": \"active\", \"priority\": " + std::to_string(below(5));
  if (one_in(5)) json += ", \"custom\": {\"season\": " + quoted(word()) + "}";
  if (one_in(8)) json += ", \"number\": " + quoted(number());
  return stored("campaign", work.save("campaign", json + "}"));
}

std::string RandomVerbs::save_item(Work& work) {
  const auto before = work.get("item", some(work, "item"));
  return stored("item", work.save("item", id_and_revision(before) + ", \"prices\": {\"EUR\": \"" + amount() +
                                              "\"}, \"name\": " + quoted(word()) + "}"));
}

std::string RandomVerbs::save_party(Work& work) {
  const auto before = work.get("party", some(work, "party"));
  return stored("party",
                work.save("party", id_and_revision(before) + ", \"name\": " + quoted(word()) +
                                       ", \"email\": null, \"is_customer\": " + (one_in(3) ? "false" : "true") + "}"));
}

std::string RandomVerbs::save_base(Work& work) {
  if (one_in(2)) {
    const auto before = work.get("numerator", some(work, "numerator"));
    return stored("numerator",
                  work.save("numerator", id_and_revision(before) + ", \"width\": " + std::to_string(below(7)) +
                                             ", \"default\": " + (one_in(2) ? "false" : "true") + "}"));
  }
  if (one_in(3)) {
    return stored("numerator", work.add("numerator", "{\"code\": " + quoted(word()) +
                                                         ", \"kind\": \"campaign\", \"prefix\": " + quoted(word()) +
                                                         ", \"default\": true}"));
  }
  const auto before = work.get("settings", 1);
  auto json = id_and_revision(before) + ", \"rounding\": \"" + (one_in(2) ? "half_even" : "half_up") + "\"";
  if (one_in(4))
    json += std::string(", \"letters\": \"") + (one_in(2) ? "ABCÆØÅ" : "ZYXWVUTSRQPONMLKJIHGFEDCBA") + "\"";
  return stored("settings", work.save("settings", json + "}"));
}

std::string RandomVerbs::remove(Work& work) {
  constexpr std::array<std::string_view, 9> kinds = {"campaign", "campaign",      "item",         "party",     "lead",
                                                     "member",   "campaign_line", "target_group", "price_book"};
  const auto kind = kinds[below(kinds.size())];
  const Key key = some(work, kind);
  return std::string(kind) + " " + std::to_string(key.id) + " removed " + work.remove(kind, std::span(&key, 1));
}

std::string RandomVerbs::erase(Work& work) {
  const bool by_address = one_in(2);
  const auto person = by_address ? "\"email\": \"a" + std::to_string(below(1000)) + "@example.com\""
                                 : "\"party\": " + std::to_string(some(work, "party"));
  return "erase " + work.perform("persons.erase", "{" + person + "}");
}

std::string RandomVerbs::verb(Work& work) {
  switch (below(18)) {
    case 0:
    case 1: return add_item(work);
    case 2: return add_party(work);
    case 3:
    case 4:
    case 5: return add_campaign(work);
    case 6: return add_price_book(work);
    case 7: return add_group(work);
    case 8: return add_lead(work);
    case 9:
    case 10: return save_campaign(work);
    case 11: return save_item(work);
    case 12: return save_party(work);
    case 13: return save_base(work);
    case 14: return remove(work);
    case 15: {
      const Key campaign = some(work, "campaign");
      return stored("campaign", one_in(3) ? work.unpost(campaign) : work.post(campaign));
    }
    case 16: return erase(work);
    default: {
      const Key campaign = some(work, "campaign");
      if (one_in(2)) return stored("campaign", work.copy(campaign));
      return "set_for_all " + work.set_for_all(campaign, one_in(2) ? std::nullopt : std::optional(Decimal(7)));
    }
  }
}

std::vector<std::string> RandomVerbs::step(const Store& store, const At& at) {
  std::vector<std::string> done;
  auto work = store.begin(at);
  for (auto count = below(3) + 1; count > 0; --count) {
    try {
      done.push_back(verb(work));
    } catch (const Error& error) {
      if (error.code() == Code::busy || error.code() == Code::connection_lost || error.code() == Code::store_full)
        throw;
      done.emplace_back(slug(error.code()));
    }
  }
  work.commit();
  return done;
}

}  // namespace rabatt

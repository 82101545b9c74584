// Records as structs: what the compiler checks is stored and read as what JSON says.
#include "rabatt/records/doing.h"
#include "shop.h"

namespace rabatt {
namespace {

using StructsTest = ShopTest;

CampaignRecord spring() {
  CampaignRecord campaign;
  campaign.name = "Spring \"tea\"";
  campaign.pricing_type = PricingType::set_discount;
  campaign.tags.assign({"tea", "new"});
  campaign.lines.emplace(2);
  (*campaign.lines)[0].item = "TEA";
  (*campaign.lines)[0].discount = Decimal("12.5");
  (*campaign.lines)[1].item = 2;
  (*campaign.lines)[1].discount = Decimal("5");
  campaign.plan.emplace().budget = Decimal("60000.50");
  return campaign;
}

TEST_P(StructsTest, AreStoredAsJsonIs) {
  auto work = store().begin(ann(1));
  ItemRecord tea;
  tea.number = "TEA";
  tea.prices["EUR"] = Decimal("12.00");
  const auto stored = work.add(tea);
  EXPECT_EQ(stored.id, 1);
  EXPECT_EQ(stored.revision, 1);
  EXPECT_EQ(stored.created_by, "ANN");
  EXPECT_EQ(stored.created_at, moment(1));
  EXPECT_EQ(stored.prices.at("EUR").text(), "12");
  work.add("item", R"({"number": "CAKE"})");

  const auto added = work.add(spring());
  EXPECT_EQ(added.number, "CMP-0001");
  ASSERT_EQ(added.lines->size(), 2U);
  EXPECT_EQ((*added.lines)[0].item.id, 1);
  EXPECT_EQ((*added.lines)[1].line, 2);
  EXPECT_EQ(added.plan->budget->text(), "60000.5");
  work.add("campaign", R"({"name": "Spring \"tea\"", "pricing_type": "set_discount", "tags": ["tea", "new"], "lines":
      [{"item": "TEA", "discount": "12.5"}, {"item": "CAKE", "discount": "5"}], "plan": {"budget": "60000.50"}})");
  const auto other = work.get<CampaignRecord>("CMP-0002");
  EXPECT_EQ(other.name, added.name);
  EXPECT_EQ(*other.date, *added.date);
  EXPECT_EQ(other.tags, added.tags);
  EXPECT_EQ((*other.lines)[1].item, (*added.lines)[1].item);
  EXPECT_EQ(*other.plan->budget, *added.plan->budget);
  work.commit();
}

TEST_P(StructsTest, SaveWhatTheyHave) {
  auto work = store().begin(ann(1));
  work.add("item", R"({"number": "TEA"})");
  work.add("item", R"({"number": "CAKE"})");
  auto campaign = work.add(spring());
  campaign.name = "Summer";
  campaign.plan.reset();
  campaign.lines->pop_back();
  const auto saved = work.save(campaign);
  EXPECT_EQ(saved.revision, 2);
  EXPECT_EQ(saved.name, "Summer");
  EXPECT_EQ(saved.lines->size(), 1U);
  EXPECT_TRUE(saved.plan);  // was not there, and stayed
  EXPECT_EQ(refusal([&] { work.save(campaign); }), "conflict");
  campaign.name = "  ";
  EXPECT_EQ(refusal([&] { work.save(campaign); }), "name_required");
  campaign.name = std::string(300, 'x');
  EXPECT_EQ(refusal([&] { work.save(campaign); }), "text_too_long");
  EXPECT_EQ(refusal([&] { work.get<ItemRecord>("none"); }), "not_found");
}

TEST_P(StructsTest, AreFoundPageByPage) {
  auto work = store().begin(ann(1));
  for (const auto* name : {"Ann", "Bob", "Cid"}) {
    PartyRecord party;
    party.name = name;
    party.is_customer = true;
    work.add(party);
  }
  std::string next;
  const auto first = work.find<PartyRecord>(R"({"sort": ["-name"], "limit": 2})", &next);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].name, "Cid");
  EXPECT_EQ(first[1].created_by, "ANN");
  std::string query = R"({"sort": ["-name"], "limit": 2, "after": ")";
  for (const char c : next) query.append(c == '"' ? "\\\"" : std::string(1, c));
  const auto rest = work.find<PartyRecord>(query + "\"}", &next);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].name, "Ann");
  EXPECT_EQ(next, "");
}

RABATT_ON_ALL_DATABASES(StructsTest);

}  // namespace
}  // namespace rabatt

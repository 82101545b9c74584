// Large audiences, on every database: how long they take is for the bench, that they are right is for here.
#include "shop.h"

namespace rabatt {
namespace {

using AudienceTest = ShopTest;

TEST_P(AudienceTest, AddsFromTheAddressBookOnceEach) {
  auto work = store().begin(ann(1));
  for (int i = 0; i < 100; ++i) {
    const auto n = std::to_string(i);
    work.add("party", R"({"name": "Party )" + n + R"(", "is_customer": true, "email": "P)" + std::to_string(i % 97) +
                          "@x.no\"}");
  }
  work.add("campaign", R"({"name": "Spring"})");
  EXPECT_EQ(work.perform("recipients.add_from",
                         R"({"campaign": "CMP-0001", "query": {"where": [["is_customer", "=", true]]}})"),
            R"({"added":97,"skipped_duplicate_source":0,"skipped_duplicate_email":3})");
  EXPECT_EQ(work.perform("recipients.add_from", R"({"campaign": 1, "parties": [1, 2, "P-0003"]})"),
            R"({"added":0,"skipped_duplicate_source":3,"skipped_duplicate_email":0})");
  EXPECT_EQ(work.perform("recipients.mark_sent", R"({"campaign": 1})"), R"({"marked":0})");
  work.perform("email_permissions.confirm", R"({"email": " p5@X.no", "proof": "signed"})");
  EXPECT_EQ(work.perform("recipients.mark_sent", R"({"campaign": 1})"), R"({"marked":1})");
  EXPECT_EQ(work.perform("recipients.mark_sent", R"({"campaign": 1})"), R"({"marked":0})");
  work.commit();
}

TEST_P(AudienceTest, GeneratesOnlyWhatIsMissing) {
  auto work = store().begin(ann(1));
  work.add("dossier_type", R"({"code": "CALL", "name": "Call"})");
  for (int i = 0; i < 120; ++i) work.add("party", R"({"name": "P", "is_customer": true})");
  work.add(
      "target_group",
      R"({"name": "A", "conditions": [{"record": "party", "field": "number", "operator": "<=", "value": "P-0100"}]})");
  work.add(
      "target_group",
      R"({"name": "B", "conditions": [{"record": "party", "field": "number", "operator": ">", "value": "P-0080"}]})");
  EXPECT_EQ(work.perform("target_groups.refresh", R"({"target_group": "TG-0001"})"),
            R"({"added":100,"removed":0,"members":100})");
  EXPECT_EQ(work.perform("target_groups.refresh", R"({"target_group": "TG-0002"})"),
            R"({"added":40,"removed":0,"members":40})");
  work.add("action", R"({"description": "Ring", "channel": "telephone", "dossier_type": "CALL"})");
  work.perform("actions.add_target_group", R"({"action": 1, "target_group": "TG-0001"})");
  EXPECT_EQ(work.perform("actions.add_target_group", R"({"action": 1, "target_group": "TG-0002"})"),
            R"({"added":20,"already_there":20,"skipped_used":0})");
  EXPECT_EQ(refusal([&] { work.perform("actions.add_target_group", R"({"action": 1, "target_group": "TG-0002"})"); }),
            "duplicate_selection");
  EXPECT_EQ(work.perform("actions.generate", R"({"action": 1})"), R"({"items":120,"excluded":{}})");
  EXPECT_EQ(work.perform("actions.generate", R"({"action": 1})"), R"({"items":0,"excluded":{}})");
  work.commit();
}

TEST_P(AudienceTest, SamplesByIntervalAndBySeed) {
  auto work = store().begin(ann(1));
  for (int i = 0; i < 103; ++i) work.add("party", R"({"name": "P"})");
  work.add("target_group", R"({"name": "Every fifth", "sample": "interval", "sample_interval": 5})");
  work.add("target_group", R"({"name": "Ten", "sample": "random", "sample_size": 10, "sample_seed": 42})");
  work.add("target_group", R"({"name": "All", "sample": "random", "sample_size": 1000})");
  EXPECT_EQ(work.perform("target_groups.refresh", R"({"target_group": 1})"),
            R"({"added":20,"removed":0,"members":20})");
  EXPECT_EQ(work.perform("target_groups.refresh", R"({"target_group": 2})"),
            R"({"added":10,"removed":0,"members":10})");
  EXPECT_EQ(work.perform("target_groups.refresh", R"({"target_group": 3})"),
            R"({"added":103,"removed":0,"members":103})");
  EXPECT_EQ(refusal([&] { work.perform("target_groups.refresh", R"({"target_group": 3})"); }), "frozen");
  work.commit();
}

TEST_P(AudienceTest, PostingFreezesTheTargetGroup) {
  auto work = store().begin(ann(1));
  work.add("item", R"({"number": "TEA", "prices": {"EUR": "10"}})");
  work.add("party", R"({"name": "C", "is_customer": true})");
  work.add("party", R"({"name": "Later"})");
  work.add("target_group", R"({"name": "G"})");
  work.add("campaign", R"({"name": "Spring", "pricing_type": "set_discount", "target_group": "TG-0001",
      "lines": [{"item": "TEA", "discount": "50"}]})");
  EXPECT_EQ(refusal([&] { work.post("CMP-0001"); }), "empty_target_group");
  work.add("member", R"({"target_group": "TG-0001", "party": "P-0001"})");
  work.add("member", R"({"target_group": "TG-0001", "party": "P-0002"})");
  work.post("CMP-0001");
  const auto published = work.publish();
  EXPECT_EQ(published.members_skipped, 1);
  EXPECT_EQ(published.book.content().target_groups[0].members, std::vector<std::string>{"P-0001"});
  work.save("party", R"({"id": 2, "revision": 1, "is_customer": true, "customer_number": "LATER"})");
  EXPECT_EQ(work.publish().book.content().target_groups[0].members, (std::vector<std::string>{"P-0001", "LATER"}));
  work.commit();
}

RABATT_ON_ALL_DATABASES(AudienceTest);

}  // namespace
}  // namespace rabatt

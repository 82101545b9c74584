// A store from the first record to the book, on every database.
#include "shop.h"

namespace rabatt {
namespace {

using StoreTest = ShopTest;

TEST_P(StoreTest, FromTheFirstRecordToTheBook) {
  add("item", R"({"number": "TEA", "prices": {"EUR": "12.00"}, "units": {"BOX": "12"}})");
  const auto campaign = add("campaign", R"({"name": "Spring", "pricing_type": "set_discount", "date": "2026-03-01",
      "lines": [{"item": "TEA", "discount": "10"}], "plan": {"budget": "60000", "recipients": 2000}})");
  SCOPED_TRACE(campaign);
  EXPECT_NE(campaign.find("\"number\":\"CMP-0001\""), std::string::npos);
  const auto empty = store().publish(ann(2)).book;
  EXPECT_TRUE(empty.content().campaigns.empty());
  auto work = store().begin(ann(3));
  work.post("CMP-0001");
  work.commit();
  const auto book = store().publish(ann(4)).book;
  ASSERT_EQ(book.content().campaigns.size(), 1U);
  EXPECT_EQ(book.content().campaigns[0].lines[0].discount, Decimal(10));
  EXPECT_EQ(store().publish(ann(5), {.as_of = moment(2)}).book.hash(), empty.hash());
  EXPECT_EQ(store().publish(ann(5), {.as_of = moment(3)}).book.hash(), book.hash());
}

// The value of a key in every row of a page, in order.
std::string all_of(const std::string& page, const std::string& key) {
  std::string found;
  const auto start = "\"" + key + "\":";
  for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1)) {
    const auto begin = at + start.size();
    found.append(found.empty() ? "" : " ").append(page.substr(begin, page.find_first_of(",}", begin) - begin));
  }
  return found;
}

TEST_P(StoreTest, FindsByEveryKindOfCriterion) {
  add("campaign", R"({"name": "AS Norge", "sort_index": 20, "tags": ["Sommer"], "plan": {"budget": "60000"}})", 1);
  add("campaign", R"({"name": "Vår AS", "sort_index": 10, "code": "VÅR26", "custom": {"season": "Vår"}})", 2);
  add("campaign", R"({"name": "Kasse", "sort_index": 10, "active": false, "plan": {"budget": "100000.5"}})", 3);
  add("campaign", R"({"name": "Ærlig øl på Ås", "template": true})", 4);
  const auto find = [&](const std::string& query) {
    return all_of(store().read(ann(9)).find("campaigns", query), "id");
  };
  EXPECT_EQ(find(R"({"where": [["name", "like", "AS%"]]})"), "1");
  EXPECT_EQ(find(R"({"where": [["name", "like", "%AS"]]})"), "2");
  EXPECT_EQ(find(R"({"where": [["name", "like", "A%e"]]})"), "1");
  EXPECT_EQ(find(R"({"where": [["name", "like", "as"]], "sort": ["name"]})"), "1 3 2");
  EXPECT_EQ(find(R"({"where": [["name", "like", "ås"]]})"), "4");
  EXPECT_EQ(find(R"({"where": [["name", "like", "_"]]})"), "");
  EXPECT_EQ(find("{}"), "4 2 3 1");
  EXPECT_EQ(find(R"({"view": "active"})"), "2 1");
  EXPECT_EQ(find(R"({"view": "inactive"})"), "3");
  EXPECT_EQ(find(R"({"where": [["budget", ">=", "60000"]], "sort": ["-budget"]})"), "3 1");
  EXPECT_EQ(find(R"({"where": [["budget", "=", "0"]]})"), "4 2");
  EXPECT_EQ(find(R"({"sort": ["budget"]})"), "1 3 2 4");
  EXPECT_EQ(find(R"({"tags": ["sommer"]})"), "1");
  EXPECT_EQ(find(R"({"custom": {"season": "v%"}})"), "2");
  EXPECT_EQ(find(R"({"letter": "Æ"})"), "4");
  EXPECT_EQ(find(R"({"letter": "#"})"), "");
  EXPECT_EQ(find(R"({"text": "vår26"})"), "2");
  EXPECT_EQ(find(R"({"sort": ["name"]})"), "1 3 2 4");
  EXPECT_EQ(find(R"({"view": "mine", "created": ["2026-03-01", "2026-03-01"]})"), "2 3 1");
  EXPECT_EQ(store().read(ann(9)).count("campaign", R"({"where": [["name", "like", "as"]]})"), 3);
}

TEST_P(StoreTest, PagesByKey) {
  for (int i = 0; i < 25; ++i) {
    add("campaign", "{\"name\": \"C" + std::to_string(i % 7) +
                        "\", \"offer\": " + (i % 3 == 0 ? "null" : "\"o" + std::to_string(i % 2) + "\"") + "}");
  }
  for (const std::string sort : {"[]", "[\"name\"]", "[\"offer\", \"-name\"]", "[\"-offer\"]", "[\"-id\"]"}) {
    auto work = store().read(ann(9));
    const auto whole = all_of(work.find("campaign", "{\"sort\": " + sort + "}"), "id");
    std::string paged, after = "\"\"";
    while (after != "null") {
      const auto page = work.find("campaign", "{\"limit\": 4, \"sort\": " + sort + ", \"after\": " + after + "}");
      paged.append(paged.empty() ? "" : " ").append(all_of(page, "id"));
      after = page.substr(page.rfind("\"next\":") + 7);
      after.pop_back();
    }
    EXPECT_EQ(paged, whole) << sort;
  }
}

TEST_P(StoreTest, LoadsRowsAllOrNone) {
  auto work = store().begin(ann(1));
  EXPECT_EQ(work.load("item", R"([{"number": "TEA", "discountable": "false"}, {"number": "CUP", "name": "Cup"}])",
                      R"({"as_text": true})"),
            R"({"added":2,"updated":0,"problems":[]})");
  EXPECT_EQ(work.load("item", R"([{"number": "cup", "name": "Mug"}, {"number": "POT"}])", R"({"match": "number"})"),
            R"({"added":1,"updated":1,"problems":[]})");
  const auto refused =
      work.load("item", R"([{"number": "A"}, {"number": "tea"}, {"nummer": 1, "unit": 5}, {"number": "B"}])");
  EXPECT_EQ(refused,
            R"({"added":0,"updated":0,"problems":[{"row":1,"code":"number_taken","path":"number tea","message":""},)"
            R"({"row":2,"code":"unknown_field","path":"nummer","message":"There is no such field here."},)"
            R"({"row":2,"code":"invalid_value","path":"unit 5","message":"This is no number."}]})");
  EXPECT_EQ(work.count("item"), 3);
  work.load("item", R"([{"number": "A"}, {"number": "tea"}])", R"({"keep_good": true})");
  EXPECT_EQ(work.count("item"), 4);
  work.commit();
}

TEST_P(StoreTest, KeepsFilesOnce) {
  // a PNG of 3 × 2 pixels in 24 bits: signature and header are all that is looked at
  const std::string header("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\2\0\0\0", 29);
  std::string content = header + std::string(600'000, 'x');
  const auto bytes = std::as_bytes(std::span(content));
  auto work = store().begin(ann(1));
  work.add("email_template", R"({"name": "T", "html": "<img src=\"cid:logo\"><img src='cid:gone'>"})");
  work.add("campaign", R"({"name": "A", "email_template": "T"})");
  const auto put =
      work.put_attachment(R"({"campaign": "CMP-0001", "file_name": "logo.png", "content_id": "logo"})", bytes);
  EXPECT_NE(put.find(R"("title":"logo.png")"), std::string::npos) << put;
  EXPECT_NE(put.find(R"("file_size":600029,"file_type":"image/png")"), std::string::npos) << put;
  EXPECT_NE(put.find(R"("image_width":3,"image_height":2,"image_depth":24)"), std::string::npos) << put;
  work.put_attachment(R"({"campaign": 1, "file_name": "again.png", "content_id": "other"})", bytes);
  EXPECT_EQ(
      refusal([&] { work.put_attachment(R"({"campaign": 1, "file_name": "x.png", "content_id": "LOGO"})", bytes); }),
      "duplicate_content_id");
  std::string read;
  work.read_attachment(2, [&](std::span<const std::byte> chunk) {
    read.append(reinterpret_cast<const char*>(chunk.data()), chunk.size());
  });
  EXPECT_EQ(read, content);
  EXPECT_EQ(work.perform("attachments.check_content_ids", R"({"campaign": 1})"),
            R"({"unresolved_content_id":["gone"],"unused_content_id":["other"]})");
  EXPECT_EQ(work.perform("find.totals", R"({"record": "attachment", "by": ["included"]})"),
            R"({"rows":[{"included":true,"count":2}]})");
  work.commit();
}

TEST_P(StoreTest, SearchesForManyValuesOrRefusesThem) {
  add("item", R"({"number": "TEA"})");
  add("item", R"({"number": "N7"})");
  const auto query = [](std::string_view field, int count, std::string_view prefix) {
    std::string values;
    for (int i = 0; i < count; ++i) {
      values.append(i > 0 ? ", \"" : "\"").append(prefix).append(std::to_string(i)).append("\"");
    }
    return R"({"where": [[")" + std::string(field) + R"(", "in", [)" + values + "]]]}";
  };
  EXPECT_EQ(store().read(ann(2)).count("item", query("number", 10'000, "n")), 1);
  EXPECT_EQ(store().read(ann(2)).count("item", query("id", 10'000, "")), 2);
  EXPECT_EQ(refusal([&] { store().read(ann(2)).count("item", query("number", 10'001, "n")); }), "limit_crossed");
  std::string criteria;
  for (int i = 0; i < 100; ++i) criteria.append(i > 0 ? "," : "").append(R"(["name", "=", null])");
  EXPECT_EQ(store().read(ann(2)).count("item", R"({"where": [)" + criteria + "]}"), 2);
  criteria += R"(,["name", "=", null])";
  EXPECT_EQ(refusal([&] { store().read(ann(2)).count("item", R"({"where": [)" + criteria + "]}"); }), "limit_crossed");
}

TEST_P(StoreTest, ACopyPublishesTheSameBook) {
  add("item", R"({"number": "TEA", "name": "Té", "prices": {"EUR": "12.00"}, "tags": ["a"]})");
  add("campaign",
      R"({"name": "Spring", "pricing_type": "set_discount", "lines": [{"item": "TEA", "discount": "10"}]})");
  auto work = store().begin(ann(2));
  work.post("CMP-0001");
  work.commit();
  const Scratch scratch;
  const auto kind = postgres_url() ? Kind::postgres : Kind::sqlite_file;
  const TestDatabase other(kind);
  for (const auto& url : {"sqlite:" + scratch.file("copy.db"), store_url(kind, other.place())}) {
    store().back_up(url);
    EXPECT_EQ(refusal([&] { store().back_up(url); }), "store_read_only");
    const auto copy = Store::open(url);
    EXPECT_EQ(copy.publish(ann(3)).book.hash(), store().publish(ann(3)).book.hash());
    EXPECT_EQ(copy.read(ann(3)).find("campaign"), store().read(ann(3)).find("campaign"));
    auto more = copy.begin(ann(4));
    EXPECT_NE(more.add("campaign", R"({"name": "Next"})").find("CMP-0002"), std::string::npos);
  }
}

RABATT_ON_ALL_DATABASES(StoreTest);

}  // namespace
}  // namespace rabatt

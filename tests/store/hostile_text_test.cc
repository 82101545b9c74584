// Hostile text in every text field of every record: what comes back is what went in, or it was refused with a code.
#include <algorithm>
#include <set>

#include "hostile_texts.h"
#include "json_tape.h"
#include "rabatt/text.h"
#include "records/record_type.h"
#include "shop.h"
#include "store/json_text.h"

namespace rabatt {
namespace {

using namespace std::string_literals;

// As JSON that has the bytes of the text as they are.
std::string json_string(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json.append(1, '\\').append(1, c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view digits = "0123456789abcdef";
      json.append("\\u00")
          .append(1, digits[static_cast<std::size_t>(c) / 16])
          .append(1, digits[static_cast<std::size_t>(c) % 16]);
    } else {
      json += c;
    }
  }
  return json + "\"";
}

// The code of what `action` ends with; what is no Error is told as it is, and is a failure of ours.
template <class Action>
std::string outcome(const Action& action) {
  try {
    return refusal(action);
  } catch (const std::exception& error) {
    return "!" + std::string(error.what()).substr(0, 300);
  }
}

const std::set<std::string, std::less<>> allowed = {
    "invalid_text",  "text_too_long",   "number_too_long", "invalid_value",  "unknown_currency", "unknown_record",
    "name_required", "field_required",  "not_found",       "limit_crossed",  "unknown_field",    "duplicate_code",
    "invalid_date",  "invalid_decimal", "number_taken",    "duplicate_name", "duplicate_email",  "unknown_unit",
};

// Short, on one line, of plain letters and signs: only a field that wants certain words may refuse it.
bool is_ordinary(std::string_view text) {
  return !text.empty() && text.size() <= 60 && trimmed(text) == text &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '\x7F'; });
}

// The fields that want certain words: of the code, number and currency forms, and these.
const std::set<std::string, std::less<>> particular = {"settings.zone", "numerator.kind", "custom_field.record",
                                                       "campaign_line.unit", "price_book_line.unit"};

bool is_name(const Field& field) {
  return field.form == TextForm::code || field.form == TextForm::number || field.form == TextForm::email ||
         field.form == TextForm::currency;
}

class HostileTextTest : public ShopTest {
 protected:
  using Given = std::map<std::string, std::string, std::less<>>;  // JSON by field

  void SetUp() override {
    ShopTest::SetUp();
    if (IsSkipped()) return;
    auto work = store().begin(ann(1));
    for (const auto* type : record_types()) {
      std::string added;
      if (type->name() == "settings") continue;
      const auto code = outcome([&] { added = work.add(type->name(), object(required(*type))); });
      if (code.empty()) ids_[type] = member(added, "id");
      if (!code.empty()) not_added_ += std::string(type->name()) + " " + code + ", ";
    }
    work.commit();
  }

  std::string value_for(const RecordType& type, const Field& field) {
    switch (field.kind) {
      case FieldKind::text:
        if (field.form == TextForm::currency) return "\"EUR\"";
        if (type.name() == "numerator" && field.name == "kind") return "\"campaign\"";
        if (field.name == "record") return "\"campaign\"";
        if (field.form == TextForm::email) return "\"t" + std::to_string(++tokens_) + "@example.com\"";
        return "\"t" + std::to_string(++tokens_) + "\"";
      case FieldKind::decimal: return "\"1\"";
      case FieldKind::integer: return "1";
      case FieldKind::boolean: return "true";
      case FieldKind::day: return "\"2026-01-01\"";
      case FieldKind::instant: return "\"2026-01-01T00:00:00Z\"";
      case FieldKind::choice: return "\"" + std::string(field.choices.front()) + "\"";
      case FieldKind::reference: return ids_.contains(&field.target()) ? ids_[&field.target()] : "1";
    }
    return "null";
  }

  Given required(const RecordType& type) {
    Given given;
    for (const auto& field : type.fields()) {
      const bool is_parent = !type.parent().empty() && field.name == type.parent();
      if ((field.required || is_parent || field.form == TextForm::number) && !field.read_only) {
        given[std::string(field.name)] = value_for(type, field);
      }
    }
    if (type.field("line") && ids_.contains(&type)) given["quantity_min"] = "\"7\"";  // another than that of the first
    if (type.name() == "recipient") given["company_name"] = "\"x\"";
    return given;
  }

  static std::string object(const Given& given) {
    std::string json = "{";
    for (const auto& [name, value] : given) {
      append_comma(&json);
      json.append("\"").append(name).append("\":").append(value);
    }
    return json + "}";
  }

  // Adds or saves a record with `text` in all of `fields`, less those that are refused. Nothing is committed.
  void try_text(const RecordType& type, const std::vector<const Field*>& fields, const std::string& text) {
    auto given = type.name() == "settings" ? Given{{"id", "1"}, {"revision", "1"}} : required(type);
    for (const auto* field : fields) given[std::string(field->name)] = json_string(text);
    auto work = store().begin(ann(2));
    std::string stored;
    std::set<std::string, std::less<>> refused;
    for (std::size_t round = 0; stored.empty(); ++round) {
      std::vector<std::pair<std::string, std::string>> problems;  // code and place
      const auto code = outcome([&] {
        try {
          stored =
              type.name() == "settings" ? work.save("settings", object(given)) : work.add(type.name(), object(given));
        } catch (const Errors& errors) {
          for (const auto& problem : errors.problems()) problems.emplace_back(slug(problem.code), problem.path);
        } catch (const Error& error) {
          problems.emplace_back(slug(error.code()), error.subject());
        }
      });
      ASSERT_EQ(code, "");
      if (!stored.empty()) break;
      if (!is_utf8(text)) {
        ASSERT_EQ(problems.front().first, "invalid_value") << "this is no JSON";
        return;
      }
      ASSERT_LT(round, fields.size() + 1) << problems.front().first << " " << problems.front().second;
      for (const auto& [problem, place] : problems) {
        EXPECT_TRUE(allowed.contains(problem)) << problem << " " << place;
        auto field = place.substr(0, place.find_first_of(" .["));
        if (!type.field(field)) field = place.substr(place.find('.') + 1);  // of a line, in its parent's words
        refused.insert(field);
        const auto index = type.field(field);
        ASSERT_TRUE(index) << problem << " " << place;
        if (is_ordinary(text) && !is_name(type.fields()[*index])) {
          EXPECT_TRUE(particular.contains(std::string(type.name()) + "." + field)) << problem << " " << field;
        }
        const bool is_needed = type.fields()[*index].required || field == "company_name";  // of a recipient
        if (is_needed && type.name() != "settings") {
          given[field] = value_for(type, type.fields()[*index]);
        } else {
          given.erase(field);
        }
      }
    }
    ASSERT_TRUE(is_utf8(text));
    for (const auto* field : fields) {
      if (refused.contains(field->name)) continue;
      ++tried_;
      const auto blank = trimmed(text).empty();
      if (blank && (field->form == TextForm::number || field->name == "title")) continue;  // it was given one
      const auto expected =
          blank ? field->blank.value_or("") : std::string(is_name(*field) ? trimmed(text) : std::string_view(text));
      EXPECT_EQ(member(stored, field->name), expected) << field->name;
      EXPECT_LE(expected.size(), field->most_bytes);
    }
    refused_ += refused.size();
  }

  std::map<const RecordType*, std::string> ids_;
  std::string not_added_;
  int tokens_ = 0;
  std::size_t tried_ = 0, refused_ = 0;
};

TEST_P(HostileTextTest, InEveryFieldOfEveryRecord) {
  std::size_t types = 0;
  for (const auto* type : record_types()) {
    std::vector<const Field*> fields;
    for (const auto& field : type->fields()) {
      if (field.kind == FieldKind::text && !field.read_only) fields.push_back(&field);
    }
    const bool can_be_added = ids_.contains(type) || type->name() == "settings";
    if (fields.empty() || !can_be_added) continue;
    ++types;
    SCOPED_TRACE(type->name());
    for (const auto& text : hostile_texts()) {
      SCOPED_TRACE(json_string(text.substr(0, 80)));
      try_text(*type, fields, text);
    }
    if (types % 8 != 1) continue;
    try_text(*type, {fields.front()}, std::string(10 << 20, 'x'));
    try_text(*type, {fields.back()}, repeated("\n\"\\", 1 << 20));
  }
  EXPECT_GT(types, 25U);
  std::cout << "hostile texts in fields: " << tried_ << " came back, " << refused_ << " refused, 0 else; records "
            << types << "; not added by hand: " << not_added_ << "\n";
  EXPECT_EQ(problems(), "[]");
}

TEST_P(HostileTextTest, InListsAndMaps) {
  for (const auto& text : hostile_texts()) {
    if (!is_utf8(text)) continue;
    SCOPED_TRACE(json_string(text.substr(0, 80)));
    const auto json = json_string(text);
    const auto blank = trimmed(text).empty();
    auto work = store().begin(ann(2));
    std::string stored;
    // the entry of a list in what was stored
    const auto entry = [&](std::string_view list) {
      JsonTape tape;
      EXPECT_EQ(tape.read(stored), "");
      std::vector<std::pair<std::string, std::string>> found;
      tape.root().each([&](JsonView member) {
        if (member.key() == list) {
          member.each([&](JsonView one) { found.emplace_back(one.key(), one.text()); });
        }
      });
      return found;
    };
    const auto add = [&](const std::string& record, const std::string& more) {
      stored.clear();
      const auto code = outcome([&] { stored = work.add(record, more); });
      EXPECT_TRUE(code.empty() || allowed.contains(code)) << more.substr(0, 200) << ": " << code;
      return !stored.empty();
    };
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    if (add("campaign", R"({"name": "x", "tags": [)" + json + "]}") && !blank) {
      EXPECT_EQ(entry("tags"), (Pairs{{"", text}}));
    }
    if (add("campaign", R"({"name": "x", "custom": {)" + json + R"(: "v"}})")) {
      EXPECT_EQ(entry("custom"), (Pairs{{text, "v"}}));
    }
    if (add("campaign", R"({"name": "x", "custom": {"k": )" + json + "}}") && !blank) {
      EXPECT_EQ(entry("custom"), (Pairs{{"k", text}}));
    }
    if (add("item", R"({"name": "x", "units": {)" + json + R"(: "2"}})")) {
      EXPECT_EQ(entry("units"), (Pairs{{text, "2"}}));
    }
    add("item", R"({"name": "x", "prices": {)" + json + R"(: "2"}})");
    const auto revision = member(work.get("settings", 1), "revision");
    const auto saved = outcome([&] {
      work.save("settings",
                R"({"id": 1, "revision": )" + revision + R"(, "currencies": {)" + json + R"(: {"amount": "1"}}})");
    });
    EXPECT_TRUE(saved.empty() || allowed.contains(saved)) << saved;
    add("custom_field", R"({"record": "campaign", "name": "x", "kind": "choice", "choices": [)" + json + "]}");
    add("target_group", R"({"name": "x", "conditions": [{"record": "party", "field": )" + json + R"(, "value": )" +
                            json + R"(, "operator": )" + json + "}]}");
    add("campaign", R"({"name": "x", "lines": [{"item": )" + json + R"(, "unit": )" + json + "}]}");
    add("campaign", R"({"name": "x", "customer": )" + json + "}");
    add("campaign", "{" + json + ": 1}");
    add("rate", R"({"currency": "EUR", "date": )" + json + R"(, "rate": )" + json + "}");
  }
  EXPECT_EQ(problems(), "[]");
}

TEST_P(HostileTextTest, InSearchTerms) {
  auto work = store().begin(ann(2));
  std::uint64_t tried = 0;
  for (const auto& text : hostile_texts()) {
    SCOPED_TRACE(json_string(text.substr(0, 80)));
    const auto json = json_string(text);
    std::string id;
    outcome([&] { id = member(work.add("campaign", R"({"name": )" + json + R"(, "code": )" + json + "}"), "id"); });
    const auto find = [&](const std::string& query) {
      std::string page;
      const auto code = outcome([&] { page = work.find("campaign", query); });
      EXPECT_TRUE(code.empty() || allowed.contains(code)) << query.substr(0, 200) << ": " << code;
      ++tried;
      return page;
    };
    const auto named = find(R"({"where": [["name", "=", )" + json + R"(]], "sort": ["-id"]})");
    EXPECT_TRUE(id.empty() || named.find("\"id\":" + id + ",") != std::string::npos);
    find(R"({"where": [["name", "like", )" + json + "]]}");
    find(R"({"where": [["name", "like", )" + json_string("%" + text + "%") + "]]}");
    find(R"({"where": [["name", "in", [)" + json + ", " + json + "]]]}");
    for (const auto* op : {"<", "<=", ">", ">=", "!="}) find(R"({"where": [["note", ")"s + op + "\", " + json + "]]}");
    for (const auto* field : {"budget", "date", "posted", "status", "customer", "id", "created_at", "sort_index"}) {
      find(R"({"where": [[")"s + field + R"(", "=", )" + json + "]]}");
    }
    find("{\"where\": [[" + json + ", \"=\", \"x\"]]}");
    find("{\"where\": [[\"name\", " + json + ", \"x\"]]}");
    find("{\"text\": " + json + "}");
    find("{\"tags\": [" + json + "]}");
    find("{\"custom\": {" + json + ": " + json + "}}");
    find("{\"letter\": " + json + "}");
    find("{\"sort\": [" + json + "]}");
    find("{\"view\": " + json + "}");
    find("{\"after\": " + json + "}");
    find("{\"created\": [" + json + ", null]}");
    find("{" + json + ": 1}");
    find(text);
    const auto got = outcome([&] { work.get("campaign", std::string_view(text)); });
    EXPECT_TRUE(got.empty() || allowed.contains(got)) << got;
    const auto record = outcome([&] { work.get(text, 1); });
    EXPECT_EQ(record, "unknown_record");
  }
  work.commit();
  for (const auto& text : hostile_texts()) {
    const auto by = outcome([&] {
      auto at = ann(2);
      at.by = text;
      store().read(at).count("item");
    });
    EXPECT_TRUE(by.empty() || allowed.contains(by)) << by;
  }
  std::cout << "hostile terms of searches: " << tried << " tried\n";
}

TEST_P(HostileTextTest, InTheShapeOfARecord) {
  auto work = store().begin(ann(2));
  const auto add = [&](const std::string& json) { return outcome([&] { work.add("campaign", json); }); };
  std::string keys, tags, customs, same;
  for (int i = 0; i < 100'000; ++i) {
    keys += ", \"k" + std::to_string(i) + "\": 1";
    tags += (i ? ", \"t" : "\"t") + std::to_string(i) + "\"";
    customs += (i ? ", \"t" : "\"t") + std::to_string(i) + "\": \"v\"";
    same += ", \"goal\": \"x\"";
  }
  EXPECT_EQ(add("{\"name\": \"x\"" + keys + "}"), "unknown_field");
  EXPECT_EQ(add("{\"name\": \"x\"" + same + "}"), "duplicate_field");
  EXPECT_EQ(add(R"({"name": "x", "name": "y"})"), "duplicate_field");
  EXPECT_EQ(add(R"({"name": "x", "tags": [)" + tags + "]}"), "limit_crossed");
  EXPECT_EQ(add(R"({"name": "x", "custom": {)" + customs + "}}"), "limit_crossed");
  EXPECT_EQ(add(R"({"name": "x", "custom": {"a": "1", "a": "2"}})"), "duplicate_field");
  EXPECT_EQ(add(R"({"name": "x", "lines": [{"line": 1, "item": 1, "item": 1}]})"), "duplicate_field");
  EXPECT_EQ(outcome([&] { work.add("item", R"({"name": "x", "units": {"BOX": "1", "BOX": "2"}})"); }),
            "duplicate_field");
  EXPECT_EQ(add(repeated("[", 100'000)), "invalid_value");
  EXPECT_EQ(add(R"({"name": )" + repeated("[", 100'000)), "invalid_value");
  EXPECT_EQ(add(R"({"name": )" + repeated("{\"name\":", 100'000)), "invalid_value");
  for (const auto* json : {"", "null", "1", "\"x\"", "[]", "{", "{}}", "{\"name\": nan}", "{\"name\": \"\\ud800\"}",
                           "{\"name\": \"\\udc00\\ud800\"}", "{\"id\": 1e3, \"name\": \"x\"}"}) {
    EXPECT_EQ(add(json), "invalid_value") << json;
  }
  EXPECT_EQ(work.count("campaign"), 1);
}

RABATT_ON_ALL_DATABASES(HostileTextTest);

}  // namespace
}  // namespace rabatt

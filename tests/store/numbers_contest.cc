#include "numbers_contest.h"

#include <stdexcept>

#include "shop.h"

namespace rabatt {
namespace {

// In a transaction of its own, as a caller has it who does not look at errors first.
std::string committed(const Store& store, const std::string& json) {
  auto work = store.begin(ann(5));
  const auto added = work.add("campaign", json);
  work.commit();
  return member(added, "number");
}

void expect(const std::string& code, const std::string& wanted) {
  if (code != wanted) throw std::runtime_error("a save ended with '" + code + "' instead of '" + wanted + "'");
}

// Some commit what is left of their transaction, others drop it.
void fail(const Store& store, int i) {
  auto work = store.begin(ann(5));
  switch (i % 4) {
    case 0: expect(refusal([&] { work.add("campaign", R"({"name": "x", "colour": 1})"); }), "unknown_field"); break;
    case 1:
      expect(refusal([&] { work.add("campaign", R"({"name": "x", "code": "taken"})"); }), "duplicate_code");
      break;
    case 2:
      expect(refusal([&] { work.save("campaign", R"({"id": 1, "revision": 77, "number": "CMP-9999"})"); }), "conflict");
      break;
    default: work.add("campaign", R"({"name": "never committed"})"); return;
  }
  if (i % 2 == 0) work.commit();
}

}  // namespace

std::vector<std::string> add_numbered(const Store& store, const std::string& name, int count) {
  std::vector<std::string> numbers;
  for (int i = 0; i < count; ++i) {
    const auto typed = i % 4 == 3 ? ", \"number\": \"" + name + "/" + std::to_string(i) + "-\"" : std::string();
    numbers.push_back(committed(store, "{\"name\": \"" + name + "\"" + typed + "}"));
    fail(store, i);
  }
  return numbers;
}

std::vector<std::string> save_against_others(const Store& store, const std::string& name, int count) {
  std::vector<std::string> revisions;
  while (static_cast<int>(revisions.size()) < count) {
    const auto revision = member(store.read(ann(5)).get("campaign", 1), "revision");
    auto work = store.begin(ann(5));
    const auto code = refusal([&] {
      const auto saved = work.save("campaign", R"({"id": 1, "revision": )" + revision + ", \"goal\": \"" + name + " " +
                                                   std::to_string(revisions.size()) + "\"}");
      work.commit();
      revisions.push_back(member(saved, "revision"));
    });
    if (!code.empty()) expect(code, "conflict");
  }
  return revisions;
}

}  // namespace rabatt

#include "check.h"

#include "stored.h"

namespace rabatt {
namespace {

std::string count_of(Session& session, std::string_view table) {
  return session.value("select count(*) from " + sql_name(table)).value_or("0");
}

}  // namespace

void check_file(Session& session, Findings* findings) {
  if (session.dialect().name != "sqlite") return;
  session.run("pragma integrity_check", {}, [&](RowView row) {
    if (row[0] != "ok") findings->add("damaged_file", "", std::string(row[0].value_or("")));
  });
}

std::string check_store(Session& session) {
  Findings findings;
  std::int64_t records = 0;
  std::string log = "0";
  check_file(session, &findings);
  if (findings.empty()) check_schema(session, &findings);
  if (findings.empty()) {
    check_rows(session, &findings);
    check_references(session, &findings);
    check_numbers(session, &findings);
    check_sequences(session, &findings);
    for (const auto* type : record_types()) {
      check_history(session, *type, &findings);
      records += *integer_of(count_of(session, type->name()));
    }
    log = count_of(session, "log");
  }
  return "{\"problems\":" + findings.json() + ",\"records\":" + std::to_string(records) + ",\"log\":" + log + "}";
}

}  // namespace rabatt

#include "new_store.h"

#include "rabatt/error.h"
#include "rabatt/money.h"
#include "rabatt/records/base.h"
#include "schema.h"
#include "writing.h"

namespace rabatt {
namespace {

struct FirstNumerator {
  std::string_view kind;
  std::string_view prefix;
};

constexpr FirstNumerator first_numerators[] = {
    {"campaign", "CMP-"}, {"party", "P-"},         {"item", "I-"},         {"price_book", "PB-"},
    {"lead", "L-"},       {"payment_term", "PT-"}, {"organisation", "O-"}, {"target_group", "TG-"},
};

void set(const RecordType& type, std::string_view field, std::string_view cell, Values* values) {
  values->fields[*type.field(field)] = std::string(cell);
}

void add_first_records(Session& session, const OpenOptions& options) {
  const auto& settings = record_type<SettingsRecord>();
  Values values = settings.blank();
  set(settings, "company_currency", options.company_currency, &values);
  set(settings, "zone", options.at.zone, &values);
  insert_new(session, settings, values);
  const auto& numerator = record_type<NumeratorRecord>();
  for (const auto& [kind, prefix] : first_numerators) {
    Values first = numerator.blank();
    set(numerator, "code", kind, &first);
    set(numerator, "kind", kind, &first);
    set(numerator, "prefix", prefix, &first);
    set(numerator, "default", "1", &first);
    insert_new(session, numerator, first);
  }
}

// All of it in one transaction: who is killed while making a store has made none.
void create(Connection& connection, const OpenOptions& options) {
  if (!minor_units(options.company_currency)) throw Error(Code::unknown_currency, options.company_currency);
  Session session(connection, options.at, Mode::write, [](Connection& fresh) {
    if (schema_version_of(fresh) != 0) return;  // somebody was quicker
    try {
      create_schema(fresh);
    } catch (const DatabaseError& error) {
      if (error.fault() != Fault::sql) throw;
      throw Error(Code::store_corrupt, shortened(error.what()));  // somebody else's tables are there
    }
  });
  if (!session.value("select id from settings")) add_first_records(session, options);
  session.commit();
}

}  // namespace

void open_schema(Connection& connection, const OpenOptions& options) {
  const int version = schema_version_of(connection);
  if (version == 0) {
    if (!options.create) throw Error(Code::store_missing);
    return create(connection, options);
  }
  const auto subject = std::to_string(version);
  if (version < schema_version()) throw Error(Code::schema_too_old, subject);
  if (version > schema_version()) throw Error(Code::schema_too_new, subject);
}

}  // namespace rabatt

#include "postgres_fault.h"

#include <array>
#include <string>

#include "libpq.h"

namespace rabatt {
namespace {

struct Known {
  std::string_view state;  // or how it begins
  Fault fault;
};

// The first that fits.
constexpr std::array known{
    Known{"22", Fault::check},           // a value out of range, or none of its type
    Known{"23001", Fault::foreign_key},  // on delete restrict
    Known{"23502", Fault::check},
    Known{"23503", Fault::foreign_key},
    Known{"23505", Fault::unique},
    Known{"23514", Fault::check},
    Known{"23P01", Fault::unique},  // exclusion constraints
    Known{"54000", Fault::check},   // too long for an index
    Known{"40001", Fault::busy},
    Known{"40P01", Fault::busy},
    Known{"53300", Fault::busy},  // too many connections
    Known{"55006", Fault::busy},
    Known{"55P03", Fault::busy},
    Known{"57014", Fault::busy},  // somebody cancelled it
    Known{"08P01", Fault::sql},   // another number of parameters
    Known{"08", Fault::lost},
    Known{"25P03", Fault::lost},  // idle for too long
    Known{"57P", Fault::lost},
    Known{"53100", Fault::full},
    Known{"25006", Fault::read_only},
    Known{"42501", Fault::read_only},  // without the right to
    Known{"28", Fault::missing},
    Known{"3D000", Fault::missing},
    Known{"XX001", Fault::corrupt},
    Known{"XX002", Fault::corrupt},
    Known{"53", Fault::io},
    Known{"58", Fault::io},
};

std::string_view field(const PGresult* result, int code) {
  const char* text = result ? libpq().result_error_field(result, code) : nullptr;
  return text ? text : std::string_view();
}

std::string without_end_of_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Fault fault_of_sqlstate(std::string_view state) noexcept {
  for (const Known& one : known) {
    if (state.starts_with(one.state)) return one.fault;
  }
  return Fault::sql;
}

DatabaseError postgres_error(PGconn* connection, const PGresult* result) {
  const std::string state(field(result, PG_DIAG_SQLSTATE));
  if (state.empty()) {
    const bool is_lost = libpq().status(connection) != CONNECTION_OK;
    return {is_lost ? Fault::lost : Fault::sql, without_end_of_line(libpq().error_message(connection))};
  }
  // those of class 22 quote the value
  const std::string_view message =
      state.starts_with("22") ? "a value that its column cannot hold" : field(result, PG_DIAG_MESSAGE_PRIMARY);
  return {fault_of_sqlstate(state), std::string(message) + " (PostgreSQL " + state + ")"};
}

}  // namespace rabatt

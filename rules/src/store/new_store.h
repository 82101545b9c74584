// What a store has from the start: its tables, its settings, a numerator for each kind of record that has numbers.
#pragma once

#include "database/connection.h"
#include "rabatt/store.h"

namespace rabatt {

// Makes an empty database a store if it may, or looks whether the store in it is of this program's schema. Throws
// store_missing, schema_too_old, schema_too_new.
void open_schema(Connection& connection, const OpenOptions& options);

}  // namespace rabatt

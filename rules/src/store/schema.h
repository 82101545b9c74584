// The schema of a store: made whole for a new one, migrated step by step for an older one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"

namespace rabatt {

// A statement with the types of the database in the places of {text}, {decimal} … as Dialect names them.
std::string with_types(std::string_view sql, const Dialect& dialect);

// The number of the last migration; what this program reads and writes.
int schema_version();

// The schema of the database; 0 if there is no store in it yet.
int schema_version_of(Connection& connection);

// Makes tables and views, in the caller's transaction.
void create_schema(Connection& connection);

// Applies the migrations after `version`, each in its own transaction.
void migrate_schema(Connection& connection, int version);

// The statements that make the tables of all records, as create_schema() runs them.
std::vector<std::string> table_statements(const Dialect& dialect);

// Every table of a store with its columns, those that others refer to first.
struct StoreTable {
  std::string name;
  std::vector<std::string> columns;
};
std::vector<StoreTable> all_tables();

// All statements that make the schema: the store's own tables, those of the records, the views.
std::vector<std::string> schema_statements(const Dialect& dialect);

}  // namespace rabatt

#include "postgres.h"

#include <algorithm>
#include <array>
#include <new>

#include "libpq.h"
#include "postgres_connection.h"

namespace rabatt {
namespace {

struct Setting {
  const char* name;
  const char* value;
};

// The URL may say otherwise. A server that is gone without a word is found out within a minute, not in two hours.
constexpr std::array settings{
    Setting{"connect_timeout", "10"},     Setting{"keepalives_idle", "30"},
    Setting{"keepalives_interval", "5"},  Setting{"keepalives_count", "5"},
    Setting{"tcp_user_timeout", "60000"}, Setting{"fallback_application_name", "rabatt"},
};

PostgresHandle connect(const std::string& url) {
  if (url.find('\0') != std::string::npos) throw DatabaseError(Fault::missing, "no URL of a database");
  std::array<const char*, settings.size() + 3> names{}, values{};
  for (std::size_t i = 0; i < settings.size(); ++i) {
    names[i] = settings[i].name;
    values[i] = settings[i].value;
  }
  names[settings.size()] = "dbname";  // libpq puts the parts of a URL in its place; what comes last counts
  values[settings.size()] = url.c_str();
  names[settings.size() + 1] = "client_encoding";
  values[settings.size() + 1] = "UTF8";
  PostgresHandle connection(libpq().connect(names.data(), values.data(), 1));
  if (!connection) throw std::bad_alloc();
  if (libpq().status(connection.get()) != CONNECTION_OK) {
    std::string message = libpq().error_message(connection.get());
    while (message.ends_with('\n')) message.pop_back();
    throw DatabaseError(Fault::missing, message);
  }
  return connection;
}

void ignore_notice(void*, const char*) {}

}  // namespace

std::unique_ptr<Connection> open_postgres(const std::string& url, std::chrono::milliseconds patience) {
  PostgresHandle handle = connect(url);
  libpq().set_notice_processor(handle.get(), ignore_notice, nullptr);
  auto connection = std::make_unique<PostgresConnection>(std::move(handle));
  const auto wait = std::clamp<std::chrono::milliseconds::rep>(patience.count(), 1, 2'000'000'000);  // 0: for ever
  // pages are in memory or on a disk without arms: else an index of what lists show would be left aside
  connection->run_script(
      "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set client_min_messages = warning;"
      "set standard_conforming_strings = on; set random_page_cost = 1.1; set lock_timeout = " +
      std::to_string(wait));
  return connection;
}

}  // namespace rabatt

#include "rabatt/store.h"

#include "attachments.h"
#include "backup.h"
#include "campaign_verbs.h"
#include "change.h"
#include "check.h"
#include "find.h"
#include "json_text.h"
#include "new_store.h"
#include "numbers.h"
#include "pool.h"
#include "publish.h"
#include "rabatt/text.h"
#include "record_json.h"
#include "removing.h"
#include "rights.h"
#include "schema.h"
#include "verbs.h"

namespace rabatt {
namespace {

const RecordType& type_named(std::string_view name) {
  const auto* type = record_named(name);
  if (!type) throw Error(Code::unknown_record, shortened(name));
  return *type;
}

Code code_of(Fault fault) {
  switch (fault) {
    case Fault::busy: return Code::busy;
    case Fault::full: return Code::store_full;
    case Fault::read_only: return Code::store_read_only;
    case Fault::missing: return Code::store_missing;
    case Fault::corrupt: return Code::store_corrupt;
    default: return Code::connection_lost;
  }
}

// The store's own words for what its database refuses. What can only be a mistake of ours stays what it is.
template <class Action>
auto guarded(const Action& action) {
  try {
    return action();
  } catch (const DatabaseError& error) {
    const auto fault = error.fault();
    if (fault == Fault::unique || fault == Fault::foreign_key || fault == Fault::check || fault == Fault::sql) throw;
    throw Error(code_of(fault), shortened(error.what()));
  }
}

void check_text(std::string_view text) {
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos) throw Error(Code::invalid_text, shortened(text));
}

Draft read_draft(const RecordType& type, std::string_view json) {
  JsonTape tape;
  if (const auto fault = tape.read(json); !fault.empty()) throw Error(Code::invalid_value, fault);
  std::vector<Problem> problems;
  auto draft = draft_from_json(type, tape.root(), Path(), &problems);
  if (!problems.empty()) throw Errors(std::move(problems));
  return draft;
}

}  // namespace

struct Store::Shared {
  Shared(std::string_view url, std::chrono::milliseconds patience) : pool(url, patience) {}
  Pool pool;
};

struct Transaction::State {
  State(std::shared_ptr<void> keeps, Lease lease, const At& at, Mode mode)
      : keeps(std::move(keeps)), lease(std::move(lease)), session(*this->lease, at, mode) {}

  std::int64_t id_of(const RecordType& type, const Key& key) {
    if (key.label.empty()) return key.id;
    check_text(key.label);
    const auto id = session.id_labelled(type, key.label);
    if (id == 0) throw Error(Code::not_found, subject_of(type.name(), key.label));
    return id;
  }

  // The type that a verb is about. Numerators are written first, so that the verb sees them as they stand.
  const RecordType& type(std::string_view record) {
    const auto& named = type_named(record);
    if (named.name() == "numerator") save_numerators(session);
    return named;
  }

  std::string json_of(const RecordType& type, std::int64_t id) { return load_json(session, type, id); }

  std::shared_ptr<void> keeps;  // the pool
  Lease lease;
  Session session;
};

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

Transaction::State& Transaction::state() const {
  if (!state_) throw std::logic_error("the transaction is over");
  return *state_;
}

std::string Transaction::add(std::string_view record, std::string_view json) {
  return guarded([&] {
    const auto& type = state().type(record);
    return state().json_of(type, add_record(state().session, read_draft(type, json)));
  });
}

std::string Transaction::get(std::string_view record, const Key& key) {
  return guarded([&] {
    const auto& type = state().type(record);
    require(state().session, type, "read");
    const auto id = state().id_of(type, key);
    require(state().session, type, "read", id);
    return state().json_of(type, id);
  });
}

std::string Transaction::save(std::string_view record, std::string_view json) {
  return guarded([&] {
    const auto& type = state().type(record);
    auto draft = read_draft(type, json);
    const auto id = draft.id;
    save_record(state().session, std::move(draft));
    return state().json_of(type, id);
  });
}

std::string Transaction::load(std::string_view record, std::string_view rows, std::string_view options) {
  return guarded([&] { return load_json_rows(state().session, state().type(record), rows, options); });
}

std::string Transaction::remove(std::string_view record, std::span<const Key> keys) {
  return guarded([&] {
    const auto& type = state().type(record);
    std::map<std::string_view, std::int64_t> counts;
    state().session.part([&] {
      for (const auto& key : keys) {
        for (const auto& [name, count] : remove_record(state().session, type, state().id_of(type, key))) {
          counts[name] += count;
        }
      }
    });
    return counts_json(counts);
  });
}

std::string Transaction::find(std::string_view record, std::string_view query_json) {
  return guarded([&] {
    const auto& type = state().type(record);
    require(state().session, type, "read");
    return find_page(state().session, type, search_query_from_json(query_json));
  });
}

std::int64_t Transaction::count(std::string_view record, std::string_view query_json) {
  return guarded([&] {
    const auto& type = state().type(record);
    require(state().session, type, "read");
    return count_found(state().session, type, search_query_from_json(query_json));
  });
}

std::int64_t Transaction::add_struct(std::string_view record, const StoredRecord& given) {
  return guarded([&] {
    const auto& type = state().type(record);
    return add_record(state().session, read_draft(type, to_json(type, given)));
  });
}

void Transaction::get_struct(std::string_view record, const Key& key, StoredRecord* answer) {
  guarded([&] {
    const auto& type = state().type(record);
    require(state().session, type, "read");
    const auto id = state().id_of(type, key);
    require(state().session, type, "read", id);
    load_struct(state().session, type, id, answer);
  });
}

void Transaction::save_struct(std::string_view record, const StoredRecord& given) {
  guarded([&] {
    const auto& type = state().type(record);
    save_record(state().session, read_draft(type, to_json(type, given)));
  });
}

void Transaction::find_structs(std::string_view record, std::string_view query_json,
                               const std::function<StoredRecord*()>& next_row, std::string* next) {
  guarded([&] {
    const auto& type = state().type(record);
    require(state().session, type, "read");
    const auto page = find_stored(state().session, type, search_query_from_json(query_json));
    for (const auto& stored : page.rows) fill(type, stored, next_row());
    if (next) *next = page.next.value_or("");
  });
}

std::string Transaction::post(const Key& campaign) {
  const auto& type = type_named("campaign");
  return guarded([&] {
    const auto id = state().id_of(type, campaign);
    post_campaign(state().session, id);
    return state().json_of(type, id);
  });
}

std::string Transaction::unpost(const Key& campaign) {
  const auto& type = type_named("campaign");
  return guarded([&] {
    const auto id = state().id_of(type, campaign);
    unpost_campaign(state().session, id);
    return state().json_of(type, id);
  });
}

std::string Transaction::set_for_all(const Key& campaign, const std::optional<Decimal>& percent) {
  return guarded([&] {
    const auto id = state().id_of(type_named("campaign"), campaign);
    std::string json = "{\"report\":[";
    for (const auto& remark : rabatt::set_for_all(state().session, id, percent)) {
      append_comma(&json);
      json.append("{\"line\":").append(std::to_string(remark.line)).append(",\"item\":");
      append_string(remark.item, &json);
      json.append(",\"code\":\"").append(slug(remark.code)).append("\"}");
    }
    return json + "]}";
  });
}

std::string Transaction::copy(const Key& campaign, bool copy_recipients) {
  const auto& type = type_named("campaign");
  return guarded([&] {
    return state().json_of(type, copy_campaign(state().session, state().id_of(type, campaign), copy_recipients));
  });
}

std::string Transaction::perform(std::string_view verb, std::string_view arguments) {
  return guarded([&] { return rabatt::perform(state().session, verb, arguments); });
}

std::string Transaction::put_attachment(std::string_view json, std::span<const std::byte> content) {
  const auto& type = type_named("attachment");
  return guarded(
      [&] { return state().json_of(type, rabatt::put_attachment(state().session, read_draft(type, json), content)); });
}

std::string Transaction::replace_attachment(std::int64_t id, std::string_view file_name,
                                            std::span<const std::byte> content) {
  return guarded([&] {
    rabatt::replace_attachment(state().session, id, file_name, content);
    return state().json_of(type_named("attachment"), id);
  });
}

void Transaction::read_attachment(std::int64_t id, const std::function<void(std::span<const std::byte>)>& visit) {
  guarded([&] { rabatt::read_attachment(state().session, id, visit); });
}

Publication Transaction::publish(const PublishOptions& options) {
  return guarded([&] { return rabatt::publish(state().session, options); });
}

std::string Transaction::check() {
  return guarded([&] { return check_store(state().session); });
}

void Transaction::commit() {
  guarded([&] { state().session.commit(); });
  state_.reset();  // gives its connection back
}

Store Store::open(std::string_view url, const OpenOptions& options) {
  auto shared = std::make_shared<Shared>(url, options.patience);
  guarded([&] {
    shared->pool.may_create(options.create);
    auto lease = shared->pool.lend();
    open_schema(*lease, options);
  });
  return Store(std::move(shared));
}

void Store::migrate(std::string_view url) {
  Pool pool(url);
  guarded([&] {
    auto lease = pool.lend();
    const int version = schema_version_of(*lease);
    if (version == 0) throw Error(Code::store_missing, shortened(url));
    if (version > schema_version()) throw Error(Code::schema_too_new, std::to_string(version));
    migrate_schema(*lease, version);
  });
}

std::int64_t Store::back_up(std::string_view url) const {
  Pool pool(url);
  return guarded([&] {
    pool.may_create(true);
    auto to = pool.lend();
    if (schema_version_of(*to) != 0) throw Error(Code::store_read_only, shortened(url));
    auto from = shared_->pool.lend();
    return copy_store(*from, *to);
  });
}

Transaction Store::begin(const At& at) const { return start(at, true); }

Transaction Store::read(const At& at) const { return start(at, false); }

Transaction Store::start(const At& at, bool writes) const {
  check_text(at.by);
  return guarded([&] {
    return shared_->pool.started([&](Lease lease) {
      return Transaction(
          std::make_unique<Transaction::State>(shared_, std::move(lease), at, writes ? Mode::write : Mode::read));
    });
  });
}

Publication Store::publish(const At& at, const PublishOptions& options) const { return read(at).publish(options); }

bool Store::has_priced_changes_after(std::int64_t sequence) const {
  std::string versioned;
  for (const auto* type : record_types()) {
    if (type->is_versioned()) versioned.append(versioned.empty() ? "'" : "', '").append(type->name());
  }
  return guarded([&] {
    auto lease = shared_->pool.lend();
    bool changed = false;
    (*lease).run("select 1 from log where sequence > $1 and record in (" + versioned + "') limit 1",
                 {std::to_string(sequence)}, [&](RowView) { changed = true; });
    return changed;
  });
}

std::int64_t Store::sequence() const {
  return guarded([&] {
    return shared_->pool.started([](Lease lease) {
      std::int64_t sequence = 0;
      (*lease).run("select sequence from store_state", {},
                   [&](RowView row) { sequence = integer_of(row[0].value_or("")).value_or(0); });
      return sequence;
    });
  });
}

}  // namespace rabatt

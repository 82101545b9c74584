// Store: the records that a book is made from, in SQLite or PostgreSQL.
//
//   Store store = Store::open("sqlite:shop.db");
//   Transaction work = store.begin({.by = "ANN", .time = now});
//   work.add("item", R"({"number": "TEA", "prices": {"EUR": "12.00"}})");
//   work.add("campaign", R"({"name": "Spring", "pricing_type": "set_discount", "lines": [{"item": "TEA",
//       "discount": "10"}]})");
//   work.commit();
//   Book book = store.publish({.time = now}).book;
//
// Records cross as JSON objects in the words of rabatt/records, or as the structs there. A verb happens or does not;
// what it refuses it throws as Error or Errors, and has changed nothing.
//
// A Store may be used by many threads at once; a Transaction belongs to one.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rabatt/at.h"
#include "rabatt/book.h"
#include "rabatt/records/stored_record.h"

namespace rabatt {

struct OpenOptions {
  bool create = true;                   // an empty database becomes a store
  std::string company_currency = "EUR";  // of a store that is made
  At at;                                // who makes it, and when
  std::chrono::milliseconds patience = std::chrono::seconds(5);  // with others who hold a lock, before it is `busy`
};

struct PublishOptions {
  std::optional<Instant> as_of;  // the store as it was then; otherwise as it is
  bool drafts = false;           // campaigns that are not posted come along
  bool finished = false;         // and those that are completed or cancelled
};

struct Publication {
  Book book;
  std::int64_t sequence = 0;            // of the last change that is in it
  std::int64_t members_skipped = 0;     // of frozen target groups: parties that are no customers
  std::vector<std::string> left_out;    // campaigns for a party that is no customer
};

// A view on a record by its id, or by its number or code.
struct Key {
  Key(std::int64_t id) : id(id) {}                       // NOLINT(google-explicit-constructor)
  Key(std::string_view label) : label(label) {}          // NOLINT(google-explicit-constructor)
  Key(const char* label) : label(label) {}               // NOLINT(google-explicit-constructor)
  Key(const std::string& label) : label(label) {}        // NOLINT(google-explicit-constructor)
  std::int64_t id = 0;
  std::string label;
};

class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();  // undoes what was not committed

  // The record as it was stored.
  std::string add(std::string_view record, std::string_view json);
  std::string get(std::string_view record, const Key& key);
  // `json` names the `id` and the `revision` that was read, and the fields to be changed. Another `pricing_type` of a
  // campaign whose lines have the field of the former one is type_has_lines; with "force": true they lose it. Another
  // `currency` of a price book converts the prices that the save leaves as they are, by the rates of the day: no_rate.
  std::string save(std::string_view record, std::string_view json);
  // Adds or changes many records: `rows` is a JSON list of them, `options` {"match": "number", "keep_good": false,
  // "as_text": false}. With `match` a row changes the record that has the same value in this field; `as_text` takes all
  // values as texts, as files have them. Answers {"added": 2, "updated": 1, "problems": [{"row": 0, "code": …, "path":
  // …, "message": …}]}: where there are problems nothing is stored, but with `keep_good` the other rows.
  std::string load(std::string_view record, std::string_view rows, std::string_view options = {});
  // The same with structs: auto spring = work.get<CampaignRecord>("CMP-0001"). A Reference may be given by id or name,
  // and has its id where it was read. Children that are not there (no value) stay as they are.
  template <std::derived_from<StoredRecord> Record>
  Record add(const Record& record) {
    return get<Record>(add_struct(Record::traits.name, record));
  }
  template <std::derived_from<StoredRecord> Record>
  Record get(const Key& key) {
    Record record;
    get_struct(Record::traits.name, key, &record);
    return record;
  }
  template <std::derived_from<StoredRecord> Record>
  Record save(const Record& record) {
    save_struct(Record::traits.name, record);
    return get<Record>(record.id);
  }

  // How many records of each kind went: {"campaign": 1, "campaign_line": 10}.
  std::string remove(std::string_view record, std::span<const Key> keys);

  // A page of the records that meet a query: {"rows": [{…}], "next": "…" or null}. The query is a JSON object, all of
  // whose keys may be left out; all criteria must be met, blank ones are inactive:
  //   {"view": "all" | "active" | "mine" | "not_mine" | "inactive",
  //    "where": [["name", "like", "AS%"], ["budget", ">=", "60000"], ["channel", "in", ["email", "web"]]],
  //    "text": "tea", "tags": ["spring"], "custom": {"season": "summer"}, "letter": "A" (or "#": none of the alphabet),
  //    "created": ["2026-03-01", "2026-03-31"], "changed": [null, "2026-04-30"],
  //    "sort": ["sort_index", "-name"], "limit": 100, "after": the "next" of the page before}
  // Operators are =, !=, <, <=, >, >=, in and like, whose % stands for any text: without one a term is contained.
  std::string find(std::string_view record, std::string_view query_json = {});
  std::int64_t count(std::string_view record, std::string_view query_json = {});

  // The same page as structs, without their children; `next` becomes what a query for the next page has as `after`, or
  // empty.
  template <std::derived_from<StoredRecord> Record>
  std::vector<Record> find(std::string_view query_json = {}, std::string* next = nullptr) {
    std::vector<Record> records;
    find_structs(Record::traits.name, query_json, [&]() -> StoredRecord* { return &records.emplace_back(); }, next);
    return records;
  }

  // Campaigns: only posted ones price.
  std::string post(const Key& campaign);
  std::string unpost(const Key& campaign);
  // Fills every line from one percentage: the campaign's `change_percent` unless given. Answers
  // {"report": [{"line": 0, "item": "TEA", "code": "no_base_price"}]}: the lines that were left alone.
  std::string set_for_all(const Key& campaign, const std::optional<Decimal>& percent = {});
  // A new campaign like this one, planned and not posted; the answer is the new record.
  std::string copy(const Key& campaign, bool copy_recipients = false);

  // Audiences and what is done for campaigns. `arguments` is a JSON object; records in it are ids, numbers or codes.
  //   campaigns.refreeze {campaign} → the campaign: a posted one is for those who are in its target group now
  //   target_groups.refresh {target_group} → {added, removed, members}
  //   recipients.add_from {campaign, parties: […], leads: […], target_group, query: {…}}
  //     → {added, skipped_duplicate_source, skipped_duplicate_email}
  //   recipients.outbox {campaign, after, limit, since_template: just who was added after the campaign got its
  //   template}
  //     → {rows: [{…, reason}], next}
  //   recipients.mark_sent {campaign, recipients: […] or all that are to be sent to} → {marked}
  //   recipients.mark_undeliverable {campaign, recipients: […]} → {marked}
  //   email_permissions.request {email} → {token, permission}; .confirm {email, token or proof} → the permission
  //   email_permissions.cancel, .stop, .block {email, reason} → the permission
  //   actions.add_target_group {action, target_group}, actions.copy_contacts {action, from}
  //     → {added, already_there, skipped_used}
  //   actions.generate {action} → {items, excluded: {reason: count}}
  //   attachments.check_content_ids {campaign} → {unresolved_content_id: […], unused_content_id: […]}
  //   find.history {record, key} → {changes: [{sequence, at, by, record, id, revision, verb, changes: {field: [before,
  //     after]}, erased: [field]}]}: all that was done with a record, also with one that is gone (by its id)
  //   find.warnings {record, key} → {warnings: [{code, path, message}]}: what is odd, and may stay
  //   find.totals {record, by: [fields], query: {…}} → {rows: [{field: value, …, count}]}
  //   persons.find {email or party or lead} → {records: {party: [ids]}, changes: 12}: what is held about somebody
  //   persons.export {email or party or lead} → {records: {party: [{…}]}, changes: [{…}]}: all of it
  //   persons.erase {email or party or lead} → {records: {party: 1}, changes: 12}: it is blank, in the log too, and a
  //     hash of the address stays blocked
  //   persons.expired {}, persons.erase_expired {} → the same of what nobody has changed for `settings.retention`
  std::string perform(std::string_view verb, std::string_view arguments);

  // The files of campaigns: at most 64 MiB each, 1,000 a campaign. `json` is the attachment, with `campaign` and
  // `file_name`; its type, and an image's size and depth, are read from the content.
  std::string put_attachment(std::string_view json, std::span<const std::byte> content);
  std::string replace_attachment(std::int64_t id, std::string_view file_name, std::span<const std::byte> content);
  // Visits the content, some hundred kilobytes at a time.
  void read_attachment(std::int64_t id, const std::function<void(std::span<const std::byte>)>& visit);

  Publication publish(const PublishOptions& options = {});

  // Whether the store is what its verbs make of one: {"problems": [{"code": "wrong_key", "record": "campaign #3",
  // "message": "name: …"}], "records": 120, "log": 140}. Reads all of it; the codes are in rules/src/store/check.h.
  std::string check();

  // Everything that was done is on disk when it returns; the transaction is over.
  void commit();

  struct State;

 private:
  friend class Store;
  explicit Transaction(std::unique_ptr<State> state);

  State& state() const;  // std::logic_error where it is over

  std::int64_t add_struct(std::string_view record, const StoredRecord& given);
  void get_struct(std::string_view record, const Key& key, StoredRecord* answer);
  void save_struct(std::string_view record, const StoredRecord& given);
  void find_structs(std::string_view record, std::string_view query_json,
                    const std::function<StoredRecord*()>& next_row, std::string* next);

  std::unique_ptr<State> state_;
};

class Store {
 public:
  // `sqlite:PATH`, `sqlite:///PATH`, `sqlite::memory:`, `postgresql://…`. Throws invalid_url, store_missing,
  // store_corrupt, store_read_only, schema_too_old, schema_too_new, busy.
  static Store open(std::string_view url, const OpenOptions& options = {});

  // Brings the schema of an older store up to date. Throws as open().
  static void migrate(std::string_view url);

  // Copies the whole store, as it is now, to another place where there is none yet. Returns how many rows. Throws
  // store_read_only where there is one.
  std::int64_t back_up(std::string_view url) const;

  // Begins a transaction that may change the store; waits until no other one does.
  Transaction begin(const At& at) const;
  // Begins one that reads one state of the store.
  Transaction read(const At& at) const;

  Publication publish(const At& at, const PublishOptions& options = {}) const;

  // The sequence of the last change.
  std::int64_t sequence() const;

  // Whether anything that a book may be made from has changed after that sequence.
  bool has_priced_changes_after(std::int64_t sequence) const;

 private:
  struct Shared;
  Transaction start(const At& at, bool writes) const;
  explicit Store(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  std::shared_ptr<Shared> shared_;
};

}  // namespace rabatt

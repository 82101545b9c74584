// Store and Transaction for the package `rabatt`, which gives records their types and keeps transactions to their
// threads. Instants are milliseconds since 1970 in UTC; a key is an id or a label.
#include "store.h"

#include <pybind11/stl.h>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "rabatt/record_types_json.h"
#include "rabatt/store.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

using Unlocked = py::call_guard<py::gil_scoped_release>;

Instant instant_of(std::int64_t milliseconds) { return Instant(std::chrono::milliseconds(milliseconds)); }

using Slugs = std::optional<std::set<std::string, std::less<>>>;  // nothing: every permission

At at_of(std::string by, Slugs permissions, std::int64_t time, std::string zone) {
  return {.by = std::move(by),
          .permissions = permissions ? Permissions(std::move(*permissions)) : Permissions::everything(),
          .time = instant_of(time),
          .zone = std::move(zone)};
}

using PythonKey = std::variant<std::int64_t, std::string>;

Key key_of(const PythonKey& key) {
  return std::visit([](const auto& id_or_label) { return Key(id_or_label); }, key);
}

using Published = std::tuple<Book, std::int64_t, std::int64_t, std::vector<std::string>>;

Published published(const std::optional<std::int64_t>& as_of, bool drafts, bool finished, Transaction* work) {
  PublishOptions options{.as_of = std::nullopt, .drafts = drafts, .finished = finished};
  if (as_of) options.as_of = instant_of(*as_of);
  auto publication = work->publish(options);
  return {std::move(publication.book), publication.sequence, publication.members_skipped,
          std::move(publication.left_out)};
}

// A transaction that can be left; what is asked of it afterwards is a mistake in the package.
class OpenTransaction {
 public:
  explicit OpenTransaction(Transaction work) : work_(std::move(work)) {}

  Transaction& work() {
    if (!work_) throw std::logic_error("the transaction is over");
    return *work_;
  }

  void commit() {
    work().commit();
    work_.reset();
  }

  void undo() { work_.reset(); }

 private:
  std::optional<Transaction> work_;
};

// ---- attachments: bytes in and out ----

std::span<const std::byte> bytes_of(std::string_view content) { return std::as_bytes(std::span(content)); }

std::string put_attachment(OpenTransaction& self, const std::string& json, const py::bytes& content) {
  const std::string_view view = content;
  const py::gil_scoped_release unlocked;
  return self.work().put_attachment(json, bytes_of(view));
}

std::string replace_attachment(OpenTransaction& self, std::int64_t id, const std::string& file_name,
                               const py::bytes& content) {
  const std::string_view view = content;
  const py::gil_scoped_release unlocked;
  return self.work().replace_attachment(id, file_name, bytes_of(view));
}

// `write` takes one piece of the content after the other.
void read_attachment(OpenTransaction& self, std::int64_t id, const py::object& write) {
  const py::gil_scoped_release unlocked;
  self.work().read_attachment(id, [&](std::span<const std::byte> part) {
    const py::gil_scoped_acquire locked;
    write(py::bytes(reinterpret_cast<const char*>(part.data()), part.size()));
  });
}

void define_transaction(py::module_& module) {
  py::class_<OpenTransaction>(module, "Transaction")
      .def(
          "add",
          [](OpenTransaction& self, const std::string& record, const std::string& json) {
            return self.work().add(record, json);
          },
          Unlocked(), py::arg("record"), py::arg("json"))
      .def(
          "get",
          [](OpenTransaction& self, const std::string& record, const PythonKey& key) {
            return self.work().get(record, key_of(key));
          },
          Unlocked(), py::arg("record"), py::arg("key"))
      .def(
          "save",
          [](OpenTransaction& self, const std::string& record, const std::string& json) {
            return self.work().save(record, json);
          },
          Unlocked(), py::arg("record"), py::arg("json"))
      .def(
          "remove",
          [](OpenTransaction& self, const std::string& record, const std::vector<PythonKey>& keys) {
            std::vector<Key> all;
            for (const auto& key : keys) all.push_back(key_of(key));
            return self.work().remove(record, all);
          },
          Unlocked(), py::arg("record"), py::arg("keys"))
      .def(
          "post", [](OpenTransaction& self, const PythonKey& campaign) { return self.work().post(key_of(campaign)); },
          Unlocked(), py::arg("campaign"))
      .def(
          "find",
          [](OpenTransaction& self, const std::string& record, const std::string& query) {
            return self.work().find(record, query);
          },
          Unlocked(), py::arg("record"), py::arg("query"))
      .def(
          "count",
          [](OpenTransaction& self, const std::string& record, const std::string& query) {
            return self.work().count(record, query);
          },
          Unlocked(), py::arg("record"), py::arg("query"))
      .def(
          "set_for_all",
          [](OpenTransaction& self, const PythonKey& campaign, const std::optional<std::string>& percent) {
            std::optional<Decimal> share;
            if (percent) share = Decimal(*percent);
            return self.work().set_for_all(key_of(campaign), share);
          },
          Unlocked(), py::arg("campaign"), py::arg("percent"))
      .def(
          "copy",
          [](OpenTransaction& self, const PythonKey& campaign, bool copy_recipients) {
            return self.work().copy(key_of(campaign), copy_recipients);
          },
          Unlocked(), py::arg("campaign"), py::arg("copy_recipients"))
      .def(
          "unpost",
          [](OpenTransaction& self, const PythonKey& campaign) { return self.work().unpost(key_of(campaign)); },
          Unlocked(), py::arg("campaign"))
      .def(
          "publish",
          [](OpenTransaction& self, const std::optional<std::int64_t>& as_of, bool drafts, bool finished) {
            return published(as_of, drafts, finished, &self.work());
          },
          Unlocked(), py::arg("as_of"), py::arg("drafts"), py::arg("finished"))
      .def(
          "perform",
          [](OpenTransaction& self, const std::string& verb, const std::string& arguments) {
            return self.work().perform(verb, arguments);
          },
          Unlocked(), py::arg("verb"), py::arg("arguments"))
      .def(
          "load",
          [](OpenTransaction& self, const std::string& record, const std::string& rows, const std::string& options) {
            return self.work().load(record, rows, options);
          },
          Unlocked(), py::arg("record"), py::arg("rows"), py::arg("options"))
      .def(
          "check", [](OpenTransaction& self) { return self.work().check(); }, Unlocked())
      .def("put_attachment", &put_attachment, py::arg("json"), py::arg("content"))
      .def("replace_attachment", &replace_attachment, py::arg("id"), py::arg("file_name"), py::arg("content"))
      .def("read_attachment", &read_attachment, py::arg("id"), py::arg("write"))
      .def("commit", &OpenTransaction::commit, Unlocked())
      .def("undo", &OpenTransaction::undo, Unlocked());
}

}  // namespace

void define_store(py::module_& module) {
  define_transaction(module);
  py::class_<Store>(module, "Store")
      .def_static(
          "open",
          [](const std::string& url, bool create, const std::string& currency, const std::string& by, std::int64_t time,
             const std::string& zone) {
            return Store::open(
                url, {.create = create, .company_currency = currency, .at = at_of(by, std::nullopt, time, zone)});
          },
          Unlocked(), py::arg("url"), py::arg("create"), py::arg("currency"), py::arg("by"), py::arg("time"),
          py::arg("zone"))
      .def_static(
          "migrate", [](const std::string& url) { Store::migrate(url); }, Unlocked(), py::arg("url"))
      .def(
          "begin",
          [](const Store& self, std::string by, Slugs permissions, std::int64_t time, std::string zone) {
            return OpenTransaction(self.begin(at_of(std::move(by), std::move(permissions), time, std::move(zone))));
          },
          Unlocked(), py::arg("by"), py::arg("permissions"), py::arg("time"), py::arg("zone"))
      .def(
          "read",
          [](const Store& self, std::string by, Slugs permissions, std::int64_t time, std::string zone) {
            return OpenTransaction(self.read(at_of(std::move(by), std::move(permissions), time, std::move(zone))));
          },
          Unlocked(), py::arg("by"), py::arg("permissions"), py::arg("time"), py::arg("zone"))
      .def("back_up", &Store::back_up, py::arg("url"), Unlocked())
      .def("has_priced_changes_after", &Store::has_priced_changes_after, py::arg("sequence"), Unlocked())
      .def("sequence", &Store::sequence, Unlocked());
  module.def("record_types_json", &record_types_json);
}

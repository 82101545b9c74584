// The Python module rabatt._rabatt: translation only. Text goes in and out as the JSON and decimals of the contract;
// the package `rabatt` around it gives the values their types. Everything that computes lets other threads run.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <exception>
#include <tuple>

#include "arrow_lines.h"
#include "arrow_orders.h"
#include "rabatt/batch.h"
#include "rabatt/book_file.h"
#include "rabatt/fields.h"
#include "rabatt/json.h"
#include "rabatt/money.h"
#include "rabatt/names.h"
#include "rabatt/orders.h"
#include "rabatt/price.h"
#include "scattered_orders.h"
#include "store.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

// ---- errors: the classes are rabatt.errors' ----

using ProblemTuple = std::tuple<std::string, std::string, std::string>;  // code, path, message

std::vector<ProblemTuple> tuples_of(const std::vector<Problem>& problems) {
  std::vector<ProblemTuple> tuples;
  for (const auto& problem : problems) tuples.emplace_back(slug(problem.code), problem.path, problem.message);
  return tuples;
}

template <class... Arguments>
void raise(const char* name, Arguments&&... arguments) {
  const py::object error = py::module_::import("rabatt.errors").attr(name)(std::forward<Arguments>(arguments)...);
  PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
}

// A path need not be UTF-8: its other bytes become what Python makes of them in file names.
py::object subject_text(const std::string& subject) {
  const auto size = static_cast<py::ssize_t>(subject.size());
  return py::reinterpret_steal<py::object>(PyUnicode_DecodeUTF8(subject.data(), size, "surrogateescape"));
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Errors& errors) {
    raise("errors_of", tuples_of(errors.problems()));
  } catch (const Error& error) {
    raise("Error", slug(error.code()), subject_text(error.subject()));
  }
}

// ---- verbs ----

using Unlocked = py::call_guard<py::gil_scoped_release>;

std::vector<Decimal> decimals(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

Book book_from(const py::bytes& json) {
  const std::string_view view = json;
  const py::gil_scoped_release unlocked;
  return book_from_json(view);
}

// Paths are bytes, as the system has them.
Book book_in_file(const py::bytes& path) {
  const std::string name = path;
  const py::gil_scoped_release unlocked;
  return open_book(name);
}

void saved(const Book& book, const py::bytes& path) {
  const std::string name = path;
  const py::gil_scoped_release unlocked;
  save_book(book, name);
}

using Counts = std::map<std::string, std::size_t>;

// Of each list, and of posted campaigns by status.
std::pair<Counts, Counts> counts(const Book& book) {
  const auto content = book.content();
  Counts by_status;
  for (const auto name : names<CampaignStatus>) by_status.emplace(name, 0);
  for (const auto& campaign : content.campaigns) by_status[std::string(name_of(campaign.status))] += campaign.posted;
  return {{{"items", content.items.size()},
           {"price_books", content.price_books.size()},
           {"customers", content.customers.size()},
           {"target_groups", content.target_groups.size()},
           {"campaigns", content.campaigns.size()},
           {"payment_terms", content.payment_terms.size()}},
          by_status};
}

std::vector<ProblemTuple> checked(const py::bytes& json) {
  const std::string_view view = json;
  const py::gil_scoped_release unlocked;
  return tuples_of(problems_of_json(view));
}

std::string priced(const Book& book, const py::bytes& request) {
  const std::string_view view = request;
  const py::gil_scoped_release unlocked;
  return to_json(price(book, request_from_json(view)));
}

using EarlyPay = std::pair<std::string, std::string>;    // until, pay
using PaidAmount = std::pair<std::string, std::string>;  // date, amount

// Of a quote, what a payment is held against: a quote that was stored or sent need not be priced again.
std::string settled(const std::string& total, int places, int grace_days, const std::vector<EarlyPay>& early,
                    const std::vector<PaidAmount>& payments) {
  Quote quote;
  quote.total = Decimal(total);
  quote.amount_places = places;
  quote.payment.emplace();
  quote.payment->grace_days = grace_days;
  for (const auto& [until, pay] : early) {
    auto& tier = quote.payment->early.emplace_back();
    tier.until = Date::from(until).day;
    tier.pay = Decimal(pay);
  }
  std::vector<PaymentMade> made;
  for (std::size_t i = 0; i < payments.size(); ++i) {
    made.push_back(payment_made(payments[i].first, payments[i].second, i));
  }
  return to_json(settle(quote, made));
}

std::vector<std::string> parts_in_steps(const std::string& amount, const std::vector<std::string>& weights,
                                        const std::string& step) {
  const Decimal exact_step(step);
  std::vector<std::string> parts;
  for (const auto& part : allocate(Decimal(amount), decimals(weights), exact_step)) {
    parts.push_back(part.reduced().text(exact_step.places_needed()));
  }
  return parts;
}

std::vector<std::string> parts_in_currency(const std::string& amount, const std::vector<std::string>& weights,
                                           const std::string& currency) {
  std::vector<std::string> parts;
  for (const auto& part : allocate(Money{Decimal(amount), currency}, decimals(weights))) {
    parts.push_back(part.amount.text(minor_units(currency).value_or(0)));
  }
  return parts;
}

Campaign campaign_numbered(const Book& book, const std::string& number) {
  auto content = book.content();
  for (auto& campaign : content.campaigns) {
    if (campaign.campaign == number) return std::move(campaign);
  }
  throw Error(Code::unknown_campaign, subject_of("campaign", number));
}

std::string filled(const Book& book, const std::string& campaign, const std::string& percent) {
  return to_json(set_for_all(campaign_numbered(book, campaign), Decimal(percent), book));
}

// `campaigns` is a book with one campaign: of it as it stands in a form, not yet in `book`.
std::string filled_draft(const Book& book, const py::bytes& campaigns, const std::string& percent) {
  auto reading = read_book(campaigns);
  // of a form that is half filled in, set_for_all() misses what it needs
  std::erase_if(reading.problems, [](const Problem& problem) { return problem.code == Code::missing_field; });
  if (!reading.problems.empty()) throw Errors(std::move(reading.problems));
  return to_json(set_for_all(reading.content.campaigns.at(0), Decimal(percent), book));
}

// ---- tables ----

using Column = std::pair<std::string, std::vector<std::optional<std::string>>>;
using Columns = std::vector<Column>;

TextTable table_of(Columns columns) {
  TextTable table;
  for (auto& [name, cells] : columns) table.push_back({std::move(name), std::move(cells)});
  return table;
}

Columns columns_of(TextTable table) {
  Columns columns;
  for (auto& column : table) columns.emplace_back(std::move(column.name), std::move(column.cells));
  return columns;
}

std::tuple<Columns, Columns, int> priced_orders(const Book& book, Columns orders, int threads) {
  auto priced = price_orders(book, table_of(std::move(orders)), ColumnFit::text, threads);
  return {columns_of(std::move(priced.lines)), columns_of(std::move(priced.orders)), priced.places};
}

std::string column_kind(const std::string& name) {
  switch (kind_of_column(name)) {
    case ColumnKind::text: return "text";
    case ColumnKind::amount: return "amount";
    case ColumnKind::percent: return "percent";
    case ColumnKind::count: return "count";
  }
  return "text";
}

// ---- what there is ----

std::vector<std::string> codes() {
  std::vector<std::string> slugs;
  for (const auto code : all_codes()) slugs.emplace_back(slug(code));
  return slugs;
}

std::map<std::string, std::vector<std::tuple<std::string, std::string>>> fields() {
  std::map<std::string, std::vector<std::tuple<std::string, std::string>>> records;
  for (const auto& record : described_records()) {
    auto& fields_of_record = records[std::string(record.name)];
    for (const auto& field : record.fields) fields_of_record.emplace_back(field.name, field.kind);
  }
  return records;
}

template <class Enum>
std::vector<std::string> words_of() {
  return {names<Enum>.begin(), names<Enum>.end()};
}

std::map<std::string, std::vector<std::string>> words() {
  return {{"source", words_of<Source>()},
          {"step", words_of<StepName>()},
          {"what", words_of<StepWhat>()},
          {"reason", words_of<Reason>()},
          {"tax_mode", words_of<EarlyPaymentTax>()},
          {"status", words_of<CampaignStatus>()}};
}

}  // namespace

PYBIND11_MODULE(_rabatt, module) {
  module.doc() = "Translation between the engine and the package rabatt; not for direct use.";
  module.attr("version") = RABATT_VERSION;
  module.attr("currency_edition") = currency_edition;
  py::register_local_exception_translator(&translate);

  py::class_<Book>(module, "Book")
      .def_static("from_json", &book_from, py::arg("json"))
      .def_static("open", &book_in_file, py::arg("path"))
      .def("counts", &counts, Unlocked())
      .def_property_readonly("hash", &Book::hash)
      .def_property_readonly("places", &places_of)
      .def("save", &saved, py::arg("path"))
      .def(
          "to_json", [](const Book& book) { return to_json(book.content()); }, Unlocked())
      .def("verify", &Book::verify, Unlocked());

  module.def("check", &checked, py::arg("json"));
  module.def("price", &priced, py::arg("book"), py::arg("request"));
  module.def("settle", &settled, Unlocked(), py::arg("total"), py::arg("places").noconvert(),
             py::arg("grace_days").noconvert(), py::arg("early"), py::arg("payments"));
  module.def("allocate", &parts_in_steps, Unlocked(), py::arg("amount"), py::arg("weights"), py::arg("step"));
  module.def("allocate_money", &parts_in_currency, Unlocked(), py::arg("amount"), py::arg("weights"),
             py::arg("currency"));
  module.def("set_for_all", &filled, Unlocked(), py::arg("book"), py::arg("campaign"), py::arg("percent"));
  module.def("set_for_all_draft", &filled_draft, py::arg("book"), py::arg("campaigns"), py::arg("percent"));
  module.def("price_orders", &priced_orders, Unlocked(), py::arg("book"), py::arg("orders"),
             py::arg("threads").noconvert());
  module.def("column_kind", &column_kind, py::arg("name"));
  module.def("codes", &codes);
  module.def("fields", &fields);
  module.def("words", &words);

  define_arrow_lines(module);
  define_arrow_orders(module);
  define_scattered_orders(module);
  define_store(module);
}

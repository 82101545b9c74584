#include "arrow_lines.h"

#include <pybind11/stl.h>

#include "arrow_capsules.h"
#include "rabatt/arrow_lines.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

ArrowLineOptions options_of(const std::optional<std::string>& date, const std::optional<std::string>& currency,
                            std::vector<std::string> columns, int threads, std::optional<int> places) {
  ArrowLineOptions options;
  if (date) {
    options.date = Date::parse(*date);
    if (!options.date) throw Error(Code::invalid_date, subject_of("date", *date));
  }
  options.currency = currency.value_or("");
  options.columns = std::move(columns);
  options.places = places;
  options.batch.threads = threads;
  return options;
}

std::unique_ptr<ArrowPricer> bound(const std::shared_ptr<BatchPricer>& pricer, const py::object& schema,
                                   const std::optional<std::string>& date, const std::optional<std::string>& currency,
                                   std::vector<std::string> columns, int threads, std::optional<int> places) {
  const auto& lines = held_by<ArrowSchema>(schema);
  const auto options = options_of(date, currency, std::move(columns), threads, places);
  const py::gil_scoped_release unlocked;
  return std::make_unique<ArrowPricer>(pricer, lines, options);
}

py::object schema_of(const ArrowPricer& pricer) {
  auto [capsule, schema] = new_capsule<ArrowSchema>();
  pricer.schema(schema);
  return capsule;
}

py::object priced(ArrowPricer& pricer, const py::object& lines) {
  const auto& array = held_by<ArrowArray>(lines);
  auto [capsule, result] = new_capsule<ArrowArray>();
  const py::gil_scoped_release unlocked;
  pricer.price(array, result);
  return std::move(capsule);
}

}  // namespace

void define_arrow_lines(py::module_& module) {
  py::class_<BatchPricer, std::shared_ptr<BatchPricer>>(module, "BatchPricer").def(py::init<Book>(), py::arg("book"));
  py::class_<ArrowPricer>(module, "ArrowPricer")
      .def(py::init(&bound), py::arg("pricer"), py::arg("schema"), py::arg("date"), py::arg("currency"),
           py::arg("columns"), py::arg("threads").noconvert(), py::arg("places").noconvert())
      .def_property_readonly("places", &ArrowPricer::places)
      .def("schema", &schema_of)
      .def("price", &priced, py::arg("lines"));
}

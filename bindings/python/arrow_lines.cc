// Arrow's structs from and to the PyCapsules of its PyCapsule interface; the package passes them to PyArrow and others.
#include "arrow_lines.h"

#include <pybind11/stl.h>

#include "rabatt/arrow_lines.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

template <class Struct>
constexpr const char* capsule_name = nullptr;
template <>
constexpr const char* capsule_name<ArrowSchema> = "arrow_schema";
template <>
constexpr const char* capsule_name<ArrowArray> = "arrow_array";
template <>
constexpr const char* capsule_name<ArrowArrayStream> = "arrow_array_stream";

// Whoever takes the struct out of the capsule leaves it without a release.
template <class Struct>
void destroy(PyObject* capsule) {
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, capsule_name<Struct>));
  if (held->release) held->release(held);
  delete held;
}

// A new capsule, and the empty struct in it.
template <class Struct>
std::pair<py::object, Struct*> new_capsule() {
  auto held = std::make_unique<Struct>();
  auto capsule = py::reinterpret_steal<py::object>(PyCapsule_New(held.get(), capsule_name<Struct>, &destroy<Struct>));
  if (!capsule) throw py::error_already_set();
  return {std::move(capsule), held.release()};
}

template <class Struct>
Struct& held_by(const py::object& capsule) {
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), capsule_name<Struct>));
  if (!held) throw py::error_already_set();
  return *held;
}

ArrowLineOptions options_of(const std::optional<std::string>& date, const std::optional<std::string>& currency,
                            std::vector<std::string> columns, int threads, std::optional<int> places) {
  ArrowLineOptions options;
  if (date) options.date = Date::from(*date);
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

// Columns of orders come as the capsules of Arrow's PyCapsule interface.
#include "scattered_orders.h"

#include <algorithm>

#include "arrow_capsules.h"
#include "rabatt/scattered_orders.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

void note(ScatteredOrders& scattered, const py::object& orders) {
  const auto& array = held_by<ArrowArray>(orders);
  const py::gil_scoped_release unlocked;
  scattered.note(array);
}

// 32-bit integers, as bytes.
py::bytes groups(const ScatteredOrders& scattered, const py::object& orders, int count) {
  const auto& array = held_by<ArrowArray>(orders);
  std::vector<std::int32_t> groups(static_cast<std::size_t>(std::max<std::int64_t>(array.length, 0)));
  {
    const py::gil_scoped_release unlocked;
    scattered.groups(array, count, groups.data());
  }
  return {reinterpret_cast<const char*>(groups.data()), groups.size() * sizeof(std::int32_t)};
}

py::bytes finished(const ScatteredOrders& scattered) {
  const auto bytes = scattered.finished();
  return {bytes.data(), bytes.size()};
}

}  // namespace

void define_scattered_orders(py::module_& module) {
  py::class_<ScatteredOrders>(module, "ScatteredOrders")
      .def(py::init<std::uint64_t>(), py::arg("rows"))
      .def_static("of_finished", [](const py::bytes& finished) { return ScatteredOrders(std::string_view(finished)); })
      .def("note", &note, py::arg("orders"))
      .def("finish", &ScatteredOrders::finish, py::call_guard<py::gil_scoped_release>())
      .def_property_readonly("any", &ScatteredOrders::any)
      .def("groups", &groups, py::arg("orders"), py::arg("count"))
      .def("finished", &finished);
}

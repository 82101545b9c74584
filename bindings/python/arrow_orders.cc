#include "arrow_orders.h"

#include <pybind11/stl.h>

#include "arrow_capsules.h"
#include "rabatt/arrow_orders.h"

namespace py = pybind11;

namespace {

using namespace rabatt;  // NOLINT(google-build-using-namespace): the module is a face of it

using Capsules = std::pair<py::object, py::object>;  // schema, array

// A table that the engine has filled in, in capsules that were made before it began.
struct TableOut {
  std::pair<py::object, ArrowSchema*> schema = new_capsule<ArrowSchema>();
  std::pair<py::object, ArrowArray*> array = new_capsule<ArrowArray>();

  Capsules capsules() const { return {schema.first, array.first}; }
};

std::tuple<Capsules, Capsules, int> priced(const Book& book, const py::object& schema, const py::object& orders,
                                           ColumnFit fit, std::optional<int> places, int threads) {
  const auto& schema_in = held_by<ArrowSchema>(schema);
  const auto& orders_in = held_by<ArrowArray>(orders);
  const TableOut lines, by_order;
  int places_out = 0;
  {
    const py::gil_scoped_release unlocked;
    const auto results = price_arrow_orders(book, schema_in, orders_in, {fit, places, threads});
    *lines.schema.second = results.lines_schema;
    *lines.array.second = results.lines;
    *by_order.schema.second = results.orders_schema;
    *by_order.array.second = results.orders;
    places_out = results.places;
  }
  return {lines.capsules(), by_order.capsules(), places_out};
}

}  // namespace

void define_arrow_orders(py::module_& module) {
  module.def(
      "price_order_arrays",
      [](const Book& book, const py::object& schema, const py::object& orders, const std::string& fit,
         std::optional<int> places, int threads) {
        return priced(book, schema, orders, fit == "text" ? ColumnFit::text : ColumnFit::decimal, places, threads);
      },
      py::arg("book"), py::arg("schema"), py::arg("orders"), py::arg("fit"), py::arg("places").noconvert(),
      py::arg("threads").noconvert());
}

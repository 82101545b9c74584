// ScatteredOrders for the package: columns of orders come in PyCapsules.
#pragma once

#include <pybind11/pybind11.h>

void define_scattered_orders(pybind11::module_& module);

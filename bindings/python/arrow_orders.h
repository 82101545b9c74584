// Orders as Arrow, in PyCapsules.
#pragma once

#include <pybind11/pybind11.h>

void define_arrow_orders(pybind11::module_& module);

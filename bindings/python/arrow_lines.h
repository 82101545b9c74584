// Lines as Arrow, in PyCapsules.
#pragma once

#include <pybind11/pybind11.h>

void define_arrow_lines(pybind11::module_& module);

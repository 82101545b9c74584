// The store of `_rabatt`.
#pragma once

#include <pybind11/pybind11.h>

void define_store(pybind11::module_& module);

// Arrow's structs from and to the PyCapsules of its PyCapsule interface; the package passes them to PyArrow and others.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <utility>

#include "rabatt/arrow_abi.h"

template <class Struct>
inline constexpr const char* capsule_name = nullptr;
template <>
inline constexpr const char* capsule_name<ArrowSchema> = "arrow_schema";
template <>
inline constexpr const char* capsule_name<ArrowArray> = "arrow_array";
template <>
inline constexpr const char* capsule_name<ArrowArrayStream> = "arrow_array_stream";

// Whoever takes the struct out of the capsule leaves it without a release.
template <class Struct>
void destroy(PyObject* capsule) {
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, capsule_name<Struct>));
  if (held->release) held->release(held);
  delete held;
}

// A new capsule, and the empty struct in it.
template <class Struct>
std::pair<pybind11::object, Struct*> new_capsule() {
  auto held = std::make_unique<Struct>();
  auto capsule =
      pybind11::reinterpret_steal<pybind11::object>(PyCapsule_New(held.get(), capsule_name<Struct>, &destroy<Struct>));
  if (!capsule) throw pybind11::error_already_set();
  return {std::move(capsule), held.release()};
}

template <class Struct>
Struct& held_by(const pybind11::object& capsule) {
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), capsule_name<Struct>));
  if (!held) throw pybind11::error_already_set();
  return *held;
}

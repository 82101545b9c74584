"""PyCapsules of the engine as PyArrow imports them."""

from __future__ import annotations


class SchemaCapsule:
    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_schema__(self) -> object:
        return self.capsule


class ArrayCapsules:
    """A schema and an array."""

    def __init__(self, schema: object, array: object) -> None:
        self.capsules = schema, array

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        return self.capsules

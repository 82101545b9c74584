"""Writes `rabatt/store/record_classes.py`: a class, its fields and its verbs for each kind of record.

    python write_record_classes.py _RABATT_MODULE OUTPUT

The module says which records there are, so a field that is added in C++ needs nothing here.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

from record_class_writer.fields import Described
from record_class_writer.module import module_text


def described_records(module: str) -> list[Described]:
    """What the built module says."""
    spec = importlib.util.spec_from_file_location("_rabatt", module)
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    records: list[Described] = json.loads(loaded.record_types_json())
    return records


def main(module: str, output: str) -> None:
    text = "\n".join(module_text(described_records(module))) + "\n"
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

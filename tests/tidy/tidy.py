"""Keeps the rooms apart; binary floating point, clocks, locales and the environment out of the arithmetic.

    python tests/tidy/tidy.py [--root FOLDER] [--compiler c++] [--c-compiler cc]

It prints what it checked, warns of long files, and ends with status 1 when anything is out of place. Comments
and literals do not count. A line that must be an exception names its rule, and says why: NOLINT(tidy-float).
A new room, or a new library for one, is an entry of ROOMS.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

WORDS = {
    "float": re.compile(r"\b(double|float|strto[dfl]d?|sto[df]|stold|atof)\b"),
    "clock": re.compile(
        r"\b(\w+_clock|localtime\w*|gmtime\w*|mktime|strftime|clock_gettime|gettimeofday|current_zone)\b"
        r"|\bstd::time\b|(?<![\w.>:])time\s*\(\s*(nullptr|NULL|0|&\s*\w+)\s*\)"
    ),
    "locale": re.compile(r"\b(std::locale|setlocale|localeconv|imbue|newlocale|uselocale)\b"),
    "environment": re.compile(r"\b((secure_)?getenv|environ)\b"),
    "thread": re.compile(r"\b(std::(j?thread|async|\w*mutex|atomic\w*)|thread_local|pthread_\w+)\b"),
}

# Standard headers that bring in what arithmetic must not have.
STREAMS = {"iostream", "istream", "ostream", "fstream", "sstream", "iomanip", "cstdio", "filesystem"}
THREADS = {"thread", "mutex", "shared_mutex", "atomic", "future", "condition_variable", "semaphore"}
INEXACT = {"ctime", "locale", "clocale", "codecvt", "cctype", "cwctype", "cmath", "random"}

# Headers for one folder alone.
ONLY_IN = {
    **dict.fromkeys(("sqlite3.h", "libpq-fe.h", "dlfcn.h"), "rules/src/database"),
    **dict.fromkeys(("absl/time/time.h", "magic.h", "openssl/rand.h", "stb/stb_image.h"), "rules/src/store"),
}


@dataclass(frozen=True)
class Room:
    folder: str
    neighbours: tuple[str, ...] = ()  # rooms whose public headers it may include
    libraries: tuple[str, ...] = ()  # how the names of other libraries' headers begin
    but_not: tuple[str, ...] = ()  # some of these
    not_standard: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()  # of WORDS, that its code must not say


ROOMS = [
    Room(
        "engine",
        libraries=("absl/", "boost/", "openssl/", "sys/mman.h", "utf8proc.h"),
        but_not=("boost/json", "boost/date_time", "boost/locale", "boost/thread", "absl/time"),
        not_standard=frozenset(STREAMS | THREADS | INEXACT),
        words=("float", "clock", "locale", "environment", "thread"),
    ),
    Room(
        "rules",
        neighbours=("engine",),
        libraries=("absl/", "boost/", "openssl/sha.h", "sys/"),
        but_not=("boost/date_time", "boost/locale", "absl/time"),
        not_standard=frozenset(INEXACT),
        words=("float", "clock", "locale", "environment"),
    ),
    Room("plugin/c", neighbours=("engine", "rules")),
    Room("bindings/python", neighbours=("engine", "rules"), libraries=("pybind11/", "Python.h")),
]

LINES = 400
NAMES = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "managers", "detail", "details"}
SOURCES = {".h", ".hpp", ".c", ".cc", ".cpp"}
TEXTS = SOURCES | {".py", ".sh", ".cmake"}
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}

COMMENT = r"//[^\n]*|/\*.*?\*/"
LITERAL = r"""R"(?P<end>[^(\s]*)\(.*?\)(?P=end)"|"(\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(\\.|[^'\\\n])+'"""
INCLUDE = re.compile(r"""^\s*#\s*include\s*(?P<mark>[<"])(?P<name>[^>"]+)[>"]""", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    path: Path
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text} [tidy-{self.rule}]"


def everything(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in NOT_OURS)
        yield from (Path(parent, name) for name in (*folders, *sorted(names)))


def files(folder: Path, endings: set[str]) -> list[Path]:
    return [path for path in everything(folder) if path.suffix in endings and path.is_file()]


def blanked(text: str, pattern: str) -> str:
    """The text without what matches; lines stay where they are."""
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.DOTALL)


def include_fault(root: Path, room: Room, path: Path, name: str) -> str | None:
    """What is wrong with #include "name" in `path`."""
    own = root / room.folder
    public = [own / "include", *(root / neighbour / "include" for neighbour in room.neighbours)]
    homes = public if path.is_relative_to(own / "include") else [path.parent, own / "src", *public]
    found = next((home / name for home in homes if (home / name).is_file()), None)
    if not found:
        return f'"{name}" is no header of {room.folder}, nor a public one of what it may use'
    if not any(found.resolve().is_relative_to(home.resolve()) for home in (own, *public)):
        return f'"{name}" is private to another room'
    return None


def library_fault(root: Path, room: Room, path: Path, name: str) -> str | None:
    """What is wrong with #include <name> in `path`."""
    if name in ONLY_IN:
        return None if path.is_relative_to(root / ONLY_IN[name]) else f"<{name}> is for {ONLY_IN[name]} alone"
    if name.startswith(room.but_not) or name in room.not_standard:
        return f"<{name}> is kept out of {room.folder}"
    if name.startswith(room.libraries) or re.fullmatch(r"[a-z_0-9]+(\.h)?", name):
        return None
    return f"<{name}> is of no library that {room.folder} may use"


def includes(root: Path, room: Room, path: Path) -> Iterator[Finding]:
    text = blanked(path.read_text(encoding="utf-8"), COMMENT)
    for match in INCLUDE.finditer(text):
        ours = match["mark"] == '"'
        name = match["name"]
        fault = include_fault(root, room, path, name) if ours else library_fault(root, room, path, name)
        if fault:
            yield Finding(path, text.count("\n", 0, match.start("mark")) + 1, "include", fault)


def words(room: Room, path: Path) -> Iterator[Finding]:
    text = path.read_text(encoding="utf-8")
    code = blanked(text, f"{COMMENT}|{LITERAL}")
    for number, (whole, line) in enumerate(zip(text.split("\n"), code.split("\n"), strict=True), start=1):
        for rule in room.words:
            match = WORDS[rule].search(line)
            if match and f"NOLINT(tidy-{rule})" not in whole:
                yield Finding(path, number, rule, f"{match[0]!r} is kept out of {room.folder}")


def links(root: Path) -> list[Finding]:
    text = "a symbolic link: a checkout elsewhere may not have what it names"
    return [Finding(path, 1, "link", text) for path in everything(root) if path.is_symlink()]


def names(root: Path, path: Path) -> Iterator[Finding]:
    parts = [*path.relative_to(root).parts[:-1], path.stem]
    for word in NAMES.intersection(word for part in parts for word in re.split(r"[-_]", part)):
        yield Finding(path, 1, "name", f"{word!r} does not say what is in it")


def alone(root: Path, compiler: list[str], header: Path) -> Iterator[Finding]:
    """Compiles a public header by itself, twice over."""
    folder = next(parent for parent in header.parents if parent.name == "include")
    source = f'#include "{header.relative_to(folder)}"\n' * 2
    paths = [f"-I{root / room.folder / 'include'}" for room in ROOMS]
    command = [*compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *paths, "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr)
        yield Finding(header, 1, "alone", f"does not compile alone: {said}")


def headers_alone(root: Path, compiler: str, c_compiler: str) -> list[Finding]:
    cxx, c = [compiler, "-x", "c++", "-std=c++20"], [c_compiler, "-x", "c", "-std=c99", "-pedantic"]
    headers = [(cxx, path) for room in ROOMS for path in files(root / room.folder / "include", {".h"})]
    headers += [(c, path) for path in files(root / "plugin/c/include", {".h"})]
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda pair: list(alone(root, *pair)), headers)
    print(f"{len(headers):4} public headers, each compiled alone by {compiler} (C++) or {c_compiler} (C)")
    return [finding for some in found for finding in some]


def check(root: Path, compiler: str, c_compiler: str) -> list[Finding]:
    findings = links(root)
    for room in ROOMS:
        sources = files(root / room.folder, SOURCES)
        for path in sources:
            findings += [*includes(root, room, path), *words(room, path)]
        print(f"{len(sources):4} files of {room.folder}: {', '.join(('includes', *room.words))}")
    texts = files(root, TEXTS)
    for path in texts:
        findings += names(root, path)
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LINES:
            print(f"warning: {path}: {lines} lines: what is the second job?")
    print(f"{len(texts):4} file names, and no links")
    return findings + headers_alone(root, compiler, c_compiler)


def main() -> int:
    parser = argparse.ArgumentParser(description="keeps the rooms apart")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--c-compiler", default="cc")
    arguments = parser.parse_args()
    findings = check(arguments.root.resolve(), arguments.compiler, arguments.c_compiler)
    for finding in findings:
        print(finding)
    print(f"{len(findings)} out of place")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())

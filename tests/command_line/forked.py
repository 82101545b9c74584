"""The command `rabatt` many times: one program loads it, and a child of that program runs each line.

Only the loading is saved: arguments, files, output and exit status are those of a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from tests.command_line.program import Ended, environment


class ForkedCommand:
    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        server = [sys.executable, "-m", "tests.command_line.forked", self._folder.name]
        self._server = subprocess.Popen(
            server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True
        )

    def __enter__(self) -> ForkedCommand:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()  # closes its input, which ends it
        self._folder.cleanup()

    def run(self, *arguments: str | Path) -> Ended:
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
        self._server.stdin.flush()
        status = int(self._server.stdout.readline())
        out, messages = (Path(self._folder.name, name).read_bytes() for name in ("out", "messages"))
        return Ended(status, out, messages.decode())


def _serve(folder: Path) -> None:
    for module in ("commands", "check_run", "price_run"):
        import_module(f"rabatt.command_line.{module}")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(json.loads(line), folder)
        _, ended = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(ended), flush=True)


def _run(arguments: list[str], folder: Path) -> NoReturn:
    """In the child: standard output and error are files, and `main` ends the process."""
    from rabatt.command_line import main

    for descriptor, name in ((1, "out"), (2, "messages")):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, descriptor)
    sys.argv = ["rabatt", *arguments]
    main()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))

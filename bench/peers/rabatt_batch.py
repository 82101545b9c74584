"""rabatt itself: the engine's batch, by a program that holds the lines and prices them whenever it is told.

The answer has status, net and campaign of every line. `PEERS` has one for each set of instructions; a machine
that has not got one leaves it out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

import numpy as np

from bench.expected import expected
from bench.peers import THREADS
from bench.peers.peer import NotHere, Peer
from bench.workload import Indexes, Ints, Workload
from bench.workload_files import write_files

PROGRAM = Path(__file__).resolve().parents[2] / "build" / "release" / "bench" / "batch"


@dataclass(frozen=True)
class Server:
    """A program that is ready; its answers are in the folder."""

    folder: tempfile.TemporaryDirectory[str]
    process: subprocess.Popen[str]

    def turn(self) -> Server:
        _tell(self.process.stdin)
        _wait(self.process.stdout, "done")
        return self

    def nets(self) -> Ints:
        return np.fromfile(Path(self.folder.name) / "net.i64", np.int64)

    def campaigns(self) -> Indexes:
        return np.fromfile(Path(self.folder.name) / "campaign.i32", np.int32)

    def close(self) -> None:
        self.process.communicate()
        self.folder.cleanup()


def prepare(instructions: str, workload: Workload) -> Server:
    """Raises NotHere."""
    if not PROGRAM.exists():
        raise NotHere(f"{PROGRAM} is not built")
    folder = tempfile.TemporaryDirectory(prefix="rabatt-bench-")
    write_files(workload, expected(workload), Path(folder.name))
    threads = f"{THREADS} thread{'s' if THREADS > 1 else ''}"
    command = [str(PROGRAM), folder.name, "serve", f"batch, {instructions}, net, {threads}"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server = Server(folder, process)
    try:
        _wait(process.stdout, "ready")
    except EOFError:
        server.close()
        raise NotHere(instructions) from None
    return server


def _tell(stream: IO[str] | None) -> None:
    assert stream
    stream.write("go\n")
    stream.flush()


def _wait(stream: IO[str] | None, word: str) -> None:
    assert stream
    if stream.readline().strip() != word:
        raise EOFError


PEERS = [
    Peer(
        f"rabatt, {instructions}",
        sys.maxsize,
        prepare=partial(prepare, instructions),
        run=Server.turn,
        nets=Server.nets,
        campaigns=Server.campaigns,
        close=Server.close,
    )
    for instructions in ("portable", "AVX2", "AVX-512")
]

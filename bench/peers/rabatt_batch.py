"""rabatt itself: the engine's batch, by a program that holds the lines and prices them whenever it is told.

The answer has status, net and campaign of every line. There is a peer for each set of instructions; a machine
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

from bench.peers import THREADS
from bench.peers.peer import NotHere, Peer
from bench.programs import PROGRAMS
from bench.workload import Indexes, Ints, Workload
from bench.workload_files import write_files

INSTRUCTIONS = ("portable", "AVX2", "AVX-512")


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


def prepare(program: Path, instructions: str, threads: int, workload: Workload) -> Server:
    """Without instructions: by the best there are. Raises NotHere."""
    if not program.exists():
        raise NotHere(f"{program} is not built")
    folder = tempfile.TemporaryDirectory(prefix="rabatt-bench-")
    write_files(workload, Path(folder.name))
    command = [str(program), folder.name, "serve", f"{instructions}, net, {threads} thread"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server = Server(folder, process)
    try:
        _wait(process.stdout, "ready")
    except EOFError:
        server.close()
        raise NotHere(f"no {instructions}") from None
    return server


def _tell(stream: IO[str] | None) -> None:
    assert stream
    stream.write("go\n")
    stream.flush()


def _wait(stream: IO[str] | None, word: str) -> None:
    assert stream
    if stream.readline().strip() != word:
        raise EOFError


def peer(programs: Path, instructions: str, threads: int) -> Peer:
    return Peer(
        f"rabatt, {instructions}",
        sys.maxsize,
        prepare=partial(prepare, programs / "batch", instructions, threads),
        run=Server.turn,
        nets=Server.nets,
        campaigns=Server.campaigns,
        close=Server.close,
    )


def peers(programs: Path = PROGRAMS) -> list[Peer]:
    return [peer(programs, instructions, THREADS) for instructions in INSTRUCTIONS]

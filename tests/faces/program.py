"""A face that is a program: it reads case records and answers them (the protocol is in face_engine.cc)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any


class Refusal(Exception):
    """The face refused; `code` and `subject` say why."""

    def __init__(self, code: str, subject: str) -> None:
        super().__init__(f"{code} {subject}")
        self.code = code
        self.subject = subject


class ProgramFace:
    def __init__(self, program: Path, *arguments: str) -> None:
        self._process = subprocess.Popen([program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, verb: str, *chunks: str) -> Any:
        """The decoded answer; raises Refusal."""
        status, text = self._exchange(verb, [chunk.encode("utf-8", "surrogatepass") for chunk in chunks])
        if status == "ok":
            return json.loads(text)
        code, _, subject = text.partition(" ")
        raise Refusal(code, subject)

    def _exchange(self, verb: str, chunks: list[bytes]) -> tuple[str, str]:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None and out is not None
        into.write(f"{verb} {len(chunks)}\n".encode())
        for chunk in chunks:
            into.write(b"%d\n%s\n" % (len(chunk), chunk))
        into.flush()
        head = out.readline().decode().split()
        if len(head) != 2:
            raise RuntimeError(f"the face died with status {self._process.wait()}")
        text = out.read(int(head[1]))
        out.read(1)
        return head[0], text.decode()

    def close(self) -> None:
        self._process.communicate()  # closes its input, which ends it

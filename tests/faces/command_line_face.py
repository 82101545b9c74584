"""The command line as a face: requests go in as a file, and quotes come out as it prints them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.cases.read import Case, Json, Refused
from tests.command_line import program
from tests.command_line.program import Ended
from tests.faces.program import Refusal

VERBS = ("price", "check")


class CommandLineFace:
    """`run` runs `rabatt` with arguments: a program of its own, or a ForkedCommand's."""

    def __init__(self, run: Callable[..., Ended] = program.run) -> None:
        self._command = run

    def ask(self, verb: str, *chunks: str) -> Any:
        """The decoded answer; raises Refusal. The chunks of `price` are a book and a request, of `check` a book."""
        answer = self._check(chunks[0]) if verb == "check" else self._quotes(chunks[0], [chunks[1]])[0]
        if isinstance(answer, Refused):
            raise Refusal(answer.code, answer.subject)
        return answer

    def ask_all(self, cases: Sequence[Case]) -> list[Json | Refused]:
        """What each case of these verbs gives; the command runs once for all requests to one book."""
        answers: dict[int, Json | Refused] = {}
        for book in dict.fromkeys(case.book_text for case in cases):
            of_book = [index for index, case in enumerate(cases) if case.book_text == book]
            priced = [index for index in of_book if cases[index].verb == "price"]
            if priced:
                quotes = self._quotes(book, [cases[index].request_text for index in priced])
                answers.update(zip(priced, quotes, strict=True))
            for index in set(of_book) - set(priced):
                found = self._check(book)
                answers[index] = {"problems": [f"{problem['code']} {problem['path']}" for problem in found]}
        return [answers[index] for index in range(len(cases))]

    def _quotes(self, book: str, requests: Sequence[str]) -> list[Json | Refused]:
        """One answer per request; a book that cannot be built refuses them all."""
        lines = "".join(f"{_in_one_line(request)}\n" for request in requests)
        done = self._run("price", book, lines)
        if done.status == 1:
            return [_refused(done)] * len(requests)
        answers = [json.loads(line) for line in done.out.split(b"\n")[:-1]]
        assert len(answers) == len(requests), done
        assert done.status == (2 if any("error" in answer for answer in answers) else 0), done
        return [Refused(**answer["error"]) if "error" in answer else answer for answer in answers]

    def _check(self, book: str) -> Any:
        done = self._run("check", book, None)
        found = json.loads(done.out)
        assert (found["hash"] is None) == bool(found["problems"]) == (done.status == 1), done
        return found["problems"]

    def _run(self, verb: str, book: str, requests: str | None) -> Ended:
        with tempfile.TemporaryDirectory() as folder:
            files = [_written(Path(folder, "book.json"), book)]
            if requests is not None:
                files.append(_written(Path(folder, "requests.jsonl"), requests))
            return self._command(verb, *files, "--format", "json" if requests is None else "jsonl")


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def _in_one_line(request: str) -> str:
    """Line ends in JSON are white space; in its texts they are escaped."""
    return request.replace("\r", " ").replace("\n", " ")


def _refused(done: Ended) -> Refused:
    """Out of the first message, `rabatt: CODE subject`."""
    code, _, subject = done.messages.splitlines()[0].removeprefix("rabatt: ").partition(" ")
    return Refused(code, subject)

"""The command line as a face: requests go in as a file, and quotes come out as it prints them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.cases.answers import Refused
from tests.cases.edits import Json
from tests.cases.read import Case
from tests.command_line import program
from tests.command_line.program import Ended
from tests.faces.program import Refusal

VERBS = ("price", "check")


class CommandLineFace:
    """`run` runs `rabatt` with arguments: a program of its own, or a ForkedCommand's."""

    def __init__(self, run: Callable[..., Ended] = program.run) -> None:
        self._command = run

    def ask(self, verb: str, *chunks: str) -> Any:
        """The decoded answer; raises Refusal. `price` takes a book and a request, `check` a book."""
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
        """One answer per request; what fits in no line of a file goes in a file of its own."""
        lines = [_in_one_line(request) for request in requests]
        together = iter(
            self._answers("price", book, "requests.jsonl", [line for line in lines if line is not None])
        )
        return [
            next(together) if line is not None else self._answers("price", book, "request.json", [request])[0]
            for request, line in zip(requests, lines, strict=True)
        ]

    def _answers(self, verb: str, book: str, name: str, requests: Sequence[str]) -> list[Json | Refused]:
        """A book that cannot be built refuses them all."""
        done = self._run(verb, book, name, "\n".join(requests))
        if done.status == 1:
            return [_refused(done)] * len(requests)
        answers = [json.loads(line) for line in done.out.split(b"\n")[:-1]]
        assert len(answers) == len(requests), done
        assert done.status == (2 if any("error" in answer for answer in answers) else 0), done
        return [Refused(**answer["error"]) if "error" in answer else answer for answer in answers]

    def _check(self, book: str) -> Any:
        done = self._run("check", book)
        found = json.loads(done.out)
        assert (found["hash"] is None) == bool(found["problems"]) == (done.status == 1), done
        return found["problems"]

    def _run(self, verb: str, book: str, name: str = "", requests: str = "") -> Ended:
        with tempfile.TemporaryDirectory() as folder:
            files = [_written(Path(folder, "book.json"), book)]
            if name:
                files.append(_written(Path(folder, name), requests))
            return self._command(verb, *files, "--format", "jsonl" if name.endswith("l") else "json")


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def _in_one_line(request: str) -> str | None:
    """Line ends in JSON are white space, if it is JSON."""
    if "\n" not in request:
        return request if request.strip() else None
    with suppress(ValueError, RecursionError):
        json.loads(request)
        return request.replace("\r", " ").replace("\n", " ")
    return None


def _refused(done: Ended) -> Refused:
    """Out of the first message, `rabatt: CODE subject`."""
    code, _, subject = done.messages.splitlines()[0].removeprefix("rabatt: ").partition(" ")
    return Refused(code, subject)

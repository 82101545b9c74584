"""The cases of the store through the typed Python face."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import rabatt
from rabatt.store import Outgoing, PermissionRequest, Record

from tests.cases.edits import Json
from tests.cases.match_steps import differences
from tests.cases.read_steps import Refusal, Step, StoreCase
from tests.faces.store_databases import MADE

MINUTE = timedelta(minutes=1)
BOOK_LISTS = ("items", "price_books", "customers", "target_groups", "campaigns", "payment_terms")
TOGETHER = ("post", "unpost")  # verbs of several records at once
REFERENCE = re.compile(r"\$([a-z][a-z0-9_]*)(?:\.(.+))?")


class _Undone(Exception):
    """Leaves a transaction without a commit."""


def hold(case: StoreCase, url: str) -> None:
    """Runs the steps of a case on a new store; raises AssertionError where an answer is another one."""
    with rabatt.open(url, by="ANN", zone="UTC", at=MADE) as store:
        face = PythonStore(store)
        for step in case.steps:
            answer = face.ask(step)
            found = list(differences(face.filled(step.expected), answer)) if step.expects else []
            if not step.expects and isinstance(answer, Refusal):
                found = [f"refused: {answer.problems}"]
            assert not found, "\n".join([f"{case.file}:{step.line}: {step.text}", *found])
        face.leave()


class PythonStore:
    """A store, the records that steps have named, and the time, which goes on by a minute each step."""

    def __init__(self, store: rabatt.Store) -> None:
        self.store = store
        self.named: dict[str, Any] = {}
        self.now = MADE + timedelta(hours=8)
        self.block: ExitStack | None = None

    def ask(self, step: Step) -> Json | Refusal:
        """What the step answers, as JSON."""
        self.now = _moment(step.circumstances["at"]) if "at" in step.circumstances else self.now + MINUTE
        try:
            answer = self._done(step)
        except rabatt.Errors as errors:
            return Refusal(tuple((problem.code, problem.path) for problem in errors.problems))
        except rabatt.Error as error:
            return Refusal(((error.code, error.subject),))
        if step.name:
            self.named[step.name] = answer
        plain: Json = _json(answer)
        return plain

    def filled(self, value: Any) -> Any:
        """JSON with `$name` and `$name.field` replaced by what they stand for."""
        if isinstance(value, Mapping):
            return {key: self.filled(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [self.filled(entry) for entry in value]
        if not isinstance(value, str) or not (match := REFERENCE.fullmatch(value)):
            return value
        found = _json(self.named[match[1]])
        for key in (match[2] or "id").split("."):
            found = found[int(key)] if isinstance(found, list) else found[key]
        return found

    def leave(self) -> None:
        assert self.block is None, "a transaction is open at the end of the case"

    # ---- steps ----

    def _view(self, step: Step) -> rabatt.StoreView:
        may = step.circumstances.get("may")
        permissions = None if may is None else set(may.split(",")) - {"nothing"}
        actor = self.store.actor
        if not step.circumstances.keys() & {"by", "may", "in"}:
            return self.store
        return self.store.acting(
            step.circumstances.get("by", actor.initials), permissions, step.circumstances.get("in")
        )

    def _done(self, step: Step) -> Any:
        view = self._view(step)
        argument = self.filled(step.argument)
        at = None if self.block else self.now
        if step.verb == "begin":
            return self._begin(view)
        if step.verb in ("commit", "undo"):
            return self._end(step.verb)
        if step.verb == "publish":
            return _published(view, argument or {}, at)
        if step.verb == "price":
            return rabatt.price(view.publish(at=at), argument).to_dict()
        return self._record_verb(view, step, argument, at)

    def _begin(self, view: rabatt.StoreView) -> None:
        self.block = ExitStack()
        self.block.enter_context(view.transaction(at=self.now))

    def _end(self, verb: str) -> None:
        assert self.block, "no transaction is open"
        block, self.block = self.block, None
        if verb == "commit":
            block.close()
            return
        assert not block.__exit__(_Undone, _Undone(), None), "the transaction kept the exception"

    def _record_verb(self, view: Any, step: Step, argument: Any, at: datetime | None) -> Any:
        first, *others = step.target
        if first == "person":
            return getattr(view.persons, step.verb)(**(argument or {}), at=at)
        named = self.named.get(first)
        collection = _collection(view, first if named is None else named.record_type)
        keys = [self._key(word) for word in (others if named is None else step.target)]
        if step.verb in ("find", "count"):
            rows = collection.find(**_named(argument or {}), at=at)
            return rows.to_dicts() if step.verb == "find" else len(rows)
        if step.verb == "write":
            return _written(collection, argument, at)
        if step.verb == "totals":
            query = {word: value for word, value in argument.items() if word != "by"}
            return collection.find(**_named(query), at=at).totals(*argument["by"])
        if step.verb == "save":
            stamps = {} if named is None else {"id": named.id, "revision": named.revision}
            keys = [{**stamps, **argument}]
        elif step.verb == "add":
            keys = [argument]
        elif step.verb in TOGETHER and len(keys) > 1:
            keys = [keys]
        arguments = argument if argument and step.verb not in ("add", "save") else {}
        if "content" in arguments:
            arguments = arguments | {"content": _bytes(arguments["content"])}
        answer = getattr(collection, step.verb)(*keys, **arguments, at=at)
        for record in answer if isinstance(answer, tuple) else (answer,):
            self._see(record)
        return answer

    def _see(self, record: Any) -> None:
        """Names stand for what was last seen."""
        if isinstance(record, Record):
            for name, named in self.named.items():
                if isinstance(named, Record) and (type(named), named.id) == (type(record), record.id):
                    self.named[name] = record

    def _key(self, word: str) -> Any:
        return self.named[word] if word in self.named else int(word[1:]) if word.startswith("#") else word


def _collection(view: Any, record: str) -> Any:
    return getattr(view, rabatt.store.record_types.record_types()[record].plural)


def _written(collection: Any, argument: Mapping[str, Any], at: datetime | None) -> Any:
    """The text of a CSV file, or the rows of a spreadsheet, with what the query finds."""
    how = {word: argument[word] for word in ("columns", "separator", "decimal_mark") if word in argument}
    query = {word: value for word, value in argument.items() if word not in how and word != "file"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / argument["file"]
        collection.find(**_named(query), at=at).write(path, **how)
        if path.suffix == ".csv":
            return path.read_bytes().decode()
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [[cell if cell is None else str(cell) for cell in row] for row in sheet.values]


def _named(query: Mapping[str, Any]) -> dict[str, Any]:
    """A query as `find` takes it: an operator and its value in a tuple."""
    lists = ("where", "tags", "sort")
    return {
        word: tuple(value) if isinstance(value, list) and word not in lists else value
        for word, value in query.items()
    }


def _bytes(content: str | Mapping[str, str]) -> bytes:
    """Of a text, or of {"hex": …}."""
    return content.encode() if isinstance(content, str) else bytes.fromhex(content["hex"])


def _published(view: rabatt.StoreView, options: Mapping[str, Any], at: datetime | None) -> dict[str, Any]:
    as_of = _moment(options["as_of"]) if "as_of" in options else None
    publication = view.publication(
        as_of, drafts=options.get("drafts", False), finished=options.get("finished", False), at=at
    )
    said = {
        "hash": publication.book.hash,
        "sequence": publication.sequence,
        "members_skipped": publication.members_skipped,
        "left_out": list(publication.left_out),
    }
    return {name: [] for name in BOOK_LISTS} | publication.book.to_dict() | said


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _json(answer: Any) -> Any:
    if isinstance(answer, Record):
        return answer.to_dict()
    if isinstance(answer, Outgoing):
        return _json(answer.recipient) | {"reason": answer.reason}
    if isinstance(answer, PermissionRequest):
        return {"token": answer.token, "permission": _json(answer.permission)}
    if isinstance(answer, io.BytesIO):
        return _shown(answer.read())
    if isinstance(answer, Iterator | tuple | list):
        return [_json(entry) for entry in answer]
    if is_dataclass(answer) and not isinstance(answer, type):
        return _json(asdict(answer))
    if isinstance(answer, Mapping):
        return {name: _json(value) for name, value in answer.items()}
    return answer


def _shown(content: bytes) -> Json:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return {"hex": content.hex()}

"""The classes of one kind of record: itself, its lists, and what callers may give."""

from __future__ import annotations

from collections.abc import Iterator

from record_class_writer.fields import Described, annotated, camel, note, python_name, spoken, value_type
from record_class_writer.verbs import collection_text

#: Arguments of find(), which criteria of these names must not hide, nor hide `at`.
WORDS_OF_FIND = (
    "where", "view", "text", "tags", "custom", "letter", "created", "changed", "sort", "limit", "at",
)  # fmt: skip

STAMPS = (
    ("id", "int"),
    ("revision", "int"),
    ("created_at", "datetime.datetime | str"),
    ("created_by", "str"),
    ("changed_at", "datetime.datetime | str"),
    ("changed_by", "str"),
)


class RecordWriter:
    """Writes what belongs to one kind of record."""

    def __init__(self, record: Described) -> None:
        self.record = record
        self.name: str = record["name"]
        self.type = camel(self.name)
        self.computed: list[Described] = record.get("computed", [])

    def lines(self) -> Iterator[str]:
        for each in self.record["lists"]:
            if not each["of_values"]:
                yield from self.entry(each)
        yield from self.record_class()
        yield from self.given_fields()
        yield from self.criteria()
        yield collection_text(self.record)
        yield ""

    # ---- types of lists and children ----

    def entry_type(self, each: Described) -> str:
        return camel(self.name, each["name"]) + "Entry"

    def content(self, each: Described) -> list[Described]:
        columns: list[Described] = each["columns"]
        return columns[1:] if each["is_map"] else columns

    def list_type(self, each: Described) -> str:
        kind = value_type(self.content(each)[0], given=False) if each["of_values"] else self.entry_type(each)
        return f"Mapping[str, {kind}]" if each["is_map"] else f"tuple[{kind}, ...]"

    def given_list_type(self, each: Described) -> str:
        if each["of_values"]:
            kind = value_type(self.content(each)[0], given=True)
        else:
            kind = f"{self.entry_type(each)} | {self.entry_type(each)}Fields"
        return f"Mapping[str, {kind}]" if each["is_map"] else f"Iterable[{kind}]"

    def given_child_type(self, child: Described) -> str:
        kind = f"{camel(child['record'])} | {camel(child['record'])}Fields"
        return f"{kind} | None" if child["is_single"] else f"Iterable[{kind}]"

    # ---- classes ----

    def entry(self, each: Described) -> Iterator[str]:
        name = self.entry_type(each)
        yield "@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)"
        yield f"class {name}(ListEntry):"
        yield f'    """An entry of `{each["name"]}` of {spoken(self.name)}.'
        yield ""
        for field in self.content(each):
            yield f"    {note(field)}"
        yield '    """'
        yield ""
        yield f'    list_of: ClassVar[tuple[str, str]] = ("{self.name}", "{each["name"]}")'
        yield ""
        for field in self.content(each):
            yield f"    {annotated(field)}"
        yield from self.fields_type(f"{name}Fields", self.content(each))

    def record_class(self) -> Iterator[str]:
        yield "@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)"
        yield f"class {self.type}(Record):"
        yield f'    """{spoken(self.name).capitalize()}.'
        yield ""
        for field in [*self.record["fields"], *self.computed]:
            yield f"    {note(field)}"
        for each in [*self.record["lists"], *self.record["children"]]:
            yield f"    `{python_name(each['name'])}`"
        yield '    """'
        yield ""
        yield f'    record_type: ClassVar[str] = "{self.name}"'
        yield ""
        for field in self.record["fields"]:
            yield f"    {annotated(field)}"
        for field in self.computed:
            yield f"    {annotated({**field, 'required': False, 'default': None})}"
        for each in self.record["lists"]:
            blank = "FrozenMap({})" if each["is_map"] else "()"
            yield f"    {python_name(each['name'])}: {self.list_type(each)} = {blank}"
        for child in self.record["children"]:
            kind = camel(child["record"])
            held = kind if child["is_single"] else f"tuple[{kind}, ...]"
            yield f"    {python_name(child['name'])}: {held} | None = None"
        yield ""
        yield f"    def replace(self, **changes: Unpack[{self.type}Fields]) -> {self.type}:"
        yield '        """The record with other values; the store has it when it is saved."""'
        yield "        return replaced(self, changes)"

    def typed_dict(self, name: str, note: str, members: list[str]) -> Iterator[str]:
        """For type checkers alone: making these would take longer than all the rest."""
        yield ""
        yield ""
        yield "if TYPE_CHECKING:"
        yield ""
        yield f"    class {name}(TypedDict, total=False):"
        yield f'        """{note}"""'
        yield ""
        for member in members:
            yield f"        {member}"
        yield ""
        yield "else:"
        yield f"    {name} = dict"
        yield ""
        yield ""

    def fields_type(self, name: str, fields: list[Described], others: tuple[str, ...] = ()) -> Iterator[str]:
        writable = [field for field in fields if not field["read_only"]]
        members = [
            f"{python_name(field['name'])}: {value_type(field, given=True)} | None" for field in writable
        ]
        return self.typed_dict(name, "As callers may give it.", [*members, *others])

    def given_fields(self) -> Iterator[str]:
        others = [
            f"{python_name(each['name'])}: {self.given_list_type(each)}"
            for each in self.record["lists"]
            if not each["read_only"]
        ]
        others += [
            f"{python_name(child['name'])}: {self.given_child_type(child)}"
            for child in self.record["children"]
        ]
        yield from self.fields_type(f"{self.type}Fields", self.record["fields"], tuple(others))

    def criteria(self) -> Iterator[str]:
        members = [
            f"{python_name(field['name'], WORDS_OF_FIND)}: Criterion[{value_type(field, given=True)}]"
            for field in [*self.record["fields"], *self.computed]
        ]
        members += [f"{stamp}: Criterion[{kind}]" for stamp, kind in STAMPS]
        note = "What may be looked for; a word of find() itself has a _ behind it."
        return self.typed_dict(f"{self.type}Criteria", note, members)

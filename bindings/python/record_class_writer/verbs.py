"""The collection of one kind of record: what `store.items` can do, with the types of its fields."""

from __future__ import annotations

from record_class_writer.fields import Described, camel, spoken

#: What a record's verbs have besides those of every record: a module of rabatt.store, and a class there.
VERBS = {
    "action": ("actions", "ActionVerbs"),
    "attachment": ("attachments", "AttachmentVerbs"),
    "campaign": ("campaigns", "CampaignVerbs"),
    "email_permission": ("audience", "EmailPermissionVerbs"),
    "recipient": ("audience", "RecipientVerbs"),
    "settings": ("settings", "SettingsVerbs"),
    "target_group": ("audience", "TargetGroupVerbs"),
}

#: Records that are saved with `force`: what a save then does besides.
FORCED = {
    "campaign": """Another `pricing_type` of a campaign whose lines have the field of the former one is
        `type_has_lines`; with `force` they lose it.""",
}

COLLECTION = '''\
class {type}Collection({verbs}[{type}]):
    """The {records} of a store."""

    __slots__ = ()

    record_class = {type}
'''

ADD = '''
    def add(
        self,
        record: {type} | {type}Fields | Mapping[str, Any] | None = None,
        /,
        *,
        at: datetime.datetime | None = None,
        **fields: Unpack[{type}Fields],
    ) -> {type}:
        """Adds {a_record} and gives it as it was stored.

        A record or mapping that is given besides stands for the fields that are not. Raises Errors with
        everything that is wrong, each with its path.
        """
        return self._add(record, fields, at)
'''

SAVE = '''
    def save(
        self,
        record: {type} | Mapping[str, Any]{which},
        /,
        *,{force}
        at: datetime.datetime | None = None,
        **fields: Unpack[{type}Fields],
    ) -> {type}:
        """Stores a changed record, or of `record` just `fields`, and gives it as it was stored.

        Raises Error `conflict` where it has changed since it was read, `not_found`; Errors with everything
        that is wrong.{forced}
        """
        return self._save(record, fields, at{forcing})
'''

FORCE = """
        force: bool = False,"""

FIND = '''
    def find(
        self,
        *,
        where: Iterable[tuple[str, str, Any]] = (),
        view: ViewName = "all",
        text: str | None = None,
        tags: Iterable[str] | None = None,
        custom: Mapping[str, Any] | None = None,
        letter: str | None = None,
        created: Days | None = None,
        changed: Days | None = None,
        sort: Iterable[str] | None = None,
        limit: int | None = None,
        at: datetime.datetime | None = None,
        **criteria: Unpack[{type}Criteria],
    ) -> Rows[{type}]:
        """The {records} that meet all criteria.

        A criterion is a value, or an operator and a value: `id=7`, `id=(">=", 7)`; `where` has more of them,
        as (field, operator, value). A text contains what is looked for, or has `%` for any text. `text` is
        looked for in all texts, `letter` is what the name begins with, `created` and `changed` are first and
        last days in the actor's zone, `sort` has fields, `-` before those that fall. Raises, when rows are
        asked for, Error `unknown_field` and what values are refused with.
        """
        query = {{
            "where": where,
            "view": view,
            "text": text,
            "tags": tags,
            "custom": custom,
            "letter": letter,
            "created": created,
            "changed": changed,
            "sort": sort,
            "limit": limit,
        }}
        return self._find(query, criteria, at)
'''


def collection_text(record: Described) -> str:
    """The class of the collection; settings are there, and neither added nor found."""
    name: str = record["name"]
    words = {
        "type": camel(name),
        "verbs": VERBS[name][1] if name in VERBS else "Collection",
        "a_record": spoken(name),
        "records": record["plural"].replace("_", " "),
        "which": "",
        "force": "",
        "forced": "",
        "forcing": "",
    }
    if name in FORCED:
        words |= {"force": FORCE, "forced": f"\n\n        {FORCED[name]}", "forcing": ", force"}
    if name == "settings":
        return (COLLECTION + SAVE).format(**words | {"which": " | None = None"})
    return (COLLECTION + ADD + FIND + SAVE).format(**words)

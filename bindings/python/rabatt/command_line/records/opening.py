"""The store of a command: which one, and who asks."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from typing import Any

import rabatt
from rabatt.command_line.records.kinds import SETTINGS, RecordKind, record_kinds
from rabatt.errors import Error
from rabatt.store import Collection, Record, Store, StoreView

_DEFAULT_STORE = "sqlite:rabatt.db"


def store_url(given: str | None) -> str:
    return given or os.environ.get("RABATT_STORE") or _DEFAULT_STORE


def without_password(url: str) -> str:
    """The URL as it may be told.

    >>> without_password("postgresql://ann:secret@db/shop"), without_password("sqlite:shop.db")
    ('postgresql://ann@db/shop', 'sqlite:shop.db')
    """
    scheme, slashes, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}{slashes}{user.partition(':')[0]}{at}{place}"


def initials(given: str | None) -> str:
    """Raises Error `field_required` where nobody is logged in."""
    if told := given or os.environ.get("RABATT_AS"):
        return told
    try:
        return getpass.getuser().upper()
    except (KeyError, OSError):
        raise Error("field_required", "--as INITIALS: nobody is logged in") from None


def permissions() -> set[str] | None:
    """Those of $RABATT_MAY; without it everything is permitted, and where it is blank nothing."""
    told = os.environ.get("RABATT_MAY")
    return None if told is None else set(filter(None, map(str.strip, told.split(","))))


def opened(store: str | None, by: str | None) -> Store:
    """Raises Error as rabatt.open; a store that is not there is not made."""
    url = store_url(store)
    try:
        return rabatt.open(url, by=initials(by), permissions=permissions(), create=False)
    except Error as error:
        if error.code == "store_missing" and "://" not in url:
            raise Error(error.code, f"{url}: rabatt db init makes one") from None
        if error.code in ("store_missing", "store_corrupt", "store_read_only"):
            raise Error(error.code, f"{without_password(url)}: {error.subject}") from None
        raise


def collection_of(store: StoreView, kind: RecordKind) -> Collection[Record]:
    found: Collection[Record] = getattr(store, kind.plural)
    return found


def with_ids(store: StoreView, kind: RecordKind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, where what looks like an id and is no number or code of a record is its id."""
    return {name: _reference(store, kind, name, value) for name, value in fields.items()}


def _reference(store: StoreView, kind: RecordKind, name: str, value: Any) -> Any:
    field = kind.fields.get(name)
    if field is None or field.target is None or not isinstance(value, str) or not _is_id(value):
        return value
    try:
        return found(store, record_kinds()[field.target], value).id
    except Error as error:
        if error.code != "not_found":
            raise
    return value  # which the store refuses together with all else that is wrong


def found(store: StoreView, kind: RecordKind, key: str) -> Record:
    """The record of a number, code or name; where there is none, of an id. Raises Error `not_found`."""
    records = collection_of(store, kind)
    if kind.name == SETTINGS:
        return records.get(1)
    is_id = _is_id(key)
    if kind.labels:
        try:
            return records.get(key)
        except Error as error:
            if error.code != "not_found" or not is_id:
                raise
    if is_id:
        try:
            return records.get(int(key))
        except Error as error:
            if error.code != "not_found":
                raise
    raise Error("not_found", f"{kind.name} {key}")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()

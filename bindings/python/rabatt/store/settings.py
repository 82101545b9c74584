"""Settings: the one record that every store has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rabatt.store.collection import AnyRecord, Collection, Key

#: The id of the settings.
COMPANY = 1


class SettingsVerbs(Collection[AnyRecord]):
    """There is one, made with the store: it is read and saved."""

    __slots__ = ()

    def get(self, key: Key = COMPANY, *, at: datetime | None = None) -> AnyRecord:
        """The settings of the company."""
        return super().get(key, at=at)

    def _save(self, record: Any, fields: Any, at: datetime | None, force: bool = False) -> AnyRecord:
        return super()._save(self.get(at=at) if record is None else record, fields, at, force)

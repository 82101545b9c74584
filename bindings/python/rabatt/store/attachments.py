"""What only attachments can do: they have content."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from rabatt.documents import json_text
from rabatt.errors import Error
from rabatt.store.collection import AnyRecord, Collection, Key, key_of
from rabatt.store.record import plain_fields

#: The content of a file: bytes, an open binary file, or the path of one.
Content: TypeAlias = bytes | BinaryIO | os.PathLike[str]

_MOST_BYTES = 64 << 20  # the store takes no more


@dataclass(frozen=True, slots=True)
class ContentIds:
    """The `cid:` references of a campaign's e-mail template that no attachment has, and content ids that it
    does not refer to."""

    unresolved_content_id: tuple[str, ...]
    unused_content_id: tuple[str, ...]


class AttachmentVerbs(Collection[AnyRecord]):
    """Files of campaigns; the store has each content once.

    >>> import rabatt
    >>> with rabatt.open("sqlite::memory:", by="ANN") as store:
    ...     spring = store.campaigns.add(name="Spring")
    ...     letter = store.attachments.put(spring, b"Hello", file_name="letter.txt")
    ...     letter.file_type, letter.file_size, store.attachments.open(letter).read()
    ('text/plain', 5, b'Hello')
    """

    __slots__ = ()

    def put(
        self,
        campaign: Key,
        /,
        content: Content,
        *,
        file_name: str | None = None,
        at: datetime | None = None,
        **fields: Any,
    ) -> AnyRecord:
        """Attaches a file to a campaign: 64 MiB at most. Its type, and an image's size and depth, are read
        from the content; its name is that of `content` unless given.

        Raises Error `limit_crossed`, `duplicate_content_id`, `file_not_readable`; Errors for `fields`.
        """
        given: Mapping[str, Any] = {
            **plain_fields(fields),
            "campaign": key_of(campaign),
            "file_name": file_name or _name_of(content),
        }
        text, data = json_text(given), _bytes_of(content)
        return self._writing(lambda work: self._read(work.put_attachment(text, data)), at)

    def replace(
        self,
        attachment: Key,
        /,
        content: Content,
        *,
        file_name: str | None = None,
        at: datetime | None = None,
    ) -> AnyRecord:
        """Gives an attachment another content, under the same title and content id."""
        name, data = file_name or _name_of(content) or "", _bytes_of(content)

        def verb(work: Any) -> AnyRecord:
            return self._read(work.replace_attachment(self._id(work, attachment), name, data))

        return self._writing(verb, at)

    def open(self, attachment: Key, /, *, at: datetime | None = None) -> BinaryIO:
        """The content, to be read."""
        content = io.BytesIO()
        self._reading(lambda work: work.read_attachment(self._id(work, attachment), content.write), at)
        content.seek(0)
        return content

    def save_to(
        self, attachment: Key, /, path: str | os.PathLike[str], *, at: datetime | None = None
    ) -> None:
        """Writes the content into a file. Raises Error `file_not_writable`."""
        content = self.open(attachment, at=at)
        try:
            with Path(path).open("wb") as file:
                shutil.copyfileobj(content, file)
        except OSError as error:
            raise Error("file_not_writable", f"{os.fspath(path)}: {error.strerror}") from None

    def check_content_ids(self, campaign: Key, /, *, at: datetime | None = None) -> ContentIds:
        """Holds the e-mail template of a campaign against its attachments."""
        found = self._perform("check_content_ids", {"campaign": key_of(campaign)}, at, writes=False)
        return ContentIds(**{name: tuple(ids) for name, ids in found.items()})

    def _id(self, work: Any, attachment: Key) -> int:
        key = key_of(attachment)
        found: int = key if isinstance(key, int) else json.loads(work.get(self._name, key))["id"]
        return found


def _name_of(content: Content) -> str | None:
    name = content if isinstance(content, os.PathLike) else getattr(content, "name", None)
    return Path(name).name if isinstance(name, str | os.PathLike) else None


def _bytes_of(content: Content) -> bytes:
    """The content, or one byte more than there may be of it. Raises Error `file_not_readable`."""
    if isinstance(content, bytes):
        return content
    if not isinstance(content, os.PathLike):
        return content.read(_MOST_BYTES + 1)
    try:
        with Path(content).open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Error("file_not_readable", f"{os.fspath(content)}: {error.strerror}") from None

"""The store: the records that books are made from, in SQLite or PostgreSQL.

`rabatt.open` opens one; here are the classes of its records, for annotations and for `isinstance`.
"""

from rabatt.store import record_classes
from rabatt.store.actions import ContactsAdded, Generated
from rabatt.store.attachments import ContentIds
from rabatt.store.audience import Outgoing, PermissionRequest, RecipientsAdded, Refreshed
from rabatt.store.collection import (
    Collection,
    Criterion,
    Days,
    Key,
    Operator,
    ViewName,
)
from rabatt.store.files.table import Loaded, LoadProblem
from rabatt.store.follower import Follower, follow
from rabatt.store.frozen_map import FrozenMap
from rabatt.store.history import Change
from rabatt.store.inspection import Finding, Inspection
from rabatt.store.persons import Erased, Held, Persons
from rabatt.store.record import ListEntry, Record
from rabatt.store.record_classes import *  # noqa: F403
from rabatt.store.record_warnings import RecordWarning
from rabatt.store.rows import Rows
from rabatt.store.view import Publication, Store, StoreView, migrate, open

__all__ = [
    "Change",
    "Collection",
    "ContactsAdded",
    "ContentIds",
    "Criterion",
    "Days",
    "Erased",
    "Finding",
    "Follower",
    "FrozenMap",
    "Generated",
    "Held",
    "Inspection",
    "Key",
    "ListEntry",
    "LoadProblem",
    "Loaded",
    "Operator",
    "Outgoing",
    "PermissionRequest",
    "Persons",
    "Publication",
    "RecipientsAdded",
    "Record",
    "RecordWarning",
    "Refreshed",
    "Rows",
    "Store",
    "StoreView",
    "ViewName",
    "follow",
    "migrate",
    "open",
]
__all__ += record_classes.__all__

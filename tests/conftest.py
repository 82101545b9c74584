"""Fixtures that tests of several folders share."""

from tests.faces.store_databases import store_databases

__all__ = ["store_databases"]

"""What only campaigns can do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import overload

from rabatt import _rabatt
from rabatt.campaign_lines import Remark
from rabatt.store.collection import AnyRecord, Collection, Key, key_of, keys_of
from rabatt.store.record import read_record
from rabatt.texts import DecimalLike, decimal_text


class CampaignVerbs(Collection[AnyRecord]):
    """Campaigns are posted, and price from then on."""

    __slots__ = ()

    @overload  # a text is a key, not several
    def post(  # type: ignore[overload-overlap]
        self, campaigns: Key, /, *, at: datetime | None = None
    ) -> AnyRecord: ...
    @overload
    def post(self, campaigns: Iterable[Key], /, *, at: datetime | None = None) -> tuple[AnyRecord, ...]: ...
    def post(
        self, campaigns: Key | Iterable[Key], /, *, at: datetime | None = None
    ) -> AnyRecord | tuple[AnyRecord, ...]:
        """Posts a campaign, or several of them: all or none. Only posted campaigns price.

        The members of its target group are kept as they are now. Raises Error `already_posted`,
        `empty_target_group`; Errors `no_lines`, `pricing_type_required`, `currency_required` (of a
        `set_price`), `field_required` for a line without a price or discount.
        """
        return self._each(campaigns, lambda work, key: work.post(key), at)

    def refreeze(self, campaign: Key, /, *, at: datetime | None = None) -> AnyRecord:
        """Makes a posted campaign one for those who are in its target group now.

        Raises Error `not_posted`, `field_required` where it has no target group, `empty_target_group`.
        """
        return read_record(self._class, self._perform("refreeze", {"campaign": key_of(campaign)}, at))

    @overload
    def unpost(  # type: ignore[overload-overlap]
        self, campaigns: Key, /, *, at: datetime | None = None
    ) -> AnyRecord: ...
    @overload
    def unpost(self, campaigns: Iterable[Key], /, *, at: datetime | None = None) -> tuple[AnyRecord, ...]: ...
    def unpost(
        self, campaigns: Key | Iterable[Key], /, *, at: datetime | None = None
    ) -> AnyRecord | tuple[AnyRecord, ...]:
        """Makes a campaign, or several of them, a draft again, which prices nothing.

        Raises Error `not_posted`.
        """
        return self._each(campaigns, lambda work, key: work.unpost(key), at)

    def set_for_all(
        self, campaign: Key, /, percent: DecimalLike | None = None, *, at: datetime | None = None
    ) -> tuple[Remark, ...]:
        """Fills the lines of a campaign from one percentage, its `change_percent` unless given, as
        `rabatt.set_for_all` does it over the book that `publish` would give. Gives the lines that were left
        alone.

        Raises Error `invalid_discount`, `invalid_decimal`, and what `rabatt.set_for_all` raises.
        """
        share = None if percent is None else decimal_text(percent, "percent")
        key = key_of(campaign)
        report = self._writing(lambda work: json.loads(work.set_for_all(key, share)), at)["report"]
        return tuple(Remark(**remark) for remark in report)

    def copy(
        self, campaign: Key, /, *, copy_recipients: bool = False, at: datetime | None = None
    ) -> AnyRecord:
        """Adds a campaign like this one, planned and not posted, and gives it."""
        key = key_of(campaign)
        return self._writing(lambda work: self._read(work.copy(key, copy_recipients)), at)

    def _each(
        self,
        campaigns: Key | Iterable[Key],
        verb: Callable[[_rabatt.Transaction, int | str], str],
        at: datetime | None,
    ) -> AnyRecord | tuple[AnyRecord, ...]:
        keys, several = keys_of(campaigns)
        done = self._writing(lambda work: tuple(self._read(verb(work, key)) for key in keys), at)
        return done if several else done[0]

"""What is done with records besides finding and storing them: audiences, actions, attachments, totals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import rabatt
from rabatt import Error
from rabatt.store import ContactsAdded, Generated, ItemFields, Loaded, RecipientsAdded, Refreshed


@pytest.fixture
def store() -> Iterator[rabatt.Store]:
    with rabatt.open("sqlite::memory:", by="ANN", zone="UTC") as store:
        for number, email in (("C1", "kari@example.org"), ("C2", "ola@example.org"), ("C3", None)):
            store.parties.add(number=number, name=number, email=email, is_customer=number != "C2")
        store.campaigns.add(name="Spring")
        yield store


def test_recipients(store: rabatt.Store) -> None:
    campaign = store.campaigns.get("CMP-0001")
    assert store.recipients.add_from(campaign, parties=["C1", "C1"]) == RecipientsAdded(1, 1, 0)
    assert store.recipients.add_from(campaign, parties=store.parties.find(is_customer=True)).added == 1
    some = store.parties.find(sort=["number"], limit=2)
    assert store.recipients.add_from(campaign, parties=some).added == 1
    store.leads.add(name="Lead", email="lead@example.org")
    assert store.recipients.add_from(campaign, leads=["L-0001"]).added == 1
    permission = store.email_permissions.request(" KARI@example.org")
    assert permission.permission.status == "requested"
    assert permission.token not in str(permission.permission)
    with pytest.raises(Error, match="invalid_value"):
        store.email_permissions.confirm("kari@example.org", token="wrong")
    assert store.email_permissions.confirm("kari@example.org", token=permission.token).status == "confirmed"
    outbox = {out.recipient.email: out.reason for out in store.recipients.outbox(campaign)}
    assert outbox == {
        "kari@example.org": None,
        "ola@example.org": "no_permission",
        "lead@example.org": "no_permission",
        None: "no_email",
    }
    assert (store.recipients.mark_sent(campaign), store.recipients.mark_sent(campaign)) == (1, 0)
    sent = store.recipients.find(sent=True).first()
    assert sent and sent.email == "kari@example.org"
    assert store.recipients.mark_undeliverable(campaign, [sent]) == 1
    assert store.recipients.mark_sent(campaign, [row.id for row in store.recipients.find(sent=False)]) == 3


def test_permissions(store: rabatt.Store) -> None:
    permissions = store.email_permissions
    with pytest.raises(Error, match="field_required"):
        permissions.confirm("ola@example.org")
    assert permissions.confirm("ola@example.org", proof="By letter.").status == "confirmed"
    assert permissions.cancel("ola@example.org", reason="By phone.").status == "cancelled"
    permissions.request("ola@example.org")
    assert permissions.stop("ola@example.org").status == "stopped"
    assert permissions.block("ola@example.org").status == "blocked"
    with pytest.raises(Error, match="invalid_transition"):
        permissions.request("ola@example.org")


def test_actions(store: rabatt.Store) -> None:
    group = store.target_groups.add(
        name="Customers",
        mode="synchronised",
        conditions=[{"record": "party", "field": "is_customer", "value": "true"}],
    )
    assert store.target_groups.refresh(group) == Refreshed(2, 0, 2)
    store.dossier_types.add(code="CALL", name="Call")
    action = store.actions.add(
        campaign="CMP-0001", description="Call", channel="telephone", dossier_type="CALL"
    )
    assert store.actions.add_target_group(action, group) == ContactsAdded(2, 0, 0)
    assert store.actions.generate(action) == Generated(2, {})
    again = store.actions.add(campaign="CMP-0001", description="Again", channel="telephone")
    assert store.actions.copy_contacts(again, action).added == 2


def test_a_sample_can_be_drawn_again(store: rabatt.Store) -> None:
    for number in range(60):
        store.parties.add(name=f"P{number}")

    def drawn(seed: int) -> list[int]:
        group = store.target_groups.add(
            name=f"Seed {seed}", sample="random", sample_size=20, sample_seed=seed
        )
        store.target_groups.refresh(group)
        return sorted(store.parties.get(row.party).id for row in store.members.find(target_group=group.id))

    first = drawn(42)
    assert len(set(first)) == 20
    assert drawn(42) == first
    assert drawn(43) != first
    everybody = sorted(party.id for party in store.parties.find())
    assert all(drawn(seed) != everybody[:20] for seed in (42, 43, 44))


def test_attachments(store: rabatt.Store, tmp_path: Path) -> None:
    picture = b"GIF89a\x02\x00\x03\x00\x80\x00\x00" + bytes(20)
    attached = store.attachments.put("CMP-0001", picture, file_name="logo.gif", content_id="logo")
    assert (attached.file_name, attached.title, attached.file_size) == ("logo.gif", "logo.gif", len(picture))
    assert (attached.file_type, attached.image_width, attached.image_height) == ("image/gif", 2, 3)
    assert store.attachments.open(attached).read() == picture
    copy = tmp_path / "copy.gif"
    store.attachments.save_to(attached.id, copy)
    assert copy.read_bytes() == picture
    with copy.open("rb") as file:
        again = store.attachments.put("CMP-0001", file)
    assert (again.file_name, again.sha256) == ("copy.gif", attached.sha256)
    text = tmp_path / "letter.txt"
    text.write_text("Hello")
    assert store.attachments.replace(again, text).file_name == "letter.txt"
    assert store.attachments.check_content_ids("CMP-0001").unresolved_content_id == ()
    for wrong in (tmp_path, tmp_path / "none"):
        with pytest.raises(Error, match="file_not_readable"):
            store.attachments.put("CMP-0001", wrong)
    with pytest.raises(Error, match="file_not_writable"):
        store.attachments.save_to(attached, tmp_path)
    with pytest.raises(Error, match="limit_crossed"):
        store.attachments.put("CMP-0001", bytes((64 << 20) + 1), file_name="large")
    with pytest.raises(Error, match="not_found"):
        store.attachments.open(99)


def test_a_content_is_stored_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"

    def stored() -> tuple[int, int]:
        counts = "select (select count(*) from content), (select count(*) from content_chunk)"
        with closing(sqlite3.connect(path)) as connection:
            contents, chunks = connection.execute(counts).fetchone()
            return contents, chunks

    with rabatt.open(f"sqlite:{path}", by="ANN", zone="UTC") as store:
        spring = store.campaigns.add(name="Spring")
        first = store.attachments.put(spring, b"Hello", file_name="a.txt")
        second = store.attachments.put(spring, b"Hello", file_name="b.txt")
        assert stored() == (1, 1)
        store.attachments.replace(first, b"x" * 300_000)
        assert stored() == (2, 3)
        store.attachments.remove(second)
        assert stored() == (1, 2)
        store.campaigns.remove(spring)
        assert stored() == (0, 0)


def test_as_many_attachments_as_there_may_be(store: rabatt.Store) -> None:
    with store.transaction():
        for number in range(1000):
            store.attachments.put("CMP-0001", b"Hello", file_name=f"{number}.txt")
        with pytest.raises(Error, match="limit_crossed"):
            store.attachments.put("CMP-0001", b"Hello", file_name="one.txt")
    assert len(store.attachments.find(campaign="CMP-0001")) == 1000


def test_loading_rows(store: rabatt.Store) -> None:
    loaded = store.items.load([{"number": "TEA"}, {"number": "CUP", "name": "Cup"}], apply=True)
    assert loaded == Loaded(2, 0, (), True)
    rows: list[ItemFields] = [{"number": "TEA", "name": "Tea"}, {"number": "POT", "unit": "x" * 300}]
    refused = store.items.load(rows, match="number", apply=True)
    assert (refused.added, refused.updated) == (0, 0)
    assert [(problem.line, problem.code) for problem in refused.problems] == [(2, "text_too_long")]
    assert store.items.get("TEA").name is None
    kept = store.items.load(rows, match="number", apply=True, keep_good=True)
    assert (kept.added, kept.updated, len(kept.problems)) == (0, 1, 1)
    assert store.items.get("TEA").name == "Tea"


def test_totals(store: rabatt.Store) -> None:
    rows = store.parties.find().totals("is_customer")
    assert sorted((row["is_customer"], row["count"]) for row in rows) == [(False, 1), (True, 2)]
    assert store.parties.find(number="C1").totals("kind") == [{"kind": "company", "count": 1}]
    with pytest.raises(ValueError, match="without a limit"):
        store.parties.find(limit=1).totals("kind")

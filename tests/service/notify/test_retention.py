"""What is beyond its time goes: words after 90 days, receipts after a year, the access log after two."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from services.chassis import clock, ids
from services.chassis.errors import IllegalTransition
from services.notify import metrics
from services.notify.domain.message import Channel
from services.notify.models import Mail, Receipt
from services.notify.models.people import Disclosure
from services.notify.models.texts import Digest, DigestItem
from services.notify.usecases import purge_expired
from tests.people import RESIDENT, STAFF
from tests.service.notify.outbound import Outbound

DAY = timedelta(days=1)
START = datetime.fromisoformat("2020-03-10T09:00:00+09:00")


def at(notify, moment: datetime) -> None:
    notify.bench.move_clock(moment)
    notify.settle()


def test_words_go_after_90_days_and_the_message_stays(notify_with):
    notify = notify_with(profile={"channels": ["email", "inbox"]})
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.hear("booking_cancelled", closure_id="closure-1")
    notify.settle()
    at(notify, START + timedelta(minutes=11))
    before = notify.rows()
    assert len(before) == 4
    assert all(each.body for each in before)

    at(notify, START + 90 * DAY)
    assert [each.body for each in notify.rows()] == [each.body for each in before]
    at(notify, START + 90 * DAY + timedelta(hours=1))
    assert {(each.subject, each.body) for each in notify.rows()} == {("", "")}
    kept = ("id", "event_id", "person_id", "status", "template", "template_version", "sent_at", "version")
    assert [[getattr(each, name) for name in kept] for each in notify.rows()] == [
        [getattr(each, name) for name in kept] for each in before
    ]
    for table in (Mail, Digest, DigestItem):
        assert notify.read(table) == []
    with notify.bench.acting(RESIDENT) as rpc:
        assert rpc.notify.list_inbox() == {"items": [], "unread": 0, "next_cursor": None}


def test_message_that_is_still_to_be_sent_keeps_its_words(outbound: Outbound):
    outbound.queue(Channel.EMAIL)
    gone = purge(outbound, after=100 * DAY)
    assert set(gone.values()) == {0}
    assert outbound.message().body != ""


def test_message_without_words_is_not_replayed(notify):
    notify.hear("booking_approved")
    notify.settle()
    at(notify, START + 91 * DAY)
    (message,) = notify.rows()
    assert (message.status, message.body) == ("skipped", "")
    with notify.bench.acting(STAFF) as rpc, pytest.raises(IllegalTransition) as refused:
        rpc.notify.replay_message(message_id=message.id)
    assert refused.value.details["state"] == "forgotten"


def test_receipts_go_after_a_year_and_the_access_log_after_two(notify):
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    (message,) = notify.rows()
    receipt = {
        "provider": "smtp",
        "receipt_id": ids.new_id(),
        "message_id": message.id,
        "report": "delivered",
        "detail": "250 OK",
        "received_at": clock.now(),
    }
    notify.bench.database("notify").transaction(lambda session: session.execute(insert(Receipt), [receipt]))
    with notify.bench.acting(STAFF) as rpc:
        rpc.notify.view_contacts(person_ids=["resident-1"], reason="전화 문의")
    counted = {what: metrics.purged.labels(what)._value.get() for what in ("receipts", "access_log")}

    found = []
    for days in (365, 366, 730, 731):
        at(notify, START + days * DAY)
        found.append((len(notify.read(Receipt)), len(notify.read(Disclosure)), len(notify.rows())))
    assert found == [(1, 1, 1), (0, 1, 1), (0, 1, 1), (0, 0, 1)]
    assert {what: metrics.purged.labels(what)._value.get() - before for what, before in counted.items()} == {
        "receipts": 1,
        "access_log": 1,
    }


def test_more_than_a_batch_goes_in_batches(outbound: Outbound):
    row = {"person_id": "p", "action": "view", "reason": "x", "actor_id": "a", "actor_name": "", "at": clock.now()}
    outbound.database.transaction(lambda session: session.execute(insert(Disclosure), [row] * 2500))
    assert [purge(outbound, after=731 * DAY)["access_log"] for _ in range(4)] == [1000, 1000, 500, 0]


def purge(outbound: Outbound, *, after: timedelta) -> dict[str, int]:
    now = START.astimezone(UTC) + after
    retention = outbound.letterhead.retention
    return dict(outbound.database.transaction(lambda session: purge_expired(session, retention=retention, now=now)))

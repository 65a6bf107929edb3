"""Scenario 18: notify is killed (SIGKILL) amid the cancellations of a closure, and there are still 63 digests."""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.chassis import publishing
from services.notify.models import Contact
from tests.faults.notify_alone import PATIENCE, Notify, notify_alone
from tests.service.notify.test_digests import CLOSURE, LOCALES, fallen
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

GOLDEN = Path("tests/contracts/events/madang.booking.booking_cancelled.v1.golden.json")
LATER = "2020-03-10T12:00:00+09:00"
"""The digests are due: an hour after their first line at the latest."""
DIGESTS = "SELECT person_id, locale, channel, status FROM messages WHERE template = 'closure_digest'"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_alone() as made:
        people = [f"person-{number:02}" for number in range(63)]
        made.insert(Contact, [contact(each) for each in people])
        yield made


def contact(person_id: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "name": "홍길동",
        "email": f"{person_id}@example.com",
        "locale": LOCALES.get(person_id, "ko"),
        "updated_at": datetime(2020, 3, 1, tzinfo=UTC),
    }


def test_closure_amid_which_notify_is_killed_twice_is_63_digests(notify: Notify, tmp_path):
    told = [event(*each) for each in fallen(CLOSURE)]
    notify.publish(told)
    for _ in range(2):
        killed = notify.start("kill-midway", str(tmp_path / "handled"))
        assert killed.wait(PATIENCE) == -signal.SIGKILL
        assert 0 < notify.sql("SELECT count(DISTINCT event_id) FROM digest_items")[0][0] < len(told), "midway"
    notify.start("kill-midway", str(tmp_path / "handled"))
    wait_until(lambda: notify.waiting() == 0, PATIENCE)
    notify.stop()
    assert notify.sql("SELECT count(DISTINCT event_id), count(*) FROM digest_items") == [(26, 23 + 52)]

    notify.start(now=LATER)
    left = "SELECT 1 FROM digests WHERE closed_at IS NULL UNION SELECT 1 FROM messages WHERE status <> 'sent'"
    wait_until(lambda: not notify.sql(left), PATIENCE)
    digests = notify.sql(DIGESTS)
    assert Counter(channel for _, _, channel, _ in digests) == {"email": 63, "inbox": 63}
    assert len({person_id for person_id, *_ in digests}) == 63
    assert Counter(locale for _, locale, channel, _ in digests if channel == "email") == {"ko": 60, "en": 3}
    assert notify.sql("SELECT count(*), count(DISTINCT recipient) FROM mailbox") == [(63, 63)]


def event(name: str, event_id: str, data: dict[str, Any]) -> publishing.Event:
    source = "booking" if name.startswith("booking") else "training"
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    envelope = {
        **known,
        "id": event_id,
        "source": f"/madang/{source}",
        "type": f"madang.{source}.{name}.v1",
        "data": {**known["data"], **data} if source == "booking" else data,
    }
    return publishing.Event("", json.dumps(envelope), f"{source}.events", name, mandatory=False)

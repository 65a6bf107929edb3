"""Each event that notify hears, delivered ten times to eight consumers at once: one effect per key.

Real processes on RabbitMQ and PostgreSQL. All deliveries wait in the queues before the consumers start, so that copies
of one event are in several hands at the same time.
"""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from services.chassis import ids, publishing
from services.notify.domain.audience import GroupKind
from services.notify.domain.rules import RULES, Rule
from services.notify.models.audiences import AudienceMember
from tests.faults.notify_alone import CENTRE, PATIENCE, Notify, notify_alone
from tests.faults.sabotage import REPLICAS
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

GOLDEN = Path("tests/contracts/events")
DELIVERIES = 10
MEMBERS = {GroupKind.STAFF: "staff-1", GroupKind.TENANTS: "tenant-1"}
KEYS = {
    "messages": "a_person_hears_of_an_event_once_per_category_and_channel",
    "digest_items": "an_event_is_in_one_digest_of_a_person",
}
"""The constraints that notify has besides the inbox, by table."""

Key = tuple[str, str, str]
"""Event, person, channel; "digest" for a line in one."""

FOUND = """
SELECT event_id, person_id, channel, count(*) FROM messages GROUP BY 1, 2, 3
UNION ALL
SELECT event_id, person_id, 'digest', count(*) FROM digest_items GROUP BY 1, 2
"""
DONE = "SELECT count(*) FROM inbox WHERE consumer = 'announce' AND state = 'done'"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_alone() as made:
        rows = [
            {"kind": kind, "key": "", "person_id": person_id, "subject": "test", "sequence": 1, "active": True}
            for kind, person_id in MEMBERS.items()
        ]
        made.insert(AudienceMember, rows)
        yield made


def test_event_delivered_ten_times_to_eight_consumers_has_one_effect_per_key(notify: Notify):
    """The inbox alone sees to that: the constraints are dropped. The second half is the negative control."""
    for table, key in KEYS.items():
        notify.sql(f"ALTER TABLE {table} DROP CONSTRAINT {key}")
    wanted = publish(notify)
    consume(notify, "eight")
    counts = found(notify)
    assert wanted <= counts.keys()
    # whoever becomes a tenant by one of the events may hear of another: once, too
    assert set(counts.values()) == {1}
    assert notify.sql(DONE) == [(len(RULES),)]

    again = publish(notify)
    consume(notify, "eight-without-inbox")
    times = {key: count for key, count in found(notify).items() if key in again}
    assert times.keys() == again
    assert max(times.values()) > 1


def publish(notify: Notify) -> set[Key]:
    """An event of each kind, ten times each, in no order. Returns the effects that they must have."""
    wanted: set[Key] = set()
    deliveries = []
    for rule in RULES:
        envelope = {**golden(rule), "id": ids.new_id()}
        wanted.update(effects(rule, envelope))
        once = publishing.Event("", json.dumps(envelope), f"{rule.source}.events", rule.event, mandatory=False)
        deliveries += [once] * DELIVERIES
    random.Random(1).shuffle(deliveries)
    notify.publish(deliveries)
    return wanted


def consume(notify: Notify, fault: str) -> None:
    notify.start(fault, "")
    wait_until(lambda: {queue["consumers"] for queue in notify.queues()} == {REPLICAS}, PATIENCE)
    wait_until(lambda: notify.waiting() == 0, PATIENCE)
    notify.stop()


def found(notify: Notify) -> dict[Key, int]:
    return {(event_id, person_id, channel): count for event_id, person_id, channel, count in notify.sql(FOUND)}


def golden(rule: Rule) -> dict[str, Any]:
    file = GOLDEN / f"madang.{rule.source}.{rule.event}.v1.golden.json"
    return json.loads(file.read_text(encoding="utf-8"))


def effects(rule: Rule, envelope: Mapping[str, Any]) -> Iterator[Key]:
    news = rule.schema().load(envelope["data"])
    if not rule.applies(news.facts):
        return
    for person_id in rule.audience(news) | {MEMBERS[group.kind] for group in rule.groups}:
        for channel in ["digest"] if news.group_key else CENTRE["notify"]["channels"]:
            yield envelope["id"], person_id, channel

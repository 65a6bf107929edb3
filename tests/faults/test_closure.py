"""A closure over many bookings, with booking killed in the middle: it ends complete, and nothing is done twice."""

import time
from collections import Counter
from datetime import date

import pytest
from nameko.exceptions import RemoteError

from services.chassis.errors import Refused
from tests.people import RESIDENT, STAFF
from tests.soak import examples
from tests.system.deployment import Deployment
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

BOOKINGS = examples(3_000, 10_000)
PEOPLE = BOOKINGS // 10
CLOSED = {"from": "2020-03-17", "to": "2022-03-17", "reason": "코로나19 확산 방지", "force_majeure": True}

# Every hour of four rooms from 17 March 2020 on, half of them decided upon, ten of each person.
MANY = f"""
INSERT INTO bookings (
    id, space_id, kind, status, title, purpose, field, attendees, equipment, starts_at, ends_at, month, requester_id,
    requester_name, party_id, counts, fee, allowance_minutes, requested_at, changed_at, decide_by, version
)
SELECT
    'many-' || to_char(n, 'FM00000'), (ARRAY['edu-1', 'edu-2', 'meeting', 'lounge'])[n % 4 + 1], 'rental',
    CASE WHEN n % 2 = 0 THEN 'approved' ELSE 'pending' END, '마을 모임', 'community', 'both', 10, '{{}}',
    hour, hour + interval '1 hour', to_char(hour AT TIME ZONE 'Asia/Seoul', 'YYYY-MM'), 'person-' || n % {PEOPLE},
    '주민', 'person-' || n % {PEOPLE}, true, 10000, 0, hour - interval '20 days', hour - interval '20 days',
    CASE WHEN n % 2 = 0 THEN NULL ELSE hour END, 1
FROM generate_series(0, {BOOKINGS} - 1) AS n,
    LATERAL (SELECT timestamptz '2020-03-17 09:00+09' + (n / 4) * interval '1 hour' AS hour) AS at
"""
HELD = (
    "INSERT INTO holds (booking_id, room_id, starts_at, ends_at) SELECT id, space_id, starts_at, ends_at FROM bookings"
)

STATES = "SELECT status, count(*) FROM bookings WHERE id LIKE 'many-%' GROUP BY status"
CANCELLED_ONCE = """
SELECT times, count(*) FROM (
    SELECT subject, count(*) AS times FROM outbox WHERE event = 'booking_cancelled' GROUP BY subject
) AS per_booking GROUP BY times
"""
DECIDED_ONCE = """
SELECT times, count(*) FROM (
    SELECT booking_id, count(*) AS times FROM decisions WHERE action = 'close' GROUP BY booking_id
) AS per_booking GROUP BY times
"""


def count(deployment: Deployment, statement: str) -> dict:
    return dict(tuple(row) for row in deployment.sql("booking", statement))


def attempts() -> list[dict]:
    """Applications within the closure, for hours whose bookings fall early and late."""
    days = (date(2020, 3, 20), date(2020, 3, 25), date(2020, 4, 8))
    return [
        {
            "space_id": "edu-1",
            "title": "마을 모임",
            "purpose": "community",
            "attendees": 10,
            "start": f"{day}T10:00:00+09:00",
            "end": f"{day}T11:00:00+09:00",
        }
        for day in days
    ]


def answers_inside(deployment: Deployment) -> Counter[str]:
    """What applicants are told inside the closure at this moment: the first reason, as any nameko client reads it."""
    told: Counter[str] = Counter()
    with deployment.acting(RESIDENT) as rpc:
        for wish in attempts():
            try:
                rpc.booking.request_booking(**wish)
                told["accepted"] += 1
            except (RemoteError, Refused) as refused:  # the second where this process knows the chassis' own
                told["closure" if CLOSED["reason"] in str(refused) else str(refused)] += 1
    return told


def test_closure_killed_midway_cancels_each_of_many_bookings_exactly_once(deployment_of):
    deployment = deployment_of()
    (booking,) = deployment.start("booking")
    deployment.sql("booking", MANY)
    deployment.sql("booking", HELD)
    deployment.sql("booking", "ANALYZE")

    with deployment.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**CLOSED)
    assert closure["touches"] == {"bookings": BOOKINGS, "people": PEOPLE}

    inside = answers_inside(deployment)
    wait_until(lambda: count(deployment, STATES).get("cancelled", 0) >= BOOKINGS // 10)
    booking.kill()
    so_far = count(deployment, STATES)["cancelled"]
    assert BOOKINGS // 10 <= so_far < BOOKINGS * 9 // 10, "killed too late to show anything"
    assert count(deployment, CANCELLED_ONCE) == {1: so_far}

    deployment.start("booking")
    restarted = time.monotonic()
    refusing = 0
    while not deployment.sql("booking", "SELECT settled FROM closures")[0].settled:
        assert time.monotonic() - restarted < 240, count(deployment, STATES)
        inside += answers_inside(deployment)
        refusing += 1
        time.sleep(0.1)

    assert count(deployment, STATES) == {"cancelled": BOOKINGS}
    assert count(deployment, CANCELLED_ONCE) == {1: BOOKINGS}
    assert count(deployment, DECIDED_ONCE) == {1: BOOKINGS}
    assert deployment.sql("booking", "SELECT count(*) FROM holds") == [(0,)]
    assert count(deployment, "SELECT fee = refund AND NOT counts, count(*) FROM bookings GROUP BY 1") == {
        True: BOOKINGS
    }
    assert deployment.sql("booking", "SELECT count(*) FROM outbox WHERE event = 'closure_declared'") == [(1,)]
    inside += answers_inside(deployment)
    assert set(inside) == {"closure"}
    assert refusing >= 2
    unpublished = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    wait_until(lambda: deployment.sql("booking", unpublished) == [(0,)], 120)

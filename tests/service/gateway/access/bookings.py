"""Bookings, their decisions and statistics. The booking is the owner's own, of no group."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import World
from tests.service.gateway.conftest import application

DAY = "2020-04-07"
MONTH = "from=2020-03-01&to=2020-04-01"


def cancel(world: World, answer: requests.Response) -> None:
    """What was booked must not stand in the way of the next one."""
    world.made("staff", "POST", f"/bookings/{answer.json()['id']}/cancel")


@contextmanager
def booking(world: World) -> Iterator[str]:
    wanted = application("meeting", DAY, title=World.SECRET)
    made = world.made("owner", "POST", "/bookings", json=wanted)
    yield made["id"]
    world.call("staff", "POST", f"/bookings/{made['id']}/cancel")


THINGS = {"booking_id": booking}
ROWS = (
    row("GET /bookings", others=200, beside=("booking_id",), shows="owner staff auditor"),
    row("GET /bookings/{booking_id}", others=404, owner=200, staff=200, auditor=200, shows="owner staff auditor"),
    row(
        "PATCH /bookings/{booking_id}",
        body={"attendees": 8},
        others=404,
        owner=200,
        staff=200,
        shows="owner staff",
    ),
    row("POST /bookings/{booking_id}/check-in", note="too early", others=404, owner=409, staff=409),
    row("POST /bookings/{booking_id}/cancel", others=404, owner=200, staff=200, shows="owner staff"),
    row(
        "POST /bookings/{booking_id}/cancel",
        note="as force majeure",
        body={"force_majeure": True},
        others=404,
        owner=403,
        staff=200,
        shows="staff",
    ),
    row("POST /bookings/{booking_id}/approve", others=403, staff=200, shows="staff"),
    row("POST /bookings/{booking_id}/reject", body={"reason_code": "other"}, others=403, staff=200, shows="staff"),
    row(
        "POST /bookings",
        note="for a group of others",
        body=application("meeting", DAY, 14, 16, group_id="not-ours"),
        others=403,
        staff=201,
        undo=cancel,
    ),
    row(
        "POST /bookings",
        note="for oneself",
        body=application("meeting", DAY, 14, 16),
        others=201,
        shows="owner",
        undo=cancel,
    ),
    row("GET /bookings/{booking_id}/decisions", others=403, staff=200, auditor=200, shows="staff auditor"),
    row("GET /decisions", beside=("booking_id",), others=403, staff=200, auditor=200, shows="staff auditor"),
    row("GET /statistics/bookings", query=MONTH, others=403, staff=200, auditor=200),
)

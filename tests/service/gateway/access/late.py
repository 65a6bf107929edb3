"""What takes its time, in an installation of its own: spring's terms end soon, the data of who was not chosen is gone.

The clock goes on from row to row, in their order, which is why nothing else is asked here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from tests.service.gateway.access.pools import kept, next_of
from tests.service.gateway.access.spring import Spring
from tests.service.gateway.access.table import row
from tests.service.gateway.conftest import Installation, application

WORLD = "late"
TERMS_END_SOON = datetime.fromisoformat("2021-04-02T09:00:00+09:00")
TUESDAYS = (datetime.fromisoformat("2021-04-13T09:50:00+09:00") + timedelta(weeks=each) for each in itertools.count())
HOURS = (TERMS_END_SOON + timedelta(hours=each) for each in itertools.count(1))


class Late(Spring):
    def __init__(self, madang: Installation) -> None:
        super().__init__(madang)
        self.move(TERMS_END_SOON.isoformat())


@contextmanager
def present_booking(world: Spring) -> Iterator[str]:
    """Of the owner's, made a week ago or more; it begins in ten minutes."""
    moment = next(TUESDAYS)
    made = world.made(
        "owner", "POST", "/bookings", json=application("meeting", f"{moment:%Y-%m-%d}", title=world.SECRET)
    )
    world.made("staff", "POST", f"/bookings/{made['id']}/approve")
    world.move(moment.isoformat())
    yield made["id"]


THINGS = {
    "present_booking_id": present_booking,
    "purged_call_id": kept("ranked_call"),
    "reviewable_id": next_of("tenancy"),
}
ROWS = (
    row(
        "POST /dev/clock",
        note="on",
        body=lambda _: {"now": next(HOURS).isoformat()},
        anonymous=200,
        others=200,
    ),
    row("GET /calls/{call_id}/purge", of={"call_id": "purged_call_id"}, others=403, staff=200, auditor=200),
    row(
        "POST /tenancies/{tenancy_id}/renewal-review",
        of={"tenancy_id": "reviewable_id"},
        body={"score": 80},
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "POST /bookings/{booking_id}/check-in",
        of={"booking_id": "present_booking_id"},
        others=404,
        owner=200,
        staff=200,
        shows="owner staff",
    ),
)

"""Spaces, walk-ins, closures and calendars."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.service.gateway.access.bookings import DAY
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import EVERYBODY, World

TIME = f"start={DAY}T10:00:00Z&end={DAY}T12:00:00Z"
CLOSURE = {"from": "2020-06-01", "to": "2020-06-02", "reason": "공사"}


@contextmanager
def closure(world: World) -> Iterator[str]:
    """Of a time in which nobody books."""
    made = world.made("staff", "POST", "/closures", json={**CLOSURE, "from": "2020-05-30"})
    yield made["id"]
    world.call("staff", "DELETE", f"/closures/{made['id']}")


@contextmanager
def space(_: World) -> Iterator[str]:
    yield "meeting"


@contextmanager
def secret(world: World) -> Iterator[str]:
    """Of the owner's calendar."""
    yield world.made("owner", "POST", "/me/calendar")["secret"]
    world.made("owner", "DELETE", "/me/calendar")


THINGS = {"space_id": space, "closure_id": closure, "secret": secret}
ROWS = (
    row("GET /spaces", anonymous=200, others=200),
    row("GET /availability", query=TIME, anonymous=200, others=200),
    row(
        "GET /spaces/{space_id}/timeline",
        query=f"from={DAY}&to=2020-04-08",
        beside=("booking_id",),
        anonymous=200,
        others=200,
        shows="owner staff auditor",
    ),
    row("GET /spaces/{space_id}/calendar.ics", beside=("booking_id",), anonymous=200, others=200),
    row("POST /spaces/{space_id}/walk-ins", note="a space that is booked", body={"change": 1}, others=404),
    row("POST /spaces/{space_id}/walk-ins", at={"space_id": "lounge"}, body={"change": 1}, others=200),
    row(
        "POST /spaces/{space_id}/walk-ins",
        note="several at once",
        at={"space_id": "lounge"},
        body={"change": 2},
        others=403,
        staff=200,
    ),
    row(
        "GET /calendars/{secret}.ics",
        note="whoever knows the address",
        beside=("booking_id",),
        anonymous=200,
        others=200,
        shows=" ".join(EVERYBODY),
    ),
    row("GET /closures", anonymous=200, others=200),
    row(
        "POST /closures",
        body=CLOSURE,
        others=403,
        staff=201,
        undo=lambda world, answer: world.made("staff", "DELETE", f"/closures/{answer.json()['id']}"),
    ),
    row("PATCH /closures/{closure_id}", body={"to": "2020-06-12"}, others=403, staff=200),
    row("DELETE /closures/{closure_id}", others=403, staff=200),
)

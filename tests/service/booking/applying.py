"""How the tests of booking apply for rooms, tell it what happened elsewhere, and read what it told."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Select, select

from services.booking.models import Hold
from services.chassis import ids
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.tables import inbox, outbox
from services.chassis.testing import Bench


def moment(day: str, clock: str) -> datetime:
    """moment("2020-03-20", "10:00"): as the centre's clock shows it."""
    return datetime.fromisoformat(f"{day}T{clock}:00+09:00")


def period(day: str, start: int, end: int) -> dict[str, str]:
    return {"start": f"{day}T{start:02}:00:00+09:00", "end": f"{day}T{end:02}:00:00+09:00"}


def wanted(space: str, day: str, start: int, end: int, **other: Any) -> dict[str, Any]:
    return {
        "space_id": space,
        "title": "마을 모임",
        "purpose": "community",
        "attendees": 10,
        **period(day, start, end),
        **other,
    }


def offered(wish: dict[str, Any], alternative: dict[str, Any]) -> dict[str, Any]:
    """The same wish, as the alternative has it."""
    instead = {name: alternative[name] for name in ("space_id", "start", "end", "equipment")}
    return {**wish, **instead}


def codes(refused: Refused) -> list[str]:
    return [refusal.code for refusal in refused.refusals]


def refusal_of(call: Callable[..., Any], **arguments: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    return caught.value


@contextmanager
def all_of(bench: Bench, *people: Actor):
    """The booking service as each of the people meets it."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(bench.acting(person)).booking for person in people)


def approved(applicant: Any, staff: Any, **wish: Any) -> dict[str, Any]:
    made = applicant.request_booking(**wish)
    return staff.approve_booking(booking_id=made["id"])


def tell(
    bench: Bench,
    source: str,
    event: str,
    data: dict[str, Any],
    *,
    subject: str = "",
    sequence: int = 0,
    event_id: str = "",
) -> str:
    """Another service's event, or somebody's outside, is on its way. Returns its id."""
    envelope = {
        "specversion": "1.0",
        "id": event_id or ids.new_id(),
        "source": f"/madang/{source}",
        "type": f"madang.{source}.{event}.v1",
        "subject": subject,
        "sequence": sequence,
        "data": data,
    }
    bench.publish(source, event, envelope)
    return str(envelope["id"])


def told(bench: Bench, *events: str) -> list[dict[str, Any]]:
    """The envelopes of booking's own events of these names, in the order in which they left."""
    everything = [json.loads(text) for text in read(bench, select(outbox.c.envelope).order_by(outbox.c.id))]
    return [each for each in everything if each["type"].split(".")[2] in events]


def dead_letters(bench: Bench) -> list[str]:
    return read(bench, select(inbox.c.error).where(inbox.c.state == "dead"))


def held_rooms(bench: Bench) -> list[str]:
    return read(bench, select(Hold.room_id).order_by(Hold.room_id, Hold.starts_at))


def read(bench: Bench, query: Select[Any]) -> list[Any]:
    return bench.database("booking").transaction(lambda session: list(session.scalars(query)))

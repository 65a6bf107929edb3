"""What the tests of courses share: people, courses as they are asked for, and what was told by events."""

import json
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.chassis import events, ids
from services.chassis.context import Actor
from services.chassis.errors import DomainError, Refused
from services.chassis.testing import Bench
from tests.people import STAFF

TEACHER = Actor("teacher-1", "최강사", frozenset({"instructor"}))
OPENS = "2020-03-10T00:00:00+09:00"
CLOSES = "2020-03-18T18:00:00+09:00"


def person(number: int) -> Actor:
    return Actor(f"person-{number:03}", f"주민{number}", frozenset({"resident"}))


def course(**other: Any) -> dict[str, Any]:
    return {
        "title": "협동조합 입문",
        "field": "social_economy",
        "capacity": 20,
        "enrol_from": OPENS,
        "enrol_until": CLOSES,
        **other,
    }


def session(day: str = "2020-03-20", start: int = 19, end: int = 21, **other: Any) -> dict[str, Any]:
    return {
        "start": f"{day}T{start:02}:00:00+09:00",
        "end": f"{day}T{end:02}:00:00+09:00",
        "space_id": "edu-1",
        "instructor": {"id": TEACHER.id, "name": TEACHER.name},
        **other,
    }


def created(bench: Bench, *sessions: dict[str, Any], **other: Any) -> tuple[str, list[str]]:
    """A course's id, and those of its sessions, whose rooms nobody has answered for yet."""
    with bench.acting(STAFF) as rpc:
        made = rpc.training.create_course(**course(**other))
        planned = [rpc.training.plan_session(course_id=made["id"], **each)["id"] for each in sessions or (session(),)]
    return made["id"], planned


def published(bench: Bench, *sessions: dict[str, Any], **other: Any) -> tuple[str, list[str]]:
    """The same, after a look of everybody at what there is to do; published."""
    course_id, planned = created(bench, *sessions, **other)
    bench.settle()
    with bench.acting(STAFF) as rpc:
        rpc.training.publish_course(course_id=course_id)
    return course_id, planned


def enrolled(bench: Bench, course_id: str, numbers: range) -> list[dict[str, Any]]:
    """Each of the people enrols, in turn."""
    made = []
    for number in numbers:
        with bench.acting(person(number)) as rpc:
            made.append(rpc.training.enrol(course_id=course_id))
    return made


@contextmanager
def all_of(bench: Bench, *actors: Actor):
    """The training proxies of several people."""
    with ExitStack() as stack:
        yield [stack.enter_context(bench.acting(actor)).training for actor in actors]


def error_of(call: Any, *given: Any, **named: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        call(*given, **named)
    return caught.value


def codes(error: DomainError) -> list[str]:
    return [each.code for each in error.refusals] if isinstance(error, Refused) else [error.code]


def told(bench: Bench, *names: str) -> list[dict[str, Any]]:
    """Training's events of these names, in the order in which they were written."""
    return told_by(bench, "training", *names)


def told_by(bench: Bench, service: str, *names: str) -> list[dict[str, Any]]:
    def read(db) -> list[dict[str, Any]]:
        rows = db.execute(text("SELECT event, envelope FROM outbox ORDER BY id")).all()
        return [json.loads(row.envelope) for row in rows if row.event in names]

    return bench.database(service).transaction(read)


def rows(bench: Bench, statement: str, service: str = "training", **values: Any) -> list[Any]:
    return bench.database(service).transaction(lambda db: db.execute(text(statement), values).all())


def tell(bench: Bench, source: str, name: str, data: dict[str, Any], *, sequence: int = 1, event_id: str = "") -> None:
    """As another service would tell it."""
    body = {
        "specversion": "1.0",
        "id": event_id or ids.new_id(),
        "source": f"/madang/{source}",
        "type": f"madang.{source}.{name}.v1",
        "subject": next(iter(data.values()), ""),
        "time": datetime.now(UTC).isoformat(),
        "sequence": sequence,
        "data": data,
    }
    assert events.Envelope().validate(body) == {}
    bench.publish(source, name, body)


def later(moment: str, **by: int) -> datetime:
    return datetime.fromisoformat(moment) + timedelta(**by)

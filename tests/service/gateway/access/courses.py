"""Courses, their sessions and the places in them, in spring."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.service.gateway.access.pools import kept, next_of
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import World

WORLD = "spring"
DAYS = itertools.count()
"""Each session has a day of its own, so that no two want one room or one instructor."""


def new_course(**other) -> dict:
    return {
        "title": "마을활동가 기초",
        "capacity": 5,
        "fee": 10000,
        "enrol_from": "2020-06-01T00:00:00+09:00",
        "enrol_until": "2020-06-20T18:00:00+09:00",
        **other,
    }


def new_session() -> dict:
    week, weekday = divmod(next(DAYS), 5)
    day = f"2020-{7 + week // 4:02}-{6 + 7 * (week % 4) + weekday - (1 if week >= 4 else 0):02}"
    return {
        "space_id": "edu-2",
        "start": f"{day}T10:00:00+09:00",
        "end": f"{day}T12:00:00+09:00",
        "instructor": {"id": "access-instructor", "name": World.name("instructor")},
    }


def drafted(world: World, **other) -> tuple[str, str]:
    """A course and its session."""
    course_id = world.made("staff", "POST", "/courses", json=new_course(**other))["id"]
    return course_id, world.made("staff", "POST", f"/courses/{course_id}/sessions", json=new_session())["id"]


def published(world: World, **other) -> tuple[str, str]:
    course_id, session_id = drafted(world, **other)
    world.made("staff", "POST", f"/courses/{course_id}/publish")
    return course_id, session_id


def cancel_course(world: World, course_id: str) -> None:
    world.call("staff", "POST", f"/courses/{course_id}/cancel")


def cancel_the_course(world: World, answer: requests.Response) -> None:
    cancel_course(world, answer.json()["id"])


@contextmanager
def draft(world: World) -> Iterator[str]:
    course_id, _ = drafted(world)
    yield course_id
    cancel_course(world, course_id)


@contextmanager
def course(world: World) -> Iterator[str]:
    course_id, _ = published(world)
    yield course_id
    cancel_course(world, course_id)


@contextmanager
def attended(world: World) -> Iterator[str]:
    """A course in which the owner has a place."""
    course_id, _ = published(world)
    world.made("owner", "POST", f"/courses/{course_id}/enrolments")
    yield course_id
    cancel_course(world, course_id)


@contextmanager
def refunded(world: World) -> Iterator[str]:
    """A cancelled course, for which the owner is owed the fee."""
    course_id, _ = published(world)
    world.made("owner", "POST", f"/courses/{course_id}/enrolments")
    cancel_course(world, course_id)
    yield course_id


@contextmanager
def session(world: World) -> Iterator[str]:
    course_id, session_id = published(world)
    yield session_id
    cancel_course(world, course_id)


@contextmanager
def cancelled_session(world: World) -> Iterator[str]:
    course_id, session_id = published(world)
    world.made("staff", "POST", f"/sessions/{session_id}/cancel")
    yield session_id
    cancel_course(world, course_id)


@contextmanager
def enrolment(world: World) -> Iterator[str]:
    course_id, _ = published(world)
    yield world.made("owner", "POST", f"/courses/{course_id}/enrolments")["id"]
    cancel_course(world, course_id)


@contextmanager
def offered_place(world: World) -> Iterator[str]:
    """Held for the owner, since somebody before them has gone."""
    course_id, _ = published(world, capacity=3)
    path = f"/courses/{course_id}/enrolments"
    first, *_, waiting = (world.made(role, "POST", path)["id"] for role in ("resident", "member", "judge", "owner"))
    world.made("resident", "DELETE", f"/enrolments/{first}")
    yield waiting
    cancel_course(world, course_id)


ENTRY = {"nonce": "access", "person_id": "access-owner", "direction": "in", "at": "2020-04-22T10:00:00+09:00"}
NEW_DATE = {"start": "2020-09-01T10:00:00+09:00", "end": "2020-09-01T12:00:00+09:00", "space_id": "edu-1"}

THINGS = {
    "course_id": course,
    "draft_id": draft,
    "attended_id": attended,
    "refunded_id": refunded,
    "undersubscribed_id": next_of("undersubscribed"),
    "over_id": next_of("over"),
    "session_id": session,
    "cancelled_session_id": cancelled_session,
    "held_session_id": kept("held_session"),
    "enrolment_id": enrolment,
    "offered_place_id": offered_place,
    "code": kept("certificate"),
    "revocable": next_of("revocable"),
}
ROWS = (
    row("GET /courses", beside=("attended_id",), anonymous=200, others=200),
    row("POST /courses", body=new_course(), others=403, staff=201, undo=cancel_the_course),
    row("GET /courses/{course_id}", of={"course_id": "attended_id"}, anonymous=200, others=200),
    row(
        "GET /courses/{course_id}",
        note="a draft",
        of={"course_id": "draft_id"},
        anonymous=404,
        others=404,
        instructor=200,
        staff=200,
        auditor=200,
    ),
    row("POST /courses/{course_id}/sessions", body=lambda _: new_session(), others=403, staff=201),
    row("POST /courses/{course_id}/publish", of={"course_id": "draft_id"}, others=403, staff=200),
    row("POST /courses/{course_id}/confirm", of={"course_id": "undersubscribed_id"}, others=403, staff=200),
    row("POST /courses/{course_id}/cancel", others=403, staff=200),
    row(
        "POST /courses/{course_id}/complete",
        of={"course_id": "over_id"},
        others=403,
        staff=200,
        shows="staff",
    ),
    row("GET /courses/{course_id}/decisions", of={"course_id": "attended_id"}, others=403, staff=200, auditor=200),
    row(
        "GET /courses/{course_id}/enrolments",
        of={"course_id": "attended_id"},
        others=403,
        instructor=200,
        staff=200,
        auditor=200,
        shows="instructor staff auditor",
    ),
    row(
        "GET /courses/{course_id}/refunds",
        of={"course_id": "refunded_id"},
        others=403,
        staff=200,
        auditor=200,
        shows="staff auditor",
    ),
    row("POST /courses/{course_id}/enrolments", others=201, shows="owner"),
    row(
        "POST /courses/{course_id}/enrolments",
        note="of a course that is not there for them",
        of={"course_id": "draft_id"},
        others=404,
        staff=409,
        auditor=409,
    ),
    row("GET /enrolments", beside=("attended_id",), others=200, shows="owner"),
    row("DELETE /enrolments/{enrolment_id}", others=404, owner=200, staff=200, shows="owner staff"),
    row(
        "POST /enrolments/{enrolment_id}/accept",
        of={"enrolment_id": "offered_place_id"},
        others=404,
        owner=200,
        staff=200,
        shows="owner staff",
    ),
    row("POST /sessions/{session_id}/cancel", others=403, staff=200),
    row(
        "POST /sessions/{session_id}/new-date",
        of={"session_id": "cancelled_session_id"},
        body=NEW_DATE,
        others=403,
        staff=200,
    ),
    row(
        "POST /sessions/{session_id}/attendance",
        of={"session_id": "held_session_id"},
        body={"entries": [ENTRY]},
        others=403,
        instructor=200,
        staff=200,
    ),
    row(
        "GET /sessions/{session_id}/attendance",
        of={"session_id": "held_session_id"},
        others=403,
        instructor=200,
        staff=200,
        auditor=200,
    ),
    row("GET /me/certificates", others=200, shows="owner"),
    row("GET /certificates/{code}", anonymous=200, others=200),
    row("GET /certificates/{code}.pdf", others=404, owner=200, staff=200, auditor=200),
    row(
        "POST /certificates/{code}/revoke",
        of={"code": "revocable"},
        body={"reason": "출석부가 잘못되었습니다."},
        others=403,
        staff=200,
    ),
)

"""Calls, and the owner's application to one of them, in April: the intake is open. The application is a draft."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import PEOPLE, World
from tests.service.recruitment.files import PDF
from tests.service.recruitment.selecting import IN_INTAKE, JUDGES, a_call, content, named

WORLD = "april"
EXTENSION = {"until": "2020-04-20T18:00:00+09:00", "reason": "입원"}
NEW = {"organisation_id": PEOPLE["owner"][1][0], **content(1, organisation_name=World.SECRET, plan=World.SECRET)}
MINUTES = (datetime.fromisoformat(IN_INTAKE) + timedelta(minutes=each) for each in itertools.count(1))
DOCUMENT = "/applications/{application_id}/documents/{kind}"


def drafted(world: World, **different: Any) -> str:
    return world.made("staff", "POST", "/calls", json=a_call(**different))["id"]


def published(world: World, **different: Any) -> str:
    call_id = drafted(world, **different)
    world.made("staff", "POST", f"/calls/{call_id}/publish")
    return call_id


@contextmanager
def draft(world: World) -> Iterator[str]:
    yield drafted(world)


@contextmanager
def call(world: World) -> Iterator[str]:
    yield published(world)


@contextmanager
def application(world: World) -> Iterator[str]:
    """With one document of the five."""
    made = world.made("owner", "POST", f"/calls/{published(world)}/applications", json=NEW)["id"]
    world.made("owner", "PUT", DOCUMENT.format(application_id=made, kind="introduction"), data=PDF)
    yield made


@contextmanager
def complete_application(world: World) -> Iterator[str]:
    """To a call that asks for no documents."""
    call_id = published(world, documents=[])
    yield world.made("owner", "POST", f"/calls/{call_id}/applications", json=NEW)["id"]


@contextmanager
def submitted_application(world: World) -> Iterator[str]:
    """To a call whose intake is just over; that of the other calls is not."""
    closes_at = next(MINUTES)
    call_id = published(world, documents=[], intake_closes_at=closes_at.isoformat())
    made = world.made("owner", "POST", f"/calls/{call_id}/applications", json=NEW)["id"]
    world.made("owner", "POST", f"/applications/{made}/submit")
    world.made("anonymous", "POST", "/dev/clock", json={"now": closes_at.isoformat()})
    yield made


THINGS = {
    "open_call_id": call,
    "draft_call_id": draft,
    "draft_application_id": application,
    "complete_application_id": complete_application,
    "submitted_application_id": submitted_application,
}
OPEN, DRAFT = {"call_id": "open_call_id"}, {"call_id": "draft_call_id"}
OWN = {"application_id": "draft_application_id"}
INTRODUCTION = {"kind": "introduction"}
CORRECTION = {"reason": "고침", "title": "새 제목"}
PANEL = {"judges": named(*JUDGES)}
READERS = "owner staff auditor"
ROWS = (
    row("GET /calls", anonymous=200, others=200),
    row("GET /calls/{call_id}", of=OPEN, anonymous=200, others=200),
    row("GET /calls/{call_id}", note="a draft", of=DRAFT, anonymous=404, others=404, staff=200, auditor=200),
    row("POST /calls", body=a_call(), others=403, staff=201),
    row("PUT /calls/{call_id}", note="a draft", of=DRAFT, body=a_call(), others=403, staff=200),
    row("PUT /calls/{call_id}", note="published", of=OPEN, body=a_call(), others=403, staff=409),
    row("POST /calls/{call_id}/publish", note="a draft", of=DRAFT, others=403, staff=200),
    row("POST /calls/{call_id}/publish", note="again", of=OPEN, others=403, staff=409),
    row("POST /calls/{call_id}/corrections", of=OPEN, body=CORRECTION, others=403, staff=201),
    row("PUT /calls/{call_id}/judges", of=OPEN, body=PANEL, others=403, staff=200),
    row("GET /calls/{call_id}/judges", of=OPEN, others=403, staff=200, auditor=200),
    row("GET /calls/{call_id}/decisions", of=OPEN, others=403, staff=200, auditor=200),
    row("GET /calls/{call_id}/statistics", of=OPEN, others=403, staff=200, auditor=200),
    row("GET /calls/{call_id}/purge", note="before there is one", of=OPEN, others=403, staff=404, auditor=404),
    row("POST /calls/{call_id}/applications", of=OPEN, body=NEW, others=403, owner=201, shows="owner"),
    row(
        "POST /calls/{call_id}/applications",
        note="to a draft",
        of=DRAFT,
        body=NEW,
        others=404,
        staff=403,
        auditor=403,
    ),
    row("GET /applications", beside=("draft_application_id",), others=200, shows=READERS),
    row("GET /applications/{application_id}", of=OWN, others=404, owner=200, staff=200, auditor=200, shows=READERS),
    row("PATCH /applications/{application_id}", of=OWN, body={"plan": "글"}, others=404, owner=200, shows="owner"),
    row(f"PUT {DOCUMENT}", of=OWN, at=INTRODUCTION, options=lambda: {"data": PDF}, others=404, owner=200),
    row(f"GET {DOCUMENT}", of=OWN, at=INTRODUCTION, others=404, owner=200, staff=200, auditor=200),
    row("GET /applications/{application_id}/accesses", of=OWN, others=403, staff=200, auditor=200),
    row("POST /applications/{application_id}/submit", note="without its documents", of=OWN, others=404, owner=409),
    row(
        "POST /applications/{application_id}/submit",
        of={"application_id": "complete_application_id"},
        others=404,
        owner=200,
        shows="owner",
    ),
    row(
        "POST /applications/{application_id}/extension",
        of=OWN,
        body=EXTENSION,
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "POST /applications/{application_id}/screening",
        note="before the deadline",
        of=OWN,
        body={},
        others=403,
        staff=409,
    ),
    row(
        "POST /applications/{application_id}/screening",
        of={"application_id": "submitted_application_id"},
        body={},
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "POST /applications/{application_id}/recusals",
        note="by nobody who judges it",
        of=OWN,
        body={"reason": "친척"},
        others=404,
    ),
    row("POST /applications/{application_id}/withdraw", of=OWN, others=404, owner=200, shows="owner"),
)

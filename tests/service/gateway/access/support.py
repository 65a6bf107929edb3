"""The support work. The owner asked for the consultation; the activist accompanies the owner's community."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from tests.service.gateway.access.courses import cancel_course, published
from tests.service.gateway.access.table import row
from tests.service.gateway.access.world import PEOPLE, World

WORLD = "spring"
ORGANISATION = PEOPLE["owner"][1][0]
LOG = {"held_at": "2020-05-20T14:00:00+09:00", "minutes": 60, "notes": World.SECRET}
QUESTIONS = [{"id": "all", "text": "어땠나요?", "kind": "rating"}]
ANSWERS = {"answers": {"all": 5}}
NUMBERS = itertools.count()
"""What has a name has one of its own."""
TO_THE_INSTRUCTOR = {"consultant_id": "access-instructor"}
OVER_THE_ACTIVIST = {"activist_ids": ["access-activist"]}
CLOSES_AT = "2020-12-31T18:00:00+09:00"


def asked(world: World) -> str:
    wanted = {"topic": "finance", "title": World.SECRET}
    return world.made("owner", "POST", "/consultations", json=wanted)["id"]


@contextmanager
def consultation(world: World) -> Iterator[str]:
    yield asked(world)


@contextmanager
def diagnosed(world: World) -> Iterator[str]:
    """The instructor is one of the consultants."""
    consultation_id = asked(world)
    consultant = {"name": World.name("instructor"), "topics": ["finance"], "most": 1000}
    world.made("staff", "PUT", "/consultants/access-instructor", json=consultant)
    diagnosis = {"diagnosis": "장부를 봅니다."}
    world.made("staff", "POST", f"/consultations/{consultation_id}/diagnosis", json=diagnosis)
    yield consultation_id


@contextmanager
def assigned(world: World) -> Iterator[str]:
    """With the instructor as its consultant."""
    with diagnosed(world) as consultation_id:
        world.made("staff", "POST", f"/consultations/{consultation_id}/assign", json=TO_THE_INSTRUCTOR)
        yield consultation_id


@contextmanager
def reported(world: World) -> Iterator[str]:
    with assigned(world) as consultation_id:
        world.made("instructor", "POST", f"/consultations/{consultation_id}/report", json={"report": "끝"})
        yield consultation_id


@contextmanager
def opportunity(world: World) -> Iterator[str]:
    yield world.made("staff", "POST", "/opportunities", json={"channel": "shop", "title": "공동 매장"})["id"]


@contextmanager
def introduced(world: World) -> Iterator[str]:
    """Where an organisation of the owner's was introduced."""
    with opportunity(world) as opportunity_id:
        introduce(world, opportunity_id)
        yield opportunity_id


def introduce(world: World, opportunity_id: str) -> str:
    who = {"organisation_id": ORGANISATION, "organisation_name": World.SECRET}
    made: str = world.made("staff", "POST", f"/opportunities/{opportunity_id}/introductions", json=who)["id"]
    return made


@contextmanager
def introduction(world: World) -> Iterator[str]:
    with opportunity(world) as opportunity_id:
        yield introduce(world, opportunity_id)


@contextmanager
def programme(world: World) -> Iterator[str]:
    wanted = {"title": "마을공동체 공모", "year": 2020, "stage": "forming"}
    yield world.made("staff", "POST", "/programmes", json=wanted)["id"]


def supported(world: World, programme_id: str) -> str:
    """The owner's community, in the programme."""
    community = {"name": World.SECRET, "representative_id": "access-owner"}
    grant = {"amount": 1000, "community": community}
    made: str = world.made("staff", "POST", f"/programmes/{programme_id}/communities", json=grant)["community"]["id"]
    return made


@contextmanager
def spread(world: World) -> Iterator[str]:
    """With the owner's community, which the activist accompanies."""
    with programme(world) as programme_id:
        supported(world, programme_id)
    world.made("staff", "PUT", "/activists/access-activist", json={"name": World.name("activist")})
    world.made("staff", "POST", f"/programmes/{programme_id}/assignments", json=OVER_THE_ACTIVIST)
    yield programme_id


def new_visit(world: World) -> dict:
    """Of the activist to the owner's community."""
    with spread(world) as programme_id:
        there = world.made("staff", "GET", f"/programmes/{programme_id}/communities")["items"]
    return {"community_id": there[0]["community"]["id"], "visit_at": "2020-05-25T10:00:00+09:00"}


@contextmanager
def visit(world: World) -> Iterator[str]:
    yield world.made("staff", "POST", "/visits", json=new_visit(world))["id"]


@contextmanager
def finding(world: World) -> Iterator[str]:
    yield world.made("staff", "POST", "/findings", json={"title": "돌봄 공백", "theme": "돌봄"})["id"]


@contextmanager
def action(world: World) -> Iterator[str]:
    """That the owner has to do."""
    agreed = {"title": World.SECRET, "owner_id": "access-owner", "due_on": "2020-05-31"}
    yield world.made("staff", "POST", "/network/actions", json=agreed)["id"]


@contextmanager
def survey(world: World) -> Iterator[str]:
    """After a course in which the owner has a place."""
    course_id, _ = published(world)
    world.made("owner", "POST", f"/courses/{course_id}/enrolments")
    yield world.made("staff", "POST", "/surveys", json=new_survey(course_id, "course"))["id"]
    cancel_course(world, course_id)


def new_asset(_: World) -> dict:
    return {"kind": "place", "name": f"터 {next(NUMBERS)}", "source": "현장", "consent": "not_needed"}


def new_survey(subject_id: str, subject: str = "consultation") -> dict:
    return {
        "subject": subject,
        "subject_id": subject_id,
        "title": "만족도",
        "questions": QUESTIONS,
        "closes_at": CLOSES_AT,
    }


THINGS = {
    "consultation_id": consultation,
    "diagnosed_id": diagnosed,
    "assigned_id": assigned,
    "reported_id": reported,
    "opportunity_id": introduced,
    "introduction_id": introduction,
    "programme_id": programme,
    "spread_id": spread,
    "visit_id": visit,
    "survey_id": survey,
    "finding_id": finding,
    "action_id": action,
}
ROWS = (
    row(
        "POST /consultations/{consultation_id}/diagnosis",
        body={"diagnosis": "장부가 없습니다."},
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "POST /consultations/{consultation_id}/assign",
        of={"consultation_id": "diagnosed_id"},
        body=TO_THE_INSTRUCTOR,
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "GET /consultations/{consultation_id}",
        of={"consultation_id": "assigned_id"},
        others=404,
        owner=200,
        instructor=200,
        staff=200,
        auditor=200,
        shows="owner instructor staff auditor",
    ),
    row(
        "POST /consultations/{consultation_id}/report",
        of={"consultation_id": "assigned_id"},
        body={"report": "끝"},
        others=404,
        owner=403,
        instructor=200,
        staff=200,
        auditor=403,
        shows="instructor staff",
    ),
    row(
        "POST /consultations/{consultation_id}/logs",
        of={"consultation_id": "assigned_id"},
        body=LOG,
        others=404,
        owner=403,
        auditor=403,
        instructor=201,
        staff=201,
        shows="instructor staff",
    ),
    row(
        "POST /consultations/{consultation_id}/satisfaction",
        of={"consultation_id": "reported_id"},
        body={"satisfaction": 5},
        others=404,
        owner=200,
        instructor=403,
        staff=403,
        auditor=403,
        shows="owner",
    ),
    row(
        "POST /opportunities/{opportunity_id}/introductions",
        body={"organisation_id": "another-org"},
        others=403,
        staff=201,
    ),
    row(
        "GET /opportunities/{opportunity_id}/introductions",
        others=200,
        shows="owner staff auditor",
    ),
    row(
        "POST /introductions/{introduction_id}/result",
        body={"result": "contract", "amount": 1000},
        others=403,
        staff=200,
        shows="staff",
    ),
    row(
        "POST /programmes/{programme_id}/communities",
        body=lambda _: {"amount": 1000, "community": {"name": f"모임 {next(NUMBERS)}"}},
        others=403,
        staff=201,
    ),
    row(
        "GET /programmes/{programme_id}/communities",
        of={"programme_id": "spread_id"},
        others=200,
        shows="activist staff auditor",
    ),
    row(
        "POST /programmes/{programme_id}/assignments",
        of={"programme_id": "spread_id"},
        body=OVER_THE_ACTIVIST,
        others=403,
        staff=200,
    ),
    row("POST /visits", body=new_visit, others=404, activist=201, staff=201, shows="activist staff"),
    row(
        "POST /visits/{visit_id}/report",
        body={"report": "잘 지냅니다."},
        others=404,
        activist=200,
        auditor=403,
        staff=200,
        shows="activist staff",
    ),
    row("POST /visits/{visit_id}/cancel", others=404, activist=200, auditor=403, staff=200, shows="activist staff"),
    row("POST /assets", body=new_asset, others=403, activist=201, consultant=201, staff=201),
    row(
        "POST /network/members",
        body=lambda _: {"name": f"기관 {next(NUMBERS)}", "side": "public"},
        others=403,
        staff=201,
    ),
    row("POST /surveys", body=lambda world: new_survey(asked(world)), others=403, staff=201),
    row("GET /surveys/{survey_id}", others=404, owner=200, staff=200, auditor=200),
    row("POST /surveys/{survey_id}/answers", body=ANSWERS, others=404, owner=201),
    row("GET /surveys/{survey_id}/results", others=403, staff=200, auditor=200),
    row("POST /findings/{finding_id}/deeds", body={"kind": "course", "note": "돌봄 강좌"}, others=403, staff=201),
    row("POST /findings/{finding_id}/rank", body={"rank": 1}, others=403, staff=200),
    row(
        "POST /network/actions/{action_id}/done",
        others=404,
        owner=200,
        staff=200,
        auditor=403,
        shows="owner staff",
    ),
)

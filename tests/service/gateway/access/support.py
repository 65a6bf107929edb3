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
CLOSES_AT = "2020-12-31T18:00:00+09:00"


def asked(world: World) -> str:
    wanted = {"topic": "finance", "title": World.SECRET}
    return world.made("owner", "POST", "/consultations", json=wanted)["id"]


@contextmanager
def consultation(world: World) -> Iterator[str]:
    yield asked(world)


@contextmanager
def assigned(world: World) -> Iterator[str]:
    """With the instructor as its consultant."""
    consultation_id = asked(world)
    consultant = {"name": World.name("instructor"), "topics": ["finance"], "most": 1000}
    world.made("staff", "PUT", "/consultants/access-instructor", json=consultant)
    choice = {"diagnosis": "장부를 봅니다.", "consultant_id": "access-instructor"}
    world.made("staff", "POST", f"/consultations/{consultation_id}/assign", json=choice)
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
def visit(world: World) -> Iterator[str]:
    """Of the activist to the owner's community."""
    with programme(world) as programme_id:
        community_id = supported(world, programme_id)
    world.made("staff", "PUT", "/activists/access-activist", json={"name": World.name("activist")})
    planned = {
        "community_id": community_id,
        "programme_id": programme_id,
        "visit_at": "2020-05-25T10:00:00+09:00",
        "activist_id": "access-activist",
    }
    yield world.made("staff", "POST", "/visits", json=planned)["id"]


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
    "assigned_id": assigned,
    "reported_id": reported,
    "opportunity_id": introduced,
    "introduction_id": introduction,
    "programme_id": programme,
    "visit_id": visit,
    "survey_id": survey,
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
    row("POST /surveys/{survey_id}/answers", body=ANSWERS, others=404, owner=201),
)

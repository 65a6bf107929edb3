"""A tenancy starts: the tenant is invited to the induction course, and to no other."""

from datetime import timedelta

import pytest

from services.training.contract import courses
from services.training.schemas.courses.heard import StartedTenancy
from services.training.usecases import courses as usecases
from tests.contracts.test_events import golden
from tests.people import STAFF
from tests.service.training.courses.centre import rows
from tests.service.training.courses.office import CLOSES, NOW, STARTS, Office


def draft(office: Office, title: str, *, induction: bool, closes=CLOSES) -> str:
    command = courses.CreateCourse(title=title, induction=induction, capacity=10, enrol_from=NOW, enrol_until=closes)
    course_id = office.act(usecases.create_course, command, STAFF).id
    teacher = courses.Instructor(id=f"teacher-of-{course_id[-12:]}", name="최강사")
    plan = courses.PlanSession(
        course_id=course_id, start=STARTS, end=STARTS + timedelta(hours=2), space_id="edu-1", instructor=teacher
    )
    office.act(usecases.plan_session, plan, STAFF)
    return course_id


def publish(office: Office, course_id: str) -> None:
    office.act(usecases.publish_course, courses.PublishCourse(course_id=course_id), STAFF)


def tenancy_starts(office: Office, number: int, now=NOW) -> None:
    heard = StartedTenancy(f"tenancy-{number}", f"org-{number}", f"tenant-{number}")
    office.work(usecases.invite_tenant, heard, rules=office.rules, now=now)


def invited(office: Office) -> list[tuple[str, str]]:
    """Whom to what, as notify is told."""
    return [(each["person_id"], each["title"]) for each in office.told("induction_invited")]


def test_tenant_is_invited_to_the_induction_course_that_takes_people(office):
    publish(office, draft(office, "협동조합 입문", induction=False))
    publish(office, draft(office, "입주기업 안내", induction=True))
    publish(office, draft(office, "다음 입주기업 안내", induction=True, closes=CLOSES + timedelta(days=1)))
    for _ in range(2):  # told twice
        tenancy_starts(office, 1)
    tenancy_starts(office, 2)
    assert invited(office) == [("tenant-1", "입주기업 안내"), ("tenant-2", "입주기업 안내")]


@pytest.mark.parametrize("before", ["none", "another course", "a draft", "one that is closed"])
def test_without_one_the_invitation_waits_for_the_next_to_be_published(office, before):
    if before == "another course":
        publish(office, draft(office, "협동조합 입문", induction=False))
    elif before == "one that is closed":
        publish(office, draft(office, "지난 안내", induction=True))
    later = draft(office, "입주기업 안내", induction=True, closes=CLOSES + timedelta(days=2))
    now = CLOSES if before == "one that is closed" else NOW
    tenancy_starts(office, 1, now=now)
    assert invited(office) == []
    publish(office, draft(office, "이웃과 함께", induction=False))
    assert invited(office) == []
    publish(office, later)
    assert invited(office) == [("tenant-1", "입주기업 안내")]
    publish(office, draft(office, "그다음 안내", induction=True))
    assert len(invited(office)) == 1


def test_recruitments_event_is_understood(bench_of):
    bench = bench_of("training")
    sample = golden("madang.recruitment.tenancy_started.v1")
    bench.publish("recruitment", "tenancy_started", sample)
    bench.settle()
    assert rows(bench, "SELECT tenancy_id, course_id FROM induction_invitations") == [
        (sample["data"]["tenancy_id"], None)
    ]

"""Something in every table of the training service, written past its rules: lists only read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.training.models import courses
from services.training.models.base import Base
from services.training.models.support import consulting, network, programmes, survey
from tests.people import RESIDENT

AT = datetime(2020, 3, 2, 10, tzinfo=ZoneInfo("Asia/Seoul"))
DAY = date(2020, 3, 2)
FORMULA = '=HYPERLINK("http://bad","x")'
PROGRAMME, OPPORTUNITY, THEME = "programme-00", "opportunity-00", "돌봄"


def hold(session: Session, numbers: range) -> None:
    """One more of each thing for each number; RESIDENT's wherever it is somebody's. Free text is FORMULA."""
    of_each = [(*_support(f"{number:02}", number), *_courses(f"{number:02}", number)) for number in numbers]
    for of_one_table in zip(*of_each, strict=True):
        session.add_all(of_one_table)
        session.flush()


def _support(n: str, number: int) -> list[Base]:
    person, both = RESIDENT.id, {"field": "both"}
    entered = {"entered_by": FORMULA, "entered_at": AT}
    questions = [{"id": "q", "text": FORMULA, "kind": "text"}]
    placed: dict[str, Any] = {"programme_id": PROGRAMME, "community_id": f"community-{n}", "activist_id": person}
    return [
        consulting.Consultant(id=f"consultant-{n}", name=FORMULA, topics=["finance"], most=5, active=True),
        consulting.Consultation(
            id=f"consultation-{n}",
            **both,
            **{"topic": "finance", "title": FORMULA, "need": FORMULA, "status": "assigned", "version": 1},
            **{"requester_id": person, "requester_name": FORMULA, "consultant_id": f"consultant-{n}"},
            requested_at=AT,
        ),
        consulting.ConsultationLog(
            id=f"log-{n}",
            consultation_id=f"consultation-{n}",
            author_id=FORMULA,
            held_at=AT,
            minutes=30,
            notes=FORMULA,
        ),
        consulting.Opportunity(
            id=f"opportunity-{n}",
            channel="fair",
            **both,
            **entered,
            **dict.fromkeys(("title", "organiser", "description"), FORMULA),
        ),
        consulting.Introduction(
            id=f"introduction-{n}",
            opportunity_id=OPPORTUNITY,
            organisation_id=f"org-{n}",
            **dict.fromkeys(("organisation_name", "introduced_by", "note"), FORMULA),
            introduced_at=AT,
            result="pending",
        ),
        programmes.Programme(
            id=f"programme-{n}",
            title=FORMULA,
            year=2020,
            stage="activity",
            **both,
            ceiling=1,
            opened_by=FORMULA,
            opened_at=AT,
        ),
        programmes.Community(
            id=f"community-{n}", name=f"{FORMULA} {n}", area=FORMULA, **both, members=3, entered_at=AT
        ),
        programmes.Support(id=f"support-{n}", **placed, amount=1, grant_id=f"={n}", entered_at=AT),
        programmes.Activist(id=person if number == 0 else f"activist-{n}", **_activist()),
        programmes.Visit(
            id=f"visit-{n}",
            **placed,
            **dict.fromkeys(("purpose", "planned_by", "report"), FORMULA),
            visit_at=AT,
            planned_at=AT,
            status="reported",
            version=1,
        ),
        survey.Asset(
            id=f"asset-{n}",
            kind="place",
            name=f"{FORMULA} {n}",
            **both,
            **entered,
            **dict.fromkeys(("area", "description", "source"), FORMULA),
            consent="not_needed",
        ),
        survey.Voice(
            id=f"voice-{n}",
            theme=THEME,
            **both,
            **dict.fromkeys(("words", "area", "source", "entered_by"), FORMULA),
            heard_on=DAY,
        ),
        survey.Finding(id=f"finding-{n}", title=FORMULA, theme=THEME, text=FORMULA, rank=number + 1, **both, **entered),
        survey.FindingDeed(
            id=f"deed-{n}", finding_id=f"finding-{n}", kind="other", reference=FORMULA, note=FORMULA, done_on=DAY
        ),
        survey.Survey(
            id=f"survey-{n}",
            subject="consultation",
            subject_id=f"consultation-{n}",
            title=FORMULA,
            questions=questions,
            closes_at=AT,
            opened_by="",
            opened_at=AT,
        ),
        survey.SurveyAnswer(
            id=f"answer-{n}", survey_id=f"survey-{n}", respondent=n, answers={"q": FORMULA}, answered_on=DAY
        ),
        network.Member(
            id=f"member-{n}", name=f"{FORMULA} {n}", side="public", **both, area=FORMULA, joined_on=DAY, entered_at=AT
        ),
        network.Meeting(
            id=f"meeting-{n}",
            **both,
            held_at=AT,
            member_ids=[],
            **dict.fromkeys(("title", "place", "minutes", "entered_by"), FORMULA),
        ),
        network.ActionItem(
            id=f"action-{n}",
            title=FORMULA,
            owner_id=person,
            owner_name=FORMULA,
            due_on=DAY,
            status="open",
            entered_by=FORMULA,
            version=1,
        ),
        network.Milestone(key=n, kind="tenancy_started", organisation_id=FORMULA, happened_on=DAY),
    ]


def _activist() -> dict[str, Any]:
    return {"name": FORMULA, "field": "both", "area": FORMULA, "active": True, "since": AT, "version": 1}


def _courses(n: str, number: int) -> list[Base]:
    begins = AT + timedelta(days=number)
    ends = begins + timedelta(hours=2)
    about = {"title": FORMULA, "field": "both", "track": "general"}
    course, session, enrolment = f"course-{n}", f"session-{n}", f"enrolment-{n}"
    return [
        courses.Course(
            id=course,
            **about,
            **{"about": "", "induction": False, "capacity": 9, "taken": 1, "waiting": 0, "numbered": 1, "fee": 0},
            **{"enrol_from": AT, "enrol_until": ends, "status": "completed", "version": 1},
            created_at=AT,
            created_by="",
        ),
        courses.CourseSession(
            id=session,
            course_id=course,
            **{"space_id": FORMULA, "space_names": {}, "instructor_id": "teacher", "instructor_name": FORMULA},
            **{"status": "confirmed", "plan": 1, "booking_id": n, "refusals": [], "redated": False, "version": 1},
            starts_at=begins,
            ends_at=ends,
        ),
        courses.Enrolment(
            id=enrolment,
            course_id=course,
            person_id=RESIDENT.id,
            person_name=FORMULA,
            **{"number": 1, "status": "confirmed", "fee": 0, "enrolled_at": AT, "changed_at": AT, "version": 1},
        ),
        courses.Refund(
            course_id=course, enrolment_id=enrolment, amount=1, reason_code="course_cancelled", owed_since=AT
        ),
        courses.Mark(
            session_id=session,
            nonce=n,
            person_id=FORMULA,
            direction="in",
            at=AT,
            recorded_at=AT,
            recorded_by=FORMULA,
        ),
        courses.Certificate(
            id=f"certificate-{n}",
            number=f"2020-{n}",
            course_id=course,
            enrolment_id=enrolment,
            person_id=RESIDENT.id,
            person_name=FORMULA,
            **about,
            **{"minutes": 1, "of_minutes": 1, "first_day": DAY, "last_day": DAY, "issued_at": AT, "version": 1},
        ),
    ]

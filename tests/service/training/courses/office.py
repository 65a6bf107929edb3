"""Calls the use cases of courses as the entrypoints do, one transaction each, and reads what stands in the database."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.chassis.context import Actor, Context
from services.chassis.db import Database
from services.chassis.errors import DomainError, Refused
from services.chassis.outbox import outbox
from services.training.contract import courses, enrolments
from services.training.domain.rules import TrainingRules
from services.training.models.courses import (
    Certificate,
    Course,
    CourseDecision,
    CourseSession,
    Enrolment,
    Instructor,
    Mark,
    Refund,
    SessionRoom,
)
from services.training.schemas.courses.heard import RoomGranted
from services.training.usecases import courses as usecases
from tests.people import STAFF

C = TypeVar("C")
A = TypeVar("A")
SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2020, 3, 10, 9, tzinfo=SEOUL)
CLOSES = NOW + timedelta(days=8)
STARTS = NOW + timedelta(days=10)
WRITTEN = (
    *(CourseDecision, Certificate, Mark, Refund, Enrolment, CourseSession, SessionRoom, Instructor, Course),
    outbox,
)


class Office:
    def __init__(self, database: Database, rules: TrainingRules) -> None:
        self.database = database
        self.rules = rules

    def work(self, usecase: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return self.database.transaction(lambda session: usecase(session, *given, **named))

    def act(self, usecase: Callable[[Call[TrainingRules], C], A], command: C, actor: Actor, now: datetime = NOW) -> A:
        return self.work(lambda session: usecase(self.call(session, actor, now), command))

    def call(self, session: Session, actor: Actor, now: datetime = NOW) -> Call[TrainingRules]:
        return Call(session, Context.begin(actor=actor), now, self.rules)

    def outcome(self, usecase: Callable[..., Any], command: Any, actor: Actor, now: datetime = NOW) -> str:
        """What came of it: the status of what it is about, or the code of the refusal."""
        try:
            return str(self.act(usecase, command, actor, now).status)
        except Refused as refused:
            return refused.code
        except DomainError as error:
            return error.code

    def course(self, *, capacity: int, fee: int = 0, sessions: int = 1) -> str:
        """A published course, whose sessions have their rooms."""
        command = courses.CreateCourse(
            title="협동조합 입문", capacity=capacity, fee=fee, enrol_from=NOW, enrol_until=CLOSES
        )
        course_id = self.act(usecases.create_course, command, STAFF).id
        for number in range(sessions):
            start = STARTS + timedelta(days=number)
            teacher = courses.Instructor(id=f"teacher-of-{course_id[-12:]}", name="최강사")
            plan = courses.PlanSession(
                course_id=course_id, start=start, end=start + timedelta(hours=2), space_id="edu-1", instructor=teacher
            )
            planned = self.act(usecases.plan_session, plan, STAFF)
            granted = RoomGranted(planned.id, planned.version, f"booking-of-{planned.id[-12:]}", {})
            self.work(usecases.confirm_session, granted, rules=self.rules, now=NOW)
        self.act(usecases.publish_course, courses.PublishCourse(course_id=course_id), STAFF)
        return course_id

    def enrolled(self, course_id: str, numbers: range, now: datetime = NOW) -> list[enrolments.Enrolment]:
        """Each of the people enrols, in turn."""
        return [
            self.act(usecases.enrol, enrolments.Enrol(course_id=course_id), person(number), now) for number in numbers
        ]

    def sessions(self, course_id: str) -> list[CourseSession]:
        wanted = select(CourseSession).where(CourseSession.course_id == course_id).order_by(CourseSession.starts_at)
        return list(self.read(lambda session: session.scalars(wanted).all()))

    def refunds(self, course_id: str) -> list[Refund]:
        wanted = select(Refund).where(Refund.course_id == course_id).order_by(Refund.id)
        return list(self.read(lambda session: session.scalars(wanted).all()))

    def told(self, *names: str) -> list[dict[str, Any]]:
        """What training's events of these names say, in the order in which they were written."""
        wanted = select(outbox.c.envelope).where(outbox.c.event.in_(names)).order_by(outbox.c.id)
        found = self.read(lambda session: session.execute(wanted).scalars().all())
        return [json.loads(each)["data"] for each in found]

    def read(self, look: Callable[[Session], Any]) -> Any:
        return self.database.transaction(look)

    def enrolments(self, course_id: str) -> list[Enrolment]:
        """In the order of coming."""
        wanted = select(Enrolment).where(Enrolment.course_id == course_id).order_by(Enrolment.number)
        return list(self.read(lambda session: session.scalars(wanted).all()))

    def found(self, course_id: str) -> Course:
        return self.read(lambda session: session.get_one(Course, course_id))

    def clear_marks(self) -> None:
        self.database.transaction(lambda session: session.execute(delete(Mark)))

    def clear(self) -> None:
        def clear(session: Session) -> None:
            for table in WRITTEN:
                session.execute(delete(table))

        self.database.transaction(clear)


def person(number: int) -> Actor:
    return Actor(f"person-{number:04}", f"주민{number}", frozenset({"resident"}))

"""When a course takes place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.period import Period
from services.training.domain.courses.lifecycle import TAKING_PLACE
from services.training.models.courses import CourseSession


@dataclass(frozen=True)
class Dates:
    """From the beginning of the first session to the end of the last one; None: there is none."""

    starts: datetime | None
    ends: datetime | None


def dates_of(session: Session, course_id: str) -> Dates:
    """Of the sessions that are not refused or cancelled."""
    found = select(func.min(CourseSession.starts_at), func.max(CourseSession.ends_at)).where(
        CourseSession.course_id == course_id, CourseSession.status.in_(TAKING_PLACE)
    )
    return Dates(*session.execute(found).one())


def elsewhere(session: Session, instructor_id: str, period: Period, *, apart_from: str = "") -> Sequence[Period]:
    """When the instructor teaches at that time already."""
    found = (
        select(CourseSession.starts_at, CourseSession.ends_at)
        .where(
            CourseSession.instructor_id == instructor_id,
            CourseSession.status.in_(TAKING_PLACE),
            CourseSession.starts_at < period.end,
            CourseSession.ends_at > period.start,
            CourseSession.id != apart_from,
        )
        .order_by(CourseSession.starts_at)
    )
    return [Period(start, end, period.zone) for start, end in session.execute(found)]

"""What the support work reads of the courses, which are the other half of this service."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.training.models.courses import Course


def is_course(session: Session, course_id: str) -> bool:
    return session.get(Course, course_id) is not None

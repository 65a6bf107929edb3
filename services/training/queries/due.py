"""When the clock has something to do next, for each timer."""

from __future__ import annotations

from sqlalchemy import func, select

from services.chassis.agenda import Due
from services.training.contract.vocabulary import CourseStatus, EnrolmentStatus, SessionStatus
from services.training.models.courses import Course, CourseSession, Enrolment
from services.training.models.support.network import ActionItem
from services.training.models.support.programmes import Visit

OFFER = Due(select(func.min(Enrolment.offer_until)).where(Enrolment.status == EnrolmentStatus.OFFERED))
ENROLMENT = Due(select(func.min(Course.enrol_until)).where(Course.status == CourseStatus.PUBLISHED))
ROOM = Due(select(func.min(CourseSession.answer_by)).where(CourseSession.status == SessionStatus.AWAITING_ROOM))
REPORT = Due(select(func.min(Visit.remind_at)).where(Visit.remind_at.is_not(None)))
ACTION = Due(select(func.min(ActionItem.remind_at)).where(ActionItem.remind_at.is_not(None)))

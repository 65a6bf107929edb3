"""Pages for staff and instructors: setting up courses, their sessions, and the attendance sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.centre.vocabulary import Field
from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import courses, forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.listing import with_id
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, person_only, roles_only
from services.gateway.web.words import choices, say
from services.training.contract.courses import (
    CancelCourse,
    CancelSession,
    CompleteCourse,
    ConfirmCourse,
    Course,
    CreateCourse,
    Entry,
    GetAttendance,
    GetCourse,
    ListCourses,
    PlanSession,
    PublishCourse,
    RecordAttendance,
    Session,
)
from services.training.contract.enrolments import ListEnrolments
from services.training.contract.vocabulary import Direction, EnrolmentStatus, SessionStatus, Track

WHOLE_DAY = time(23, 59)
EARLY = timedelta(minutes=5)
"""The sheet opens this long before the session: a mark of a time to come is refused."""
KEPT = timedelta(days=60)
"""A session that was held stays on its instructor's page for this long."""
TAUGHT = {SessionStatus.CONFIRMED, SessionStatus.AWAITING_ROOM}
STEPS = {
    "publish": (PublishCourse, "published"),
    "confirm": (ConfirmCourse, "confirmed"),
    "cancel": (CancelCourse, "cancelled"),
    "complete": (CompleteCourse, "completed"),
}
"""Request and notice of each step."""
PLACES = {"instructor_busy": "instructor_id", "room_refused": "space_id"}


@dataclass(frozen=True)
class TaughtSession:
    session: Session
    course: Course


@pages.get("/courses/new")
@roles_only(*STAFF)
def write_course() -> ResponseReturnValue:
    return _course_form({}, None)


@pages.post("/courses/new")
@roles_only(*STAFF)
def create_course() -> ResponseReturnValue:
    zone = Plan.of().zone
    times = {**_at("enrol_from", time(), zone), **_at("enrol_until", WHOLE_DAY, zone)}
    return forms.done(
        lambda: ask(forms.filled(CreateCourse, **times)),
        lambda complaints: _course_form(forms.entered(CreateCourse), complaints),
        lambda course: f"/courses/{course.id}",
        "created",
    )


@pages.post("/courses/<course_id>/sessions")
@roles_only(*STAFF)
def plan_session(course_id: str) -> ResponseReturnValue:
    values = forms.written("day", "from", "to", "space_id", "instructor_id", "instructor_name")
    zone = Plan.of().zone
    return forms.done(
        lambda: ask(_session(course_id, values, zone)),
        lambda complaints: courses.shown(course_id, complaints, values),
        f"/courses/{course_id}",
        "planned",
        PLACES,
    )


@pages.post("/courses/<course_id>/<any(publish, confirm, cancel, complete):step>")
@roles_only(*STAFF)
def take_step(course_id: str, step: str) -> ResponseReturnValue:
    request_, notice = STEPS[step]
    return _submit(course_id, lambda: ask(request_(course_id=course_id)), notice)


@pages.post("/courses/<course_id>/sessions/<session_id>/cancel")
@roles_only(*STAFF)
def cancel_session(course_id: str, session_id: str) -> ResponseReturnValue:
    return _submit(course_id, lambda: ask(forms.filled(CancelSession, session_id=session_id)), "cancelled")


@pages.get("/teaching")
@person_only
def show_teaching() -> ResponseReturnValue:
    """Show an instructor's sessions: the coming ones first, with attendance sheets, then those of the last weeks."""
    plan = Plan.of()
    me = incoming.context().actor.id
    own = [
        TaughtSession(session, course)
        for course in ask(ListCourses(limit=courses.MOST, since=plan.today - KEPT)).items
        for session in course.sessions
        if session.instructor.id == me and session.status in TAUGHT
    ]
    own.sort(key=lambda each: each.session.start)
    return page(
        "teaching.html",
        coming=[each for each in own if each.session.end > plan.now],
        past=[each for each in reversed(own) if each.session.end <= plan.now],
        is_open=lambda session: plan.now >= session.start - EARLY,
        names=plan.names,
        SESSION=courses.SESSION,
    )


@pages.get("/courses/<course_id>/sessions/<session_id>/attendance")
@person_only
def show_attendance(course_id: str, session_id: str) -> ResponseReturnValue:
    return _sheet(course_id, session_id)


@pages.post("/courses/<course_id>/sessions/<session_id>/attendance")
@person_only
def record_attendance(course_id: str, session_id: str) -> ResponseReturnValue:
    """Record the marked people once, even if a poor line sends the form twice: a mark makes its own nonce.

    `in-…` marks who came, at the beginning or, later, now; `out-…` who left.
    """
    address = f"/courses/{course_id}/sessions/{session_id}/attendance"
    session = with_id(ask(GetCourse(course_id=course_id)).sessions, session_id)
    entries = _entries(session)
    if not entries:
        return redirect_with_notice(address)
    return forms.done(
        lambda: ask(RecordAttendance(session_id=session_id, entries=entries)),
        lambda complaints: _sheet(course_id, session_id, complaints),
        address,
        "recorded",
    )


def _entries(session: Session) -> list[Entry]:
    now = min(max(clock.now().astimezone(session.start.tzinfo), session.start), session.end)
    entries = []
    for name in request.form:
        direction, _dash, person_id = name.partition("-")
        if direction not in set(Direction):
            continue
        on_time = direction == Direction.IN and request.form.get("at") != "now"
        at = session.start if on_time else now
        nonce = f"{session.id}:{person_id}:{direction}:{'start' if on_time else at.isoformat()}"
        entries.append(Entry(nonce=nonce, person_id=person_id, direction=Direction(direction), at=at))
    return entries


def _sheet(course_id: str, session_id: str, complaints: forms.Complaints | None = None) -> ResponseReturnValue:
    attendance = ask(GetAttendance(session_id=session_id))
    course = ask(GetCourse(course_id=course_id))
    people = ask(ListEnrolments(course_id=course_id, limit=courses.MOST)).items
    session = with_id(course.sessions, session_id)
    return page(
        "attendance.html",
        course=course,
        names=courses.names(),
        session=session,
        has_begun=clock.now() >= session.start - EARLY,
        people=[each for each in people if each.status is EnrolmentStatus.CONFIRMED],
        minutes={each.person_id: each.minutes for each in attendance.people},
        of_minutes=attendance.of_minutes,
        complaints=complaints,
        told={"recorded": _("The attendance is recorded.")},
    )


def _session(course_id: str, values: Mapping[str, str], zone: tzinfo) -> PlanSession:
    """Build the request from the form, which has one day for both times. Raises Wrong."""
    times = {}
    try:
        for name, at in (("start", values["from"]), ("end", values["to"])):
            day = datetime.fromisoformat(values["day"]).date()
            times[name] = datetime.combine(day, time.fromisoformat(at), zone).isoformat()
    except (KeyError, ValueError) as error:
        raise forms.Wrong(forms.Complaints({"day": [say("Give a day and its hours.")]})) from error
    instructor = {"id": values.get("instructor_id", ""), "name": values.get("instructor_name", "")}
    return forms.filled(PlanSession, course_id=course_id, instructor=instructor, **times)


def _submit(course_id: str, do: Callable[[], object], notice: str) -> ResponseReturnValue:
    return forms.done(do, lambda complaints: courses.shown(course_id, complaints), f"/courses/{course_id}", notice)


def _course_form(values: Mapping[str, Any], complaints: forms.Complaints | None) -> ResponseReturnValue:
    return page("course_form.html", values=values, complaints=complaints, fields=choices(Field), tracks=choices(Track))


def _at(name: str, at: time, zone: tzinfo) -> dict[str, str]:
    """Return the time on the day that was entered. A day that cannot be read is refused as it was entered."""
    try:
        day = datetime.fromisoformat(request.form.get(name, "")).date()
    except ValueError:
        return {}
    return {name: datetime.combine(day, at, zone).isoformat()}

"""For staff and instructors: setting up courses, their sessions, and the attendance sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from flask import request

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import courses, forms, words
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, person_only, roles_only, to
from services.gateway.web.words import say

TRACKS = {"general": _("For everybody"), "activist": _("Village activists")}
WHOLE_DAY = time(23, 59)
EARLY = timedelta(minutes=5)
"""So much before its beginning the sheet is shown: a mark of a time to come is refused."""
KEPT = timedelta(days=60)
"""So long a session that was held stays on its instructor's page."""
TAUGHT = {"confirmed", "awaiting_room"}
DONE = {"publish": "published", "confirm": "confirmed", "cancel": "cancelled", "complete": "completed"}
PLACES = {"instructor_busy": "instructor_id", "room_refused": "space_id"}


@pages.get("/courses/new")
@roles_only(*STAFF)
def write_course() -> Any:
    return _course_form({}, None)


@pages.post("/courses/new")
@roles_only(*STAFF)
def create_course() -> Any:
    values = forms.written(
        "title", "about", "field", "track", "capacity", "fee", "enrol_from", "enrol_until", "induction"
    )
    zone = Plan.of().zone
    texts = ("title", "about", "field", "track", "capacity", "fee")
    wanted = forms.with_numbers({name: values[name] for name in texts if name in values}, "capacity", "fee")
    wanted["induction"] = "induction" in values
    for name, at in (("enrol_from", time()), ("enrol_until", WHOLE_DAY)):
        if day := _day(values.get(name)):
            wanted[name] = datetime.combine(day, at, zone).isoformat()
    return forms.done(
        lambda: ask("training", "create_course", wanted),
        lambda complaints: _course_form(values, complaints),
        lambda made: f"/courses/{made['id']}",
        "created",
    )


@pages.post("/courses/<course_id>/sessions")
@roles_only(*STAFF)
def plan_session(course_id: str) -> Any:
    values = forms.written("day", "from", "to", "space_id", "instructor_id", "instructor_name")
    zone = Plan.of().zone
    wanted: dict[str, Any] = {"course_id": course_id, "space_id": values.get("space_id", "")}
    wanted["instructor"] = {"id": values.get("instructor_id", ""), "name": values.get("instructor_name", "")}
    try:
        for name, at in (("start", values.get("from")), ("end", values.get("to"))):
            moment = datetime.combine(datetime.fromisoformat(values["day"]).date(), time.fromisoformat(str(at)), zone)
            wanted[name] = moment.isoformat()
    except (KeyError, ValueError):
        complaints = forms.Complaints({"day": [say("Give a day and its hours.")]})
        return courses.shown(course_id, complaints, values)
    return forms.done(
        lambda: ask("training", "plan_session", wanted),
        lambda complaints: courses.shown(course_id, complaints, values),
        f"/courses/{course_id}",
        "planned",
        PLACES,
    )


@pages.post("/courses/<course_id>/<any(publish, confirm, cancel, complete):step>")
@roles_only(*STAFF)
def take_step(course_id: str, step: str) -> Any:
    return _done(course_id, lambda: ask("training", f"{step}_course", {"course_id": course_id}), DONE[step])


@pages.post("/courses/<course_id>/sessions/<session_id>/cancel")
@roles_only(*STAFF)
def cancel_session(course_id: str, session_id: str) -> Any:
    wanted = {"session_id": session_id, **forms.written("note")}
    return _done(course_id, lambda: ask("training", "cancel_session", wanted), "cancelled")


@pages.get("/teaching")
@person_only
def show_teaching() -> Any:
    """An instructor's sessions: the coming ones first, with their attendance sheets, then those of the last weeks."""
    plan = Plan.of()
    since = (plan.today - KEPT).isoformat()
    found = ask("training", "list_courses", {"limit": courses.MOST, "since": since})["items"]
    me = incoming.context().actor.id
    own = [
        {**session, "course": course}
        for course in found
        for session in course["sessions"]
        if session["instructor"]["id"] == me and session["status"] in TAUGHT
    ]
    own.sort(key=lambda each: datetime.fromisoformat(each["start"]))
    return page(
        "teaching.html",
        coming=[each for each in own if datetime.fromisoformat(each["end"]) > plan.now],
        past=[each for each in reversed(own) if datetime.fromisoformat(each["end"]) <= plan.now],
        is_open=lambda each: plan.now >= datetime.fromisoformat(each["start"]) - EARLY,
        names=plan.names,
        **courses.VOCABULARY,
    )


@pages.get("/courses/<course_id>/sessions/<session_id>/attendance")
@person_only
def show_attendance(course_id: str, session_id: str) -> Any:
    return _sheet(course_id, session_id)


@pages.post("/courses/<course_id>/sessions/<session_id>/attendance")
@person_only
def record_attendance(course_id: str, session_id: str) -> Any:
    """Sent twice, by a line that was lost in between, it is recorded once: what is marked makes its own nonce.

    `in-…` marks who came, at the beginning or, later, now; `out-…` who left.
    """
    course = ask("training", "get_course", {"course_id": course_id})
    session = next(each for each in course["sessions"] if each["id"] == session_id)
    start, end = (datetime.fromisoformat(session[name]) for name in ("start", "end"))
    now = clock.now().astimezone(start.tzinfo)
    entries = []
    for name in request.form:
        direction, _dash, person_id = name.partition("-")
        if direction not in {"in", "out"}:
            continue
        at = min(max(now, start), end)
        on_time = direction == "in" and request.form.get("at") != "now"
        entries.append(
            {
                "nonce": f"{session_id}:{person_id}:{direction}:{'start' if on_time else at.isoformat()}",
                "person_id": person_id,
                "direction": direction,
                "at": (start if on_time else at).isoformat(),
            }
        )
    if not entries:
        return to(f"/courses/{course_id}/sessions/{session_id}/attendance")
    return forms.done(
        lambda: ask("training", "record_attendance", {"session_id": session_id, "entries": entries}),
        lambda complaints: _sheet(course_id, session_id, complaints),
        f"/courses/{course_id}/sessions/{session_id}/attendance",
        "recorded",
    )


def _sheet(course_id: str, session_id: str, complaints: forms.Complaints | None = None) -> Any:
    attendance = ask("training", "get_attendance", {"session_id": session_id})
    course = ask("training", "get_course", {"course_id": course_id})
    people = ask("training", "list_enrolments", {"course_id": course_id, "limit": courses.MOST})["items"]
    minutes = {each["person_id"]: each["minutes"] for each in attendance["people"]}
    session = next(each for each in course["sessions"] if each["id"] == session_id)
    start = datetime.fromisoformat(session["start"])
    return page(
        "attendance.html",
        course=course,
        names=courses.names(),
        session=session,
        has_begun=clock.now() >= start - EARLY,
        people=[each for each in people if each["status"] == "confirmed"],
        minutes=minutes,
        of_minutes=attendance["of_minutes"],
        complaints=complaints,
        told={"recorded": _("The attendance is recorded.")},
    )


def _done(course_id: str, do: Callable[[], Any], told: str) -> Any:
    return forms.done(do, lambda complaints: courses.shown(course_id, complaints), f"/courses/{course_id}", told)


def _course_form(values: dict[str, Any], complaints: forms.Complaints | None) -> Any:
    return page(
        "course_form.html",
        values=values,
        complaints=complaints,
        fields=[(each, say(text)) for each, text in words.FIELDS.items()],
        tracks=[(each, say(text)) for each, text in TRACKS.items()],
    )


def _day(text: str | None) -> Any:
    try:
        return datetime.fromisoformat(text or "").date()
    except ValueError:
        return None

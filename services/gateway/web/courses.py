"""Courses: what there is to learn, places and the waiting list, my courses and my certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import request

from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.api.operations import ask
from services.gateway.web import forms
from services.gateway.web.shell import STAFF, page, pages, person_only, to
from services.gateway.web.support.shell import surveys_for_me

MOST = 100
COURSE = {
    "draft": ("closed", _("Draft")),
    "published": ("free", _("Open for enrolment")),
    "undersubscribed": ("asked", _("Too few people")),
    "confirmed": ("good", _("Takes place")),
    "completed": ("good", _("Completed")),
    "cancelled": ("closed", _("Cancelled")),
}
SESSION = {
    "awaiting_room": ("asked", _("Awaits its room")),
    "confirmed": ("good", _("Takes place")),
    "refused": ("refused", _("No room")),
    "cancelled": ("closed", _("Cancelled")),
}
ENROLMENT = {
    "confirmed": ("good", _("Enrolled")),
    "waiting": ("asked", _("On the waiting list")),
    "offered": ("taken", _("A place is held for you")),
    "lapsed": ("closed", _("Lapsed")),
    "cancelled": ("closed", _("Cancelled")),
}
VOCABULARY: dict[str, Any] = {"COURSE": COURSE, "SESSION": SESSION, "ENROLMENT": ENROLMENT}
LIVE = {"confirmed", "waiting", "offered"}
TOLD = {
    "enrolled": _("You are enrolled."),
    "waiting": _("You are on the waiting list. We write to you as soon as a place is free."),
    "accepted": _("The place is yours."),
    "given_up": _("You have given up the place."),
    "created": _("The course is set up. Plan its sessions, then publish it."),
    "planned": _("The session is planned. It takes place when its room is granted."),
    "published": _("The course is published."),
    "confirmed": _("The course takes place."),
    "cancelled": _("Cancelled. Everybody whom it touches is told."),
    "completed": _("The course is completed. Whoever was there long enough has a certificate."),
}


@pages.get("/courses")
def show_courses() -> Any:
    found = ask("training", "list_courses", {"limit": MOST})["items"]
    now = clock.now()
    shown = [each for each in found if each["status"] not in {"completed", "cancelled"}]
    return page(
        "courses.html",
        courses=sorted(shown, key=_begins),
        past=[each for each in found if each["status"] in {"completed", "cancelled"}],
        own={} if incoming.is_anonymous() else _own(),
        state=lambda course: state(course, now),
        told=TOLD,
        **VOCABULARY,
    )


@pages.get("/courses/<course_id>")
def show_course(course_id: str) -> Any:
    return shown(course_id)


@pages.get("/courses/mine")
@person_only
def show_mine() -> Any:
    return _mine()


@pages.post("/courses/<course_id>/enrol")
@person_only
def enrol(course_id: str) -> Any:
    try:
        made = forms.submit(lambda: ask("training", "enrol", {"course_id": course_id}), {})
    except forms.Wrong as wrong:
        return shown(course_id, wrong.complaints)
    return to(f"/courses/{course_id}", told="waiting" if made["status"] == "waiting" else "enrolled")


@pages.post("/enrolments/<enrolment_id>/accept")
@person_only
def accept_place(enrolment_id: str) -> Any:
    return _answered(lambda: ask("training", "accept_place", {"enrolment_id": enrolment_id}), "accepted")


@pages.post("/enrolments/<enrolment_id>/cancel")
@person_only
def cancel_enrolment(enrolment_id: str) -> Any:
    return _answered(lambda: ask("training", "cancel_enrolment", {"enrolment_id": enrolment_id}), "given_up")


@pages.get("/certificates/<code>")
def verify_certificate(code: str) -> Any:
    """Where the QR code of a certificate leads: for whoever holds the paper in their hands."""
    return page("certificate.html", certificate=ask("training", "verify_certificate", {"code": code}))


@pages.get("/certificates")
def look_for_certificate() -> Any:
    if code := request.args.get("code", "").strip():
        return to(f"/certificates/{code}") if code.isalnum() or code.replace("-", "").isalnum() else to("/certificates")
    return page("certificate_search.html")


def shown(course_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None) -> Any:
    """The page of a course: for its staff and instructors with what they need."""
    course = ask("training", "get_course", {"course_id": course_id})
    actor = incoming.context().actor
    is_staff = actor.has_role(*STAFF)
    teaches = is_staff or any(each["instructor"]["id"] == actor.id for each in course["sessions"])
    people = None
    if teaches and not actor.is_anonymous:
        people = ask("training", "list_enrolments", {"course_id": course_id, "limit": MOST})["items"]
    return page(
        "course.html",
        course=course,
        state=state(course, clock.now()),
        mine=None if actor.is_anonymous else _own().get(course_id),
        teaches=teaches,
        people=people,
        names=names(),
        complaints=complaints,
        values=values or {},
        told=TOLD,
        **VOCABULARY,
    )


def names() -> dict[str, str]:
    """Of the spaces, by id."""
    return {each["id"]: each["name"] for each in ask("booking", "list_spaces")["items"]}


def state(course: Mapping[str, Any], now: datetime) -> str:
    """Of a course for whoever might enrol: soon, open, full, over or closed."""
    if course["status"] not in {"published", "confirmed", "undersubscribed"}:
        return "closed"
    if now < datetime.fromisoformat(course["enrol_from"]):
        return "soon"
    if now >= datetime.fromisoformat(course["enrol_until"]):
        return "over"
    return "full" if course["taken"] >= course["capacity"] or course["waiting"] else "open"


def _answered(answer: Callable[[], Mapping[str, Any]], told_as: str) -> Any:
    return forms.done(answer, _mine, lambda made: f"/courses/{made['course_id']}", told_as)


def _mine(complaints: forms.Complaints | None = None) -> Any:
    return page(
        "my_courses.html",
        enrolments=ask("training", "list_enrolments", {"limit": MOST})["items"],
        certificates=ask("training", "list_my_certificates", {"limit": MOST})["items"],
        surveys=surveys_for_me(clock.now()),
        complaints=complaints,
        told=TOLD,
        **VOCABULARY,
    )


def _own() -> dict[str, Mapping[str, Any]]:
    """My enrolment in each course: the live one, if there are several."""
    own: dict[str, Mapping[str, Any]] = {}
    for each in ask("training", "list_enrolments", {"limit": MOST})["items"]:
        if each["status"] in LIVE or each["course_id"] not in own:
            own[each["course_id"]] = each
    return own


def _begins(course: Mapping[str, Any]) -> str:
    return str(min((each["start"] for each in course["sessions"]), default=course["enrol_until"]))

"""Pages of courses: what there is to learn, places and the waiting list, my courses and my certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.booking.contract.spaces import ListSpaces
from services.chassis import clock
from services.chassis.i18n import msgid as _
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms
from services.gateway.web.addresses import redirect_with_notice
from services.gateway.web.shell import STAFF, page, pages, person_only
from services.gateway.web.support.shell import surveys_for_me
from services.training.contract.certificates import ListMyCertificates, VerifyCertificate
from services.training.contract.courses import Course, GetCourse, ListCourses
from services.training.contract.enrolments import AcceptPlace, CancelEnrolment, Enrol, Enrolment, ListEnrolments
from services.training.contract.vocabulary import CourseStatus, EnrolmentStatus, SessionStatus

MOST = 100
COURSE = {  # shapes of `pieces.state`
    CourseStatus.DRAFT: "closed",
    CourseStatus.PUBLISHED: "free",
    CourseStatus.UNDERSUBSCRIBED: "asked",
    CourseStatus.CONFIRMED: "good",
    CourseStatus.COMPLETED: "good",
    CourseStatus.CANCELLED: "closed",
}
SESSION = {
    SessionStatus.AWAITING_ROOM: "asked",
    SessionStatus.CONFIRMED: "good",
    SessionStatus.REFUSED: "refused",
    SessionStatus.CANCELLED: "closed",
}
ENROLMENT = {
    EnrolmentStatus.CONFIRMED: "good",
    EnrolmentStatus.WAITING: "asked",
    EnrolmentStatus.OFFERED: "taken",
    EnrolmentStatus.LAPSED: "closed",
    EnrolmentStatus.CANCELLED: "closed",
}
OVER = {CourseStatus.COMPLETED, CourseStatus.CANCELLED}
OPEN = {CourseStatus.PUBLISHED, CourseStatus.CONFIRMED, CourseStatus.UNDERSUBSCRIBED}
LIVE = {EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITING, EnrolmentStatus.OFFERED}
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
def show_courses() -> ResponseReturnValue:
    courses = ask(ListCourses(limit=MOST)).items
    now = clock.now()
    return page(
        "courses.html",
        courses=sorted((each for each in courses if each.status not in OVER), key=_begins),
        past=[each for each in courses if each.status in OVER],
        own={} if incoming.is_anonymous() else _own(),
        state=lambda course: state(course, now),
        told=TOLD,
        COURSE=COURSE,
        ENROLMENT=ENROLMENT,
    )


@pages.get("/courses/<course_id>")
def show_course(course_id: str) -> ResponseReturnValue:
    return shown(course_id)


@pages.get("/courses/mine")
@person_only
def show_mine() -> ResponseReturnValue:
    return _mine()


@pages.post("/courses/<course_id>/enrol")
@person_only
def enrol(course_id: str) -> ResponseReturnValue:
    try:
        enrolment = forms.submit(lambda: ask(Enrol(course_id=course_id)), {})
    except forms.Wrong as wrong:
        return shown(course_id, wrong.complaints)
    is_waiting = enrolment.status is EnrolmentStatus.WAITING
    return redirect_with_notice(f"/courses/{course_id}", "waiting" if is_waiting else "enrolled")


@pages.post("/enrolments/<enrolment_id>/accept")
@person_only
def accept_place(enrolment_id: str) -> ResponseReturnValue:
    return _submit(lambda: ask(AcceptPlace(enrolment_id=enrolment_id)), "accepted")


@pages.post("/enrolments/<enrolment_id>/cancel")
@person_only
def cancel_enrolment(enrolment_id: str) -> ResponseReturnValue:
    return _submit(lambda: ask(CancelEnrolment(enrolment_id=enrolment_id)), "given_up")


@pages.get("/certificates/<code>")
def verify_certificate(code: str) -> ResponseReturnValue:
    """Show a certificate to whoever holds it in their hands. Its QR code leads here."""
    return page("certificate.html", certificate=ask(VerifyCertificate(code=code)))


@pages.get("/certificates")
def look_for_certificate() -> ResponseReturnValue:
    if code := request.args.get("code", "").strip():
        is_code = code.replace("-", "").isalnum()
        return redirect_with_notice(f"/certificates/{code}" if is_code else "/certificates")
    return page("certificate_search.html")


def shown(
    course_id: str, complaints: forms.Complaints | None = None, values: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    """Show the page of a course. Staff and its instructors also see who is in it."""
    course = ask(GetCourse(course_id=course_id))
    actor = incoming.context().actor
    teaches = actor.has_role(*STAFF) or any(each.instructor.id == actor.id for each in course.sessions)
    is_teacher = teaches and not actor.is_anonymous
    return page(
        "course.html",
        course=course,
        state=state(course, clock.now()),
        mine=None if actor.is_anonymous else _own().get(course_id),
        teaches=teaches,
        people=ask(ListEnrolments(course_id=course_id, limit=MOST)).items if is_teacher else None,
        names=names(),
        complaints=complaints,
        values=values or {},
        told=TOLD,
        COURSE=COURSE,
        SESSION=SESSION,
        ENROLMENT=ENROLMENT,
    )


def names() -> dict[str, str]:
    """Return the names of the spaces, by id."""
    return {each.id: each.name for each in ask(ListSpaces()).items}


def state(course: Course, now: datetime) -> str:
    """Return the state of a course for people who might enrol: soon, open, full, over or closed."""
    if course.status not in OPEN:
        return "closed"
    if now < course.enrol_from:
        return "soon"
    if now >= course.enrol_until:
        return "over"
    return "full" if course.taken >= course.capacity or course.waiting else "open"


def _submit(answer: Callable[[], Enrolment], notice: str) -> ResponseReturnValue:
    return forms.done(answer, _mine, lambda enrolment: f"/courses/{enrolment.course_id}", notice)


def _mine(complaints: forms.Complaints | None = None) -> ResponseReturnValue:
    return page(
        "my_courses.html",
        enrolments=ask(ListEnrolments(limit=MOST)).items,
        certificates=ask(ListMyCertificates(limit=MOST)).items,
        surveys=surveys_for_me(clock.now()),
        complaints=complaints,
        told=TOLD,
        ENROLMENT=ENROLMENT,
    )


def _own() -> dict[str, Enrolment]:
    """Return my enrolment in each course: the live one, if there are several."""
    own: dict[str, Enrolment] = {}
    for each in ask(ListEnrolments(limit=MOST)).items:
        if each.status in LIVE or each.course_id not in own:
            own[each.course_id] = each
    return own


def _begins(course: Course) -> datetime:
    return min((each.start for each in course.sessions), default=course.enrol_until)

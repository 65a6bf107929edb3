"""What can be asked about courses, and what training hears that touches them. Each one: load, one use case, dump."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from services.chassis import clock, roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.timers import when_due
from services.training.models.courses import Certificate, Course, CourseSession, Enrolment
from services.training.queries import due
from services.training.queries.courses import attendance, catalogue, enrolments, records
from services.training.schemas.courses import answers, commands, heard, questions
from services.training.usecases import courses as usecases
from services.training.usecases.courses import access
from services.training.views import certificates as certificate_views
from services.training.views import courses as views


class CourseEntrypoints:
    """Courses, sessions, enrolments, attendance and certificates."""

    store: Any

    # --- courses and their sessions

    @command(commands.CreateCourseSchema, answers.CourseView)
    def create_course(self, call: Call, wanted: commands.CreateCourse) -> Any:
        return _course(call, usecases.create_course(call.session, wanted, actor=call.actor, now=call.now))

    @command(commands.PlanSessionSchema, answers.SessionView)
    def plan_session(self, call: Call, wanted: commands.PlanSession) -> Any:
        made = usecases.plan_session(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _session(call, made)

    @command(commands.PlanAgainSchema, answers.SessionView)
    def plan_session_again(self, call: Call, wanted: commands.PlanAgain) -> Any:
        made = usecases.plan_session_again(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _session(call, made)

    @command(commands.CancelSessionSchema, answers.SessionView)
    def cancel_session(self, call: Call, wanted: commands.CancelSession) -> Any:
        gone = usecases.cancel_session(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _session(call, gone)

    @command(commands.CourseIdSchema, answers.CourseView)
    def publish_course(self, call: Call, wanted: commands.CourseId) -> Any:
        course = usecases.publish_course(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _course(call, course)

    @command(commands.CourseIdSchema, answers.CourseView)
    def confirm_course(self, call: Call, wanted: commands.CourseId) -> Any:
        return _course(call, usecases.confirm_course(call.session, wanted, actor=call.actor, now=call.now))

    @command(commands.CancelCourseSchema, answers.CourseView)
    def cancel_course(self, call: Call, wanted: commands.CancelCourse) -> Any:
        course = usecases.cancel_course(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _course(call, course)

    @command(commands.CourseIdSchema, answers.CompletedView)
    def complete_course(self, call: Call, wanted: commands.CourseId) -> Any:
        done = usecases.complete_course(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        certified = certificate_views.certified(done.certified, call.context.locale, call.profile)
        return {**_course(call, done.course), **certified}

    @query(questions.FindCoursesSchema, answers.CoursePage)
    def list_courses(self, call: Call, wanted: questions.FindCourses) -> Any:
        everything, centre = roles.reads_all(call.actor), call.profile.centre
        found = catalogue.find_courses(call.session, wanted, actor=call.actor, all_of_them=everything, centre=centre)
        sessions = catalogue.sessions_of(call.session, [each.id for each in found[: wanted.limit]])
        return views.course_page(found, wanted.limit, sessions, actor=call.actor, rules=call.profile)

    @query(questions.ShowCourseSchema, answers.CourseView)
    def get_course(self, call: Call, wanted: questions.ShowCourse) -> Any:
        return _course(call, _visible(call, wanted.course_id))

    # --- places

    @command(commands.EnrolSchema, answers.EnrolmentView)
    def enrol(self, call: Call, wanted: commands.Enrol) -> Any:
        made = usecases.enrol(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _enrolment(call, made)

    @command(commands.EnrolmentIdSchema, answers.EnrolmentView)
    def cancel_enrolment(self, call: Call, wanted: commands.EnrolmentId) -> Any:
        gone = usecases.cancel_enrolment(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _enrolment(call, gone)

    @command(commands.EnrolmentIdSchema, answers.EnrolmentView)
    def accept_place(self, call: Call, wanted: commands.EnrolmentId) -> Any:
        taken = usecases.accept_place(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _enrolment(call, taken)

    @query(questions.FindEnrolmentsSchema, answers.EnrolmentPage)
    def list_enrolments(self, call: Call, wanted: questions.FindEnrolments) -> Any:
        roles.require_person(call.actor)
        if wanted.course_id is not None:
            _require_teacher(call, wanted.course_id)
        zone = call.profile.centre.zone
        found = enrolments.find_enrolments(call.session, wanted, person_id=call.actor.id, zone=zone, now=call.now)
        return views.enrolment_page(found, wanted.limit, zone)

    @query(questions.FindOfCourseSchema, answers.RefundPage)
    def list_refunds(self, call: Call, wanted: questions.FindOfCourse) -> Any:
        roles.require_reader(call.actor)
        found = records.find_refunds(call.session, wanted)
        return views.refund_page(found, wanted.limit, call.profile.centre.zone)

    @query(questions.FindOfCourseSchema, answers.DecisionPage)
    def list_course_decisions(self, call: Call, wanted: questions.FindOfCourse) -> Any:
        roles.require_reader(call.actor)
        found = records.find_decisions(call.session, wanted)
        return views.decision_page(found, wanted.limit, call.profile.centre.zone)

    # --- attendance and certificates

    @command(commands.RecordAttendanceSchema, answers.RecordedView)
    def record_attendance(self, call: Call, wanted: commands.RecordAttendance) -> Any:
        done = usecases.record_attendance(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return {**_attendance(call, done.session), "recorded": done.recorded, "known": done.known}

    @query(questions.ShowSessionSchema, answers.AttendanceView)
    def get_attendance(self, call: Call, wanted: questions.ShowSession) -> Any:
        found = catalogue.session_of(call.session, wanted.session_id)
        if found is None:
            raise NotFound(access.NO_SESSION)
        _require_teacher(call, found.course_id)
        return _attendance(call, found)

    @query(questions.FindCertificatesSchema, answers.CertificatePage)
    def list_my_certificates(self, call: Call, wanted: questions.FindCertificates) -> Any:
        roles.require_person(call.actor)
        found = records.certificates_of(call.session, wanted, person_id=call.actor.id)
        return certificate_views.page(found, wanted.limit, call.profile)

    @query(questions.ShowCertificateSchema, answers.VerifiedView)
    def verify_certificate(self, call: Call, wanted: questions.ShowCertificate) -> Any:
        return certificate_views.verified(_certificate(call, wanted), call.context.locale, call.profile)

    @query(questions.ShowCertificateSchema, answers.FileView)
    def print_certificate(self, call: Call, wanted: questions.ShowCertificate) -> Any:
        found = _certificate(call, wanted)
        access.require_holder(call.actor, found)
        from services.training.views.certificate_paper import certificate_paper  # PDF takes 30 MB of memory

        return {
            "name": f"{found.number}.pdf",
            "content_type": "application/pdf",
            "content": base64.b64encode(certificate_paper(found, call.profile)).decode(),
        }

    @command(commands.RevokeCertificateSchema, answers.CertificateView)
    def revoke_certificate(self, call: Call, wanted: commands.RevokeCertificate) -> Any:
        gone = usecases.revoke_certificate(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return certificate_views.certificate(gone, call.profile)

    # --- what others tell

    @handles("booking", "room_granted", heard.RoomGrantedSchema)
    def confirm_session(self, call: Call, event: Received) -> None:
        usecases.confirm_session(call.session, event.data, rules=call.profile, now=call.now)

    @handles("booking", "room_refused", heard.RoomRefusedSchema)
    def refuse_session(self, call: Call, event: Received) -> None:
        usecases.refuse_session(call.session, event.data, rules=call.profile, now=call.now)

    @handles("booking", "booking_cancelled", heard.CancelledBookingSchema)
    def lose_room(self, call: Call, event: Received) -> None:
        usecases.lose_room(call.session, event.data, rules=call.profile, now=call.now)

    @handles("booking", "closure_declared", heard.DeclaredClosureSchema)
    @handles("booking", "closure_extended", heard.DeclaredClosureSchema)
    def obey_closure(self, call: Call, event: Received) -> None:
        usecases.obey_closure(call.session, event.data, rules=call.profile, now=call.now)

    @handles("recruitment", "tenancy_started", heard.StartedTenancySchema)
    def invite_tenant(self, call: Call, event: Received) -> None:
        usecases.invite_tenant(call.session, event.data, rules=call.profile, now=call.now)

    @handles("notify", "person_erased", heard.ErasedPersonSchema)
    @handles(OUTSIDE, "person_erased", heard.ErasedPersonSchema)
    def erase_from_courses(self, call: Call, event: Received) -> None:
        usecases.erase_from_courses(call.session, event.data.person_id, rules=call.profile, now=call.now)

    # --- what the clock brings

    @when_due(due.OFFER, leased=True)
    def lapse_offers(self) -> bool:
        return self._one_by_one(usecases.lapse_offers)

    @when_due(due.ENROLMENT, leased=True)
    def close_enrolment(self) -> bool:
        return self._one_by_one(usecases.close_enrolment)

    @when_due(due.ROOM, leased=True)
    def time_out_rooms(self) -> bool:
        return self._one_by_one(usecases.time_out_rooms)

    def _one_by_one(self, usecase: Callable[..., bool]) -> bool:
        """One of them in one transaction; True: there may be more, so that the timer runs again at once."""
        rules = self.store.profile
        return bool(self.store.transaction(lambda session: usecase(session, rules=rules, now=clock.now())))


def _visible(call: Call, course_id: str) -> Course:
    found = catalogue.course(call.session, course_id)
    if found is None:
        raise NotFound(access.NO_COURSE)
    access.require_visible(call.actor, found, catalogue.sessions_of(call.session, [found.id]).get(found.id, ()))
    return found


def _require_teacher(call: Call, course_id: str) -> None:
    course = _visible(call, course_id)
    sessions = catalogue.sessions_of(call.session, [course.id]).get(course.id, ())
    access.require_teacher(call.actor, sessions, reading=True)


def _course(call: Call, course: Course) -> dict[str, Any]:
    sessions = catalogue.sessions_of(call.session, [course.id]).get(course.id, ())
    return views.course(course, sessions, actor=call.actor, rules=call.profile)


def _session(call: Call, session: CourseSession) -> dict[str, Any]:
    return views.course_session(session, inside=True, zone=call.profile.centre.zone)


def _enrolment(call: Call, enrolment: Enrolment) -> dict[str, Any]:
    zone = call.profile.centre.zone
    return views.enrolment(enrolments.one(call.session, enrolment, zone=zone, now=call.now), zone)


def _attendance(call: Call, session: CourseSession) -> dict[str, Any]:
    return views.attendance(session, attendance.of_session(call.session, session, zone=call.profile.centre.zone))


def _certificate(call: Call, wanted: questions.ShowCertificate) -> Certificate:
    found = records.certificate(call.session, wanted.code)
    if found is None:
        raise NotFound(access.NO_CERTIFICATE)
    return found

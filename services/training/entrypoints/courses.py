"""Courses: the use case of each operation, and what training does about events of others and at certain times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.chassis import clock
from services.chassis.call import Call
from services.chassis.events import Received
from services.chassis.handlers import handles
from services.chassis.messaging import OUTSIDE
from services.chassis.timers import when_due
from services.training.contract import certificates, courses, enrolments
from services.training.queries import due
from services.training.queries.courses import catalogue, records
from services.training.schemas.courses import heard
from services.training.usecases import courses as usecases

COURSES = (
    courses.CreateCourse.by(usecases.create_course),
    courses.ListCourses.by(catalogue.list_courses),
    courses.GetCourse.by(usecases.get_course),
    courses.PlanSession.by(usecases.plan_session),
    courses.PublishCourse.by(usecases.publish_course),
    courses.ConfirmCourse.by(usecases.confirm_course),
    courses.CancelCourse.by(usecases.cancel_course),
    courses.CompleteCourse.by(usecases.complete_course),
    courses.ListCourseDecisions.by(records.list_course_decisions),
    courses.CancelSession.by(usecases.cancel_session),
    courses.PlanSessionAgain.by(usecases.plan_session_again),
    courses.RecordAttendance.by(usecases.record_attendance),
    courses.GetAttendance.by(usecases.get_attendance),
    enrolments.Enrol.by(usecases.enrol),
    enrolments.ListEnrolments.by(usecases.list_enrolments),
    enrolments.CancelEnrolment.by(usecases.cancel_enrolment),
    enrolments.AcceptPlace.by(usecases.accept_place),
    enrolments.ListRefunds.by(records.list_refunds),
    certificates.ListMyCertificates.by(usecases.list_my_certificates),
    certificates.VerifyCertificate.by(usecases.verify_certificate),
    certificates.PrintCertificate.by(usecases.print_certificate),
    certificates.RevokeCertificate.by(usecases.revoke_certificate),
)


class CourseEntrypoints:
    """Events and timers of courses."""

    store: Any

    # --- events

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

    # --- timers

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
        """Handle one in one transaction. Return whether there may be more, so that the timer runs again at once."""
        rules = self.store.profile
        return bool(self.store.transaction(lambda session: usecase(session, rules=rules, now=clock.now())))

"""Use cases of courses, one file each, named by its verb: lock -> check -> decide -> write -> emit."""

from services.training.usecases.courses.accept_place import accept_place
from services.training.usecases.courses.cancel_course import cancel_course
from services.training.usecases.courses.cancel_enrolment import cancel_enrolment
from services.training.usecases.courses.cancel_session import cancel_session
from services.training.usecases.courses.close_enrolment import close_enrolment, confirm_course
from services.training.usecases.courses.complete_course import complete_course
from services.training.usecases.courses.create_course import create_course
from services.training.usecases.courses.enrol import enrol
from services.training.usecases.courses.erase_person import erase_from_courses
from services.training.usecases.courses.hear_about_rooms import (
    confirm_session,
    lose_room,
    refuse_session,
    time_out_rooms,
)
from services.training.usecases.courses.invite_tenant import invite_tenant
from services.training.usecases.courses.lapse_offers import lapse_offers
from services.training.usecases.courses.obey_closure import obey_closure
from services.training.usecases.courses.plan_session import plan_session, plan_session_again
from services.training.usecases.courses.publish_course import publish_course
from services.training.usecases.courses.read_certificates import (
    list_my_certificates,
    print_certificate,
    verify_certificate,
)
from services.training.usecases.courses.read_courses import get_attendance, get_course, list_enrolments
from services.training.usecases.courses.record_attendance import record_attendance
from services.training.usecases.courses.revoke_certificate import revoke_certificate

__all__ = [
    "accept_place",
    "cancel_course",
    "cancel_enrolment",
    "cancel_session",
    "close_enrolment",
    "complete_course",
    "confirm_course",
    "confirm_session",
    "create_course",
    "enrol",
    "erase_from_courses",
    "get_attendance",
    "get_course",
    "invite_tenant",
    "lapse_offers",
    "list_enrolments",
    "list_my_certificates",
    "lose_room",
    "obey_closure",
    "plan_session",
    "plan_session_again",
    "print_certificate",
    "publish_course",
    "record_attendance",
    "refuse_session",
    "revoke_certificate",
    "time_out_rooms",
    "verify_certificate",
]

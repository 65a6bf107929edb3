"""Places in courses, the waiting list and refunds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id
from services.training.contract.people import Person
from services.training.contract.vocabulary import CancelReason, EndReason, EnrolmentStatus

enrolments = Part("training", "enrolments", "Places in courses, and the waiting lists for them")


# --- answers


class Enrolment(Answer):
    """offered: a place is held until `offer_until`. position: in the waiting list. reason_code: why it ended.

    refund: all that is owed back, in won. minutes: attended, of the `of_minutes` held up to now. certificate: its code.
    """

    id: str
    course_id: str
    title: str
    person: Person
    number: int
    status: EnrolmentStatus
    position: int | None
    offer_until: datetime | None
    reason_code: Annotated[EndReason | None, Doc(more={"enum": [*(each.value for each in EndReason), None]})]
    fee: int
    refund: int
    enrolled_at: datetime
    changed_at: datetime
    minutes: int
    of_minutes: int
    certificate: str | None


class Refund(Answer):
    """session_id: of the cancelled session that it is for. withdrawn_at: it got a new date, so nothing is owed."""

    enrolment_id: str
    person: Person
    session_id: str | None
    amount: int
    reason_code: Annotated[str, Doc(more={"enum": [*(each.value for each in CancelReason), EndReason.WITHDRAWN.value]})]
    owed_since: datetime
    withdrawn_at: datetime | None


# --- operations


@enrolments.command("POST /courses/{course_id}/enrolments", status=201, refuses=(404, 409), body="NewEnrolment")
class Enrol(Request[Enrolment]):
    """Enrol in a course: first come, first served. Beyond its places you wait in line, and see your position."""

    course_id: Id
    waiting_list: Annotated[bool, Doc("A place in the waiting list would do, if the course is full")] = True


@enrolments.query()
class ListEnrolments(ListRequest[Page[Enrolment]]):
    """List my own places, the newest first, or everybody's in a course, in the order of coming.

    Two routes ask for it: one for each list.
    """

    course_id: Id | None = None


@enrolments.command("DELETE /enrolments/{enrolment_id}", refuses=(404, 409))
class CancelEnrolment(Request[Enrolment]):
    """Give up my place, or decline one that is held for me. It goes to the next in line at once. Staff: anybody's."""

    enrolment_id: Id


@enrolments.command("POST /enrolments/{enrolment_id}/accept", refuses=(404, 409))
class AcceptPlace(Request[Enrolment]):
    """Take the place that is held for me."""

    enrolment_id: Id


@enrolments.query("GET /courses/{course_id}/refunds", refuses=(403,))
class ListRefunds(ListRequest[Page[Refund]]):
    """List what is owed back to people of a course, the newest first. For staff and auditors."""

    course_id: Id

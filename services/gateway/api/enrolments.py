"""Places in courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import enrolments as schemas
from services.gateway.api.schemas.bases import Page

enrolments = Blueprint("enrolments", __name__, description="Places in courses, and the waiting lists for them")


@enrolments.operation(
    "POST",
    "/courses/<id:course_id>/enrolments",
    body=schemas.NewEnrolment,
    answer=schemas.Enrolment,
    status=201,
    refuses=(404, 409),
)
def enrol(course_id: str, body: Mapping[str, Any]) -> Any:
    """Enrol in a course: first come, first served. Beyond its places you wait in line, and see your position."""
    return ask("training", "enrol", {"course_id": course_id, **body})


@enrolments.operation(
    "GET",
    "/courses/<id:course_id>/enrolments",
    query=Page,
    answer=schemas.EnrolmentPage,
    refuses=(403, 404),
)
def list_course_enrolments(course_id: str, query: Mapping[str, Any]) -> Any:
    """List who is or was in a course or its waiting list, in the order of coming. For staff and those who teach."""
    return ask("training", "list_enrolments", {"course_id": course_id, **query})


@enrolments.operation("GET", "/enrolments", query=schemas.FindEnrolments, answer=schemas.EnrolmentPage)
def list_enrolments(query: Mapping[str, Any]) -> Any:
    """List my own places, and my positions in waiting lists."""
    return ask("training", "list_enrolments", query)


@enrolments.operation("DELETE", "/enrolments/<id:enrolment_id>", answer=schemas.Enrolment, refuses=(404, 409))
def cancel_enrolment(enrolment_id: str, body: Mapping[str, Any]) -> Any:
    """Give up my place, or decline one that is held for me. It goes to the next in line at once. Staff: anybody's."""
    return ask("training", "cancel_enrolment", {"enrolment_id": enrolment_id, **body})


@enrolments.operation("POST", "/enrolments/<id:enrolment_id>/accept", answer=schemas.Enrolment, refuses=(404, 409))
def accept_place(enrolment_id: str, body: Mapping[str, Any]) -> Any:
    """Take the place that is held for me."""
    return ask("training", "accept_place", {"enrolment_id": enrolment_id, **body})


@enrolments.operation("GET", "/courses/<id:course_id>/refunds", query=Page, answer=schemas.RefundPage, refuses=(403,))
def list_refunds(course_id: str, query: Mapping[str, Any]) -> Any:
    """List what is owed back to people of a course, the newest first. For staff and auditors."""
    return ask("training", "list_refunds", {"course_id": course_id, **query})

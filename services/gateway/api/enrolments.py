"""Places in courses. The service has one list, which two routes ask for: a person's places, and those in a course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.contract import Page
from services.chassis.contract_schemas import answer_schema
from services.gateway.api.derived import add
from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas.bases import Page as PageQuery
from services.gateway.client import ask_for_json
from services.training.contract.enrolments import (
    AcceptPlace,
    CancelEnrolment,
    Enrol,
    Enrolment,
    ListEnrolments,
    ListRefunds,
)
from services.training.contract.enrolments import enrolments as part

enrolments = Blueprint(part.name, __name__, description=part.description)
ENROLMENTS = answer_schema(Page[Enrolment])

add(enrolments, Enrol)


@enrolments.operation(
    "GET", "/courses/<id:course_id>/enrolments", query=PageQuery, answer=ENROLMENTS, refuses=(403, 404)
)
def list_course_enrolments(course_id: str, query: Mapping[str, Any]) -> Any:
    """List who is or was in a course or its waiting list, in the order of coming. For staff and those who teach."""
    return ask_for_json(ListEnrolments(course_id=course_id, **query))


@enrolments.operation("GET", "/enrolments", query=PageQuery, answer=ENROLMENTS)
def list_enrolments(query: Mapping[str, Any]) -> Any:
    """List my own places, and my positions in waiting lists."""
    return ask_for_json(ListEnrolments(**query))


add(enrolments, CancelEnrolment, AcceptPlace, ListRefunds)

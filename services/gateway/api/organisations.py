"""How organisations grow: designations, milestones, and the readiness for certification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import organisations as schemas

organisations = Blueprint("organisations", __name__, description="How the organisations in the centre grow")


@organisations.operation(
    "POST",
    "/organisations/<id:organisation_id>/designations",
    body=schemas.NewDesignation,
    answer=schemas.Designation,
    status=201,
    refuses=(403, 409),
)
def record_designation(organisation_id: str, body: Mapping[str, Any]) -> Any:
    """Record what an organisation is recognised as, and until when. For staff."""
    return ask("recruitment", "record_designation", {"organisation_id": organisation_id, **body})


@organisations.operation(
    "POST",
    "/organisations/<id:organisation_id>/milestones",
    body=schemas.NewMilestone,
    answer=schemas.Milestone,
    status=201,
    refuses=(403,),
)
def record_milestone(organisation_id: str, body: Mapping[str, Any]) -> Any:
    """Record what an organisation has reached. For staff."""
    return ask("recruitment", "record_milestone", {"organisation_id": organisation_id, **body})


@organisations.operation("GET", "/organisations/<id:organisation_id>/growth", answer=schemas.Growth, refuses=(404,))
def get_growth(organisation_id: str) -> Any:
    """Show the designations and milestones of an organisation of mine; staff see any."""
    return ask("recruitment", "get_growth", {"organisation_id": organisation_id})


@organisations.operation(
    "PUT",
    "/organisations/<id:organisation_id>/readiness",
    body=schemas.ReadinessFacts,
    answer=schemas.Readiness,
    refuses=(404,),
)
def record_facts(organisation_id: str, body: Mapping[str, Any]) -> Any:
    """Say what there is for the certification, and see at once what is missing."""
    return ask("recruitment", "record_facts", {"organisation_id": organisation_id, **body})


@organisations.operation(
    "GET", "/organisations/<id:organisation_id>/readiness", answer=schemas.Readiness, refuses=(404,)
)
def get_readiness(organisation_id: str) -> Any:
    """Is the organisation ready to be certified as a social enterprise? The seven requirements, one by one."""
    return ask("recruitment", "get_readiness", {"organisation_id": organisation_id})

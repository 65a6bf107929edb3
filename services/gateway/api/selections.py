"""What came of a selection, for staff and auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import selections as schemas

selections = Blueprint("selections", __name__, description="What was decided in a selection, and what is left of it")


@selections.operation(
    "GET",
    "/calls/<id:call_id>/decisions",
    query=schemas.FindCallDecisions,
    answer=schemas.CallDecisionPage,
    refuses=(403,),
)
def list_call_decisions(call_id: str, query: Mapping[str, Any]) -> Any:
    """Read the audit log of a call and its applications, the newest first. For staff and auditors."""
    return ask("recruitment", "list_selection_decisions", {"call_id": call_id, **query})


@selections.operation("GET", "/calls/<id:call_id>/statistics", answer=schemas.SelectionStatistics, refuses=(403, 404))
def get_selection_statistics(call_id: str) -> Any:
    """Count the applications by kind of unit, legal type and outcome. For staff and auditors."""
    return ask("recruitment", "get_selection_statistics", {"call_id": call_id})


@selections.operation("GET", "/calls/<id:call_id>/purge", answer=schemas.PurgeReport, refuses=(403, 404))
def get_purge(call_id: str) -> Any:
    """Read what went from a call when the time of its rejected applicants' data was over. For staff and auditors."""
    return ask("recruitment", "get_purge", {"call_id": call_id})

"""Public calls for tenants, and their judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import calls as schemas
from services.gateway.api.schemas import panels

calls = Blueprint("calls", __name__, description="Public calls for tenants: from the notice to the panel of judges")


@calls.operation("POST", "/calls", body=schemas.NewCall, answer=schemas.Call, status=201, refuses=(403, 404))
def create_call(body: Mapping[str, Any]) -> Any:
    """Draw up a call. For staff. Nobody else sees it until it is published."""
    made = ask("recruitment", "create_call", body)
    return made, {"Location": f"/api/v1/calls/{made['id']}"}


@calls.operation("GET", "/calls", query=schemas.FindCalls, answer=schemas.CallPage, public=True)
def list_calls(query: Mapping[str, Any]) -> Any:
    """List the calls, the newest first. Staff and auditors see drafts, too."""
    return ask("recruitment", "list_calls", query)


@calls.operation("GET", "/calls/<id:call_id>", answer=schemas.Call, refuses=(404,), public=True)
def get_call(call_id: str) -> Any:
    """Show a call, with its corrections."""
    return ask("recruitment", "get_call", {"call_id": call_id})


@calls.operation("PUT", "/calls/<id:call_id>", body=schemas.CallChange, answer=schemas.Call, refuses=(403, 404, 409))
def change_call(call_id: str, body: Mapping[str, Any]) -> Any:
    """Draw up a draft anew. For staff. Documents, criteria and eligibility that are left out stay as they are."""
    return ask("recruitment", "change_call", {"call_id": call_id, **body})


@calls.operation("POST", "/calls/<id:call_id>/publish", answer=schemas.Call, refuses=(403, 404, 409))
def publish_call(call_id: str, body: Mapping[str, Any]) -> Any:
    """Publish a call. For staff. From here on it is changed by corrections alone."""
    return ask("recruitment", "publish_call", {"call_id": call_id, **body})


@calls.operation(
    "POST",
    "/calls/<id:call_id>/corrections",
    body=schemas.CallCorrection,
    answer=schemas.Call,
    status=201,
    refuses=(403, 404, 409),
)
def correct_call(call_id: str, body: Mapping[str, Any]) -> Any:
    """Correct a published call, for a reason that everybody may read. For staff. Its applicants are told."""
    return ask("recruitment", "correct_call", {"call_id": call_id, **body})


@calls.operation("PUT", "/calls/<id:call_id>/judges", body=panels.Judges, answer=panels.Panel, refuses=(403, 404, 409))
def name_judges(call_id: str, body: Mapping[str, Any]) -> Any:
    """Name the judges of a call, all of them. For staff. Whoever has a conflict of interest is not given the file."""
    return ask("recruitment", "name_judges", {"call_id": call_id, **body})


@calls.operation("GET", "/calls/<id:call_id>/judges", answer=panels.Panel, refuses=(403, 404))
def get_panel(call_id: str) -> Any:
    """Show who judges what, and who must not, and why. For staff and auditors."""
    return ask("recruitment", "get_panel", {"call_id": call_id})

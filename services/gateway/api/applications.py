"""Applications of organisations to a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway import documents
from services.gateway.api.bodies import Upload
from services.gateway.api.operations import FILE, Blueprint, ask
from services.gateway.api.schemas import applications as schemas
from services.gateway.api.schemas import panels
from services.gateway.api.schemas.bases import Page

applications = Blueprint("applications", __name__, description="Applications to a call, with their documents")


@applications.operation(
    "POST",
    "/calls/<id:call_id>/applications",
    body=schemas.NewApplication,
    answer=schemas.Application,
    status=201,
    refuses=(403, 404, 409),
)
def start_application(call_id: str, body: Mapping[str, Any]) -> Any:
    """Begin an application for an organisation of mine: a draft, on which others of it may go on."""
    made = ask("recruitment", "start_application", {"call_id": call_id, **body})
    return made, {"Location": f"/api/v1/applications/{made['id']}"}


@applications.operation("GET", "/applications", query=schemas.FindApplications, answer=schemas.ApplicationPage)
def list_applications(query: Mapping[str, Any]) -> Any:
    """List applications, the newest first: mine and my organisations', those that I judge; for staff all."""
    return ask("recruitment", "list_applications", query)


@applications.operation("GET", "/applications/<id:application_id>", answer=schemas.Application, refuses=(403, 404))
def get_application(application_id: str) -> Any:
    """Show an application. A judge who is recused from it is refused (403)."""
    return ask("recruitment", "get_application", {"application_id": application_id})


@applications.operation(
    "PATCH",
    "/applications/<id:application_id>",
    body=schemas.ApplicationChange,
    answer=schemas.Application,
    refuses=(404, 409),
)
def save_application(application_id: str, body: Mapping[str, Any]) -> Any:
    """Save a new version of the draft, until the deadline. What was submitted stays so until it is submitted again."""
    return ask("recruitment", "save_application", {"application_id": application_id, **body})


@applications.operation(
    "POST", "/applications/<id:application_id>/submit", answer=schemas.Application, refuses=(404, 409)
)
def submit_application(application_id: str, body: Mapping[str, Any]) -> Any:
    """Submit the draft with its documents. The receipt has a number, and the hash of all that was submitted."""
    return ask("recruitment", "submit_application", {"application_id": application_id, **body})


@applications.operation(
    "POST", "/applications/<id:application_id>/withdraw", answer=schemas.Application, refuses=(404, 409)
)
def withdraw_application(application_id: str, body: Mapping[str, Any]) -> Any:
    """Take an application back, at any time."""
    return ask("recruitment", "withdraw_application", {"application_id": application_id, **body})


@applications.operation(
    "POST",
    "/applications/<id:application_id>/extension",
    body=schemas.Extension,
    answer=schemas.Application,
    refuses=(403, 404, 409),
)
def extend_deadline(application_id: str, body: Mapping[str, Any]) -> Any:
    """Give one applicant a later deadline, for a reason. For staff."""
    return ask("recruitment", "extend_deadline", {"application_id": application_id, **body})


@applications.operation(
    "POST",
    "/applications/<id:application_id>/screening",
    body=schemas.Screening,
    answer=schemas.Application,
    refuses=(403, 404, 409),
)
def screen_application(application_id: str, body: Mapping[str, Any]) -> Any:
    """Confirm what the rules say, after the deadline. For staff. With the last one the shortlist is drawn."""
    return ask("recruitment", "screen_application", {"application_id": application_id, **body})


@applications.operation(
    "POST",
    "/applications/<id:application_id>/recusals",
    body=panels.NewRecusal,
    answer=panels.Recusal,
    status=201,
    refuses=(403, 404, 409),
)
def recuse_judge(application_id: str, body: Mapping[str, Any]) -> Any:
    """Step aside from judging an application; staff make a judge do so. Never taken back."""
    return ask("recruitment", "recuse_judge", {"application_id": application_id, **body})


@applications.operation(
    "PUT",
    "/applications/<id:application_id>/documents/<id:kind>",
    query=schemas.Upload,
    body=Upload(),
    answer=schemas.Document,
    refuses=(404, 409),
)
def put_document(application_id: str, kind: str, query: Mapping[str, Any]) -> Any:
    """Send a document: as the body, or as the `file` of a form. It takes the place of one of its kind.

    PDF, HWP, HWPX, DOCX, PNG or JPEG, at most 20 MB, told from the content and not from the name.
    """
    return documents.take_in(application_id, kind, query.get("name", ""))


@applications.operation("GET", "/applications/<id:application_id>/documents/<id:kind>", answer=FILE, refuses=(403, 404))
def get_document(application_id: str, kind: str) -> Any:
    """Open a document: one's own, as a judge or as staff. It is written down who did."""
    return documents.give_out(application_id, kind)


@applications.operation(
    "GET",
    "/applications/<id:application_id>/accesses",
    query=Page,
    answer=schemas.AccessPage,
    refuses=(403,),
)
def list_accesses(application_id: str, query: Mapping[str, Any]) -> Any:
    """Read who opened which document, the newest first. For staff and auditors."""
    return ask("recruitment", "list_accesses", {"application_id": application_id, **query})

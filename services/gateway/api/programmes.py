"""The community grant programme: who is supported, who accompanies them, and the visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import programmes as schemas
from services.gateway.api.schemas.bases import Page

programmes = Blueprint("programmes", __name__, description="The community grant programme and its activists")

ABOUT_ONE = (403, 404, 409)


@programmes.operation(
    "POST", "/programmes", body=schemas.NewProgramme, answer=schemas.Programme, status=201, refuses=(403,)
)
def open_programme(body: Mapping[str, Any]) -> Any:
    """Open a year's grants of one stage. Its ceiling is the centre's for the stage. For staff."""
    return ask("training", "open_programme", body)


@programmes.operation("GET", "/programmes", query=Page, answer=schemas.ProgrammePage)
def list_programmes(query: Mapping[str, Any]) -> Any:
    """List the programmes, the newest first."""
    return ask("training", "list_programmes", query)


@programmes.operation(
    "POST",
    "/programmes/<id:programme_id>/communities",
    body=schemas.SupportedCommunity,
    answer=schemas.Support,
    status=201,
    refuses=ABOUT_ONE,
)
def add_community(programme_id: str, body: Mapping[str, Any]) -> Any:
    """Take a community into the programme with its grant. For staff."""
    return ask("training", "add_community", {"programme_id": programme_id, **body})


@programmes.operation(
    "GET",
    "/programmes/<id:programme_id>/communities",
    query=schemas.FindSupported,
    answer=schemas.SupportPage,
    refuses=(404,),
)
def list_supported_communities(programme_id: str, query: Mapping[str, Any]) -> Any:
    """List the communities of a programme. Staff and auditors see all of them, activists their own."""
    return ask("training", "list_supported_communities", {"programme_id": programme_id, **query})


@programmes.operation(
    "POST",
    "/programmes/<id:programme_id>/assignments",
    body=schemas.Spreading,
    answer=schemas.Spread,
    refuses=ABOUT_ONE,
)
def spread_communities(programme_id: str, body: Mapping[str, Any]) -> Any:
    """Spread the programme's communities over the activists by load. For staff.

    Again after somebody has left or come: no more of them change hands than must.
    """
    return ask("training", "spread_communities", {"programme_id": programme_id, **body})


@programmes.operation("GET", "/communities", query=Page, answer=schemas.CommunityPage)
def list_communities(query: Mapping[str, Any]) -> Any:
    """List communities. Staff and auditors see all of them, others those that they accompany or speak for."""
    return ask("training", "list_communities", query)


@programmes.operation("GET", "/activists", query=Page, answer=schemas.ActivistPage)
def list_activists(query: Mapping[str, Any]) -> Any:
    """Read the register of activists. Staff and auditors see all of them, activists themselves."""
    return ask("training", "list_activists", query)


@programmes.operation(
    "PUT", "/activists/<id:activist_id>", body=schemas.PutActivist, answer=schemas.Activist, refuses=(403,)
)
def put_activist(activist_id: str, body: Mapping[str, Any]) -> Any:
    """Enter or change an activist. Certificates of the activist track do so by themselves. For staff."""
    return ask("training", "put_activist", {"id": activist_id, **body})


@programmes.operation("POST", "/visits", body=schemas.NewVisit, answer=schemas.Visit, status=201, refuses=ABOUT_ONE)
def plan_visit(body: Mapping[str, Any]) -> Any:
    """Plan a visit. For staff, and for activists to their own communities."""
    return ask("training", "plan_visit", body)


@programmes.operation("GET", "/visits", query=schemas.FindVisits, answer=schemas.VisitPage)
def list_visits(query: Mapping[str, Any]) -> Any:
    """List visits, the newest first. Staff and auditors see all of them, activists their own."""
    return ask("training", "list_visits", query)


@programmes.operation(
    "POST", "/visits/<id:visit_id>/report", body=schemas.VisitReport, answer=schemas.Visit, refuses=ABOUT_ONE
)
def report_visit(visit_id: str, body: Mapping[str, Any]) -> Any:
    """Report a visit. Without a report within a week its activist is reminded. For the activist and staff."""
    return ask("training", "report_visit", {"visit_id": visit_id, **body})


@programmes.operation("POST", "/visits/<id:visit_id>/cancel", answer=schemas.Visit, refuses=ABOUT_ONE)
def cancel_visit(visit_id: str, body: Mapping[str, Any]) -> Any:
    """Call a visit off. For the activist and staff."""
    return ask("training", "cancel_visit", {"visit_id": visit_id, **body})

"""Consulting from request to satisfaction, and sales-channel support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import consulting as schemas
from services.gateway.api.schemas.bases import Page

consulting = Blueprint("consulting", __name__, description="Consulting, and where organisations can sell")

ABOUT_ONE = (403, 404, 409)


@consulting.operation("PUT", "/consultants/<id:consultant_id>", body=schemas.PutConsultant, answer=schemas.Consultant,
                      refuses=(403,))  # fmt: skip
def put_consultant(consultant_id: str, body: Mapping[str, Any]) -> Any:
    """Enter or change a consultant. For staff."""
    return ask("training", "put_consultant", {"id": consultant_id, **body})


@consulting.operation("GET", "/consultants", query=Page, answer=schemas.ConsultantPage, refuses=(403,))
def list_consultants(query: Mapping[str, Any]) -> Any:
    """List the consultants with their loads. For staff and auditors."""
    return ask("training", "list_consultants", query)


@consulting.operation(
    "POST", "/consultations", body=schemas.NewConsultation, answer=schemas.Consultation, status=201, refuses=(403,)
)
def request_consultation(body: Mapping[str, Any]) -> Any:
    """Ask for advice, for myself or for an organisation of mine."""
    made = ask("training", "request_consultation", body)
    return made, {"Location": f"/api/v1/consultations/{made['id']}"}


@consulting.operation("GET", "/consultations", query=schemas.FindConsultations, answer=schemas.ConsultationPage)
def list_consultations(query: Mapping[str, Any]) -> Any:
    """List consultations, the newest first.

    Staff and auditors see all of them, consultants those that they advise on, others their own and their groups'.
    """
    return ask("training", "list_consultations", query)


@consulting.operation("GET", "/consultations/<id:consultation_id>", answer=schemas.ConsultationWithLogs, refuses=(404,))
def get_consultation(consultation_id: str) -> Any:
    """Show a consultation with its sessions."""
    return ask("training", "get_consultation", {"consultation_id": consultation_id})


@consulting.operation(
    "POST",
    "/consultations/<id:consultation_id>/diagnosis",
    body=schemas.Diagnosis,
    answer=schemas.Consultation,
    refuses=ABOUT_ONE,
)
def diagnose_consultation(consultation_id: str, body: Mapping[str, Any]) -> Any:
    """Say what is really needed, before somebody is chosen for it. For staff."""
    return ask("training", "diagnose_consultation", {"consultation_id": consultation_id, **body})


@consulting.operation(
    "POST",
    "/consultations/<id:consultation_id>/assign",
    body=schemas.Assignment,
    answer=schemas.Consultation,
    refuses=ABOUT_ONE,
)
def assign_consultation(consultation_id: str, body: Mapping[str, Any]) -> Any:
    """Give a consultation that has its diagnosis to the consultant who fits by topic and load. For staff.

    Again: to somebody else, as long as it is worked on. The reason for the choice is kept.
    """
    return ask("training", "assign_consultation", {"consultation_id": consultation_id, **body})


@consulting.operation(
    "POST",
    "/consultations/<id:consultation_id>/logs",
    body=schemas.ConsultationLog,
    answer=schemas.ConsultationWithLogs,
    status=201,
    refuses=ABOUT_ONE,
)
def log_session(consultation_id: str, body: Mapping[str, Any]) -> Any:
    """Write down a session. For the consultant and staff."""
    return ask("training", "log_session", {"consultation_id": consultation_id, **body})


@consulting.operation(
    "POST",
    "/consultations/<id:consultation_id>/report",
    body=schemas.ConsultationReport,
    answer=schemas.ConsultationWithLogs,
    refuses=ABOUT_ONE,
)
def report_consultation(consultation_id: str, body: Mapping[str, Any]) -> Any:
    """Report what came of it. For the consultant and staff."""
    return ask("training", "report_consultation", {"consultation_id": consultation_id, **body})


@consulting.operation(
    "POST",
    "/consultations/<id:consultation_id>/satisfaction",
    body=schemas.Satisfaction,
    answer=schemas.Consultation,
    refuses=ABOUT_ONE,
)
def rate_consultation(consultation_id: str, body: Mapping[str, Any]) -> Any:
    """Say how satisfied I am with a consultation that I asked for, after its report. Once."""
    return ask("training", "rate_consultation", {"consultation_id": consultation_id, **body})


@consulting.operation(
    "POST", "/opportunities", body=schemas.NewOpportunity, answer=schemas.Opportunity, status=201, refuses=(403,)
)
def enter_opportunity(body: Mapping[str, Any]) -> Any:
    """Enter where something can be sold: a fair, a public tender, a shop. For staff."""
    return ask("training", "enter_opportunity", body)


@consulting.operation("GET", "/opportunities", query=schemas.FindOpportunities, answer=schemas.OpportunityPage)
def list_opportunities(query: Mapping[str, Any]) -> Any:
    """List where something can be sold, the newest first."""
    return ask("training", "list_opportunities", query)


@consulting.operation(
    "POST",
    "/opportunities/<id:opportunity_id>/introductions",
    body=schemas.NewIntroduction,
    answer=schemas.Introduction,
    status=201,
    refuses=ABOUT_ONE,
)
def introduce_organisation(opportunity_id: str, body: Mapping[str, Any]) -> Any:
    """Record that an organisation was introduced there. For staff."""
    return ask("training", "introduce_organisation", {"opportunity_id": opportunity_id, **body})


@consulting.operation(
    "GET",
    "/opportunities/<id:opportunity_id>/introductions",
    query=Page,
    answer=schemas.IntroductionPage,
    refuses=(404,),
)
def list_introductions(opportunity_id: str, query: Mapping[str, Any]) -> Any:
    """List who was introduced there with what result. Staff and auditors see all, others their organisations'."""
    return ask("training", "list_introductions", {"opportunity_id": opportunity_id, **query})


@consulting.operation(
    "POST",
    "/introductions/<id:introduction_id>/result",
    body=schemas.IntroductionResult,
    answer=schemas.Introduction,
    refuses=(403, 404),
)
def record_introduction_result(introduction_id: str, body: Mapping[str, Any]) -> Any:
    """Record what came of an introduction, or of its talks later. For staff."""
    return ask("training", "record_introduction_result", {"introduction_id": introduction_id, **body})

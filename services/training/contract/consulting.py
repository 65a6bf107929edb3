"""Consulting, from the request to the rating, and sales channels."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from services.centre.vocabulary import Field
from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, Json, Line, Paragraphs, Several, Whole
from services.training.contract.vocabulary import Channel, ConsultationStatus, Result, Topic

consulting = Part("training", "consulting", "Consulting, and where organisations can sell")

ABOUT_ONE = (403, 404, 409)
LONGEST_SESSION = 24 * 60
"""Minutes."""

Title = Annotated[str, Line(max=200)]
FieldOfWork = Annotated[Field, Doc("The field of the centre's work that it belongs to")]
Won = Annotated[int | None, Whole(0, 10**12), Doc("Won, of the contract")]
Note = Annotated[str, Paragraphs(max=2000, min=0)]


# --- answers


class Consultant(Answer):
    """load: consultations that they are at work on."""

    id: str
    name: str
    topics: list[Topic]
    most: int
    active: bool
    load: int


class Suggestion(Answer):
    """All of it null if nobody for the topic has room. reason: as it is kept once the consultation is assigned."""

    consultant_id: str | None
    name: str | None
    reason: Json | None


class HeldSession(Answer):
    id: str
    author_id: str
    held_at: datetime
    minutes: int
    notes: str


class Consultation(Answer):
    """match_reason: why this consultant; for staff."""

    id: str
    topic: Topic
    field: Field
    title: str
    need: str
    status: ConsultationStatus
    requester_id: str
    requester_name: str
    organisation_id: str | None
    requested_at: datetime
    diagnosis: str | None
    consultant_id: str | None
    consultant_name: str | None
    match_reason: Json | None
    assigned_at: datetime | None
    report: str | None
    reported_at: datetime | None
    satisfaction: int | None
    comment: str | None
    version: int


class ConsultationWithLogs(Consultation):
    logs: list[HeldSession]


class Opportunity(Answer):
    id: str
    channel: Channel
    title: str
    organiser: str
    field: Field
    description: str
    closes_on: date | None
    entered_at: datetime


class Introduction(Answer):
    id: str
    opportunity_id: str
    organisation_id: str
    organisation_name: str
    consultation_id: str | None
    introduced_at: datetime
    result: Result
    amount: int | None
    note: str
    result_at: datetime | None


# --- operations


@consulting.command("PUT /consultants/{consultant_id:id}", refuses=(403,))
class PutConsultant(Request[Consultant]):
    """Enter or change a consultant. For staff."""

    id: Id
    name: Title
    topics: Annotated[list[Topic], Several(min=1, max=len(Topic))]
    most: Annotated[int, Whole(0, 1000), Doc("Consultations that they take on at once")] = 5
    active: bool = True


@consulting.query("GET /consultants", refuses=(403,))
class ListConsultants(ListRequest[Page[Consultant]]):
    """List the consultants with their loads. For staff and auditors."""


@consulting.command(
    "POST /consultations", status=201, refuses=(403,), body="NewConsultation", location="/consultations/{id}"
)
class RequestConsultation(Request[Consultation]):
    """Ask for advice, for myself or for an organisation of mine."""

    topic: Topic
    title: Title
    need: Annotated[str, Paragraphs(max=5000, min=0), Doc("What is needed, in one's own words")] = ""
    field: FieldOfWork = Field.SOCIAL_ECONOMY
    organisation_id: Annotated[Id | None, Doc("An organisation that the applicant belongs to")] = None


@consulting.query("GET /consultations")
class ListConsultations(ListRequest[Page[Consultation]]):
    """List consultations, the newest first.

    Staff and auditors see all of them, consultants those that they advise on, others their own and their groups'.
    """

    status: ConsultationStatus | None = None
    topic: Topic | None = None
    consultant_id: Id | None = None


@consulting.query("GET /consultations/{consultation_id}", refuses=(404,))
class GetConsultation(Request[ConsultationWithLogs]):
    """Show a consultation with its sessions."""

    consultation_id: Id


@consulting.command("POST /consultations/{consultation_id}/diagnosis", refuses=ABOUT_ONE, body="Diagnosis")
class DiagnoseConsultation(Request[Consultation]):
    """Say what is really needed, before somebody is chosen for it. For staff."""

    consultation_id: Id
    diagnosis: Annotated[str, Paragraphs(max=5000)]
    topic: Annotated[Topic | None, Doc("Where another one was found")] = None


@consulting.query()
class SuggestConsultant(Request[Suggestion]):
    """Tell whom `AssignConsultation` would take now if staff choose nobody. For staff and auditors."""

    consultation_id: Id


@consulting.command("POST /consultations/{consultation_id}/assign", refuses=ABOUT_ONE, body="Assignment")
class AssignConsultation(Request[Consultation]):
    """Give a consultation that has its diagnosis to the consultant who fits by topic and load. For staff.

    Again: to somebody else, as long as it is worked on. The reason for the choice is kept.
    """

    consultation_id: Id
    consultant_id: Annotated[Id | None, Doc("Without one the best match by topic and load is taken")] = None
    diagnosis: Annotated[str | None, Paragraphs(max=5000), Doc("Needed here, if it was not made before")] = None


@consulting.command("POST /consultations/{consultation_id}/logs", status=201, refuses=ABOUT_ONE, body="ConsultationLog")
class LogSession(Request[ConsultationWithLogs]):
    """Write down a session. For the consultant and staff."""

    consultation_id: Id
    held_at: datetime
    minutes: Annotated[int, Whole(1, LONGEST_SESSION)]
    notes: Annotated[str, Paragraphs(max=5000)]


@consulting.command("POST /consultations/{consultation_id}/report", refuses=ABOUT_ONE, body="ConsultationReport")
class ReportConsultation(Request[ConsultationWithLogs]):
    """Report what came of it. For the consultant and staff."""

    consultation_id: Id
    report: Annotated[str, Paragraphs(max=20_000)]


@consulting.command("POST /consultations/{consultation_id}/satisfaction", refuses=ABOUT_ONE, body="Satisfaction")
class RateConsultation(Request[Consultation]):
    """Say how satisfied I am with a consultation that I asked for, after its report. Once."""

    consultation_id: Id
    satisfaction: Annotated[int, Whole(1, 5), Doc("5 is the best")]
    comment: Annotated[str | None, Paragraphs(max=2000, min=0)] = None


@consulting.command("POST /opportunities", status=201, refuses=(403,), body="NewOpportunity")
class EnterOpportunity(Request[Opportunity]):
    """Enter where something can be sold: a fair, a public tender, a shop. For staff."""

    channel: Channel
    title: Title
    organiser: Title = ""
    field: FieldOfWork = Field.SOCIAL_ECONOMY
    description: Annotated[str, Paragraphs(max=5000, min=0)] = ""
    closes_on: Annotated[date | None, Doc("The last day to be introduced")] = None


@consulting.query("GET /opportunities")
class ListOpportunities(ListRequest[Page[Opportunity]]):
    """List where something can be sold, the newest first."""

    channel: Channel | None = None


@consulting.command(
    "POST /opportunities/{opportunity_id}/introductions", status=201, refuses=ABOUT_ONE, body="NewIntroduction"
)
class IntroduceOrganisation(Request[Introduction]):
    """Record that an organisation was introduced there. For staff."""

    opportunity_id: Id
    organisation_id: Id
    organisation_name: Title = ""
    consultation_id: Id | None = None
    result: Result = Result.PENDING
    amount: Won = None
    note: Note = ""


@consulting.query("GET /opportunities/{opportunity_id}/introductions", refuses=(404,))
class ListIntroductions(ListRequest[Page[Introduction]]):
    """List who was introduced there with what result. Staff and auditors see all, others their organisations'."""

    opportunity_id: Id


@consulting.command("POST /introductions/{introduction_id}/result", refuses=(403, 404), body="IntroductionResult")
class RecordIntroductionResult(Request[Introduction]):
    """Record what came of an introduction, or of its talks later. For staff."""

    introduction_id: Id
    result: Result
    amount: Won = None
    note: Note = ""

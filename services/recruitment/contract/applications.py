"""Applications of organisations to a call."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from marshmallow import ValidationError

from services.chassis.contract import ABSENT, Absent, Answer, Doc, ListRequest, Omittable, Page, Part, Request, Value
from services.chassis.fields import Id, Json, Line, Paragraphs, Points, Several, Whole
from services.chassis.i18n import msgid as _
from services.recruitment.contract.documents import Document
from services.recruitment.contract.panel import ComparedContact
from services.recruitment.contract.vocabulary import ApplicationStatus, LegalType, UnitKind

applications = Part("recruitment", "applications", "Applications to a call, with their documents")

ABOUT_ONE = (403, 404, 409)
OF_ONES_OWN = (404, 409)
MOST_VERSIONS = 2**31 - 1

Name = Annotated[str, Line(max=200)]


# --- answers


class Applicant(Answer):
    id: str
    name: str


class Verdict(Answer):
    """Verdict of one rule. reason: a code. message: the reason in the caller's language."""

    rule: str
    passed: bool
    reason: str
    message: str
    details: Json


class Receipt(Answer):
    """digest: SHA-256 of everything that was submitted, documents included."""

    number: str
    digest: str
    submitted_at: datetime
    version: int


class ApplicationLine(Answer):
    """Application in a list. version: of the draft. submitted_version: of what was submitted.

    deadline: until then it may be changed.
    """

    id: str
    call_id: str
    organisation_id: str
    organisation_name: str
    applicant: Applicant
    kind: UnitKind
    status: ApplicationStatus
    version: int
    submitted_version: int | None
    receipt_number: str | None
    submitted_at: datetime | None
    deadline: datetime
    changed_at: datetime
    withdrawn_at: datetime | None
    purged_at: datetime | None


class Application(ApplicationLine):
    """content: the draft for applicants, for others what was submitted. has_contact: it was given, and is not kept.

    verdicts: of every rule, as staff confirmed them, or before that as things stand. facts, points, note: for staff.
    """

    content: Json
    has_contact: bool
    documents: list[Document]
    receipt: Receipt | None
    verdicts: list[Verdict]
    screened_at: datetime | None
    facts: Json | None
    points: str | None
    note: str | None


class ApplicationPage(Page[ApplicationLine]):
    """Page of the list of applications."""


# --- operations


class EligibilityFacts(Value):
    """Facts that the rules of eligibility need."""

    legal_type: Annotated[LegalType | Absent | None, Doc(more={"examples": ["cooperative"]})] = ABSENT
    status_since: Annotated[
        date | Absent | None, Doc("Since when it is what it is in law; of a social venture, since it was founded")
    ] = ABSENT
    founded_on: date | Absent | None = ABSENT
    in_district: bool | Absent | None = ABSENT
    relocates_by: Annotated[date | Absent | None, Doc("If it is not in the district yet")] = ABSENT
    incubated_elsewhere: Annotated[bool | Absent | None, Doc("It has a place in another centre")] = ABSENT


class Content(Request[Application], EligibilityFacts):
    """Content of a draft. It may lack anything.

    A submission needs all but relocates_by, introduction, plan and preferences.
    """

    kind: Annotated[Omittable[UnitKind], Doc("Of unit; by default the only one that the call offers")] = None
    organisation_name: Annotated[Name | Absent | None, Doc(more={"examples": ["행복마을 협동조합"]})] = ABSENT
    introduction: Annotated[str | Absent | None, Paragraphs(max=10_000, min=0)] = ABSENT
    plan: Annotated[str | Absent | None, Paragraphs(max=20_000, min=0)] = ABSENT
    preferences: Annotated[list[Id] | Absent, Several(max=50), Doc("Units, the best first")] = ABSENT
    consortium: Annotated[list[Name] | Absent, Several(max=20), Doc("With whom it applies")] = ABSENT
    contact: Omittable[ComparedContact] = None


@applications.command(
    "POST /calls/{call_id}/applications",
    status=201,
    refuses=ABOUT_ONE,
    body="NewApplication",
    location="/applications/{id}",
)
class StartApplication(Content):
    """Begin an application for an organisation of mine: a draft, on which others of it may go on."""

    call_id: Id
    organisation_id: Annotated[Id, Doc("One that I belong to")]


@applications.query("GET /applications")
class ListApplications(ListRequest[ApplicationPage]):
    """List applications, the newest first: mine and my organisations', those that I judge; for staff all."""

    call_id: Id | None = None
    organisation_id: Id | None = None
    status: ApplicationStatus | None = None


@applications.query("GET /applications/{application_id}", refuses=(403, 404))
class GetApplication(Request[Application]):
    """Show an application. A judge who is recused from it is refused (403)."""

    application_id: Id


@applications.command("PATCH /applications/{application_id}", refuses=OF_ONES_OWN, body="ApplicationChange")
class SaveApplication(Content):
    """Save a new version of the draft, until the deadline. What was submitted stays so until it is submitted again."""

    application_id: Id
    version: Annotated[
        Omittable[Annotated[int, Whole(1, MOST_VERSIONS)]],
        Doc("`version` of the draft as it was read: 409 `stale_version` if somebody has saved since"),
    ] = None

    def check(self) -> None:
        given = {name for name, value in vars(self).items() if value is not ABSENT}
        changes = given - {"application_id", "version", "kind", "contact"}
        if not changes and self.kind is None and self.contact is None:
            raise ValidationError(_("Say what is to change."))


@applications.command("POST /applications/{application_id}/submit", refuses=OF_ONES_OWN)
class SubmitApplication(Request[Application]):
    """Submit the draft with its documents. The receipt has a number, and the hash of all that was submitted."""

    application_id: Id


@applications.command("POST /applications/{application_id}/withdraw", refuses=OF_ONES_OWN)
class WithdrawApplication(Request[Application]):
    """Take an application back, at any time."""

    application_id: Id


@applications.command("POST /applications/{application_id}/extension", refuses=ABOUT_ONE, body="Extension")
class ExtendDeadline(Request[Application]):
    """Give one applicant a later deadline, for a reason. For staff."""

    application_id: Id
    until: Annotated[datetime, Doc("Not included")]
    reason: Annotated[str, Line(max=500)]


@applications.command("POST /applications/{application_id}/screening", refuses=ABOUT_ONE, body="Screening")
class ScreenApplication(Request[Application]):
    """Confirm what the rules say, after the deadline. For staff. With the last one the shortlist is drawn."""

    application_id: Id
    facts: Annotated[Omittable[EligibilityFacts], Doc("What staff found to be other than it was declared")] = None
    points: Annotated[
        Decimal | None,
        Points(0, 100),
        Doc("Of the documents: the most are shortlisted, at equal points the first to submit"),
    ] = None
    note: Annotated[str | None, Paragraphs(max=2000, min=0)] = None

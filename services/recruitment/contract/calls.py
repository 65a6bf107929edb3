"""Public calls for tenants."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from services.chassis.contract import Answer, Doc, ListRequest, Omittable, Page, Part, Request, Value
from services.chassis.fields import Id, Items, Json, Line, Paragraphs, Points, Several, Whole, wrong_at
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import CallStatus, LegalType, UnitKind

calls = Part("recruitment", "calls", "Public calls for tenants: from the notice to the panel of judges")

ABOUT_ONE = (403, 404, 409)
MOST_VERSIONS = 2**31 - 1

Title = Annotated[str, Line(max=200)]
Summary = Annotated[str, Paragraphs(max=10_000, min=0)]
Reason = Annotated[str, Line(max=500)]
UnitIds = Annotated[list[Id], Several(min=1, max=200)]
LegalTypes = Annotated[list[LegalType], Several(max=20)]


# --- values


class Named(Value):
    ko: Title
    en: Title


class NewCriterion(Value):
    id: Id
    names: Named
    points: Annotated[Decimal, Points(1, 100)]
    optional: Annotated[bool, Doc("Judges may skip it")] = False


class LegalTypeRule(Value):
    """Legal types that are admitted for a kind of unit."""

    office: LegalTypes
    coworking: LegalTypes


class PlainRule(Value):
    """A rule that depends on the dates of the call alone."""


class DistrictRule(Value):
    relocation_months: Annotated[int, Whole(0, 24)]


class VentureAgeRule(Value):
    years: Annotated[int, Whole(1, 20)]


class Eligibility(Value):
    """Rules of eligibility. A rule that is left out does not apply."""

    legal_type: Omittable[LegalTypeRule] = None
    status_date: Omittable[PlainRule] = None
    district: Omittable[DistrictRule] = None
    not_incubated_elsewhere: Omittable[PlainRule] = None
    venture_age: Omittable[VentureAgeRule] = None


# --- answers


class Thing(Answer):
    """name: in the caller's language."""

    id: str
    name: str
    names: dict[str, str]


class OfferedUnit(Thing):
    """area_m2: square metres. appraised_value: won. The rent is a part of it."""

    kind: UnitKind
    area_m2: str
    appraised_value: int


class DocumentKind(Thing):
    required: bool


class Criterion(Thing):
    points: Annotated[str, Doc("At most")]
    optional: Annotated[bool, Doc("Judges may skip it")]


class Correction(Answer):
    """closure_id: the closure that moved the interviews."""

    number: int
    at: datetime
    reason: str
    closure_id: str | None
    before: Json
    after: Json


class CallLine(Answer):
    """Call in a list. code: name for people. units: number of units of each kind."""

    id: str
    code: str
    title: str
    status: CallStatus
    notice_on: date
    intake_opens_at: datetime
    intake_closes_at: datetime
    screening_on: date
    interviews_start: datetime
    interviews_end: datetime
    result_on: date
    contract_by: date
    move_in_on: date
    published_at: datetime | None
    results_at: datetime | None
    units: dict[str, int]
    version: int


class Call(CallLine):
    """A call with its corrections.

    eligibility: terms of each rule, by its id. terms: numbers of the selection. interviews_blocked: the centre is
    closed during the interviews, and staff have to find another day.
    """

    summary: str
    offered: list[OfferedUnit]
    documents: list[DocumentKind]
    criteria: list[Criterion]
    eligibility: Json
    terms: Json
    interviews_blocked: bool
    corrections: list[Correction]


class CallPage(Page[CallLine]):
    """Page of the list of calls."""


# --- operations


class CallContent(Request[Call]):
    """Content of a draft. The dates must be in the order in which they stand here."""

    title: Title
    summary: Summary = ""
    notice_on: Annotated[
        date, Doc("On this day an organisation must have its status", more={"examples": ["2020-04-01"]})
    ]
    intake_opens_at: Annotated[datetime, Doc(more={"examples": ["2020-04-06T09:00:00+09:00"]})]
    intake_closes_at: Annotated[
        datetime,
        Doc("Not included: who submits in this second is too late", more={"examples": ["2020-04-14T18:00:00+09:00"]}),
    ]
    screening_on: Annotated[date, Doc(more={"examples": ["2020-04-17"]})]
    interviews_start: Annotated[datetime, Doc(more={"examples": ["2020-04-22T10:00:00+09:00"]})]
    interviews_end: Annotated[datetime, Doc(more={"examples": ["2020-04-22T18:00:00+09:00"]})]
    result_on: Annotated[date, Doc(more={"examples": ["2020-04-28"]})]
    contract_by: Annotated[date, Doc(more={"examples": ["2020-05-08"]})]
    move_in_on: Annotated[date, Doc(more={"examples": ["2020-06-01"]})]
    unit_ids: Annotated[UnitIds, Doc(more={"examples": [["office-1"]]})]
    documents: Annotated[
        Omittable[Annotated[list[Id], Several(max=50)]], Doc("Those required; by default the centre's")
    ] = None
    criteria: Annotated[
        Omittable[Annotated[list[NewCriterion], Items(min=1, max=20)]], Doc("By default the centre's")
    ] = None
    eligibility: Annotated[Omittable[Eligibility], Doc("By default the centre's")] = None

    def check(self) -> None:
        ids = [each.id for each in self.criteria or ()]
        if len(set(ids)) < len(ids):
            raise wrong_at("criteria", _("Give each of them once."))


@calls.command("POST /calls", status=201, refuses=(403, 404), body="NewCall", location="/calls/{id}")
class CreateCall(CallContent):
    """Draw up a call. For staff. Nobody else sees it until it is published."""


@calls.query("GET /calls", public=True)
class ListCalls(ListRequest[CallPage]):
    """List the calls, the newest first. Staff and auditors see drafts, too."""


@calls.query("GET /calls/{call_id}", refuses=(404,), public=True)
class GetCall(Request[Call]):
    """Show a call, with its corrections."""

    call_id: Id


@calls.command("PUT /calls/{call_id}", refuses=ABOUT_ONE, body="CallChange")
class ChangeCall(CallContent):
    """Draw up a draft anew. For staff. Documents, criteria and eligibility that are left out stay as they are."""

    call_id: Id
    version: Annotated[
        Omittable[Annotated[int, Whole(1, MOST_VERSIONS)]],
        Doc("`version` of the draft as it was read: 409 `stale_version` if somebody has saved since"),
    ] = None


@calls.command("POST /calls/{call_id}/publish", refuses=ABOUT_ONE)
class PublishCall(Request[Call]):
    """Publish a call. For staff. From here on it is changed by corrections alone."""

    call_id: Id


@calls.command("POST /calls/{call_id}/corrections", status=201, refuses=ABOUT_ONE, body="CallCorrection")
class CorrectCall(Request[Call]):
    """Correct a published call, for a reason that everybody may read. For staff. Its applicants are told."""

    call_id: Id
    reason: Annotated[Reason, Doc("For everybody to read")]
    title: Omittable[Title] = None
    summary: Omittable[Summary] = None
    intake_closes_at: Annotated[
        Omittable[datetime],
        Doc("Later, never earlier, and only while the intake lasts", more={"examples": ["2020-04-16T18:00:00+09:00"]}),
    ] = None
    screening_on: Omittable[date] = None
    interviews_start: Omittable[datetime] = None
    interviews_end: Omittable[datetime] = None
    result_on: Omittable[date] = None
    contract_by: Omittable[date] = None
    move_in_on: Omittable[date] = None
    unit_ids: Omittable[UnitIds] = None

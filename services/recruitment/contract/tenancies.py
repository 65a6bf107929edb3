"""Units, offers and tenancies. Money in won. Both the first and the last day belong to a term."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from services.chassis.contract import Answer, Doc, ListRequest, Page, Part, Request
from services.chassis.fields import Id, Paragraphs, Points, Whole
from services.recruitment.contract.vocabulary import LegalType, OfferStatus, TenancyStatus, UnitKind, UnitStatus

tenancies = Part("recruitment", "tenancies", "Units, who is offered them, and who lives there")

Note = Annotated[str | None, Paragraphs(max=2000, min=0)]
Tick = Annotated[bool, Doc(more={"default": False, "examples": [True]})]


# --- answers


class Occupant(Answer):
    """ends_on: last day of the term."""

    tenancy_id: str
    organisation_id: str
    organisation_name: str
    status: TenancyStatus
    starts_on: date
    ends_on: date


class Unit(Answer):
    """area_m2: square metres. recalls: ids of calls that left the unit over, if none offers it now; for staff."""

    id: str
    kind: UnitKind
    name: str
    names: dict[str, str]
    area_m2: str
    appraised_value: int
    status: UnitStatus
    occupant: Occupant | None
    recalls: list[str]


class UnitList(Answer):
    items: list[Unit]


class Offer(Answer):
    """rank: in the ranking of the unit's kind. tenancy_id: of the contract, once the offer is accepted."""

    id: str
    call_id: str
    application_id: str
    organisation_id: str
    organisation_name: str
    unit_id: str
    unit_name: str
    kind: UnitKind
    rank: int
    status: OfferStatus
    made_at: datetime
    expires_at: Annotated[datetime, Doc("It has to be signed before then")]
    decided_at: datetime | None
    tenancy_id: str | None
    version: int


class Invoice(Answer):
    """Maintenance of one month: a record, no payment."""

    month: Annotated[str, Doc(more={"examples": ["2020-06"]})]
    amount: int
    issued_at: datetime


class Review(Answer):
    score: str
    passed: bool
    reviewed_at: datetime


class Settlement(Answer):
    """refund: of the deposit. owed: what the deposit does not cover."""

    deductions: int
    refund: int
    owed: int
    note: str | None


class Checklist(Answer):
    """Steps of moving out, with the days on which they were done."""

    restored_on: date | None
    card_returned_on: date | None
    settled_on: date | None
    settlement: Settlement | None


class Tenancy(Answer):
    """told_on: day on which the tenant is told that the term ends, and the review opens. extensible: it can be extended
    once more. rent: for a year.
    """

    id: str
    offer_id: str
    call_id: str
    organisation_id: str
    organisation_name: str
    unit_id: str
    unit_name: str
    kind: UnitKind
    legal_type: LegalType
    contract_number: str
    status: TenancyStatus
    starts_on: date
    ends_on: date
    told_on: date
    extensions: int
    extensible: bool
    rent: int
    deposit: int
    sign_by: datetime
    signed_at: datetime | None
    ended_on: date | None
    invoices: list[Invoice]
    reviews: list[Review]
    checklist: Checklist
    version: int


class Contract(Answer):
    """PDF. content: in base64."""

    name: str
    content: str


# --- operations


@tenancies.query("GET /units", public=True)
class ListUnits(Request[UnitList]):
    """Show all units, and who has them."""


@tenancies.query("GET /offers")
class ListOffers(ListRequest[Page[Offer]]):
    """List offers, the newest first: mine and my organisations'; staff see all."""

    call_id: Id | None = None
    status: OfferStatus | None = None
    own: Annotated[bool, Doc("Only mine and my organisations', for staff, too")] = False


@tenancies.query("GET /offers/{offer_id}", refuses=(404,))
class GetOffer(Request[Offer]):
    """Show an offer."""

    offer_id: Id


@tenancies.command("POST /offers/{offer_id}/accept", refuses=(404, 409))
class AcceptOffer(Request[Offer]):
    """Accept a unit. Its contract has to be signed before the offer expires."""

    offer_id: Id


@tenancies.command("POST /offers/{offer_id}/decline", refuses=(404, 409))
class DeclineOffer(Request[Offer]):
    """Decline a unit. The next in rank is offered it."""

    offer_id: Id


@tenancies.query("GET /tenancies")
class ListTenancies(ListRequest[Page[Tenancy]]):
    """List tenancies, the newest first: my organisations'; staff see all."""

    status: TenancyStatus | None = None
    unit_id: Id | None = None
    organisation_id: Id | None = None


@tenancies.query("GET /tenancies/{tenancy_id}", refuses=(404,))
class GetTenancy(Request[Tenancy]):
    """Show a tenancy."""

    tenancy_id: Id


@tenancies.query("GET /tenancies/{tenancy_id}/contract.pdf", refuses=(404,))
class GetContract(Request[Contract]):
    """Read the contract."""

    tenancy_id: Id


@tenancies.command("POST /tenancies/{tenancy_id}/sign", refuses=(404, 409))
class SignTenancy(Request[Tenancy]):
    """Sign the contract of a unit that I accepted."""

    tenancy_id: Id


@tenancies.command("POST /tenancies/{tenancy_id}/renewal-review", refuses=(403, 404, 409), body="RenewalReview")
class ReviewTenancy(Request[Tenancy]):
    """Review a tenancy whose term ends, and extend it if it passes. For staff."""

    tenancy_id: Id
    score: Annotated[Decimal, Points(0, 100), Doc(more={"examples": [82.5]})]
    note: Note = None


@tenancies.command("POST /tenancies/{tenancy_id}/notice", refuses=(404, 409), body="Notice")
class GiveNotice(Request[Tenancy]):
    """Give notice of a tenancy. The tenant may, and staff."""

    tenancy_id: Id
    ends_on: Annotated[date | None, Doc("The last day; by default as early as the notice allows")] = None


@tenancies.command("POST /tenancies/{tenancy_id}/move-out", refuses=(403, 404, 409), body="MovingOut")
class MoveOut(Request[Tenancy]):
    """Tick off what moving out needs. With all of it the unit is vacated. For staff."""

    tenancy_id: Id
    restored: Tick = False
    card_returned: Tick = False
    deductions: Annotated[int | None, Whole(0, 10**12), Doc("From the deposit; given when it is settled")] = None
    note: Note = None

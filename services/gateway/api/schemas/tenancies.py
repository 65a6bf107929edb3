"""Offers, units and tenancies: what is taken and given. Money in won."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Day
from services.gateway.api.fields import Choice, Count, Flag, Id, Prose
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.calls import KINDS, LEGAL_TYPES, Points

OFFER_STATUSES = ("offered", "accepted", "signed", "declined", "expired", "withdrawn")
TENANCY_STATUSES = ("unsigned", "signed", "active", "ending", "ended", "moved_out", "lapsed")
UNIT_STATUSES = ("vacant", "offered", "let", "occupied", "ending", "to_hand_back")


class FindOffers(Page):
    call_id = Id()
    status = Choice(OFFER_STATUSES)
    own = Flag(metadata={"description": "Only mine and my organisations', for staff, too", "default": False})


class Offer(Answer):
    """tenancy_id: of the contract, once the offer is accepted."""

    id = fields.String(required=True)
    call_id = fields.String(required=True)
    application_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    rank = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"enum": list(OFFER_STATUSES)})
    made_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "It has to be signed before then"})
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    tenancy_id = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class OfferPage(Answer):
    items = fields.List(fields.Nested(Offer), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Occupant(Answer):
    tenancy_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(TENANCY_STATUSES)})
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class Unit(Answer):
    """status: `let` is contracted for a day to come, `to_hand_back` is over and not handed back yet. recalls: for
    staff, ids of the calls of which it is left.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    area_m2 = fields.String(required=True)
    appraised_value = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"enum": list(UNIT_STATUSES)})
    occupant = fields.Nested(Occupant, required=True, allow_none=True)
    recalls = fields.List(fields.String(), required=True)


class UnitList(Answer):
    items = fields.List(fields.Nested(Unit), required=True)


class FindTenancies(Page):
    status = Choice(TENANCY_STATUSES)
    unit_id = Id()
    organisation_id = Id()


class RenewalReview(Incoming):
    score = Points(least=0, most=100, required=True, metadata={"examples": [82.5]})
    note = Prose(most=2000, least=0, allow_none=True)


class Notice(Incoming):
    ends_on = Day(metadata={"description": "The last day; by default as early as the notice allows"}, allow_none=True)


class MovingOut(Incoming):
    """What of the checklist is done now; what was done before stays so."""

    restored = Flag(metadata={"default": False, "examples": [True]})
    card_returned = Flag(metadata={"default": False, "examples": [True]})
    deductions = Count(least=0, allow_none=True, metadata={"description": "From the deposit; given when it is settled"})
    note = Prose(most=2000, least=0, allow_none=True)


class Invoice(Answer):
    """What is owed for the maintenance of a month: a record, no payment."""

    month = fields.String(required=True, metadata={"examples": ["2020-06"]})
    amount = fields.Integer(required=True)
    issued_at = fields.AwareDateTime(required=True)


class Review(Answer):
    score = fields.String(required=True)
    passed = fields.Boolean(required=True)
    reviewed_at = fields.AwareDateTime(required=True)


class Settlement(Answer):
    """refund: of the deposit. owed: what the deposit does not cover."""

    deductions = fields.Integer(required=True)
    refund = fields.Integer(required=True)
    owed = fields.Integer(required=True)
    note = fields.String(required=True, allow_none=True)


class Checklist(Answer):
    restored_on = fields.Date(required=True, allow_none=True)
    card_returned_on = fields.Date(required=True, allow_none=True)
    settled_on = fields.Date(required=True, allow_none=True)
    settlement = fields.Nested(Settlement, required=True, allow_none=True)


class Tenancy(Answer):
    """starts_on, ends_on: both days belong to the term. told_on: when its end is told and a review may begin. rent: for
    a year.
    """

    id = fields.String(required=True)
    offer_id = fields.String(required=True)
    call_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    legal_type = fields.String(required=True, metadata={"enum": list(LEGAL_TYPES)})
    contract_number = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(TENANCY_STATUSES)})
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    told_on = fields.Date(required=True)
    extensions = fields.Integer(required=True)
    extensible = fields.Boolean(required=True)
    rent = fields.Integer(required=True)
    deposit = fields.Integer(required=True)
    sign_by = fields.AwareDateTime(required=True)
    signed_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    invoices = fields.List(fields.Nested(Invoice), required=True)
    reviews = fields.List(fields.Nested(Review), required=True)
    checklist = fields.Nested(Checklist, required=True)
    version = fields.Integer(required=True)


class TenancyPage(Answer):
    items = fields.List(fields.Nested(Tenancy), required=True)
    next_cursor = fields.String(required=True, allow_none=True)

"""Offers and the occupancy map: questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.chassis.fields import Identifier
from services.recruitment.domain.offers import OfferStatus


@dataclass(frozen=True)
class OfferId:
    offer_id: str


@dataclass(frozen=True)
class FindOffers:
    """own: only the actor's, also for staff."""

    limit: int
    cursor: str | None
    call_id: str | None = None
    status: OfferStatus | None = None
    own: bool = False


class OfferIdSchema(Schema):
    offer_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> OfferId:
        return OfferId(**data)


class FindOffersSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    call_id = Identifier(load_default=None, allow_none=True)
    status = fields.Enum(OfferStatus, by_value=True, load_default=None, allow_none=True)
    own = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindOffers:
        return FindOffers(**data)


class NothingSchema(Schema):
    """A call without arguments."""


class OfferView(Schema):
    """`tenancy_id`: of the contract that waits for its signature, or was signed."""

    id = fields.String(required=True)
    call_id = fields.String(required=True)
    application_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_name = fields.String(required=True)
    kind = fields.String(required=True)
    rank = fields.Integer(required=True)
    status = fields.String(required=True)
    made_at = fields.AwareDateTime(format="iso", required=True)
    expires_at = fields.AwareDateTime(format="iso", required=True)
    decided_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    tenancy_id = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class OfferPage(Schema):
    items = fields.List(fields.Nested(OfferView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class OccupantView(Schema):
    """`ends_on`: the last day of the term."""

    tenancy_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    status = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class UnitView(Schema):
    """`status`: `vacant`, `offered`, `let` (contracted, not begun), `occupied`, `ending` or `to_hand_back`. `recalls`:
    ids of the calls of which it was left over, while none has offered it since; for staff. `area_m2` in square metres,
    `appraised_value` in won.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    area_m2 = fields.String(required=True)
    appraised_value = fields.Integer(required=True)
    status = fields.String(required=True)
    occupant = fields.Nested(OccupantView, required=True, allow_none=True)
    recalls = fields.List(fields.String(), required=True)


class UnitList(Schema):
    items = fields.List(fields.Nested(UnitView), required=True)

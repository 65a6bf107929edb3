"""What the support work reads of the events of others and of the courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from marshmallow import fields

from services.centre.vocabulary import Field
from services.chassis.fields import Day, Identifier, Line
from services.training.contract.programmes import NewCommunity
from services.training.contract.vocabulary import Stage
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Heard


@dataclass(frozen=True)
class ErasedPerson:
    person_id: str


@dataclass(frozen=True)
class AwardedGrant:
    """grant_id: as its giver calls it; the same one again changes nothing. The programme is the one that is named, else
    the year's of this stage.
    """

    grant_id: str
    programme_id: str | None
    year: int | None
    stage: Stage | None
    community: NewCommunity
    amount: int


@dataclass(frozen=True)
class StartedTenancy:
    tenancy_id: str
    organisation_id: str
    starts_on: date


@dataclass(frozen=True)
class EndedTenancy:
    tenancy_id: str
    organisation_id: str
    ended_on: date


@dataclass(frozen=True)
class RecordedDesignation:
    designation_id: str
    organisation_id: str
    since: date


class ErasedPersonSchema(Heard):
    made = ErasedPerson
    person_id = Identifier(required=True)


class AwardedCommunitySchema(Heard):
    made = NewCommunity
    name = Line(max=200, required=True)
    area = Line(max=100, min=0, load_default="")
    field = bases.field_of_work(Field.VILLAGE_COMMUNITY)
    members = bases.whole(1, bases.MOST_PEOPLE, load_default=None, allow_none=True)
    representative_id = bases.optional_id()
    founded_on = Day(load_default=None, allow_none=True)


class AwardedGrantSchema(Heard):
    made = AwardedGrant
    grant_id = Identifier(required=True)
    programme_id = bases.optional_id()
    year = bases.whole(2000, 2199, load_default=None, allow_none=True)
    stage = fields.Enum(Stage, by_value=True, load_default=None, allow_none=True)
    community = fields.Nested(AwardedCommunitySchema, required=True)
    amount = bases.whole(1, bases.MOST_WON, required=True)


class StartedTenancySchema(Heard):
    made = StartedTenancy
    tenancy_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    starts_on = Day(required=True)


class EndedTenancySchema(Heard):
    made = EndedTenancy
    tenancy_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    ended_on = Day(required=True)


class RecordedDesignationSchema(Heard):
    made = RecordedDesignation
    designation_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    since = Day(required=True)


@dataclass(frozen=True)
class ToldCertificate:
    """track: of the course; who finishes the activist track stands in the register."""

    certificate_id: str
    track: str


class ToldCertificateSchema(Heard):
    made = ToldCertificate
    certificate_id = Identifier(required=True)
    track = Line(max=20, required=True)

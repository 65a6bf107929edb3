"""The grant programme: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.training.domain.support.field import Field
from services.training.domain.support.programme import Stage
from services.training.domain.support.visits import Status
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads, PageSchema

MOST_ACTIVISTS = 500


@dataclass(frozen=True)
class OpenProgramme:
    title: str
    year: int
    stage: Stage
    field: Field


@dataclass(frozen=True)
class NewCommunity:
    name: str
    area: str
    field: Field
    members: int | None
    representative_id: str | None
    founded_on: date | None


@dataclass(frozen=True)
class AddCommunity:
    """community_id: of one that is known; else it is the one called `community.name` in its area, known or new."""

    programme_id: str
    amount: int
    community_id: str | None
    community: NewCommunity | None


@dataclass(frozen=True)
class ProgrammeId:
    programme_id: str


@dataclass(frozen=True)
class SpreadCommunities:
    """activist_ids: over these; without them over all who are active in the programme's field."""

    programme_id: str
    activist_ids: list[str]


@dataclass(frozen=True)
class FindSupports:
    programme_id: str
    limit: int
    cursor: str | None
    activist_id: str | None


@dataclass(frozen=True)
class PutActivist:
    id: str
    name: str
    field: Field
    area: str
    active: bool


@dataclass(frozen=True)
class PlanVisit:
    """activist_id: None: the one who accompanies the community."""

    programme_id: str | None
    community_id: str
    visit_at: datetime
    purpose: str
    activist_id: str | None


@dataclass(frozen=True)
class VisitId:
    visit_id: str


@dataclass(frozen=True)
class ReportVisit:
    visit_id: str
    report: str
    attendees: int
    minutes: int


@dataclass(frozen=True)
class FindVisits:
    limit: int
    cursor: str | None
    status: Status | None
    community_id: str | None
    activist_id: str | None
    overdue: bool | None


class OpenProgrammeSchema(Loads):
    made = OpenProgramme
    title = Line(most=200, required=True)
    year = bases.whole(2000, 2199, required=True)
    stage = fields.Enum(Stage, by_value=True, required=True)
    field = bases.field_of_work(Field.VILLAGE_COMMUNITY)


class NewCommunitySchema(Loads):
    made = NewCommunity
    name = Line(most=200, required=True)
    area = Line(most=100, least=0, load_default="")
    field = bases.field_of_work(Field.VILLAGE_COMMUNITY)
    members = bases.whole(1, bases.MOST_PEOPLE, load_default=None, allow_none=True)
    representative_id = bases.optional_id()
    founded_on = Day(load_default=None, allow_none=True)


class AddCommunitySchema(Loads):
    made = AddCommunity
    programme_id = Identifier(required=True)
    amount = bases.whole(1, bases.MOST_WON, required=True)
    community_id = bases.optional_id()
    community = fields.Nested(NewCommunitySchema, load_default=None, allow_none=True)


class ProgrammeIdSchema(Loads):
    made = ProgrammeId
    programme_id = Identifier(required=True)


class SpreadCommunitiesSchema(Loads):
    made = SpreadCommunities
    programme_id = Identifier(required=True)
    activist_ids = fields.List(Identifier(), load_default=[], validate=validate.Length(max=MOST_ACTIVISTS))


class FindSupportsSchema(PageSchema):
    made = FindSupports
    programme_id = Identifier(required=True)
    activist_id = bases.optional_id()


class PutActivistSchema(Loads):
    made = PutActivist
    id = Identifier(required=True)
    name = Line(most=200, required=True)
    field = bases.field_of_work(Field.VILLAGE_COMMUNITY)
    area = Line(most=100, least=0, load_default="")
    active = fields.Boolean(load_default=True)


class PlanVisitSchema(Loads):
    made = PlanVisit
    programme_id = bases.optional_id()
    community_id = Identifier(required=True)
    visit_at = Moment(required=True)
    purpose = Line(most=200, least=0, load_default="")
    activist_id = bases.optional_id()


class VisitIdSchema(Loads):
    made = VisitId
    visit_id = Identifier(required=True)


class ReportVisitSchema(Loads):
    made = ReportVisit
    visit_id = Identifier(required=True)
    report = Paragraphs(most=20_000, required=True)
    attendees = bases.whole(0, bases.MOST_PEOPLE, load_default=0)
    minutes = bases.whole(0, bases.MOST_MINUTES, load_default=0)


class FindVisitsSchema(PageSchema):
    made = FindVisits
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    community_id = bases.optional_id()
    activist_id = bases.optional_id()
    overdue = fields.Boolean(load_default=None, allow_none=True)


class ProgrammeView(Schema):
    """communities: how many it has. granted: won. unassigned: communities without an activist."""

    id = bases.text()
    title = bases.text()
    year = bases.number()
    stage = bases.text()
    field = bases.text()
    ceiling = bases.number()
    opened_at = bases.moment()
    communities = bases.number()
    granted = bases.number()
    unassigned = bases.number()


class CommunityView(Schema):
    id = bases.text()
    name = bases.text()
    area = bases.text()
    field = bases.text()
    members = bases.number(maybe=True)
    representative_id = bases.maybe_text()
    founded_on = bases.day(maybe=True)


class SupportView(Schema):
    """A community in a programme."""

    id = bases.text()
    programme_id = bases.text()
    community = fields.Nested(CommunityView, required=True)
    amount = bases.number()
    grant_id = bases.maybe_text()
    activist_id = bases.maybe_text()
    assigned_at = bases.moment(maybe=True)


class LoadView(Schema):
    """load: communities of this programme. elsewhere: of others."""

    activist_id = bases.text()
    name = bases.text()
    own_load = bases.load_number()
    elsewhere = bases.number()
    community_ids = fields.List(fields.String(), required=True)


class SpreadView(Schema):
    """moved: communities that had another activist before."""

    programme_id = bases.text()
    communities = bases.number()
    moved = bases.number()
    items = fields.List(fields.Nested(LoadView), required=True)


class ActivistView(Schema):
    """load: communities that they accompany."""

    id = bases.text()
    name = bases.text()
    field = bases.text()
    area = bases.text()
    certificate = bases.maybe_text()
    active = fields.Boolean(required=True)
    since = bases.moment()
    own_load = bases.load_number()


class VisitView(Schema):
    """overdue: its report was not there in time, and is not yet."""

    id = bases.text()
    programme_id = bases.text()
    community = fields.Nested(CommunityView, required=True)
    activist_id = bases.text()
    purpose = bases.text()
    visit_at = bases.moment()
    status = bases.text()
    overdue = fields.Boolean(required=True)
    reminded_at = bases.moment(maybe=True)
    report = bases.maybe_text()
    attendees = bases.number(maybe=True)
    minutes = bases.number(maybe=True)
    reported_at = bases.moment(maybe=True)
    version = bases.number()


ProgrammePage = bases.page_of(ProgrammeView)
CommunityPage = bases.page_of(CommunityView)
SupportPage = bases.page_of(SupportView)
ActivistPage = bases.page_of(ActivistView)
VisitPage = bases.page_of(VisitView)

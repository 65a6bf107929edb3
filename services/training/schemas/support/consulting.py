"""Consulting and sales channels: commands and questions in, answers out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.training.domain.support.consulting import Status, Topic
from services.training.domain.support.field import Field
from services.training.domain.support.sales import Channel, Result
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads, PageSchema

MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class PutConsultant:
    id: str
    name: str
    topics: list[Topic]
    most: int
    active: bool


@dataclass(frozen=True)
class RequestConsultation:
    topic: Topic
    field: Field
    title: str
    need: str
    organisation_id: str | None


@dataclass(frozen=True)
class DiagnoseConsultation:
    """topic: where another one was found than was asked about."""

    consultation_id: str
    diagnosis: str
    topic: Topic | None


@dataclass(frozen=True)
class AssignConsultation:
    """consultant_id: staff choose; without one the best match is taken. diagnosis: made in the same breath."""

    consultation_id: str
    consultant_id: str | None
    diagnosis: str | None


@dataclass(frozen=True)
class LogSession:
    consultation_id: str
    held_at: datetime
    minutes: int
    notes: str


@dataclass(frozen=True)
class ReportConsultation:
    consultation_id: str
    report: str


@dataclass(frozen=True)
class RateConsultation:
    consultation_id: str
    satisfaction: int
    comment: str | None


@dataclass(frozen=True)
class ConsultationId:
    consultation_id: str


@dataclass(frozen=True)
class FindConsultations:
    limit: int
    cursor: str | None
    status: Status | None
    topic: Topic | None
    consultant_id: str | None


@dataclass(frozen=True)
class EnterOpportunity:
    channel: Channel
    title: str
    organiser: str
    field: Field
    description: str
    closes_on: date | None


@dataclass(frozen=True)
class FindOpportunities:
    limit: int
    cursor: str | None
    channel: Channel | None


@dataclass(frozen=True)
class FindIntroductions:
    opportunity_id: str
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class Introduce:
    opportunity_id: str
    organisation_id: str
    organisation_name: str
    consultation_id: str | None
    result: Result
    amount: int | None
    note: str


@dataclass(frozen=True)
class RecordResult:
    introduction_id: str
    result: Result
    amount: int | None
    note: str


class PutConsultantSchema(Loads):
    made = PutConsultant
    id = Identifier(required=True)
    name = Line(most=200, required=True)
    topics = fields.List(
        fields.Enum(Topic, by_value=True), required=True, validate=validate.Length(min=1, max=len(Topic))
    )
    most = bases.whole(0, MOST_AT_ONCE, load_default=5)
    active = fields.Boolean(load_default=True)


class RequestConsultationSchema(Loads):
    made = RequestConsultation
    topic = fields.Enum(Topic, by_value=True, required=True)
    field = bases.field_of_work(Field.SOCIAL_ECONOMY)
    title = Line(most=200, required=True)
    need = Paragraphs(most=5000, load_default="", least=0)
    organisation_id = bases.optional_id()


class ConsultationIdSchema(Loads):
    made = ConsultationId
    consultation_id = Identifier(required=True)


class DiagnoseConsultationSchema(Loads):
    made = DiagnoseConsultation
    consultation_id = Identifier(required=True)
    diagnosis = Paragraphs(most=5000, required=True)
    topic = fields.Enum(Topic, by_value=True, load_default=None, allow_none=True)


class AssignConsultationSchema(Loads):
    made = AssignConsultation
    consultation_id = Identifier(required=True)
    consultant_id = bases.optional_id()
    diagnosis = Paragraphs(most=5000, load_default=None, allow_none=True)


class LogSessionSchema(Loads):
    made = LogSession
    consultation_id = Identifier(required=True)
    held_at = Moment(required=True)
    minutes = bases.whole(1, bases.MOST_MINUTES, required=True)
    notes = Paragraphs(most=5000, required=True)


class ReportConsultationSchema(Loads):
    made = ReportConsultation
    consultation_id = Identifier(required=True)
    report = Paragraphs(most=20_000, required=True)


class RateConsultationSchema(Loads):
    made = RateConsultation
    consultation_id = Identifier(required=True)
    satisfaction = bases.whole(1, 5, required=True)
    comment = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)


class FindConsultationsSchema(PageSchema):
    made = FindConsultations
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    topic = fields.Enum(Topic, by_value=True, load_default=None, allow_none=True)
    consultant_id = bases.optional_id()


class EnterOpportunitySchema(Loads):
    made = EnterOpportunity
    channel = fields.Enum(Channel, by_value=True, required=True)
    title = Line(most=200, required=True)
    organiser = Line(most=200, least=0, load_default="")
    field = bases.field_of_work(Field.SOCIAL_ECONOMY)
    description = Paragraphs(most=5000, least=0, load_default="")
    closes_on = Day(load_default=None, allow_none=True)


class FindOpportunitiesSchema(PageSchema):
    made = FindOpportunities
    channel = fields.Enum(Channel, by_value=True, load_default=None, allow_none=True)


class FindIntroductionsSchema(bases.ShortSchema):
    made = FindIntroductions
    opportunity_id = Identifier(required=True)


class ResultSchema(Loads):
    result = fields.Enum(Result, by_value=True, load_default=Result.PENDING)
    amount = bases.whole(0, bases.MOST_WON, load_default=None, allow_none=True)
    note = Paragraphs(most=2000, least=0, load_default="")


class IntroduceSchema(ResultSchema):
    made = Introduce
    opportunity_id = Identifier(required=True)
    organisation_id = Identifier(required=True)
    organisation_name = Line(most=200, least=0, load_default="")
    consultation_id = bases.optional_id()


class RecordResultSchema(ResultSchema):
    made = RecordResult
    introduction_id = Identifier(required=True)


class ConsultantView(Schema):
    """load: consultations that they are at work on."""

    id = bases.text()
    name = bases.text()
    topics = fields.List(fields.String(), required=True)
    most = bases.number()
    active = fields.Boolean(required=True)
    own_load = bases.load_number()


class SuggestionView(Schema):
    """All of it null: nobody for the topic has room. reason: as it is kept once the consultation is assigned."""

    consultant_id = bases.maybe_text()
    name = bases.maybe_text()
    reason = fields.Dict(required=True, allow_none=True)


class LogView(Schema):
    id = bases.text()
    author_id = bases.text()
    held_at = bases.moment()
    minutes = bases.number()
    notes = bases.text()


class ConsultationView(Schema):
    id = bases.text()
    topic = bases.text()
    field = bases.text()
    title = bases.text()
    need = bases.text()
    status = bases.text()
    requester_id = bases.text()
    requester_name = bases.text()
    organisation_id = bases.maybe_text()
    requested_at = bases.moment()
    diagnosis = bases.maybe_text()
    consultant_id = bases.maybe_text()
    consultant_name = bases.maybe_text()
    match_reason = fields.Dict(required=True, allow_none=True)
    assigned_at = bases.moment(maybe=True)
    report = bases.maybe_text()
    reported_at = bases.moment(maybe=True)
    satisfaction = bases.number(maybe=True)
    comment = bases.maybe_text()
    version = bases.number()


class ConsultationWithLogs(ConsultationView):
    logs = fields.List(fields.Nested(LogView), required=True)


class OpportunityView(Schema):
    id = bases.text()
    channel = bases.text()
    title = bases.text()
    organiser = bases.text()
    field = bases.text()
    description = bases.text()
    closes_on = bases.day(maybe=True)
    entered_at = bases.moment()


class IntroductionView(Schema):
    id = bases.text()
    opportunity_id = bases.text()
    organisation_id = bases.text()
    organisation_name = bases.text()
    consultation_id = bases.maybe_text()
    introduced_at = bases.moment()
    result = bases.text()
    amount = bases.number(maybe=True)
    note = bases.text()
    result_at = bases.moment(maybe=True)


ConsultantPage = bases.page_of(ConsultantView)
IntroductionPage = bases.page_of(IntroductionView)
ConsultationPage = bases.page_of(ConsultationView)
OpportunityPage = bases.page_of(OpportunityView)

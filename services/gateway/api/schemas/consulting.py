"""Consulting and sales channels."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Day, Moment
from services.gateway.api.fields import Choice, Count, Flag, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.bookings import FIELDS

TOPICS = ("management", "certification", "finance", "marketing", "sales_channel", "community")
STATUSES = ("requested", "diagnosed", "assigned", "reported", "rated")
CHANNELS = ("fair", "procurement", "shop")
RESULTS = ("pending", "talks", "contract", "declined")
MOST_WON = 10**12
MOST_MINUTES = 24 * 60
FIELD = "The field of the centre's work that it belongs to"


class PutConsultant(Incoming):
    name = Text(most=200, required=True)
    topics = Several(Choice(TOPICS), most=len(TOPICS), required=True, metadata={"minItems": 1})
    most = Count(least=0, most=1000, metadata={"description": "Consultations that they take on at once", "default": 5})
    active = Flag(metadata={"default": True})


class NewConsultation(Incoming):
    topic = Choice(TOPICS, required=True)
    title = Text(most=200, required=True)
    need = Prose(most=5000, least=0, metadata={"description": "What is needed, in one's own words"})
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "social_economy"})
    organisation_id = Id(allow_none=True, metadata={"description": "An organisation that the applicant belongs to"})


class Diagnosis(Incoming):
    diagnosis = Prose(most=5000, required=True)
    topic = Choice(TOPICS, allow_none=True, metadata={"description": "Where another one was found"})


class Assignment(Incoming):
    consultant_id = Id(
        allow_none=True, metadata={"description": "Without one the best match by topic and load is taken"}
    )
    diagnosis = Prose(most=5000, allow_none=True, metadata={"description": "Needed here, if it was not made before"})


class ConsultationLog(Incoming):
    held_at = Moment(required=True)
    minutes = Count(least=1, most=MOST_MINUTES, required=True)
    notes = Prose(most=5000, required=True)


class ConsultationReport(Incoming):
    report = Prose(most=20_000, required=True)


class Satisfaction(Incoming):
    satisfaction = Count(least=1, most=5, required=True, metadata={"description": "5 is the best"})
    comment = Prose(most=2000, least=0, allow_none=True)


class FindConsultations(Page):
    status = Choice(STATUSES)
    topic = Choice(TOPICS)
    consultant_id = Id()


class NewOpportunity(Incoming):
    channel = Choice(CHANNELS, required=True)
    title = Text(most=200, required=True)
    organiser = Text(most=200)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "social_economy"})
    description = Prose(most=5000, least=0)
    closes_on = Day(allow_none=True, metadata={"description": "The last day to be introduced"})


class FindOpportunities(Page):
    channel = Choice(CHANNELS)


class IntroductionResult(Incoming):
    result = Choice(RESULTS, required=True)
    amount = Count(least=0, most=MOST_WON, allow_none=True, metadata={"description": "Won, of the contract"})
    note = Prose(most=2000, least=0)


class NewIntroduction(Incoming):
    organisation_id = Id(required=True)
    organisation_name = Text(most=200)
    consultation_id = Id(allow_none=True)
    result = Choice(RESULTS, metadata={"default": "pending"})
    amount = Count(least=0, most=MOST_WON, allow_none=True, metadata={"description": "Won, of the contract"})
    note = Prose(most=2000, least=0)


class Consultant(Answer):
    """load: consultations that they are at work on."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    topics = fields.List(fields.String(metadata={"enum": list(TOPICS)}), required=True)
    most = fields.Integer(required=True)
    active = fields.Boolean(required=True)
    own_load = fields.Integer(required=True, data_key="load")


class ConsultantPage(Answer):
    items = fields.List(fields.Nested(Consultant), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class HeldSession(Answer):
    id = fields.String(required=True)
    author_id = fields.String(required=True)
    held_at = fields.AwareDateTime(required=True)
    minutes = fields.Integer(required=True)
    notes = fields.String(required=True)


class Consultation(Answer):
    """match_reason: why this consultant; for staff."""

    id = fields.String(required=True)
    topic = fields.String(required=True, metadata={"enum": list(TOPICS)})
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    title = fields.String(required=True)
    need = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    requester_id = fields.String(required=True)
    requester_name = fields.String(required=True)
    organisation_id = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    diagnosis = fields.String(required=True, allow_none=True)
    consultant_id = fields.String(required=True, allow_none=True)
    consultant_name = fields.String(required=True, allow_none=True)
    match_reason = fields.Dict(required=True, allow_none=True)
    assigned_at = fields.AwareDateTime(required=True, allow_none=True)
    report = fields.String(required=True, allow_none=True)
    reported_at = fields.AwareDateTime(required=True, allow_none=True)
    satisfaction = fields.Integer(required=True, allow_none=True)
    comment = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ConsultationWithLogs(Consultation):
    logs = fields.List(fields.Nested(HeldSession), required=True)


class ConsultationPage(Answer):
    items = fields.List(fields.Nested(Consultation), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Opportunity(Answer):
    id = fields.String(required=True)
    channel = fields.String(required=True, metadata={"enum": list(CHANNELS)})
    title = fields.String(required=True)
    organiser = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    description = fields.String(required=True)
    closes_on = fields.Date(required=True, allow_none=True)
    entered_at = fields.AwareDateTime(required=True)


class OpportunityPage(Answer):
    items = fields.List(fields.Nested(Opportunity), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Introduction(Answer):
    id = fields.String(required=True)
    opportunity_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    consultation_id = fields.String(required=True, allow_none=True)
    introduced_at = fields.AwareDateTime(required=True)
    result = fields.String(required=True, metadata={"enum": list(RESULTS)})
    amount = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True)
    result_at = fields.AwareDateTime(required=True, allow_none=True)


class IntroductionPage(Answer):
    items = fields.List(fields.Nested(Introduction), required=True)
    next_cursor = fields.String(required=True, allow_none=True)

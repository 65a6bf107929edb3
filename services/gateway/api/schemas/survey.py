"""The resource survey, and surveys after courses and consulting."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from services.chassis.fields import Day, Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Id, Prose, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.bookings import FIELDS

FIELD = "The field of the centre's work that it belongs to"

ASSETS = ("organisation", "person", "place", "programme")
CONSENTS = ("given", "not_needed")
DEEDS = ("course", "consultation", "programme", "network_meeting", "other")
SUBJECTS = ("course", "consultation")
QUESTIONS = ("rating", "text")
MOST_QUESTIONS = 30
MOST_RANK = 1_000_000


class NewAsset(Incoming):
    kind = Choice(ASSETS, required=True)
    name = Text(most=200, required=True)
    area = Text(most=100, least=0)
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "both"})
    description = Prose(most=5000, least=0)
    source = Text(most=200, required=True, metadata={"description": "Where it is known from"})
    consent = Choice(CONSENTS, required=True, metadata={"description": "A person is kept with consent alone"})
    consented_on = Day(allow_none=True, metadata={"description": "Needed where consent was given"})
    person_id = Id(allow_none=True)


class FindAssets(Page):
    kind = Choice(ASSETS)
    field = Choice(FIELDS)


class NewVoice(Incoming):
    theme = Text(most=100, required=True)
    words = Prose(most=5000, required=True, metadata={"description": "What was said; not by whom"})
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "both"})
    area = Text(most=100, least=0)
    source = Text(most=200, required=True, metadata={"description": "How it was gathered", "examples": ["면담"]})
    heard_on = Day(allow_none=True, metadata={"description": "By default today"})


class FindVoices(Page):
    theme = Text(most=100)


class NewFinding(Incoming):
    title = Text(most=200, required=True)
    theme = Text(
        most=100, required=True, metadata={"description": "Its rank follows from the voices of this theme at first"}
    )
    field = Choice(FIELDS, metadata={"description": FIELD, "default": "both"})
    text = Prose(most=5000, least=0)


class NewRank(Incoming):
    rank = fields.Integer(
        strict=True,
        required=True,
        validate=validate.Range(min=1, max=MOST_RANK),
        metadata={"description": "1 is the first; beyond the last is the last"},
    )


class NewDeed(Incoming):
    kind = Choice(DEEDS, required=True)
    reference = Id(allow_none=True, metadata={"description": "The id of the course, consultation, programme, meeting"})
    note = Text(most=500, least=0)
    done_on = Day(allow_none=True, metadata={"description": "By default today"})


class Question(Incoming):
    id = Id(required=True)
    text = Text(most=500, required=True)
    kind = Choice(QUESTIONS, required=True, metadata={"description": "A rating is a number from 1 to 5"})


class NewSurvey(Incoming):
    subject = Choice(SUBJECTS, required=True)
    subject_id = Id(required=True)
    title = Text(most=200, required=True)
    questions = fields.List(fields.Nested(Question), required=True, validate=validate.Length(min=1, max=MOST_QUESTIONS))
    closes_at = Moment(required=True)


class Given(fields.Raw):
    """A rating or a text."""

    def __init__(self, **options: Any) -> None:
        either = [{"type": "integer", "minimum": 1, "maximum": 5}, {"type": "string", "maxLength": 2000}]
        super().__init__(metadata={"anyOf": either}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise ValidationError(_("Give a number or a text."))
        return value


class SurveyAnswers(Incoming):
    """By the questions' ids."""

    answers = fields.Dict(
        keys=Id(),
        values=Given(),
        required=True,
        validate=validate.Length(1, MOST_QUESTIONS),
        metadata={"examples": [{"content": 5, "remark": "강사님이 좋았습니다."}]},
    )


class FindSurveys(Page):
    subject = Choice(SUBJECTS)
    subject_id = Id()


class Asset(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(ASSETS)})
    name = fields.String(required=True)
    area = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    description = fields.String(required=True)
    source = fields.String(required=True)
    consent = fields.String(required=True, metadata={"enum": list(CONSENTS)})
    consented_on = fields.Date(required=True, allow_none=True)
    person_id = fields.String(required=True, allow_none=True)
    entered_at = fields.AwareDateTime(required=True)


class AssetPage(Answer):
    items = fields.List(fields.Nested(Asset), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Voice(Answer):
    id = fields.String(required=True)
    theme = fields.String(required=True)
    words = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    area = fields.String(required=True)
    source = fields.String(required=True)
    heard_on = fields.Date(required=True)


class VoicePage(Answer):
    items = fields.List(fields.Nested(Voice), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Theme(Answer):
    theme = fields.String(required=True)
    voices = fields.Integer(required=True)


class ThemeList(Answer):
    items = fields.List(fields.Nested(Theme), required=True)


class Deed(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(DEEDS)})
    reference = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    done_on = fields.Date(required=True)


class Finding(Answer):
    """voices: of its theme. rank: 1 is what the centre should do first. deeds: what it did about it."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    theme = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    text = fields.String(required=True)
    voices = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    deeds = fields.List(fields.Nested(Deed), required=True)


class FindingPage(Answer):
    items = fields.List(fields.Nested(Finding), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class AskedQuestion(Answer):
    id = fields.String(required=True)
    text = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": list(QUESTIONS)})


class Survey(Answer):
    """answers: how many have answered. answered: I have."""

    id = fields.String(required=True)
    subject = fields.String(required=True, metadata={"enum": list(SUBJECTS)})
    subject_id = fields.String(required=True)
    title = fields.String(required=True)
    questions = fields.List(fields.Nested(AskedQuestion), required=True)
    closes_at = fields.AwareDateTime(required=True)
    opened_at = fields.AwareDateTime(required=True)
    answers = fields.Integer(required=True)
    answered = fields.Boolean(required=True)


class SurveyPage(Answer):
    items = fields.List(fields.Nested(Survey), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class QuestionResult(AskedQuestion):
    """mean: of a rating, to 0.01. counts: answers by rating. texts: what was written, by nobody's name. withheld: so
    few have answered that one could guess who said what.
    """

    answers = fields.Integer(required=True)
    withheld = fields.Boolean(required=True)
    mean = fields.String(required=True, allow_none=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    texts = fields.List(fields.String(), required=True)


class SurveyResults(Answer):
    survey = fields.Nested(Survey, required=True)
    questions = fields.List(fields.Nested(QuestionResult), required=True)

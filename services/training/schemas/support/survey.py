"""The resource survey, and surveys after courses and consulting: commands and questions in, answers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates

from services.centre.vocabulary import Field
from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs
from services.training.domain.support.survey import Agreement, AssetKind, Consent, Deed, Subject
from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads, PageSchema

MOST_QUESTIONS = 30
MOST_RANK = 1_000_000


class QuestionKind(StrEnum):
    """A rating is a whole number from 1 to 5."""

    RATING = "rating"
    TEXT = "text"


@dataclass(frozen=True)
class EnterAsset:
    kind: AssetKind
    name: str
    area: str
    field: Field
    description: str
    source: str
    consent: Consent
    consented_on: date | None
    person_id: str | None

    @property
    def agreement(self) -> Agreement:
        return Agreement(self.consent, self.consented_on)


@dataclass(frozen=True)
class FindAssets:
    limit: int
    cursor: str | None
    kind: AssetKind | None
    field: Field | None


@dataclass(frozen=True)
class EnterVoice:
    theme: str
    words: str
    field: Field
    area: str
    source: str
    heard_on: date | None


@dataclass(frozen=True)
class FindVoices:
    limit: int
    cursor: str | None
    theme: str | None


@dataclass(frozen=True)
class EnterFinding:
    title: str
    theme: str
    field: Field
    text: str


@dataclass(frozen=True)
class RankFinding:
    finding_id: str
    rank: int


@dataclass(frozen=True)
class EnterDeed:
    finding_id: str
    kind: Deed
    reference: str | None
    note: str
    done_on: date | None


@dataclass(frozen=True)
class OpenSurvey:
    subject: Subject
    subject_id: str
    title: str
    questions: list[dict[str, Any]]
    closes_at: datetime


@dataclass(frozen=True)
class SurveyId:
    survey_id: str


@dataclass(frozen=True)
class AnswerSurvey:
    survey_id: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class FindSurveys:
    limit: int
    cursor: str | None
    subject: Subject | None
    subject_id: str | None


class EnterAssetSchema(Loads):
    made = EnterAsset
    kind = fields.Enum(AssetKind, by_value=True, required=True)
    name = Line(max=200, required=True)
    area = Line(max=100, min=0, load_default="")
    field = bases.field_of_work()
    description = Paragraphs(max=5000, min=0, load_default="")
    source = Line(max=200, required=True)
    consent = fields.Enum(Consent, by_value=True, required=True)
    consented_on = Day(load_default=None, allow_none=True)
    person_id = bases.optional_id()


class FindAssetsSchema(PageSchema):
    made = FindAssets
    kind = fields.Enum(AssetKind, by_value=True, load_default=None, allow_none=True)
    field = fields.Enum(Field, by_value=True, load_default=None, allow_none=True)


class EnterVoiceSchema(Loads):
    made = EnterVoice
    theme = Line(max=100, required=True)
    words = Paragraphs(max=5000, required=True)
    field = bases.field_of_work()
    area = Line(max=100, min=0, load_default="")
    source = Line(max=200, required=True)
    heard_on = Day(load_default=None, allow_none=True)


class FindVoicesSchema(PageSchema):
    made = FindVoices
    theme = Line(max=100, load_default=None, allow_none=True)


class EnterFindingSchema(Loads):
    made = EnterFinding
    title = Line(max=200, required=True)
    theme = Line(max=100, required=True)
    field = bases.field_of_work()
    text = Paragraphs(max=5000, min=0, load_default="")


class RankFindingSchema(Loads):
    made = RankFinding
    finding_id = Identifier(required=True)
    rank = bases.whole(1, MOST_RANK, required=True)


class EnterDeedSchema(Loads):
    made = EnterDeed
    finding_id = Identifier(required=True)
    kind = fields.Enum(Deed, by_value=True, required=True)
    reference = bases.optional_id()
    note = Line(max=500, min=0, load_default="")
    done_on = Day(load_default=None, allow_none=True)


class QuestionSchema(Schema):
    id = Identifier(required=True)
    text = Line(max=500, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(QuestionKind)))


class OpenSurveySchema(Loads):
    made = OpenSurvey
    subject = fields.Enum(Subject, by_value=True, required=True)
    subject_id = Identifier(required=True)
    title = Line(max=200, required=True)
    questions = fields.List(
        fields.Nested(QuestionSchema), required=True, validate=validate.Length(min=1, max=MOST_QUESTIONS)
    )
    closes_at = Moment(required=True)

    @validates("questions")
    def ids_are_different(self, value: list[dict[str, Any]], **_: Any) -> None:
        if len({each["id"] for each in value}) < len(value):
            raise ValidationError("Give each question an id of its own.")


class SurveyIdSchema(Loads):
    made = SurveyId
    survey_id = Identifier(required=True)


class AnswerSurveySchema(Loads):
    made = AnswerSurvey
    survey_id = Identifier(required=True)
    answers = fields.Dict(keys=Identifier(), values=fields.Raw(), required=True)


class FindSurveysSchema(PageSchema):
    made = FindSurveys
    subject = fields.Enum(Subject, by_value=True, load_default=None, allow_none=True)
    subject_id = bases.optional_id()


class AssetView(Schema):
    id = bases.text()
    kind = bases.text()
    name = bases.text()
    area = bases.text()
    field = bases.text()
    description = bases.text()
    source = bases.text()
    consent = bases.text()
    consented_on = bases.day(maybe=True)
    person_id = bases.maybe_text()
    entered_at = bases.moment()


class VoiceView(Schema):
    id = bases.text()
    theme = bases.text()
    words = bases.text()
    field = bases.text()
    area = bases.text()
    source = bases.text()
    heard_on = bases.day()


class ThemeView(Schema):
    theme = bases.text()
    voices = bases.number()


class ThemeList(Schema):
    items = fields.List(fields.Nested(ThemeView), required=True)


class DeedView(Schema):
    id = bases.text()
    kind = bases.text()
    reference = bases.maybe_text()
    note = bases.text()
    done_on = bases.day()


class FindingView(Schema):
    """voices: of its theme. rank: 1 is what the centre should do first."""

    id = bases.text()
    title = bases.text()
    theme = bases.text()
    field = bases.text()
    text = bases.text()
    voices = bases.number()
    rank = bases.number()
    deeds = fields.List(fields.Nested(DeedView), required=True)


class SurveyView(Schema):
    """answers: how many have answered. answered: the caller has."""

    id = bases.text()
    subject = bases.text()
    subject_id = bases.text()
    title = bases.text()
    questions = fields.List(fields.Nested(QuestionSchema), required=True)
    closes_at = bases.moment()
    opened_at = bases.moment()
    answers = bases.number()
    answered = fields.Boolean(required=True)


class QuestionResult(Schema):
    """mean: of a rating, to 0.01, as text. counts: answers by rating. texts: what was written, by nobody's name.
    withheld: so few have answered that one could guess who said what; nothing is shown but their number.
    """

    id = bases.text()
    text = bases.text()
    kind = bases.text()
    answers = bases.number()
    withheld = fields.Boolean(required=True)
    mean = bases.maybe_text()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    texts = fields.List(fields.String(), required=True)


class SurveyResults(Schema):
    survey = fields.Nested(SurveyView, required=True)
    questions = fields.List(fields.Nested(QuestionResult), required=True)


AssetPage = bases.page_of(AssetView)
VoicePage = bases.page_of(VoiceView)
FindingPage = bases.page_of(FindingView)
SurveyPage = bases.page_of(SurveyView)

"""Scores, votes and rankings: commands and questions in, answers out. Points are numbers in hundredths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.chassis.fields import Identifier, Line, Paragraphs
from services.recruitment.domain.judging import BonusGround

MOST_CRITERIA = 30


@dataclass(frozen=True)
class ScoreApplication:
    """points: by criterion; none of them: an abstention. reason: of a correction."""

    application_id: str
    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    abstain: bool
    reason: str | None


@dataclass(frozen=True)
class ScoredApplication:
    application_id: str


@dataclass(frozen=True)
class GrantBonus:
    application_id: str
    points: Decimal
    ground: BonusGround


@dataclass(frozen=True)
class RankedCall:
    call_id: str


@dataclass(frozen=True)
class RecordTieVote:
    """order: ids of the tied applications, from the first on."""

    call_id: str
    order: tuple[str, ...]
    note: str


class ScoreApplicationSchema(Schema):
    application_id = Identifier(required=True)
    points = fields.Dict(
        keys=Identifier(),
        values=fields.Decimal(),
        load_default={},
        data_key="scores",
        validate=validate.Length(max=MOST_CRITERIA),
    )
    comments = fields.Dict(
        keys=Identifier(), values=Paragraphs(most=2000, least=0), load_default={}, validate=validate.Length(max=100)
    )
    abstain = fields.Boolean(load_default=False)
    reason = Line(most=500, load_default=None, allow_none=True)

    @validates_schema
    def either_points_or_none(self, data: dict[str, Any], **_: Any) -> None:
        if data["abstain"] and data["points"]:
            raise ValidationError("Who abstains gives no points.", "scores")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScoreApplication:
        return ScoreApplication(**data)


class ScoredApplicationSchema(Schema):
    application_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScoredApplication:
        return ScoredApplication(**data)


class GrantBonusSchema(Schema):
    application_id = Identifier(required=True)
    points = fields.Decimal(required=True)
    ground = fields.Enum(BonusGround, by_value=True, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> GrantBonus:
        return GrantBonus(**data)


class RankedCallSchema(Schema):
    call_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RankedCall:
        return RankedCall(**data)


class RecordTieVoteSchema(Schema):
    call_id = Identifier(required=True)
    order = fields.List(
        Identifier(), required=True, data_key="application_ids", validate=validate.Length(min=2, max=100)
    )
    note = Paragraphs(most=2000, least=0, load_default="")

    @validates_schema
    def each_once(self, data: dict[str, Any], **_: Any) -> None:
        if len(set(data["order"])) < len(data["order"]):
            raise ValidationError("Give each of them once.", "application_ids")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordTieVote:
        return RecordTieVote(**{**data, "order": tuple(data["order"])})


class SheetView(Schema):
    """A judge's own points. `total` is None for an abstention. `corrections`: how often they were given anew."""

    scores = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    comments = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    total = fields.String(required=True, allow_none=True)
    abstained = fields.Boolean(required=True)
    submitted_at = fields.AwareDateTime(format="iso", required=True)
    corrections = fields.Integer(required=True)


class OtherTotalView(Schema):
    """Another judge's total, and what became of it. Nobody is named."""

    seat = fields.Integer(required=True)
    scores = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    total = fields.String(required=True)
    counted = fields.String(required=True)


class ScoresView(Schema):
    """`own`: of the judge who asks. The totals and the mean are None until they may be seen: by a judge after their own
    are in, by staff when nobody's is missing.
    """

    application_id = fields.String(required=True)
    own = fields.Nested(SheetView, required=True, allow_none=True)
    expected = fields.Integer(required=True)
    submitted = fields.Integer(required=True)
    totals = fields.List(fields.Nested(OtherTotalView), required=True, allow_none=True)
    mean = fields.String(required=True, allow_none=True)
    bonus = fields.String(required=True, allow_none=True)


class BonusView(Schema):
    application_id = fields.String(required=True)
    points = fields.String(required=True)
    ground = fields.String(required=True)


class LineView(Schema):
    """One application in the ranking of its kind. `own`: of whoever asks. What is nobody's own has no name and no
    details for an applicant; `explanation` says line by line how the rank came about.
    """

    application_id = fields.String(required=True, allow_none=True)
    organisation_name = fields.String(required=True, allow_none=True)
    own = fields.Boolean(required=True)
    kind = fields.String(required=True)
    rank = fields.Integer(required=True)
    score = fields.String(required=True)
    passed = fields.Boolean(required=True)
    outcome = fields.String(required=True)
    mean = fields.String(required=True, allow_none=True)
    bonus = fields.String(required=True, allow_none=True)
    totals = fields.List(fields.Nested(OtherTotalView), required=True)
    explanation = fields.List(fields.String(), required=True)


class ProgressView(Schema):
    """How many of the judges of an application have given their scores or abstained."""

    application_id = fields.String(required=True)
    expected = fields.Integer(required=True)
    submitted = fields.Integer(required=True)


class RankingView(Schema):
    """`state`: open, frozen or published. The digests are SHA-256 in hexadecimal: of the log that it was made of, and
    of its text.
    """

    call_id = fields.String(required=True)
    state = fields.String(required=True)
    frozen_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    published_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    entries = fields.Integer(required=True, allow_none=True)
    inputs_digest = fields.String(required=True, allow_none=True)
    ranking_digest = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(LineView), required=True)
    progress = fields.List(fields.Nested(ProgressView), required=True)


class VoteView(Schema):
    call_id = fields.String(required=True)
    application_ids = fields.List(fields.String(), required=True)
    note = fields.String(required=True)

"""Scores, votes and rankings: what is taken and given."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import IDENTIFIER, Choice, Flag, Id, Prose, Several, Text, said
from services.gateway.api.schemas.bases import Answer, Incoming
from services.gateway.api.schemas.calls import KINDS, Points

GROUNDS = ("local", "consortium")
MOST_CRITERIA = 30
MOST_TIED = 100
STATES = ("open", "frozen", "published")
OUTCOMES = ("offered", "waiting", "below_pass_mark")
COUNTED = ("counted", "highest", "lowest")


class ByCriterion(fields.Dict):
    """Values by the ids of criteria."""

    def __init__(self, each: fields.Field[Any], **options: Any) -> None:
        bounds = {"maxProperties": MOST_CRITERIA, "propertyNames": {"pattern": IDENTIFIER}}
        metadata = {**bounds, **options.pop("metadata", {})}
        super().__init__(keys=Id(), values=each, metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            if len(value) > MOST_CRITERIA:
                raise ValidationError(said(_("At most %(most)d."), most=MOST_CRITERIA))
            if any(not re.fullmatch(IDENTIFIER[1:-1], name) for name in value):
                raise ValidationError(_("This cannot be an id."))
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]


class NewScores(Incoming):
    """Points for every criterion of the call, or an abstention. Given again, they are a correction."""

    scores = ByCriterion(
        Points(least=0, most=100),
        metadata={"examples": [{"team": 25, "social_local": 26.5, "viability": 20, "fit": 12}]},
    )
    comments = ByCriterion(Prose(most=2000, least=0))
    abstain = Flag(metadata={"default": False})
    reason = Text(most=500, allow_none=True, metadata={"description": "Why they are corrected"})

    @validates_schema
    def either_points_or_none(self, data: dict[str, Any], **_options: Any) -> None:
        if bool(data.get("scores")) == bool(data.get("abstain")):
            raise ValidationError(_("Give points, or abstain."), "scores")


class NewBonus(Incoming):
    points = Points(least=0, most=100, required=True)
    ground = Choice(GROUNDS, required=True)


class TieVote(Incoming):
    application_ids = Several(
        Id(), most=MOST_TIED, required=True, metadata={"description": "All that are tied, from the first on"}
    )
    note = Prose(most=2000, least=0, metadata={"description": "Who voted, and how"})


class Sheet(Answer):
    """One's own points. total: None for an abstention. corrections: how often they were given anew."""

    scores = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    comments = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    total = fields.String(required=True, allow_none=True)
    abstained = fields.Boolean(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    corrections = fields.Integer(required=True)


class Total(Answer):
    """A judge's points. Nobody is named."""

    seat = fields.Integer(required=True)
    scores = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    total = fields.String(required=True)
    counted = fields.String(required=True, metadata={"enum": list(COUNTED)})


class Scores(Answer):
    """totals and mean: None until they may be seen: by a judge once their own are in, by staff once all are."""

    application_id = fields.String(required=True)
    own = fields.Nested(Sheet, required=True, allow_none=True)
    expected = fields.Integer(required=True)
    submitted = fields.Integer(required=True)
    totals = fields.List(fields.Nested(Total), required=True, allow_none=True)
    mean = fields.String(required=True, allow_none=True)
    bonus = fields.String(required=True, allow_none=True)


class Bonus(Answer):
    application_id = fields.String(required=True)
    points = fields.String(required=True)
    ground = fields.String(required=True, metadata={"enum": list(GROUNDS)})


class Line(Answer):
    """One application in the ranking of its kind. To applicants the others' lines have no names and no details."""

    application_id = fields.String(required=True, allow_none=True)
    organisation_name = fields.String(required=True, allow_none=True)
    own = fields.Boolean(required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    rank = fields.Integer(required=True)
    score = fields.String(required=True)
    passed = fields.Boolean(required=True)
    outcome = fields.String(required=True, metadata={"enum": list(OUTCOMES)})
    mean = fields.String(required=True, allow_none=True)
    bonus = fields.String(required=True, allow_none=True)
    totals = fields.List(fields.Nested(Total), required=True)
    explanation = fields.List(fields.String(), required=True)


class Progress(Answer):
    """How many of the judges of an application have given their scores."""

    application_id = fields.String(required=True)
    expected = fields.Integer(required=True)
    submitted = fields.Integer(required=True)


class Ranking(Answer):
    """The digests are SHA-256 in hexadecimal: of the first `entries` of the log, and of the ranking made of them."""

    call_id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    frozen_at = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    entries = fields.Integer(required=True, allow_none=True)
    inputs_digest = fields.String(required=True, allow_none=True)
    ranking_digest = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(Line), required=True)
    progress = fields.List(fields.Nested(Progress), required=True)


class Vote(Answer):
    call_id = fields.String(required=True)
    application_ids = fields.List(fields.String(), required=True)
    note = fields.String(required=True)

"""The yearly report: question in, answer out."""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import Schema, fields

from services.training.schemas.support import bases
from services.training.schemas.support.bases import Loads


@dataclass(frozen=True)
class ShowYear:
    year: int


class ShowYearSchema(Loads):
    made = ShowYear
    year = bases.whole(2000, 2199, required=True)


class MeasureView(Schema):
    """By field of work. `total` counts each person once."""

    name = bases.text()
    label = bases.text()
    social_economy = fields.Float(required=True)
    village_community = fields.Float(required=True)
    both = fields.Float(required=True)
    total = fields.Float(required=True)


class RatedView(Schema):
    name = bases.text()
    number = bases.number()
    answers = bases.number()
    mean = bases.maybe_text()


class SeriesView(Schema):
    field = bases.text()
    label = bases.text()
    values = fields.List(fields.Float(), required=True)


class ChartView(Schema):
    labels = fields.List(fields.String(), required=True)
    series = fields.List(fields.Nested(SeriesView), required=True)


class YearlyView(Schema):
    year = bases.number()
    zone = bases.text()
    measures = fields.List(fields.Nested(MeasureView), required=True)
    topics = fields.List(fields.Nested(RatedView), required=True)
    courses = fields.List(fields.Nested(RatedView), required=True)
    chart = fields.Nested(ChartView, required=True)

"""The `support` part of the training section."""

from __future__ import annotations

from datetime import timedelta

from marshmallow import fields, validate

from services.training.domain.support.rules import SupportRules
from services.training.schemas.support.bases import MOST_WON, Loads


class CeilingsSchema(Loads):
    made = dict
    forming = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=MOST_WON))
    activity = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=MOST_WON))
    autonomy = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=MOST_WON))


class SupportSection(Loads):
    made = SupportRules
    ceilings = fields.Nested(CeilingsSchema, required=True)
    report_within = fields.TimeDelta(
        precision="days",
        data_key="report_within_days",
        required=True,
        validate=validate.Range(min=timedelta(0), min_inclusive=False),
    )
    fewest_answers = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    remind_before = fields.TimeDelta(
        precision="days", data_key="remind_days_before", required=True, validate=validate.Range(min=timedelta(0))
    )

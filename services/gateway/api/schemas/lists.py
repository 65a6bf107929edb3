"""Lists as files, and the yearly report."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, Flag
from services.gateway.api.schemas.bases import Answer, Incoming
from services.gateway.api.schemas.bookings import FIELDS

FORMATS = ("csv", "xlsx")
IMPORTS = ("communities", "assets", "members")
EXPORTS = (
    *IMPORTS,
    "activists",
    "consultants",
    "consultations",
    "consultation_logs",
    "opportunities",
    "introductions",
    "programmes",
    "supports",
    "visits",
    "voices",
    "findings",
    "deeds",
    "meetings",
    "actions",
    "surveys",
    "survey_results",
    "milestones",
    "courses",
    "course_sessions",
    "enrolments",
    "certificates",
    "attendance",
    "refunds",
)
MOST_BASE64 = 933_336


class File(fields.String):
    """A file in base64."""

    def __init__(self, **options: Any) -> None:
        metadata = {
            "contentEncoding": "base64",
            "maxLength": MOST_BASE64,
            "pattern": "^[A-Za-z0-9+/]+={0,2}$",
            "examples": ["bmFtZSxzaWRlCuyEnOq1rOyyrSxwdWJsaWMK"],
        }
        super().__init__(metadata=metadata, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(_("Give the file in base64.")) from error
        if not content or len(text) > MOST_BASE64:
            raise ValidationError(_("The file is empty, or too large: at most 700 kB."))
        return text


class NewImport(Incoming):
    format = Choice(FORMATS, required=True)
    content = File(required=True)
    dry_run = Flag(metadata={"description": "Only say what is wrong with the file", "default": False})


class ExportQuery(Incoming):
    format = Choice(FORMATS, metadata={"default": "csv"})


class ShowYear(Incoming):
    year = Count(least=2000, most=2199, required=True)


class Fault(Answer):
    """row: as a spreadsheet counts, its header is 1. column: as the file calls it."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    message = fields.String(required=True)


class Imported(Answer):
    """created: 0 in a dry run."""

    kind = fields.String(required=True, metadata={"enum": list(IMPORTS)})
    dry_run = fields.Boolean(required=True)
    rows = fields.Integer(required=True)
    created = fields.Integer(required=True)
    faults = fields.List(fields.Nested(Fault), required=True)


class Measure(Answer):
    """By field of work; total counts each person once."""

    name = fields.String(required=True)
    label = fields.String(required=True)
    social_economy = fields.Float(required=True)
    village_community = fields.Float(required=True)
    both = fields.Float(required=True)
    total = fields.Float(required=True)


class Rated(Answer):
    """What was said of a topic of consulting, or of a course. mean: of ratings from 1 to 5, to 0.01."""

    name = fields.String(required=True)
    number = fields.Integer(required=True)
    answers = fields.Integer(required=True)
    mean = fields.String(required=True, allow_none=True)


class Series(Answer):
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    label = fields.String(required=True)
    values = fields.List(fields.Float(), required=True)


class Chart(Answer):
    labels = fields.List(fields.String(), required=True)
    series = fields.List(fields.Nested(Series), required=True)


class YearlyReport(Answer):
    """measures: both fields side by side. topics: consulting with its satisfaction. courses: surveys by course.
    chart: the numbers of a bar chart.
    """

    year = fields.Integer(required=True)
    zone = fields.String(required=True)
    measures = fields.List(fields.Nested(Measure), required=True)
    topics = fields.List(fields.Nested(Rated), required=True)
    courses = fields.List(fields.Nested(Rated), required=True)
    chart = fields.Nested(Chart, required=True)

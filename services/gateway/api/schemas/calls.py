"""Public calls for tenants: what is taken and given."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Day, Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count, Flag, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page

KINDS = ("office", "coworking")
LEGAL_TYPES = (
    "social_enterprise",
    "preliminary_social_enterprise",
    "village_enterprise",
    "cooperative",
    "social_cooperative",
    "self_support_enterprise",
    "social_venture",
)
MOST_UNITS = 200
CLOSES = "Not included: who submits in this second is too late"
VERSION = "`version` of the draft as it was read: 409 `stale_version` if somebody has saved since"


class Points(fields.Float):
    """A number with at most two decimals; services get it as text, so that it stays exact."""

    def __init__(self, *, least: float, most: float, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(metadata={"minimum": least, "maximum": most, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not self.least <= value <= self.most:
            raise ValidationError(_("Give a number within the bounds."))
        if round(value * 100) / 100 != value:
            raise ValidationError(_("Give at most two decimals."))
        return f"{value:.2f}"


class Named(Incoming):
    ko = Text(most=200, required=True)
    en = Text(most=200, required=True)


class NewCriterion(Incoming):
    id = Id(required=True)
    names = fields.Nested(Named, required=True)
    points = Points(least=1, most=100, required=True)
    optional = Flag(metadata={"description": "Judges may skip it", "default": False})


class LegalTypeRule(Incoming):
    office = Several(fields.String(metadata={"enum": list(LEGAL_TYPES)}), most=20, required=True)
    coworking = Several(fields.String(metadata={"enum": list(LEGAL_TYPES)}), most=20, required=True)


class PlainRule(Incoming):
    """It reckons with the dates of the call alone."""


class DistrictRule(Incoming):
    relocation_months = Count(least=0, most=24, required=True)


class VentureAgeRule(Incoming):
    years = Count(least=1, most=20, required=True)


class Eligibility(Incoming):
    """A rule that is left out is not asked."""

    legal_type = fields.Nested(LegalTypeRule)
    status_date = fields.Nested(PlainRule)
    district = fields.Nested(DistrictRule)
    not_incubated_elsewhere = fields.Nested(PlainRule)
    venture_age = fields.Nested(VentureAgeRule)


class NewCall(Incoming):
    """The dates must come in the order in which they stand here."""

    title = Text(most=200, required=True)
    summary = Prose(most=10_000, least=0)
    notice_on = Day(
        required=True,
        metadata={"description": "On this day an organisation must have its status", "examples": ["2020-04-01"]},
    )
    intake_opens_at = Moment(required=True, metadata={"examples": ["2020-04-06T09:00:00+09:00"]})
    intake_closes_at = Moment(
        required=True, metadata={"description": CLOSES, "examples": ["2020-04-14T18:00:00+09:00"]}
    )
    screening_on = Day(required=True, metadata={"examples": ["2020-04-17"]})
    interviews_start = Moment(required=True, metadata={"examples": ["2020-04-22T10:00:00+09:00"]})
    interviews_end = Moment(required=True, metadata={"examples": ["2020-04-22T18:00:00+09:00"]})
    result_on = Day(required=True, metadata={"examples": ["2020-04-28"]})
    contract_by = Day(required=True, metadata={"examples": ["2020-05-08"]})
    move_in_on = Day(required=True, metadata={"examples": ["2020-06-01"]})
    unit_ids = Several(Id(), most=MOST_UNITS, required=True, metadata={"minItems": 1, "examples": [["office-1"]]})
    documents = Several(Id(), most=50, metadata={"description": "Those required; by default the centre's"})
    criteria = fields.List(
        fields.Nested(NewCriterion), metadata={"minItems": 1, "maxItems": 20, "description": "By default the centre's"}
    )
    eligibility = fields.Nested(Eligibility, metadata={"description": "By default the centre's"})

    @validates_schema
    def offers_something(self, data: dict[str, Any], **_options: Any) -> None:
        for name, most in (("unit_ids", MOST_UNITS), ("criteria", 20)):
            if name in data and not 1 <= len(data[name]) <= most:
                raise ValidationError(_("Give at least one."), name)


class CallChange(NewCall):
    version = Count(least=1, metadata={"description": VERSION})


class CallCorrection(Incoming):
    """What is left out stays as it is. Notice date, documents, criteria and eligibility never change."""

    reason = Text(most=500, required=True, metadata={"description": "For everybody to read"})
    title = Text(most=200)
    summary = Prose(most=10_000, least=0)
    intake_closes_at = Moment(
        metadata={
            "description": "Later, never earlier, and only while the intake lasts",
            "examples": ["2020-04-16T18:00:00+09:00"],
        }
    )
    screening_on = Day()
    interviews_start = Moment()
    interviews_end = Moment()
    result_on = Day()
    contract_by = Day()
    move_in_on = Day()
    unit_ids = Several(Id(), most=MOST_UNITS, metadata={"minItems": 1})

    @validates_schema
    def changes_something(self, data: dict[str, Any], **_options: Any) -> None:
        if not data.keys() - {"reason"}:
            raise ValidationError(_("Say what is to change."))
        if "unit_ids" in data and not data["unit_ids"]:
            raise ValidationError(_("Give at least one."), "unit_ids")


class FindCalls(Page):
    pass


class Thing(Answer):
    """`name`: in the caller's language."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class OfferedUnit(Thing):
    """`appraised_value`: in won; the rent is a part of it."""

    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    area_m2 = fields.String(required=True)
    appraised_value = fields.Integer(required=True)


class DocumentKind(Thing):
    required = fields.Boolean(required=True)


class Criterion(Thing):
    points = fields.String(required=True, metadata={"description": "At most"})
    optional = fields.Boolean(required=True, metadata={"description": "Judges may skip it"})


class Correction(Answer):
    """`closure_id`: of the closure that moved the interviews."""

    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)
    closure_id = fields.String(required=True, allow_none=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class CallLine(Answer):
    """`units`: how many of each kind are offered. `code`: what people call it by."""

    id = fields.String(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": ["draft", "published"]})
    notice_on = fields.Date(required=True)
    intake_opens_at = fields.AwareDateTime(required=True)
    intake_closes_at = fields.AwareDateTime(required=True)
    screening_on = fields.Date(required=True)
    interviews_start = fields.AwareDateTime(required=True)
    interviews_end = fields.AwareDateTime(required=True)
    result_on = fields.Date(required=True)
    contract_by = fields.Date(required=True)
    move_in_on = fields.Date(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    results_at = fields.AwareDateTime(required=True, allow_none=True)
    units = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    version = fields.Integer(required=True)


class Call(CallLine):
    """`eligibility`: the rules by id, each with what it reckons with. `terms`: the numbers of the selection.
    `interviews_blocked`: a closure lies over the interviews, and staff have to find another day.
    """

    summary = fields.String(required=True)
    offered = fields.List(fields.Nested(OfferedUnit), required=True)
    documents = fields.List(fields.Nested(DocumentKind), required=True)
    criteria = fields.List(fields.Nested(Criterion), required=True)
    eligibility = fields.Dict(required=True)
    terms = fields.Dict(required=True)
    interviews_blocked = fields.Boolean(required=True)
    corrections = fields.List(fields.Nested(Correction), required=True)


class CallPage(Answer):
    items = fields.List(fields.Nested(CallLine), required=True)
    next_cursor = fields.String(required=True, allow_none=True)

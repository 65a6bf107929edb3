"""The judges of a call, who judges what, and who must not: what is taken and given."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Id, Several, Text
from services.gateway.api.schemas.applications import ComparedContact
from services.gateway.api.schemas.bases import Answer, Incoming

GROUNDS = (
    "same_person",
    "organisation",
    "mail",
    "mail_domain",
    "phone",
    "kinship",
    "prior_advice",
    "other",
)
MOST_JUDGES = 50


class Tie(Incoming):
    """What a judge has declared to have to do with an organisation."""

    organisation_id = Id(required=True)
    ground = Choice(GROUNDS, required=True)
    note = Text(most=500, least=0)


class NewJudge(Incoming):
    id = Id(required=True)
    name = Text(most=200, required=True)
    organisations = Several(Id(), most=50)
    contact = fields.Nested(
        ComparedContact,
        metadata={"description": "Compared with the applicants' by hashes, and not kept"},
        allow_none=True,
    )
    ties = fields.List(fields.Nested(Tie), metadata={"maxItems": 100})


class Judges(Incoming):
    """All of them: who is left out is no judge of the call any more."""

    judges = fields.List(fields.Nested(NewJudge), required=True, metadata={"minItems": 1, "maxItems": MOST_JUDGES})

    @validates_schema
    def each_once(self, data: dict[str, Any], **_options: Any) -> None:
        judges = data["judges"]
        if not 1 <= len(judges) <= MOST_JUDGES or len({each["id"] for each in judges}) < len(judges):
            raise ValidationError(_("Give each of them once."), "judges")
        if any(len(each.get("ties", ())) > 100 for each in judges):
            raise ValidationError(_("These are too many ties."), "judges")


class NewRecusal(Incoming):
    judge_id = Id(allow_none=True, metadata={"description": "By default oneself; staff name anybody"})
    ground = Choice(GROUNDS, metadata={"default": "other"})
    reason = Text(most=500, required=True)


class Recusal(Answer):
    """`source`: found by comparing, challenged by somebody, or declared by the judge."""

    application_id = fields.String(required=True)
    judge_id = fields.String(required=True)
    source = fields.String(required=True, metadata={"enum": ["detected", "challenged", "declared"]})
    ground = fields.String(required=True, metadata={"enum": list(GROUNDS)})
    reason = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class DeclaredTie(Answer):
    organisation_id = fields.String(required=True)
    ground = fields.String(required=True, metadata={"enum": list(GROUNDS)})
    note = fields.String(required=True)


class Judge(Answer):
    """`assigned`: how many applications there are to score. `has_contact`: contact data was compared."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    organisations = fields.List(fields.String(), required=True)
    ties = fields.List(fields.Nested(DeclaredTie), required=True)
    has_contact = fields.Boolean(required=True)
    assigned = fields.Integer(required=True)


class PanelEntry(Answer):
    """`short`: fewer judges than are needed are left for it."""

    application_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    judge_ids = fields.List(fields.String(), required=True)
    short = fields.Boolean(required=True)


class Panel(Answer):
    call_id = fields.String(required=True)
    judges = fields.List(fields.Nested(Judge), required=True)
    applications = fields.List(fields.Nested(PanelEntry), required=True)
    recusals = fields.List(fields.Nested(Recusal), required=True)

"""Applications of organisations to a call: what is taken and given."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Day, Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, Flag, Id, Prose, Several, Text
from services.gateway.api.schemas.bases import Answer, Incoming, Page
from services.gateway.api.schemas.calls import KINDS, LEGAL_TYPES, Points

STATUSES = ("draft", "submitted", "withdrawn", "eligible", "ineligible", "shortlisted", "not_shortlisted")
VERSION = "`version` of the draft as it was read: 409 `stale_version` if somebody has saved since"


class ComparedContact(Incoming):
    """Not kept: hashes of it are compared with those of the judges, to find conflicts of interest."""

    email = Text(most=254, required=True, metadata={"examples": ["lee@example.com"]})
    phone = Text(most=40, required=True, metadata={"examples": ["010-1234-5678"]})


class EligibilityFacts(Incoming):
    legal_type = Choice(LEGAL_TYPES, allow_none=True, metadata={"examples": ["cooperative"]})
    status_since = Day(
        allow_none=True,
        metadata={"description": "Since when it is what it is in law; of a social venture, since it was founded"},
    )
    founded_on = Day(allow_none=True)
    in_district = Flag(allow_none=True)
    relocates_by = Day(allow_none=True, metadata={"description": "If it is not in the district yet"})
    incubated_elsewhere = Flag(allow_none=True, metadata={"description": "It has a place in another centre"})


class Content(EligibilityFacts):
    """A draft may lack anything; a submission needs all but relocates_by, introduction, plan and preferences."""

    kind = Choice(KINDS, metadata={"description": "Of unit; by default the only one that the call offers"})
    organisation_name = Text(most=200, allow_none=True, metadata={"examples": ["행복마을 협동조합"]})
    introduction = Prose(most=10_000, least=0, allow_none=True)
    plan = Prose(most=20_000, least=0, allow_none=True)
    preferences = Several(Id(), most=50, metadata={"description": "Units, the best first"})
    consortium = Several(Text(most=200), most=20, metadata={"description": "With whom it applies"})
    contact = fields.Nested(ComparedContact)


class NewApplication(Content):
    organisation_id = Id(required=True, metadata={"description": "One that I belong to"})


class ApplicationChange(Content):
    """What is left out stays as it is."""

    version = Count(least=1, metadata={"description": VERSION})

    @validates_schema
    def changes_something(self, data: dict[str, Any], **_options: Any) -> None:
        if not data.keys() - {"version"}:
            raise ValidationError(_("Say what is to change."))


class Extension(Incoming):
    until = Moment(required=True, metadata={"description": "Not included"})
    reason = Text(most=500, required=True)


class Screening(Incoming):
    facts = fields.Nested(
        EligibilityFacts, metadata={"description": "What staff found to be other than it was declared"}
    )
    points = Points(
        least=0,
        most=100,
        allow_none=True,
        metadata={"description": "Of the documents: the most are shortlisted, at equal points the first to submit"},
    )
    note = Prose(most=2000, least=0, allow_none=True)


class FindApplications(Page):
    call_id = Id()
    organisation_id = Id()
    status = Choice(STATUSES)


class Upload(Incoming):
    name = Text(most=1000, least=0, metadata={"description": "The file's name, if the body is the file itself"})


class Applicant(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)


class Verdict(Answer):
    """What one rule says. `reason`: a code; `message` says it in the caller's language."""

    rule = fields.String(required=True)
    passed = fields.Boolean(required=True)
    reason = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class Document(Answer):
    """`digest`: SHA-256 of the content. `submitted`: it is part of what was submitted last."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "Bytes"})
    digest = fields.String(required=True)
    uploaded_at = fields.AwareDateTime(required=True)
    submitted = fields.Boolean(required=True)


class Receipt(Answer):
    """`digest`: SHA-256 of everything that was submitted, documents included."""

    number = fields.String(required=True)
    digest = fields.String(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ApplicationLine(Answer):
    """`version`: of the draft; `submitted_version`: of what was submitted. `deadline`: until then it may be changed."""

    id = fields.String(required=True)
    call_id = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    applicant = fields.Nested(Applicant, required=True)
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    version = fields.Integer(required=True)
    submitted_version = fields.Integer(required=True, allow_none=True)
    receipt_number = fields.String(required=True, allow_none=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    deadline = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    purged_at = fields.AwareDateTime(required=True, allow_none=True)


class Application(ApplicationLine):
    """`content`: for who applies the draft, for others what was submitted. `verdicts`: of every rule, as staff
    confirmed them, or before that as things stand. `has_contact`: it was given, and is not kept.
    `facts`, `points`, `note`: for staff.
    """

    content = fields.Dict(required=True)
    has_contact = fields.Boolean(required=True)
    documents = fields.List(fields.Nested(Document), required=True)
    receipt = fields.Nested(Receipt, required=True, allow_none=True)
    verdicts = fields.List(fields.Nested(Verdict), required=True)
    screened_at = fields.AwareDateTime(required=True, allow_none=True)
    facts = fields.Dict(required=True, allow_none=True)
    points = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class ApplicationPage(Answer):
    items = fields.List(fields.Nested(ApplicationLine), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Access(Answer):
    """Somebody opened a document. `capacity`: as what."""

    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    capacity = fields.String(required=True, metadata={"enum": ["applicant", "staff", "judge"]})
    document_id = fields.String(required=True)
    kind = fields.String(required=True)


class AccessPage(Answer):
    items = fields.List(fields.Nested(Access), required=True)
    next_cursor = fields.String(required=True, allow_none=True)

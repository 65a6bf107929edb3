"""What is told of applications. A display name stands for people; how to reach them only notify knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields

from services.chassis.events import Event, EventType
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call, Submission, Verdict


class ApplicationEvent(Schema):
    """The application as it is after the event. `kind`: of unit that is applied for."""

    application_id = fields.String(required=True)
    call_id = fields.String(required=True)
    call_code = fields.String(required=True)
    call_title = fields.String(required=True)
    zone = fields.String(required=True)
    organisation_id = fields.String(required=True)
    organisation_name = fields.String(required=True)
    applicant_id = fields.String(required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True)


class ApplicationSubmitted(ApplicationEvent):
    """`digest`: SHA-256 of what was submitted, in hexadecimal. `deadline`: until then it may be changed."""

    receipt_number = fields.String(required=True)
    digest = fields.String(required=True)
    submitted_at = fields.AwareDateTime(format="iso", required=True)
    deadline = fields.AwareDateTime(format="iso", required=True)


class VerdictPart(Schema):
    rule = fields.String(required=True)
    passed = fields.Boolean(required=True)
    reason = fields.String(required=True)
    details = fields.Dict(required=True)


class ApplicationScreened(ApplicationEvent):
    """`status` says what came of it: `eligible` or `ineligible` when the rules were asked, then, when the shortlist is
    drawn, `shortlisted` or `not_shortlisted`. `verdicts`: of every rule.
    """

    verdicts = fields.List(fields.Nested(VerdictPart), required=True)
    interviews_start = fields.AwareDateTime(format="iso", required=True)
    interviews_end = fields.AwareDateTime(format="iso", required=True)


APPLICATION_SUBMITTED = EventType("recruitment", "application_submitted", ApplicationSubmitted)
APPLICATION_WITHDRAWN = EventType("recruitment", "application_withdrawn", ApplicationEvent)
APPLICATION_SCREENED = EventType("recruitment", "application_screened", ApplicationScreened)


def application_submitted(
    application: Application, submission: Submission, call: Call, rules: RecruitmentRules
) -> Event:
    zone = rules.centre.zone
    data = {
        **_application(application, call, rules),
        "receipt_number": submission.receipt_number,
        "digest": submission.digest,
        "submitted_at": submission.submitted_at.astimezone(zone),
        "deadline": application.deadline.astimezone(zone),
    }
    return APPLICATION_SUBMITTED.about(application.id, application.version, data)


def application_withdrawn(application: Application, call: Call, rules: RecruitmentRules) -> Event:
    return APPLICATION_WITHDRAWN.about(application.id, application.version, _application(application, call, rules))


def application_screened(
    application: Application, verdicts: Sequence[Verdict], call: Call, rules: RecruitmentRules
) -> Event:
    zone = rules.centre.zone
    data = {
        **_application(application, call, rules),
        "verdicts": [
            {"rule": each.rule, "passed": each.passed, "reason": each.reason, "details": each.details}
            for each in verdicts
        ],
        "interviews_start": call.interviews_start.astimezone(zone),
        "interviews_end": call.interviews_end.astimezone(zone),
    }
    return APPLICATION_SCREENED.about(application.id, application.version, data)


def _application(application: Application, call: Call, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "application_id": application.id,
        "call_id": call.id,
        "call_code": call.code,
        "call_title": call.title,
        "zone": rules.centre.zone.key,
        "organisation_id": application.organisation_id,
        "organisation_name": application.organisation_name,
        "applicant_id": application.applicant_id,
        "kind": application.kind,
        "status": application.status,
    }

"""Applications, as whoever applies, judges and staff read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.chassis import paging
from services.chassis.i18n import translate
from services.recruitment.domain.eligibility import Verdict as JudgedVerdict
from services.recruitment.domain.refusals import words
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Document, Submission, Verdict
from services.recruitment.usecases.reading import Capacity
from services.recruitment.views.documents import document

PACKAGE = "services.recruitment"


@dataclass(frozen=True)
class Whole:
    """All that there is to show. verdicts: confirmed ones, or what the rules say as things stand."""

    application: Application
    documents: Sequence[Document]
    submission: Submission | None
    verdicts: Sequence[Verdict | JudgedVerdict]


def line(of: Application, rules: RecruitmentRules) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "id": of.id,
        "call_id": of.call_id,
        "organisation_id": of.organisation_id,
        "organisation_name": of.organisation_name,
        "applicant": {"id": of.applicant_id, "name": of.applicant_name},
        "kind": of.kind,
        "status": of.status,
        "version": of.draft,
        "submitted_version": of.submitted_draft,
        "receipt_number": of.receipt_number,
        "submitted_at": of.submitted_at.astimezone(zone) if of.submitted_at else None,
        "deadline": of.deadline.astimezone(zone),
        "changed_at": of.changed_at.astimezone(zone),
        "withdrawn_at": of.withdrawn_at.astimezone(zone) if of.withdrawn_at else None,
        "purged_at": of.purged_at.astimezone(zone) if of.purged_at else None,
    }


def application(whole: Whole, capacity: Capacity, rules: RecruitmentRules, locale: str) -> dict[str, Any]:
    of, submission = whole.application, whole.submission
    staff = capacity is Capacity.STAFF
    drafted = capacity is Capacity.APPLICANT or submission is None
    submitted = {entry["id"] for entry in submission.documents.values()} if submission else set()
    return {
        **line(of, rules),
        "content": of.content if drafted or submission is None else submission.content,
        "has_contact": bool(of.marks),
        "documents": [
            document(each, rules, submitted=each.id in submitted)
            for each in whole.documents
            if (each.superseded_at is None if drafted else each.id in submitted)
        ],
        "receipt": _receipt(submission, rules) if submission else None,
        "verdicts": [_verdict(each, locale) for each in whole.verdicts],
        "screened_at": of.screened_at.astimezone(rules.centre.zone) if of.screened_at else None,
        "facts": of.facts if staff else None,
        "points": of.points if staff else None,
        "note": of.screening_note if staff else None,
    }


def page(found: Sequence[Application], limit: int, rules: RecruitmentRules) -> dict[str, Any]:
    return paging.page(found, limit, lambda each: line(each, rules))


def _receipt(of: Submission, rules: RecruitmentRules) -> dict[str, Any]:
    return {
        "number": of.receipt_number,
        "digest": of.digest,
        "submitted_at": of.submitted_at.astimezone(rules.centre.zone),
        "version": of.draft,
    }


def _verdict(of: Verdict | JudgedVerdict, locale: str) -> dict[str, Any]:
    details: Mapping[str, Any] = of.details
    return {
        "rule": of.rule,
        "passed": of.passed,
        "reason": of.reason,
        "message": translate(PACKAGE, locale, words(of.reason), details),
        "details": dict(details),
    }

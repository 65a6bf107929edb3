"""Read an application, in the capacity of the reader, and who opened its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.chassis.call import Call
from services.chassis.i18n import translate
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import Capacity
from services.recruitment.domain.applications import missing
from services.recruitment.domain.eligibility import Verdict as RuleVerdict
from services.recruitment.domain.refusals import words
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Submission, Verdict
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import applications
from services.recruitment.usecases.judging import verdicts_of
from services.recruitment.usecases.reading import capacity_of

PACKAGE = "services.recruitment"


def get_application(call: Call[RecruitmentRules], request: contract.GetApplication) -> contract.Application:
    """Raises NotFound, and Forbidden with the code `recused` or `conflict_of_interest`."""
    row = applications.application(call.session, request.application_id)
    capacity = capacity_of(call.session, call.actor, row)
    assert row is not None
    return application_answer(call, row, capacity)


def application_answer(call: Call[RecruitmentRules], row: Application, capacity: Capacity) -> contract.Application:
    """Applicants see the draft, all others what was submitted."""
    submission = applications.submission(call.session, row)
    submitted = {entry["id"] for entry in submission.documents.values()} if submission else set()
    is_draft = capacity is Capacity.APPLICANT or submission is None
    content = row.content if is_draft or submission is None else submission.content
    is_staff = capacity is Capacity.STAFF
    return contract.Application.of(
        applications.line_answer(call, row),
        call.profile.centre.zone,
        content=content,
        has_contact=bool(row.marks),
        documents=[
            applications.document_answer(call, each, submitted=each.id in submitted)
            for each in applications.documents(call.session, row.id)
            if (each.superseded_at is None if is_draft else each.id in submitted)
        ],
        receipt=_receipt(call, submission) if submission else None,
        verdicts=[_verdict(each, call.context.locale) for each in _verdicts(call, row, content)],
        screened_at=row.screened_at,
        facts=row.facts if is_staff else None,
        points=f"{row.points:f}" if is_staff and row.points is not None else None,
        note=row.screening_note if is_staff else None,
    )


def _verdicts(
    call: Call[RecruitmentRules], row: Application, content: Mapping[str, object]
) -> Sequence[Verdict | RuleVerdict]:
    """Return the verdicts that staff confirmed, or what the rules say of the content once it is complete."""
    if confirmed := applications.verdicts(call.session, row.id):
        return confirmed
    if missing(content):
        return ()
    return verdicts_of(row, call.session.get_one(PublicCall, row.call_id), content)


def _receipt(call: Call[RecruitmentRules], row: Submission) -> contract.Receipt:
    return contract.Receipt.of(row, call.profile.centre.zone, number=row.receipt_number, version=row.draft)


def _verdict(verdict: Verdict | RuleVerdict, locale: str) -> contract.Verdict:
    return contract.Verdict(
        rule=verdict.rule,
        passed=verdict.passed,
        reason=verdict.reason,
        message=translate(PACKAGE, locale, words(verdict.reason), verdict.details),
        details=dict(verdict.details),
    )

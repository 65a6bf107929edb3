"""An application is submitted: with a receipt, and a hash of all that was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.errors import Invalid, Refused
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.recruitment import events
from services.recruitment.contract import applications as contract
from services.recruitment.contract.vocabulary import ApplicationStatus, Capacity
from services.recruitment.domain import applications, refusals
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Document, Submission
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries.applications import current_documents
from services.recruitment.usecases import access, audit
from services.recruitment.usecases.judging import verdicts_of
from services.recruitment.usecases.locking import lock_with_call
from services.recruitment.usecases.read_applications import application_answer


def submit_application(call: Call[RecruitmentRules], command: contract.SubmitApplication) -> contract.Application:
    """May be done again until the deadline, for another receipt; the last one counts. The server's clock decides.

    Raises NotFound, IllegalTransition, Invalid for what is missing, Refused with every rule that speaks against it.
    """
    public_call, application = lock_with_call(call.session, command.application_id)
    access.require_own(call.actor, application)
    status = after(ApplicationStatus(application.status), Action.SUBMIT)
    if call.now < public_call.intake_opens_at:
        raise refusals.not_open_yet(public_call.intake_opens_at.astimezone(call.profile.centre.zone))
    documents = current_documents(call.session, application.id)
    _pass_gates(application, public_call, documents, call.profile, call.now)

    before = {"status": application.status, "receipt_number": application.receipt_number}
    public_call.receipts_given += 1
    public_call.version += 1
    submission = _submission(application, public_call, documents, call.actor, call.now)
    call.session.add(submission)
    application.status, application.submitted_at = status, call.now
    application.submitted_draft, application.receipt_number = application.draft, submission.receipt_number
    application.changed_at = call.now
    application.version += 1
    audit.record(
        call.session,
        Action.SUBMIT,
        subject_id=application.id,
        call_id=public_call.id,
        before=before,
        after={"status": status, "receipt_number": submission.receipt_number, "digest": submission.digest},
        actor=call.actor,
        now=call.now,
    )
    emit(call.session, events.application_submitted(application, submission, public_call, call.profile), now=call.now)
    return application_answer(call, application, Capacity.APPLICANT)


def _pass_gates(
    application: Application,
    public_call: PublicCall,
    documents: Mapping[str, Document],
    rules: RecruitmentRules,
    now: datetime,
) -> None:
    lacking = applications.missing(application.content)
    wish = applications.Submitting(
        verdicts=() if lacking else verdicts_of(application, public_call),
        lacking=[rules.selection.documents[kind] for kind in public_call.documents if kind not in documents],
        deadline=application.deadline,
        zone=rules.centre.zone,
        now=now,
    )
    found = applications.refused(wish)
    if late := [each for each in found if each.code == "deadline_passed"]:
        raise Refused(found if not lacking else late)
    errors = {name: [_("This is needed.")] for name in lacking}
    if not application.marks:
        errors["contact"] = [_("This is needed.")]
    if errors:
        raise Invalid(errors=errors)
    if found:
        raise Refused(found)


def _submission(
    application: Application, public_call: PublicCall, documents: Mapping[str, Document], actor: Actor, now: datetime
) -> Submission:
    manifest = {kind: _entry(document) for kind, document in documents.items()}
    hashed = {kind: {name: entry[name] for name in entry if name != "id"} for kind, entry in manifest.items()}
    return Submission(
        receipt_number=f"{public_call.code}-{public_call.receipts_given:04d}",
        application_id=application.id,
        draft=application.draft,
        content={**application.content, "kind": application.kind},
        documents=manifest,
        digest=applications.digest(application.id, {**application.content, "kind": application.kind}, hashed),
        submitted_by=actor.id,
        submitted_at=now,
    )


def _entry(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document.name,
        "media_type": document.media_type,
        "size": document.size,
        "digest": document.digest,
    }

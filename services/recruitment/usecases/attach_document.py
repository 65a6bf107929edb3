"""A document comes with an application. The file itself is in the store: the gateway asks whether it may come, puts it
there, and then tells.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids
from services.chassis.call import Call
from services.chassis.documents import key_of
from services.chassis.errors import NotFound, Refusal, Refused
from services.chassis.i18n import msgid as _
from services.recruitment.contract import documents as contract
from services.recruitment.contract.vocabulary import ApplicationStatus
from services.recruitment.domain import documents
from services.recruitment.domain.applications import too_late
from services.recruitment.domain.lifecycle import Action, after
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, DiscardedFile, Document, Submission
from services.recruitment.queries.applications import document_answer
from services.recruitment.usecases import access
from services.recruitment.usecases.locking import lock_application


def admit_document(call: Call[RecruitmentRules], command: contract.AdmitDocument) -> None:
    """May this file come? Raises NotFound, IllegalTransition, Refused with every reason against it."""
    application = access.require_own(call.actor, call.session.get(Application, command.application_id))
    found = _refused(application, command.kind, call.profile, call.now)
    largest = call.profile.selection.largest_document
    found += documents.refused(command.media_type, command.fault, command.size, largest)
    if found:
        raise Refused(found)


def record_document(call: Call[RecruitmentRules], command: contract.RecordDocument) -> contract.Document:
    """The file is there. It takes the place of one of its kind, which stays only where it was submitted.

    The deadline is asked again: what arrives in its second is too late. Raises as admit_document.
    """
    application = access.require_own(call.actor, lock_application(call.session, command.application_id))
    found = _refused(application, command.kind, call.profile, call.now)
    found += documents.refused(command.media_type, None, command.size, call.profile.selection.largest_document)
    if found:
        raise Refused(found)

    _supersede(call.session, application, command.kind, call.now)
    document = Document(
        id=ids.new_id(),
        application_id=application.id,
        kind=command.kind,
        name=documents.safe_name(command.name, command.media_type, command.kind),
        media_type=command.media_type,
        size=command.size,
        digest=command.digest,
        key=key_of(command.digest, command.upload_id),
        uploaded_by=call.actor.id,
        uploaded_at=call.now,
    )
    call.session.add(document)
    application.changed_at = call.now
    application.version += 1
    return document_answer(call, document)


def _refused(application: Application, kind: str, rules: RecruitmentRules, now: datetime) -> list[Refusal]:
    """Raises NotFound for a kind that the centre does not know, IllegalTransition."""
    if kind not in rules.selection.documents:
        raise NotFound(_("The centre does not know this document."))
    after(ApplicationStatus(application.status), Action.ATTACH)
    late = too_late(application.deadline, now, rules.centre.zone)
    return [late] if late else []


def _supersede(session: Session, application: Application, kind: str, now: datetime) -> None:
    current = select(Document).where(
        Document.application_id == application.id, Document.kind == kind, Document.superseded_at.is_(None)
    )
    before = session.scalar(current)
    if before is None:
        return
    submissions = session.scalars(select(Submission).where(Submission.application_id == application.id))
    if any(before.id == entry["id"] for each in submissions for entry in each.documents.values()):
        before.superseded_at = now
    else:
        session.add(DiscardedFile(key=before.key, discarded_at=now))
        session.delete(before)
    session.flush()  # one of a kind

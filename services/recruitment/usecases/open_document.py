"""Somebody opens a document of an application. It is written down who, when and as what."""

from __future__ import annotations

from sqlalchemy.orm import Session

from services.chassis.call import Call
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.contract import documents as contract
from services.recruitment.contract.vocabulary import Capacity
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Document, FileAccess
from services.recruitment.queries.applications import current_documents, submission
from services.recruitment.usecases.reading import capacity_of


def open_document(call: Call[RecruitmentRules], command: contract.OpenDocument) -> contract.StoredDocument:
    """An applicant gets what they sent last, everybody else what was submitted.

    Raises NotFound, and Forbidden with the code `recused` or `conflict_of_interest`.
    """
    application = call.session.get(Application, command.application_id)
    capacity = capacity_of(call.session, call.actor, application)
    assert application is not None
    document = _document(call.session, application, command.kind, capacity)
    call.session.add(
        FileAccess(
            at=call.now,
            actor_id=call.actor.id,
            capacity=capacity,
            call_id=application.call_id,
            application_id=application.id,
            document_id=document.id,
            kind=document.kind,
        )
    )
    return contract.StoredDocument.of(document, call.profile.centre.zone)


def _document(session: Session, application: Application, kind: str, capacity: Capacity) -> Document:
    """Raises NotFound."""
    submitted = submission(session, application)
    if capacity is Capacity.APPLICANT or submitted is None:
        found = current_documents(session, application.id).get(kind) if capacity is not Capacity.JUDGE else None
    else:
        entry = submitted.documents.get(kind)
        found = session.get(Document, entry["id"]) if entry else None
    if found is None:
        raise NotFound(_("There is no such document."))
    return found

"""Somebody opens a document of an application. It is written down who, when and as what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.models import Application, Document, FileAccess
from services.recruitment.queries.applications import current_documents, submission
from services.recruitment.schemas.documents import OpenDocument
from services.recruitment.usecases.reading import Capacity, capacity_of


def open_document(session: Session, command: OpenDocument, *, actor: Actor, now: datetime) -> Document:
    """An applicant gets what they sent last, everybody else what was submitted.

    Raises NotFound, and Forbidden with the code `recused` or `conflict_of_interest`.
    """
    application = session.get(Application, command.application_id)
    capacity = capacity_of(session, actor, application)
    assert application is not None
    document = _document(session, application, command.kind, capacity)
    session.add(
        FileAccess(
            at=now,
            actor_id=actor.id,
            capacity=capacity,
            call_id=application.call_id,
            application_id=application.id,
            document_id=document.id,
            kind=document.kind,
        )
    )
    return document


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

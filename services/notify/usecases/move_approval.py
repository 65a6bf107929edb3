"""Staff write down how far KakaoTalk's approval of a notice has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.notify.domain.template import Approval, moved
from services.notify.models.texts import StoredTemplate
from services.notify.queries import texts
from services.notify.schemas.texts import MoveApproval
from services.notify.usecases import audit


def move_approval(session: Session, command: MoveApproval, *, actor: Actor, now: datetime) -> StoredTemplate:
    """Of the newest version. Raises Forbidden, NotFound for what needs no approval, IllegalTransition."""
    roles.require_staff(actor)
    template = texts.latest(session, command.template, lock=True)
    if template is None or template.approval is None:
        raise NotFound
    before = audit.snapshot(template)
    template.approval = moved(Approval(template.approval), command.approval)
    template.approval_note = command.note
    audit.record(session, template, "approval", before=before, actor=actor, now=now)
    return template

"""Staff write the centre's own words for a message: a new version, which every message from now on is made with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import StaleVersion
from services.notify.domain.letterhead import Letterhead
from services.notify.domain.message import Channel
from services.notify.domain.template import Approval
from services.notify.models.texts import StoredTemplate
from services.notify.queries import texts
from services.notify.rendering import SHIPPED
from services.notify.schemas.texts import PutTemplate
from services.notify.usecases import audit
from services.notify.usecases.trying_templates import offered, sample, tried


def put_template(
    session: Session, command: PutTemplate, *, actor: Actor, letterhead: Letterhead, now: datetime
) -> StoredTemplate:
    """What says the same as the newest version is no new one. A notice for KakaoTalk begins unapproved.

    Raises Forbidden, StaleVersion, Invalid, Refused with what is wrong.
    """
    roles.require_staff(actor)
    template = command.template
    newest = texts.latest(session, template)
    there = newest.version if newest else SHIPPED
    if command.version not in {None, there}:
        raise StaleVersion
    names = offered(session, template.key, command.variables)
    tried(command.source, template, names, sample(template, names, letterhead))
    if newest is not None and (newest.source, newest.variables) == (command.source, sorted(names)):
        return newest

    # Of two who write at once the second meets the first's version, and then hears that theirs is stale.
    written = StoredTemplate(
        key=template.key,
        channel=template.channel,
        locale=template.language,
        version=there + 1,
        source=command.source,
        variables=sorted(names),
        approval=Approval.REGISTERED if template.channel is Channel.ALIMTALK else None,
        approval_note=None,
        written_by=actor.id,
        written_at=now,
    )
    session.add(written)
    session.flush()
    audit.record(session, written, "put", before=audit.snapshot(newest), actor=actor, now=now)
    return written

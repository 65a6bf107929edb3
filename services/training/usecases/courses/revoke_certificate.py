"""Staff revoke a certificate: whoever verifies it from now on reads so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition, NotFound
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.domain.courses import verification
from services.training.domain.rules import TrainingRules
from services.training.events import certificates as events
from services.training.models.courses import Certificate
from services.training.schemas.courses.commands import RevokeCertificate
from services.training.usecases.courses import access, audit


def revoke_certificate(
    session: Session, command: RevokeCertificate, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Certificate:
    """Its number is not given again. Raises Forbidden, NotFound, IllegalTransition for one that is revoked."""
    roles.require_staff(actor)
    code = verification.read(command.code)
    wanted = select(Certificate).where(Certificate.code == code).with_for_update()
    certificate = session.scalars(wanted).one_or_none() if code else None
    if certificate is None or code is None:
        raise NotFound(access.NO_CERTIFICATE)
    if certificate.revoked_at is not None:
        raise IllegalTransition(_("This certificate is revoked already."), state="revoked")
    before = audit.snapshot(certificate)
    certificate.revoked(because=command.reason, at=now)
    session.flush()
    audit.record(session, certificate, "revoke", before=before, actor=actor, now=now)
    emit(session, events.of_certificate(events.CERTIFICATE_REVOKED, certificate, code, rules), now=now)
    return certificate

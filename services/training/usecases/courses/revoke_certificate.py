"""Revoke a certificate: whoever verifies it from now on reads so."""

from __future__ import annotations

from sqlalchemy import select

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import IllegalTransition, NotFound
from services.chassis.events import emit
from services.chassis.i18n import msgid as _
from services.training.contract import certificates as contract
from services.training.domain.courses import verification
from services.training.domain.rules import TrainingRules
from services.training.events import certificates as events
from services.training.models.courses import Certificate
from services.training.queries.courses.records import certificate_answer
from services.training.usecases.courses import access, audit


def revoke_certificate(call: Call[TrainingRules], command: contract.RevokeCertificate) -> contract.Certificate:
    """Its number is not given again. Raises Forbidden, NotFound, IllegalTransition for one that is revoked."""
    roles.require_staff(call.actor)
    code = verification.read(command.code)
    chosen = select(Certificate).where(Certificate.code == code).with_for_update()
    certificate = call.session.scalars(chosen).one_or_none() if code else None
    if certificate is None or code is None:
        raise NotFound(access.NO_CERTIFICATE)
    if certificate.revoked_at is not None:
        raise IllegalTransition(_("This certificate is revoked already."), state="revoked")
    before = audit.snapshot(certificate)
    certificate.revoked(because=command.reason, at=call.now)
    call.session.flush()
    audit.record(call.session, certificate, "revoke", before=before, actor=call.actor, now=call.now)
    fact = events.of_certificate(events.CERTIFICATE_REVOKED, certificate, code, call.profile)
    emit(call.session, fact, now=call.now)
    return certificate_answer(call, certificate)

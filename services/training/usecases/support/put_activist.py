"""The register of activists: staff enter and change it, certificates of the activist track add to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.events import emit
from services.training.contract import programmes as contract
from services.training.contract.vocabulary import Track
from services.training.domain.rules import TrainingRules
from services.training.events import support as events
from services.training.models.courses import Certificate
from services.training.models.support.programmes import Activist, Programme, Support
from services.training.queries.support.programmes import activist_answers
from services.training.schemas.support.heard import ToldCertificate


def put_activist(call: Call[TrainingRules], command: contract.PutActivist) -> contract.Activist:
    """An activist who is no longer active leaves their communities, which wait to be spread again. Raises Forbidden."""
    roles.require_staff(call.actor)
    activist = call.session.get(Activist, command.id, with_for_update=True)
    if activist is None:
        activist = Activist(id=command.id, since=call.now, version=0)
        call.session.add(activist)
    activist.name, activist.field, activist.area = command.name, command.field, command.area
    activist.active = command.active
    activist.version += 1
    if not command.active:
        _release_communities(call.session, activist.id, call.profile, call.now)
    emit(call.session, events.of_activist(activist), now=call.now)
    call.session.flush()
    return activist_answers(call, [activist])[0]


def register_certified_activist(session: Session, told: ToldCertificate, *, now: datetime) -> None:
    """Enter a person who finished the activist track.

    An entry that is there stays as it is, because staff may have written more than the certificate says. If its
    certificate was revoked, the new one makes the person active again. A certificate that was revoked in the meantime,
    or whose person was erased, changes nothing.
    """
    if told.track != Track.ACTIVIST:
        return
    certificate = session.get(Certificate, told.certificate_id)
    if certificate is None or certificate.revoked_at is not None or not certificate.person_id:
        return
    activist = session.get(Activist, certificate.person_id, with_for_update=True)
    if activist is None:
        activist = Activist(
            id=certificate.person_id,
            name=certificate.person_name,
            field=certificate.field,
            area="",
            certificate=certificate.number,
            active=True,
            since=now,
            version=1,
        )
        session.add(activist)
        emit(session, events.of_activist(activist), now=now)
    elif activist.certificate is None:
        activist.certificate, activist.active = certificate.number, True
        activist.version += 1
        emit(session, events.of_activist(activist), now=now)


def retire_revoked_activist(session: Session, told: ToldCertificate, *, rules: TrainingRules, now: datetime) -> None:
    """An activist who is in the register by this certificate gets no more communities, and leaves theirs."""
    certificate = session.get(Certificate, told.certificate_id)
    if certificate is None:
        return
    activist = session.get(Activist, certificate.person_id, with_for_update=True)
    if activist is not None and activist.certificate == certificate.number:
        activist.active, activist.certificate = False, None
        activist.version += 1
        _release_communities(session, activist.id, rules, now)
        emit(session, events.of_activist(activist), now=now)


def _release_communities(session: Session, activist_id: str, rules: TrainingRules, now: datetime) -> None:
    """Release the communities of this year and later. Earlier years stay on record."""
    running = select(Programme.id).where(Programme.year >= now.astimezone(rules.centre.zone).year)
    session.execute(
        update(Support)
        .where(Support.activist_id == activist_id, Support.programme_id.in_(running))
        .values(activist_id=None, assigned_at=None)
    )

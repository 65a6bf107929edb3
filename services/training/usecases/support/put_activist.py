"""The register of activists: staff enter and change it, certificates of the activist track add to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.events import emit
from services.training.domain.courses.lifecycle import Track
from services.training.domain.rules import TrainingRules
from services.training.events import support as events
from services.training.models.courses import Certificate
from services.training.models.support.programmes import Activist, Programme, Support
from services.training.schemas.support.heard import ToldCertificate
from services.training.schemas.support.programmes import PutActivist


def put_activist(
    session: Session, command: PutActivist, *, actor: Actor, rules: TrainingRules, now: datetime
) -> Activist:
    """Who is not active any more leaves their communities, which wait to be spread anew. Raises Forbidden."""
    roles.require_staff(actor)
    activist = session.get(Activist, command.id, with_for_update=True)
    if activist is None:
        activist = Activist(id=command.id, since=now, version=0)
        session.add(activist)
    activist.name, activist.field, activist.area = command.name, command.field, command.area
    activist.active = command.active
    activist.version += 1
    if not command.active:
        _release_communities(session, activist.id, rules, now)
    emit(session, events.of_activist(activist), now=now)
    return activist


def register_certified_activist(session: Session, told: ToldCertificate, *, now: datetime) -> None:
    """Who finishes the activist track. Who stands there already stays as they are: staff may have written more about
    them than the certificate says; whose certificate was revoked comes back with a new one. A certificate that was
    revoked, or whose person was erased, in the meantime brings nobody in.
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
    """Whose place in the register rests on this certificate gets no communities any more, and leaves theirs."""
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
    """Those of this year and later. Who accompanied whom in the years before stays on record."""
    running = select(Programme.id).where(Programme.year >= now.astimezone(rules.centre.zone).year)
    session.execute(
        update(Support)
        .where(Support.activist_id == activist_id, Support.programme_id.in_(running))
        .values(activist_id=None, assigned_at=None)
    )

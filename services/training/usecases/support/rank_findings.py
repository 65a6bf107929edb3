"""What the voices say together, in the order in which the centre should answer it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.chassis.i18n import msgid as _
from services.training.models.support.survey import Finding, Voice
from services.training.schemas.support.survey import EnterFinding, RankFinding
from services.training.usecases.support.locking import lock_all

NO_FINDING = _("There is no such finding.")


def enter_finding(session: Session, command: EnterFinding, *, actor: Actor, now: datetime) -> Finding:
    """It comes behind the last one that as many people spoke of. Raises Forbidden."""
    roles.require_staff(actor)
    known = lock_all(session, Finding)
    finding = Finding(id=ids.new_id(), **vars(command), rank=len(known) + 1, entered_by=actor.id, entered_at=now)
    session.add(finding)
    session.flush()
    _move(session, finding, _rank_by_voices(session, finding))
    return finding


def rank_finding(session: Session, command: RankFinding, *, actor: Actor) -> Finding:
    """Those between its old place and its new one make way. A rank beyond the last is the last. Raises Forbidden,
    NotFound.
    """
    roles.require_staff(actor)
    known = {each.id: each for each in lock_all(session, Finding)}
    if command.finding_id not in known:
        raise NotFound(NO_FINDING)
    finding = known[command.finding_id]
    _move(session, finding, min(command.rank, len(known)))
    return finding


def _rank_by_voices(session: Session, finding: Finding) -> int:
    voices = select(func.count()).where(Voice.theme == Finding.theme).correlate(Finding).scalar_subquery()
    own = select(func.count()).where(Voice.theme == finding.theme).scalar_subquery()
    before = select(func.coalesce(func.max(Finding.rank), 0)).where(Finding.id != finding.id, voices >= own)
    return session.scalars(before).one() + 1


def _move(session: Session, finding: Finding, rank: int) -> None:
    """Below zero first: no rank is given twice, not for a moment."""
    before = finding.rank
    if rank == before:
        return
    between = Finding.rank.between(min(rank, before), max(rank, before))
    aside = 1 if rank < before else -1
    session.execute(update(Finding).where(between).values(rank=-Finding.rank))
    session.execute(
        update(Finding)
        .where(Finding.rank < 0)
        .values(rank=case((Finding.id == finding.id, rank), else_=aside - Finding.rank))
    )
    session.refresh(finding)

"""Something happened elsewhere by which people belong to audiences, or do so no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound
from services.chassis.events import Received
from services.notify.domain.audience import STAFF, Group
from services.notify.domain.membership import belonging_of
from services.notify.models.audiences import AudienceMember


def keep_audiences(session: Session, event: Received) -> None:
    """An event that comes late, after a later one of its subject, changes nothing. Raises NotFound: none of ours."""
    rule = belonging_of(event.source, event.type)
    belong(
        session,
        subject=f"{rule.what}:{event.subject}",
        sequence=event.sequence,
        person_id=event.data["person_id"],
        groups=rule.groups(event.data),
        stays=rule.stays,
    )


def know_staff(session: Session, person_id: str, *, is_staff: bool, sequence: int) -> None:
    """Who works here shows it when they say where they are reached (usecases/put_contact.py)."""
    subject = f"role:{person_id}"
    if is_staff or _rows(session, subject):
        belong(session, subject=subject, sequence=sequence, person_id=person_id, groups=[STAFF], stays=is_staff)


def forget_staff(session: Session, person_id: str, *, actor: Actor, now: datetime) -> None:
    """Somebody works here no more. Raises Forbidden, NotFound."""
    roles.require_director(actor)
    if not any(row.active for row in _rows(session, f"role:{person_id}")):
        raise NotFound
    know_staff(session, person_id, is_staff=False, sequence=int(now.timestamp() * 1000))


def belong(
    session: Session, *, subject: str, sequence: int, person_id: str | None, groups: Iterable[Group], stays: bool
) -> None:
    """From now on the person belongs to these groups by the subject, and nobody to any other by it.

    stays: False, they leave them; that is kept too, so that an earlier event that comes later lets nobody in again.
    """
    rows = _rows(session, subject)
    if any(row.sequence > sequence for row in rows):
        return
    for row in rows:
        row.active, row.sequence = False, sequence
    known = {(row.kind, row.key, row.person_id): row for row in rows}
    if not person_id:
        return
    for group in groups:
        key = (str(group.kind), group.key, person_id)
        row = known.get(key) or AudienceMember(
            kind=group.kind, key=group.key, person_id=person_id, subject=subject, sequence=sequence
        )
        row.active = stays
        session.add(row)


def _rows(session: Session, subject: str) -> Sequence[AudienceMember]:
    subjects = select(AudienceMember).where(AudienceMember.subject == subject)
    return session.scalars(subjects.order_by(AudienceMember.kind, AudienceMember.key).with_for_update()).all()

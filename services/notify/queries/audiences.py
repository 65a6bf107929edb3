"""Reads: who belongs to an audience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.notify.domain.audience import FIELDS, KEYED, Group, GroupKind
from services.notify.models import Contact
from services.notify.models.audiences import AudienceMember


def members(session: Session, groups: Iterable[Group]) -> frozenset[str]:
    """Everybody who belongs to one of them."""
    found: set[str] = set()
    for group in groups:
        found.update(session.scalars(_members(group)))
    return frozenset(found)


def page(session: Session, group: Group, after: str, limit: int) -> Sequence[str]:
    """The next members by person id."""
    chosen = _members(group).subquery()
    return session.scalars(
        select(chosen.c.person_id).where(chosen.c.person_id > after).order_by(chosen.c.person_id).limit(limit)
    ).all()


def count(session: Session, group: Group) -> int:
    return session.scalar(select(func.count()).select_from(_members(group).subquery())) or 0


def counted(session: Session) -> Mapping[Group, int]:
    """How many belong to each group but the courses'."""
    fields = [Group(GroupKind.FIELD, field) for field in FIELDS]
    groups = [*(Group(kind) for kind in GroupKind if kind not in KEYED), *fields]
    return {group: count(session, group) for group in groups}


def _members(group: Group) -> Select[str]:
    if group.kind is GroupKind.EVERYONE:
        return select(Contact.person_id)
    return (
        select(AudienceMember.person_id)
        .where(AudienceMember.kind == group.kind, AudienceMember.key == group.key, AudienceMember.active)
        .distinct()
    )

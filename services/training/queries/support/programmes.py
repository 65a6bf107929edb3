"""Programmes, communities, activists with their loads, and visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.training.domain.support.visits import Status
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.queries.support.paging import Page, by_id, newest_first
from services.training.schemas.support.bases import FindPage
from services.training.schemas.support.programmes import FindSupports, FindVisits


class Sums(NamedTuple):
    communities: int = 0
    granted: int = 0
    unassigned: int = 0


def loads_of_activists(session: Session, year: int, apart_from: str | None = None) -> Mapping[str, int]:
    """Communities that each accompanies in the programmes of a year: grants are for a year, and what was done in
    another one is no load. apart_from: a programme that is not counted.
    """
    counted = (
        select(Support.activist_id, func.count())
        .join(Programme, Programme.id == Support.programme_id)
        .where(Support.activist_id.is_not(None), Programme.year == year)
    )
    if apart_from is not None:
        counted = counted.where(Support.programme_id != apart_from)
    return {row[0]: row[1] for row in session.execute(counted.group_by(Support.activist_id)) if row[0]}


def sums_of(session: Session, programmes: Iterable[Programme]) -> Mapping[str, Sums]:
    summed = (
        select(
            Support.programme_id,
            func.count(),
            func.sum(Support.amount),
            func.sum(case((Support.activist_id.is_(None), 1), else_=0)),
        )
        .where(Support.programme_id.in_([each.id for each in programmes]))
        .group_by(Support.programme_id)
    )
    return {row[0]: Sums(int(row[1]), int(row[2]), int(row[3])) for row in session.execute(summed)}


def find_programmes(session: Session, find: FindPage) -> Page:
    return newest_first(session, select(Programme), Programme.id, limit=find.limit, cursor=find.cursor)


def find_communities(session: Session, find: FindPage, *, actor: Actor, all_of_them: bool) -> Page:
    """Without `all_of_them` those that the actor accompanies or speaks for."""
    chosen = select(Community)
    if not all_of_them:
        own = select(Support.community_id).where(Support.activist_id == actor.id)
        chosen = chosen.where(or_(Community.id.in_(own), Community.representative_id == actor.id))
    return by_id(session, chosen, Community.id, limit=find.limit, cursor=find.cursor)


def find_supports(session: Session, find: FindSupports, *, actor: Actor, all_of_them: bool) -> Page:
    """Without `all_of_them` those that the actor accompanies."""
    chosen = select(Support).where(Support.programme_id == find.programme_id)
    if not all_of_them:
        chosen = chosen.where(Support.activist_id == actor.id)
    if find.activist_id is not None:
        chosen = chosen.where(Support.activist_id == find.activist_id)
    return by_id(session, chosen, Support.id, limit=find.limit, cursor=find.cursor)


def find_activists(session: Session, find: FindPage, *, actor: Actor, all_of_them: bool) -> Page:
    """Without `all_of_them` only the actor."""
    chosen: Select[Any] = select(Activist)
    if not all_of_them:
        chosen = chosen.where(Activist.id == actor.id)
    return by_id(session, chosen, Activist.id, limit=find.limit, cursor=find.cursor)


def find_visits(session: Session, find: FindVisits, *, actor: Actor, all_of_them: bool) -> Page:
    """Newest first. Without `all_of_them` the actor's own."""
    chosen = select(Visit)
    if not all_of_them:
        chosen = chosen.where(Visit.activist_id == actor.id)
    for name in ("status", "community_id", "activist_id"):
        if (value := getattr(find, name)) is not None:
            chosen = chosen.where(getattr(Visit, name) == value)
    if find.overdue is not None:
        late = (Visit.status == Status.PLANNED) & Visit.reminded_at.is_not(None)
        chosen = chosen.where(late if find.overdue else ~late)
    return newest_first(session, chosen, Visit.id, limit=find.limit, cursor=find.cursor)


def communities_by_id(session: Session, wanted: Iterable[str]) -> Mapping[str, Community]:
    found: Sequence[Community] = session.scalars(select(Community).where(Community.id.in_(list(wanted)))).all()
    return {each.id: each for each in found}

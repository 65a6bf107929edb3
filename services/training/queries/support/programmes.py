"""Programmes, communities, activists with their loads, and visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.context import Actor
from services.chassis.contract import Page
from services.training.contract import programmes as contract
from services.training.contract.vocabulary import VisitStatus
from services.training.domain.rules import TrainingRules
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.queries.support.paging import Page as Rows
from services.training.queries.support.paging import by_id, newest_first


class Sums(NamedTuple):
    """Totals of a programme's supports. granted: won. unassigned: communities without an activist."""

    communities: int = 0
    granted: int = 0
    unassigned: int = 0


def list_programmes(call: Call[TrainingRules], request: contract.ListProgrammes) -> Page[contract.Programme]:
    """Raises Forbidden."""
    roles.require_person(call.actor)
    page = newest_first(call.session, select(Programme), Programme.id, limit=request.limit, cursor=request.cursor)
    return Page(items=programme_answers(call, page.items), next_cursor=page.next_cursor)


def list_communities(call: Call[TrainingRules], request: contract.ListCommunities) -> Page[contract.Community]:
    """All for who reads everything; for others those that they accompany or speak for. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Community)
    if not roles.reads_all(call.actor):
        own = select(Support.community_id).where(Support.activist_id == call.actor.id)
        chosen = chosen.where(or_(Community.id.in_(own), Community.representative_id == call.actor.id))
    page = by_id(call.session, chosen, Community.id, limit=request.limit, cursor=request.cursor)
    items = [contract.Community.of(each, call.profile.centre.zone) for each in page.items]
    return Page(items=items, next_cursor=page.next_cursor)


def list_activists(call: Call[TrainingRules], request: contract.ListActivists) -> Page[contract.Activist]:
    """All for who reads everything; an activist sees themselves. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Activist)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(Activist.id == call.actor.id)
    page = by_id(call.session, chosen, Activist.id, limit=request.limit, cursor=request.cursor)
    return Page(items=activist_answers(call, page.items), next_cursor=page.next_cursor)


def list_visits(call: Call[TrainingRules], request: contract.ListVisits) -> Page[contract.Visit]:
    """All for who reads everything; for others their own. Raises Forbidden."""
    roles.require_person(call.actor)
    chosen = select(Visit)
    if not roles.reads_all(call.actor):
        chosen = chosen.where(Visit.activist_id == call.actor.id)
    for name in ("status", "community_id", "activist_id"):
        if (value := getattr(request, name)) is not None:
            chosen = chosen.where(getattr(Visit, name) == value)
    if request.overdue is not None:
        late = (Visit.status == VisitStatus.PLANNED) & Visit.reminded_at.is_not(None)
        chosen = chosen.where(late if request.overdue else ~late)
    page = newest_first(call.session, chosen, Visit.id, limit=request.limit, cursor=request.cursor)
    return Page(items=visit_answers(call, page.items), next_cursor=page.next_cursor)


def supports(session: Session, request: contract.ListSupportedCommunities, actor: Actor) -> Rows:
    """All for who reads everything; for others those that they accompany."""
    chosen = select(Support).where(Support.programme_id == request.programme_id)
    if not roles.reads_all(actor):
        chosen = chosen.where(Support.activist_id == actor.id)
    if request.activist_id is not None:
        chosen = chosen.where(Support.activist_id == request.activist_id)
    return by_id(session, chosen, Support.id, limit=request.limit, cursor=request.cursor)


def loads_of_activists(session: Session, year: int, apart_from: str | None = None) -> Mapping[str, int]:
    """Count the communities that each activist accompanies in the programmes of a year.

    Grants are for a year, so other years add nothing to a load. apart_from: a programme that is not counted.
    """
    counted = (
        select(Support.activist_id, func.count())
        .join(Programme, Programme.id == Support.programme_id)
        .where(Support.activist_id.is_not(None), Programme.year == year)
    )
    if apart_from is not None:
        counted = counted.where(Support.programme_id != apart_from)
    return {row[0]: row[1] for row in session.execute(counted.group_by(Support.activist_id)) if row[0]}


# --- answers


def programme_answers(call: Call[TrainingRules], rows: Sequence[Programme]) -> list[contract.Programme]:
    sums = _sums_of_programmes(call.session, [row.id for row in rows])
    zone = call.profile.centre.zone
    return [contract.Programme.of(row, zone, **sums.get(row.id, Sums())._asdict()) for row in rows]


def support_answers(call: Call[TrainingRules], rows: Sequence[Support]) -> list[contract.Support]:
    communities = _community_answers(call, [row.community_id for row in rows])
    zone = call.profile.centre.zone
    return [contract.Support.of(row, zone, community=communities[row.community_id]) for row in rows]


def activist_answers(call: Call[TrainingRules], rows: Sequence[Activist]) -> list[contract.Activist]:
    """Activists with their loads of this year."""
    zone = call.profile.centre.zone
    loads = loads_of_activists(call.session, call.now.astimezone(zone).year)
    return [contract.Activist.of(row, zone, load=loads.get(row.id, 0)) for row in rows]


def visit_answer(call: Call[TrainingRules], row: Visit) -> contract.Visit:
    return visit_answers(call, [row])[0]


def visit_answers(call: Call[TrainingRules], rows: Sequence[Visit]) -> list[contract.Visit]:
    communities = _community_answers(call, [row.community_id for row in rows])
    zone = call.profile.centre.zone
    return [
        contract.Visit.of(row, zone, community=communities[row.community_id], overdue=_is_overdue(row)) for row in rows
    ]


def _is_overdue(visit: Visit) -> bool:
    return visit.status == VisitStatus.PLANNED and visit.reminded_at is not None


def _community_answers(call: Call[TrainingRules], community_ids: Iterable[str]) -> Mapping[str, contract.Community]:
    rows = call.session.scalars(select(Community).where(Community.id.in_(list(community_ids))))
    return {row.id: contract.Community.of(row, call.profile.centre.zone) for row in rows}


def _sums_of_programmes(session: Session, programme_ids: Sequence[str]) -> Mapping[str, Sums]:
    summed = (
        select(
            Support.programme_id,
            func.count(),
            func.sum(Support.amount),
            func.sum(case((Support.activist_id.is_(None), 1), else_=0)),
        )
        .where(Support.programme_id.in_(programme_ids))
        .group_by(Support.programme_id)
    )
    return {row[0]: Sums(int(row[1]), int(row[2]), int(row[3])) for row in session.execute(summed)}

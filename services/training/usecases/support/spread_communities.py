"""Spread the communities of a programme over its activists by load. Scenario 34."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.call import Call
from services.chassis.errors import NotFound, Refused
from services.chassis.i18n import msgid as _
from services.training.contract import programmes as contract
from services.training.contract.vocabulary import VisitStatus
from services.training.domain.rules import TrainingRules
from services.training.domain.support import assignment, refusals
from services.training.domain.support.field import works_in
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.queries.support.programmes import loads_of_activists
from services.training.usecases.support.add_community import NO_PROGRAMME
from services.training.usecases.support.locking import lock, lock_all

NO_ACTIVIST = _("There is no such activist.")


@dataclass(frozen=True)
class _Spread:
    """activist_of: by community. moved: communities that had another activist before."""

    programme: Programme
    activists: Sequence[Activist]
    elsewhere: Mapping[str, int]
    activist_of: Mapping[str, str]
    moved: int


def spread_communities(call: Call[TrainingRules], command: contract.SpreadCommunities) -> contract.Spread:
    """Change as few activists as possible if it was done before. Visits that are still to come go with their community.

    Raises Forbidden, NotFound, Refused.
    """
    roles.require_staff(call.actor)
    programme = lock(call.session, Programme, command.programme_id, NO_PROGRAMME)
    spread, supports = _spread(call.session, programme, lock_all(call.session, Activist), command.activist_ids)
    for support in supports:
        _assign(call.session, support, spread.activist_of[support.community_id], call.now)
    return _answer(spread)


def preview_spread(call: Call[TrainingRules], request: contract.PreviewSpread) -> contract.Spread:
    """Raises as `spread_communities` does."""
    roles.require_staff(call.actor)
    programme = call.session.get(Programme, request.programme_id)
    if programme is None:
        raise NotFound(NO_PROGRAMME)
    activists = call.session.scalars(select(Activist).order_by(Activist.id)).all()
    return _answer(_spread(call.session, programme, activists, request.activist_ids)[0])


def _spread(
    session: Session, programme: Programme, register: Sequence[Activist], activist_ids: Sequence[str]
) -> tuple[_Spread, Sequence[Support]]:
    """Raises NotFound, Refused."""
    activists = _chosen(register, activist_ids, programme)
    if not activists:
        raise Refused([refusals.no_activist()])
    elsewhere = loads_of_activists(session, programme.year, apart_from=programme.id)
    rows = session.execute(
        select(Support, Community.area)
        .join(Community, Community.id == Support.community_id)
        .where(Support.programme_id == programme.id)
        .order_by(Support.community_id)
    ).all()

    activist_of = assignment.spread(
        [assignment.Community(support.community_id, area, support.activist_id) for support, area in rows],
        [assignment.Activist(each.id, each.area, elsewhere.get(each.id, 0)) for each in activists],
    )
    supports = [row[0] for row in rows]
    moved = sum(each.activist_id not in (None, activist_of[each.community_id]) for each in supports)
    return _Spread(programme, activists, elsewhere, activist_of, moved), supports


def _answer(spread: _Spread) -> contract.Spread:
    """The activist with the most communities comes first."""
    items = [_load(each, spread) for each in spread.activists]
    return contract.Spread(
        programme_id=spread.programme.id,
        communities=len(spread.activist_of),
        moved=spread.moved,
        items=sorted(items, key=lambda each: (-each.load, each.activist_id)),
    )


def _load(activist: Activist, spread: _Spread) -> contract.ActivistLoad:
    own = sorted(community for community, chosen in spread.activist_of.items() if chosen == activist.id)
    return contract.ActivistLoad(
        activist_id=activist.id,
        name=activist.name,
        load=len(own),
        elsewhere=spread.elsewhere.get(activist.id, 0),
        community_ids=own,
    )


def _chosen(register: Sequence[Activist], activist_ids: Sequence[str], programme: Programme) -> list[Activist]:
    """Raises NotFound for somebody who is not active in the register."""
    active = {each.id: each for each in register if each.active}
    if not activist_ids:
        return [each for each in active.values() if works_in(each.field, programme.field)]
    if not set(activist_ids) <= active.keys():
        raise NotFound(NO_ACTIVIST)
    return [active[each] for each in sorted(set(activist_ids))]


def _assign(session: Session, support: Support, activist_id: str, now: datetime) -> None:
    if support.activist_id == activist_id:
        return
    support.activist_id, support.assigned_at = activist_id, now
    session.execute(
        update(Visit)
        .where(
            Visit.programme_id == support.programme_id,
            Visit.community_id == support.community_id,
            Visit.status == VisitStatus.PLANNED,
            Visit.visit_at > now,
        )
        .values(activist_id=activist_id, version=Visit.version + 1)
    )

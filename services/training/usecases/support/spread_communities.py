"""The communities of a programme are spread over its activists by load. Scenario 34."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.errors import NotFound, Refused
from services.chassis.i18n import msgid as _
from services.training.domain.support import assignment, refusals
from services.training.domain.support.field import works_in
from services.training.domain.support.visits import Status
from services.training.models.support.programmes import Activist, Community, Programme, Support, Visit
from services.training.queries.support.programmes import loads_of_activists
from services.training.schemas.support.programmes import SpreadCommunities
from services.training.usecases.support.add_community import NO_PROGRAMME
from services.training.usecases.support.locking import lock, lock_all

NO_ACTIVIST = _("There is no such activist.")


@dataclass(frozen=True)
class Spread:
    """activist_of: by community. moved: communities that had another activist before."""

    programme: Programme
    activists: Sequence[Activist]
    elsewhere: Mapping[str, int]
    activist_of: Mapping[str, str]
    moved: int


def spread_communities(session: Session, command: SpreadCommunities, *, actor: Actor, now: datetime) -> Spread:
    """Again after somebody has left or come: only so many communities change hands as must. Visits that are still to
    come go with them. Raises Forbidden, NotFound, Refused.
    """
    roles.require_staff(actor)
    programme = lock(session, Programme, command.programme_id, NO_PROGRAMME)
    spread, supports = _spread(session, programme, lock_all(session, Activist), command.activist_ids)
    for support in supports:
        _give(session, support, spread.activist_of[support.community_id], now)
    return spread


def preview_spread(session: Session, command: SpreadCommunities, *, actor: Actor) -> Spread:
    """What `spread_communities` would do now. Raises as it does."""
    roles.require_staff(actor)
    programme = session.get(Programme, command.programme_id)
    if programme is None:
        raise NotFound(NO_PROGRAMME)
    everybody = session.scalars(select(Activist).order_by(Activist.id)).all()
    return _spread(session, programme, everybody, command.activist_ids)[0]


def _spread(
    session: Session, programme: Programme, everybody: Sequence[Activist], wanted_ids: Sequence[str]
) -> tuple[Spread, Sequence[Support]]:
    """Raises NotFound, Refused."""
    activists = _chosen(everybody, wanted_ids, programme)
    if not activists:
        raise Refused([refusals.no_activist()])
    elsewhere = loads_of_activists(session, programme.year, apart_from=programme.id)
    rows = session.execute(
        select(Support, Community.area)
        .join(Community, Community.id == Support.community_id)
        .where(Support.programme_id == programme.id)
        .order_by(Support.community_id)
    ).all()

    wanted = assignment.spread(
        [assignment.Community(support.community_id, area, support.activist_id) for support, area in rows],
        [assignment.Activist(each.id, each.area, elsewhere.get(each.id, 0)) for each in activists],
    )
    supports = [row[0] for row in rows]
    moved = sum(each.activist_id not in (None, wanted[each.community_id]) for each in supports)
    return Spread(programme, activists, elsewhere, wanted, moved), supports


def _chosen(known: Sequence[Activist], wanted: Sequence[str], programme: Programme) -> list[Activist]:
    """Raises NotFound for somebody who is not active in the register."""
    active = {each.id: each for each in known if each.active}
    if not wanted:
        return [each for each in active.values() if works_in(each.field, programme.field)]
    if not set(wanted) <= active.keys():
        raise NotFound(NO_ACTIVIST)
    return [active[each] for each in sorted(set(wanted))]


def _give(session: Session, support: Support, activist_id: str, now: datetime) -> None:
    if support.activist_id == activist_id:
        return
    support.activist_id, support.assigned_at = activist_id, now
    session.execute(
        update(Visit)
        .where(
            Visit.programme_id == support.programme_id,
            Visit.community_id == support.community_id,
            Visit.status == Status.PLANNED,
            Visit.visit_at > now,
        )
        .values(activist_id=activist_id, version=Visit.version + 1)
    )

"""A community comes into a programme: staff enter it, or a grant was awarded to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.errors import Invalid, NotFound, Refusal, Refused
from services.chassis.events import Received
from services.chassis.i18n import msgid as _
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.models.support.programmes import Community, Programme, Support
from services.training.schemas.support.heard import AwardedGrant
from services.training.schemas.support.programmes import AddCommunity, NewCommunity, OpenProgramme
from services.training.usecases.support.locking import lock
from services.training.usecases.support.open_programme import opened

NO_PROGRAMME = _("There is no such programme.")
NO_COMMUNITY = _("There is no such community.")


def add_community(session: Session, command: AddCommunity, *, actor: Actor, now: datetime) -> Support:
    """Raises Forbidden, NotFound, Invalid when no community is named, Refused."""
    roles.require_staff(actor)
    programme = lock(session, Programme, command.programme_id, NO_PROGRAMME)
    if command.community_id is not None:
        community = session.get(Community, command.community_id)
        if community is None:
            raise NotFound(NO_COMMUNITY)
    elif command.community is not None:
        community = known_or_new(session, command.community, now)
    else:
        raise Invalid(errors={"community": [_("Say which community: its id, or its name.")]})
    return _supported(session, programme, community, command.amount, None, now)


def take_awarded_grant(session: Session, event: Received, *, rules: TrainingRules, now: datetime) -> None:
    """Once for each grant, however often and under whatever event id it is told. A year's programme of the stage is
    opened if there is none; of several grants that come at once one opens it. Raises NotFound, Refused, Invalid when
    neither programme nor stage is named.
    """
    grant: AwardedGrant = event.data
    grant_id = f"{event.source}:{grant.grant_id}"[:200]
    programme = _programme_of(session, grant, event, rules, now)
    if session.scalars(select(Support.id).where(Support.grant_id == grant_id)).first() is not None:
        return
    _supported(session, programme, known_or_new(session, grant.community, now), grant.amount, grant_id, now)


def known_or_new(session: Session, named: NewCommunity, now: datetime) -> Community:
    """A community is known by its name and area."""
    wanted = select(Community).where(Community.name == named.name, Community.area == named.area)
    community = session.scalars(wanted).one_or_none()
    if community is None:
        community = Community(id=ids.new_id(), **vars(named), entered_at=now)
        session.add(community)
        session.flush()
    return community


def _programme_of(
    session: Session, grant: AwardedGrant, event: Received, rules: TrainingRules, now: datetime
) -> Programme:
    if grant.programme_id is not None:
        return lock(session, Programme, grant.programme_id, NO_PROGRAMME)
    if grant.stage is None:
        raise Invalid(errors={"stage": [_("Say in which stage the grant is, or in which programme.")]})
    year = grant.year or (event.time or now).astimezone(rules.centre.zone).year
    wanted = select(Programme).where(Programme.year == year, Programme.stage == grant.stage)
    found = session.scalars(wanted.order_by(Programme.id).limit(1).with_for_update()).one_or_none()
    if found is not None:
        return found
    new = OpenProgramme(title=f"{year} {grant.stage}", year=year, stage=grant.stage, field=grant.community.field)
    return opened(session, new, by=event.source[:100], rules=rules, now=now, by_award=True)


def _supported(
    session: Session, programme: Programme, community: Community, amount: int, grant_id: str | None, now: datetime
) -> Support:
    if found := _refused(session, programme, community, amount):
        raise Refused(found)
    support = Support(
        id=ids.new_id(),
        programme_id=programme.id,
        community_id=community.id,
        amount=amount,
        grant_id=grant_id,
        entered_at=now,
    )
    session.add(support)
    return support


def _refused(session: Session, programme: Programme, community: Community, amount: int) -> list[Refusal]:
    found = []
    if amount > programme.ceiling:
        found.append(refusals.over_ceiling(programme.stage, programme.ceiling, amount))
    there = select(Support.id).where(Support.programme_id == programme.id, Support.community_id == community.id)
    if session.scalars(there).first() is not None:
        found.append(refusals.already_supported())
    return found

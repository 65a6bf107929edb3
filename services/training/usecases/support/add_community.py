"""Take a community into a programme: staff enter it, or a grant was awarded to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.call import Call
from services.chassis.errors import Invalid, NotFound, Refusal, Refused
from services.chassis.events import Received
from services.chassis.i18n import msgid as _
from services.training.contract import programmes as contract
from services.training.domain.rules import TrainingRules
from services.training.domain.support import refusals
from services.training.models.support.programmes import Community, Programme, Support
from services.training.queries.support.programmes import support_answers
from services.training.schemas.support.heard import AwardedGrant
from services.training.usecases.support.locking import lock
from services.training.usecases.support.open_programme import new_programme

NO_PROGRAMME = _("There is no such programme.")
NO_COMMUNITY = _("There is no such community.")


def add_community(call: Call[TrainingRules], command: contract.AddCommunity) -> contract.Support:
    """community_id: a known community. Without it, `community` names one that is known or new.

    Raises Forbidden, NotFound, Invalid when no community is named, Refused.
    """
    roles.require_staff(call.actor)
    programme = lock(call.session, Programme, command.programme_id, NO_PROGRAMME)
    if command.community_id is not None:
        community = call.session.get(Community, command.community_id)
        if community is None:
            raise NotFound(NO_COMMUNITY)
    elif command.community is not None:
        community = known_or_new(call.session, command.community, call.now)
    else:
        raise Invalid(errors={"community": [_("Say which community: its id, or its name.")]})
    support = _new_support(call.session, programme, community, command.amount, None, call.now)
    return support_answers(call, [support])[0]


def take_awarded_grant(session: Session, event: Received, *, rules: TrainingRules, now: datetime) -> None:
    """Take each grant once, however often its event arrives and under whatever event id.

    Without a programme of the year and stage, open one; if several grants arrive at once, one of them opens it. Raises
    NotFound, Refused, Invalid when neither programme nor stage is named.
    """
    grant: AwardedGrant = event.data
    grant_id = f"{event.source}:{grant.grant_id}"[:200]
    programme = _programme_of(session, grant, event, rules, now)
    if session.scalars(select(Support.id).where(Support.grant_id == grant_id)).first() is not None:
        return
    _new_support(session, programme, known_or_new(session, grant.community, now), grant.amount, grant_id, now)


def known_or_new(session: Session, named: contract.NewCommunity, now: datetime) -> Community:
    """Return the community of this name and area. Enter it if it is not known."""
    same = select(Community).where(Community.name == named.name, Community.area == named.area)
    community = session.scalars(same).one_or_none()
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
    same = select(Programme).where(Programme.year == year, Programme.stage == grant.stage)
    programme = session.scalars(same.order_by(Programme.id).limit(1).with_for_update()).one_or_none()
    if programme is not None:
        return programme
    command = contract.OpenProgramme(
        title=f"{year} {grant.stage}", year=year, stage=grant.stage, field=grant.community.field
    )
    return new_programme(session, command, by=event.source[:100], rules=rules, now=now, by_award=True)


def _new_support(
    session: Session, programme: Programme, community: Community, amount: int, grant_id: str | None, now: datetime
) -> Support:
    if refused := _refused(session, programme, community, amount):
        raise Refused(refused)
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
    refused = []
    if amount > programme.ceiling:
        refused.append(refusals.over_ceiling(programme.stage, programme.ceiling, amount))
    same = select(Support.id).where(Support.programme_id == programme.id, Support.community_id == community.id)
    if session.scalars(same).first() is not None:
        refused.append(refusals.already_supported())
    return refused

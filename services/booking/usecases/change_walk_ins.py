"""People come by without a booking, and go."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking import occupancy
from services.booking.domain import walk_ins
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import WalkIn
from services.booking.queries import situation
from services.booking.schemas.commands import ChangeWalkIns
from services.booking.usecases.locking import lock_rooms
from services.chassis import roles
from services.chassis.context import Actor
from services.chassis.db import insert_once
from services.chassis.errors import Forbidden, Invalid, NotFound, Refused
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def change_walk_ins(
    session: Session, command: ChangeWalkIns, *, actor: Actor, rules: BookingRules, now: datetime
) -> WalkIn:
    """Counted anew each day. Anybody counts themselves in and out, staff several people at once.

    Raises Forbidden, NotFound for a space without walk-ins, Invalid when more leave than are inside, Refused.
    """
    roles.require_person(actor)
    if abs(command.change) > 1 and not roles.is_staff(actor):
        raise Forbidden(_("Only staff may count several people at once."))
    space = rules.space(command.space_id)
    if not space.walk_in:
        raise NotFound(_("This space has to be booked."))
    lock_rooms(session, space.rooms)
    count = _today(session, space, rules, now)
    if command.change > 0:
        if found := walk_ins.refused(_arrival(session, space, command.change, count.inside, rules, now)):
            raise Refused(found)
    elif count.inside + command.change < 0:
        raise Invalid(errors={"change": [_("So many people are not inside.")]})
    count.inside += command.change
    count.came += max(0, command.change)
    return count


def _today(session: Session, space: Space, rules: BookingRules, now: datetime) -> WalkIn:
    day = now.astimezone(rules.centre.zone).date()
    insert_once(session, WalkIn.__table__, space_id=space.id, day=day, inside=0, came=0)
    return session.scalars(select(WalkIn).where(WalkIn.space_id == space.id, WalkIn.day == day).with_for_update()).one()


def _arrival(
    session: Session, space: Space, coming: int, inside: int, rules: BookingRules, now: datetime
) -> walk_ins.Arrival:
    moment = Period(now, now + timedelta(microseconds=1), rules.centre.zone)
    taken = occupancy.taken(session, space.rooms, [moment])
    return walk_ins.Arrival(
        space=space,
        coming=coming,
        inside=inside,
        taken=tuple(each.period for each in taken),
        closures=situation.closures(session, [moment], rules),
        now=now,
        rules=rules,
    )

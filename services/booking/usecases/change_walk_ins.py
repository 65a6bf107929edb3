"""Count people who come and go without a booking."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.contract import spaces as contract
from services.booking.domain import walk_ins
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.booking.models import WalkIn
from services.booking.queries import occupancy, situation
from services.booking.queries.answers import BookingCall
from services.booking.usecases.locking import lock_rooms
from services.chassis import roles
from services.chassis.db import insert_once
from services.chassis.errors import Forbidden, Invalid, NotFound, Refused
from services.chassis.i18n import msgid as _
from services.chassis.period import Period


def change_walk_ins(call: BookingCall, command: contract.ChangeWalkIns) -> contract.WalkIns:
    """The count begins anew each day. Anybody counts themselves in and out, staff several people at once.

    Raises Forbidden, NotFound for a space without walk-ins, Invalid when more leave than are inside, Refused.
    """
    roles.require_person(call.actor)
    if abs(command.change) > 1 and not roles.is_staff(call.actor):
        raise Forbidden(_("Only staff may count several people at once."))
    space = call.profile.space(command.space_id)
    if not space.walk_in:
        raise NotFound(_("This space has to be booked."))
    lock_rooms(call.session, space.rooms)
    count = _today(call.session, space, call.profile, call.now)
    if command.change > 0:
        arrival = _arrival(call, space, command.change, count.inside)
        if refusals := walk_ins.refused(arrival):
            raise Refused(refusals)
    elif count.inside + command.change < 0:
        raise Invalid(errors={"change": [_("So many people are not inside.")]})
    count.inside += command.change
    count.came += max(0, command.change)
    return contract.WalkIns.of(count, call.profile.centre.zone, capacity=space.capacity)


def _today(session: Session, space: Space, rules: BookingRules, now: datetime) -> WalkIn:
    day = now.astimezone(rules.centre.zone).date()
    insert_once(session, WalkIn.__table__, space_id=space.id, day=day, inside=0, came=0)
    return session.scalars(select(WalkIn).where(WalkIn.space_id == space.id, WalkIn.day == day).with_for_update()).one()


def _arrival(call: BookingCall, space: Space, coming: int, inside: int) -> walk_ins.Arrival:
    moment = Period(call.now, call.now + timedelta(microseconds=1), call.profile.centre.zone)
    taken = occupancy.taken(call.session, space.rooms, [moment])
    return walk_ins.Arrival(
        space=space,
        coming=coming,
        inside=inside,
        taken=tuple(each.period for each in taken),
        closures=situation.closures(call.session, [moment], call.profile),
        now=call.now,
        rules=call.profile,
    )

"""The search for a free space. A constant number of queries, however many spaces and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from services.booking.contract import spaces as contract
from services.booking.contract.vocabulary import Kind, Purpose
from services.booking.domain import gates, recurrence
from services.booking.domain.application import Applicant, Application, Particulars, Situation
from services.booking.domain.space import Space
from services.booking.models import NOBODY
from services.booking.queries import occupancy, situation
from services.booking.queries.answers import BookingCall, refusal_answer, space_answer
from services.booking.queries.series import rule_of
from services.chassis import roles
from services.chassis.errors import Refusal
from services.chassis.period import Period


def search_availability(call: BookingCall, request: contract.SearchAvailability) -> contract.AvailabilityList:
    """Every space, in the profile's order. Raises NotFound for equipment, Invalid for the recurrence."""
    rules, session = call.profile, call.session
    first = Period(request.start, request.end, rules.centre.zone)
    periods = recurrence.expand(first, rule_of(request.recurrence), most=rules.most_occurrences)
    spaces = list(rules.spaces.values())
    imagined = _imagined(call, request, spaces[0], periods)
    everywhere = Situation(
        closures=situation.closures(session, _widest(periods, spaces), rules),
        uses=situation.uses(session, request.equipment, periods),
    )
    anywhere = [refusal for gate in gates.OF_ANY_SPACE for refusal in gate(imagined, everywhere)]
    clashing = _clashing(session, spaces, periods)
    items = []
    for space in spaces:
        there = replace(everywhere, clashing=clashing[space.id])
        here = replace(imagined, space=space)
        refusals = [*anywhere, *(each for gate in gates.OF_THE_SPACE for each in gate(here, there))]
        items.append(_availability(space, refusals, call.context.locale))
    return contract.AvailabilityList(items=items)


def _availability(space: Space, refusals: Sequence[Refusal], locale: str) -> contract.Availability:
    """refusals: against booking the space for all of the dates."""
    return contract.Availability(
        space=space_answer(space, locale),
        available=not refusals,
        refusals=[refusal_answer(each, locale) for each in refusals],
    )


def _clashing(session: Session, spaces: Sequence[Space], periods: Sequence[Period]) -> dict[str, frozenset[int]]:
    """Return the indexes of the periods for which each space is not free, by space."""
    alike = defaultdict(list)
    for space in spaces:
        alike[space.buffer].append(space)
    asked = [
        occupancy.Asked({room for space in group for room in space.rooms}, [group[0].held(each) for each in periods])
        for group in alike.values()
    ]
    indexes = {}
    for group, by_room in zip(alike.values(), occupancy.clashes(session, asked), strict=True):
        for space in group:
            indexes[space.id] = frozenset().union(*(by_room[room] for room in space.rooms))
    return indexes


def _widest(periods: Sequence[Period], spaces: Sequence[Space]) -> list[Period]:
    buffer = max(space.buffer for space in spaces)
    return [each.widened(buffer, buffer) for each in periods]


def _imagined(
    call: BookingCall, request: contract.SearchAvailability, space: Space, periods: tuple[Period, ...]
) -> Application:
    """Return an application as nobody has made it: without a purpose, and perhaps without a number of people."""
    rules = call.profile
    people = rules.fewest_attendees if request.attendees is None else request.attendees
    for piece in request.equipment:
        rules.piece(piece)
    return Application(
        space=space,
        periods=periods,
        particulars=Particulars("", Purpose.COMMUNITY, people, equipment=request.equipment),
        applicant=Applicant(NOBODY, ""),
        kind=Kind.STAFF_EVENT if roles.is_staff(call.actor) else Kind.RENTAL,
        applied_at=call.now,
        rules=rules,
    )

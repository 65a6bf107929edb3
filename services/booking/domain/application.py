"""An application and its situation: the facts that the rules (gates.py) judge."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType

from services.booking.contract.vocabulary import Kind, Purpose
from services.booking.domain.rules import BookingRules
from services.booking.domain.space import Space
from services.centre.vocabulary import Field
from services.chassis.period import Period

Month = NewType("Month", str)
"""A calendar month in the centre's zone: "2020-03"."""


def month_of(period: Period) -> Month:
    """A booking belongs to the month in which it begins. Source: DOMAIN, scenario 10."""
    return Month(f"{period.local_start:%Y-%m}")


@dataclass(frozen=True)
class Applicant:
    """The applicant, and the group that the booking is for. For rules that count per group, a person alone is one."""

    id: str
    name: str
    group_id: str | None = None

    @property
    def party(self) -> str:
        return self.group_id or self.id


@dataclass(frozen=True)
class ExemptionClaim:
    """A ground of the profile, and what shows it: a document's name or number, for staff to check."""

    ground: str
    evidence: str


@dataclass(frozen=True)
class Particulars:
    """Content of a booking, the same for every date of a series. equipment: quantity by id."""

    title: str
    purpose: Purpose
    attendees: int
    field: Field = Field.BOTH
    equipment: Mapping[str, int] = dataclasses.field(default_factory=dict)
    exemption: ExemptionClaim | None = None


@dataclass(frozen=True)
class Application:
    """Application for one space, for one or more periods.

    applied_at: decides the window, even if the rules are checked again later. continues: these are dates of a series
    that was accepted before, which may reach beyond the window.
    """

    space: Space
    periods: tuple[Period, ...]
    particulars: Particulars
    applicant: Applicant
    kind: Kind
    applied_at: datetime
    rules: BookingRules
    continues: bool = False

    @property
    def is_rental(self) -> bool:
        """The centre's own events may go beyond hours, window and quota; never beyond an overlap or a closure."""
        return self.kind is Kind.RENTAL

    @property
    def held(self) -> tuple[Period, ...]:
        """The periods with the space's buffers."""
        return tuple(self.space.held(period) for period in self.periods)

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(sorted({month_of(period) for period in self.periods}))


@dataclass(frozen=True)
class Closure:
    """A time in which some rooms, or with them the whole centre, are closed."""

    id: str
    period: Period
    rooms: frozenset[str]
    reason: str

    def touches(self, rooms: tuple[str, ...], held: Period) -> bool:
        return not self.rooms.isdisjoint(rooms) and self.period.overlaps(held)


@dataclass(frozen=True)
class Use:
    """Quantity of a piece of equipment that is in use for a period."""

    period: Period
    quantity: int


@dataclass(frozen=True)
class Situation:
    """Existing bookings and closures besides the application, read under the locks that keep them unchanged.

    taken: holds on the space's rooms that the application would overlap. clashing: indexes of periods that overlap
    unknown holds. used: bookings that count in the party's quota, by month.
    """

    taken: tuple[Period, ...] = ()
    clashing: frozenset[int] = frozenset()
    closures: tuple[Closure, ...] = ()
    used: Mapping[Month, int] = dataclasses.field(default_factory=dict)
    uses: Mapping[str, tuple[Use, ...]] = dataclasses.field(default_factory=dict)
    banned_until: datetime | None = None

    def joined_by(self, other: Application, application: Application) -> Situation:
        """Return the situation after `other` is accepted: its rooms, places in the quota and equipment are gone."""
        used, uses = Counter(self.used), dict(self.uses)
        used.update(month_of(period) for period in other.periods)
        for piece, quantity in other.particulars.equipment.items():
            uses[piece] = (*uses.get(piece, ()), *(Use(period, quantity) for period in other.periods))
        return replace(self, taken=(*self.taken, *_taken(other, application)), used=used, uses=uses)


def _taken(other: Application, application: Application) -> list[Period]:
    if set(other.space.rooms).isdisjoint(application.space.rooms):
        return []
    return [each for each in other.held if any(each.overlaps(one) for one in application.held)]

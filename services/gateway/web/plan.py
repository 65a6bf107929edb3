"""Plan of some days, for pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from services.booking.contract import plan as contract
from services.booking.contract.closures import Closure
from services.booking.contract.spaces import Space
from services.gateway.client import ask
from services.gateway.web.timeline import Day, Row, Taken, Timeline, shown_hours, stretches
from services.gateway.web.words import day as day_in_words
from services.gateway.web.words import say


@dataclass(frozen=True)
class Plan:
    """answer: with times in the centre's zone."""

    answer: contract.Plan

    @classmethod
    def of(cls, start: date | None = None, days: int = 1) -> Plan:
        """Return the plan of some days from `start` on, or of today."""
        if start is None:
            return cls(ask(contract.GetPlan()))
        return cls(ask(contract.GetPlan(start=start, end=start + timedelta(days=days))))

    @property
    def centre(self) -> str:
        return self.answer.centre

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.answer.zone)

    @property
    def now(self) -> datetime:
        return self.answer.now

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def spaces(self) -> Sequence[Space]:
        return self.answer.spaces

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {each.id: each.name for each in self.spaces}

    @cached_property
    def days(self) -> Mapping[date, contract.PlannedDay]:
        return {each.date: each for each in self.answer.days}

    @cached_property
    def hours(self) -> range:
        return shown_hours([each.opens for each in self.answer.days], [each.closes for each in self.answer.days])

    def day(self, of: date) -> Day:
        each = self.days[of]
        return Day(of, each.opens, each.closes, self.zone, self.hours)

    def holiday(self, of: date) -> str | None:
        return self.days[of].holiday

    def closures(self, of: date, space: Space | None = None) -> list[Closure]:
        """Return the closures of the space on a day; without a space, those of the whole centre."""
        start, end = (datetime.combine(each, datetime.min.time(), self.zone) for each in (of, of + timedelta(days=1)))
        return [
            each
            for each in self.answer.closures
            if each.start < end
            and each.to > start
            and (not each.space_ids or (space is not None and self._shares_a_room(space, each.space_ids)))
        ]

    def taken(self, of: date, space: Space) -> list[Taken]:
        entries = next(each.entries for each in self.days[of].spaces if each.space_id == space.id)
        return stretches(space, entries, self.closures(of, space), self.names)

    def of_day(self, of: date) -> Timeline:
        """Rooms x hours."""
        day = self.day(of)
        rows = [Row(each.name, day.cells(self.taken(of, each)), f"/spaces/{each.id}") for each in self.spaces]
        caption = say("When the rooms are taken on %(day)s", day=day_in_words(of))
        return Timeline(caption, say("Room"), self.hours, rows, day.minute(self.now) if of == self.today else None)

    def of_space(self, space: Space) -> Timeline:
        """Days x hours."""
        rows = [Row(day_in_words(of), self.day(of).cells(self.taken(of, space))) for of in self.days]
        caption = say("When %(space)s is taken", space=space.name)
        return Timeline(caption, say("Day"), self.hours, rows)

    def _shares_a_room(self, space: Space, others: Collection[str]) -> bool:
        rooms = {room for each in self.spaces if each.id in others for room in each.rooms}
        return not rooms.isdisjoint(space.rooms)

"""Booking's plan of some days (`get_plan`), as pages read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from services.gateway.api.operations import ask
from services.gateway.web.timeline import Day, Row, Taken, Timeline, shown_hours, stretches
from services.gateway.web.words import day as day_in_words
from services.gateway.web.words import say


@dataclass(frozen=True)
class Plan:
    """answer: of booking's `get_plan`, with times in the centre's zone."""

    answer: Mapping[str, Any]

    @classmethod
    def of(cls, start: date | None = None, days: int = 1) -> Plan:
        """Of some days from `start` on, or of today."""
        if start is None:
            return cls(ask("booking", "get_plan"))
        end = start + timedelta(days=days)
        return cls(ask("booking", "get_plan", {"start": start.isoformat(), "end": end.isoformat()}))

    @property
    def centre(self) -> str:
        return str(self.answer["centre"])

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.answer["zone"])

    @cached_property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.answer["now"])

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def spaces(self) -> Sequence[Mapping[str, Any]]:
        return self.answer["spaces"]  # type: ignore[no-any-return]

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {each["id"]: each["name"] for each in self.spaces}

    @cached_property
    def days(self) -> Mapping[date, Mapping[str, Any]]:
        return {date.fromisoformat(each["date"]): each for each in self.answer["days"]}

    @cached_property
    def hours(self) -> range:
        return shown_hours(*([_moment(each[name]) for each in self.days.values()] for name in ("opens", "closes")))

    def day(self, of: date) -> Day:
        each = self.days[of]
        return Day(of, _moment(each["opens"]), _moment(each["closes"]), self.zone, self.hours)

    def holiday(self, of: date) -> str | None:
        return self.days[of]["holiday"]  # type: ignore[no-any-return]

    def closures(self, of: date, space: Mapping[str, Any] | None = None) -> list[Mapping[str, Any]]:
        """Those of the day that touch the space; of no space in particular: those of the whole centre."""
        start, end = (datetime.combine(each, datetime.min.time(), self.zone) for each in (of, of + timedelta(days=1)))
        return [
            each
            for each in self.answer["closures"]
            if datetime.fromisoformat(each["from"]) < end
            and datetime.fromisoformat(each["to"]) > start
            and (not each["space_ids"] or (space is not None and self._shares_a_room(space, each["space_ids"])))
        ]

    def taken(self, of: date, space: Mapping[str, Any]) -> list[Taken]:
        entries = next(each["entries"] for each in self.days[of]["spaces"] if each["space_id"] == space["id"])
        return stretches(space, entries, self.closures(of, space), self.names)

    def of_day(self, of: date) -> Timeline:
        """Rooms x hours."""
        day = self.day(of)
        rows = [Row(each["name"], day.cells(self.taken(of, each)), f"/spaces/{each['id']}") for each in self.spaces]
        caption = say("When the rooms are taken on %(day)s", day=day_in_words(of))
        return Timeline(caption, say("Room"), self.hours, rows, day.minute(self.now) if of == self.today else None)

    def of_space(self, space: Mapping[str, Any]) -> Timeline:
        """Days x hours."""
        rows = [Row(day_in_words(of), self.day(of).cells(self.taken(of, space))) for of in self.days]
        caption = say("When %(space)s is taken", space=space["name"])
        return Timeline(caption, say("Day"), self.hours, rows)

    def _shares_a_room(self, space: Mapping[str, Any], others: Sequence[str]) -> bool:
        rooms = {room for each in self.spaces if each["id"] in others for room in each["rooms"]}
        return not rooms.isdisjoint(space["rooms"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

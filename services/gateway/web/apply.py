"""Applying for a room in three steps: when -> which room -> about. The choices are kept in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request

from services.booking.contract.bookings import RequestBooking
from services.booking.contract.spaces import ExemptionGround, ListSpaces, SearchAvailability
from services.booking.contract.vocabulary import Purpose
from services.centre.vocabulary import Field
from services.chassis.errors import NotFound
from services.gateway import incoming
from services.gateway.client import ask
from services.gateway.web import forms, words
from services.gateway.web.addresses import redirect_with_notice, whole_number
from services.gateway.web.plan import Plan
from services.gateway.web.shell import STAFF, page, pages, person_only
from services.gateway.web.words import say

HOUR = timedelta(hours=1)
MOST_DAYS = 31
ALLOWED_PURPOSES = (Purpose.COMMUNITY, Purpose.EDUCATION, Purpose.CULTURE, Purpose.MEETING, Purpose.BUSINESS)
MOST_WEEKS = 12
EXEMPTION = {"exemption_ground": "ground", "exemption_evidence": "evidence"}
"""Fields of the form for the members of an exemption."""
PLACES = {
    "over_capacity": "attendees",
    "too_few_attendees": "attendees",
    "forbidden_purpose": "purpose",
    "equipment_short": "equipment",
}


@dataclass(frozen=True)
class Wish:
    """Choices so far. since, until: hours of the day; `until` is not included."""

    day: date | None
    since: int | None
    until: int | None
    people: int | None
    space: str | None

    @classmethod
    def read(cls) -> Wish:
        """Read the choices of the address or the form. Impossible ones are ignored."""
        given = request.values
        since, until = whole_number(given.get("from")), whole_number(given.get("to"))
        if since is None or until is None or not 0 <= since < until <= 24:
            since = until = None
        return cls(_day(given.get("date")), since, until, whole_number(given.get("people")), given.get("space") or None)

    @property
    def has_time(self) -> bool:
        return self.day is not None and self.since is not None

    def period(self, plan: Plan) -> tuple[datetime, datetime]:
        assert self.day is not None
        assert self.since is not None
        assert self.until is not None
        midnight = datetime.combine(self.day, datetime.min.time(), plan.zone)
        return midnight + self.since * HOUR, midnight + self.until * HOUR

    def address(self, path: str, **other: Any) -> str:
        """Return the address of one of the three pages, with the choices overridden by `other`."""
        chosen = {
            "date": self.day,
            "from": self.since,
            "to": self.until,
            "people": self.people,
            "space": self.space,
            **{name.rstrip("_"): value for name, value in other.items()},
        }
        given = {name: value for name, value in chosen.items() if value is not None}
        return f"{path}?{urlencode(given)}" if given else path


@pages.get("/apply")
def choose_time() -> Any:
    wish = Wish.read()
    first = Plan.of()
    start, end = _window(first)
    plan = Plan.of(start, (end - start).days + 1)
    if wish.day is not None and not (start <= wish.day <= end and _why_not(plan, wish.day) is None):
        wish = Wish(None, None, None, wish.people, wish.space)
    return page(
        "apply_time.html",
        plan=plan,
        wish=wish,
        weeks=_weeks(plan, start, end, wish),
        hours=_hours(plan, wish) if wish.day else (),
        period=wish.period(plan) if wish.has_time else None,
        people=wish.people or plan.answer.fewest_attendees,
        steps=_steps(wish),
    )


@pages.get("/apply/room")
def choose_room() -> Any:
    wish = Wish.read()
    if not wish.has_time or wish.people is None:
        return redirect_with_notice(wish.address("/apply"))
    plan = Plan.of()
    start, end = wish.period(plan)
    answer = ask(SearchAvailability(start=start, end=end, attendees=max(1, wish.people)))
    hours = (end - start) // HOUR
    offers = [
        {
            "space": each.space,
            "available": each.available,
            "refusals": each.refusals,
            "fee": each.space.fee_per_hour * hours,
        }
        for each in answer.items
    ]
    return page("apply_room.html", wish=wish, start=start, end=end, offers=offers, steps=_steps(wish), at=2)


@pages.get("/apply/about")
@person_only
def write_about() -> Any:
    wish = Wish.read()
    if not wish.has_time or wish.people is None or wish.space is None:
        return redirect_with_notice(wish.address("/apply"))
    return _about(wish, {"attendees": wish.people}, None)


@pages.post("/apply/about")
@person_only
def apply() -> Any:
    wish = Wish.read()
    if instead := request.form.get("instead"):
        wish = _instead(wish, instead)
    if not wish.has_time or wish.space is None:
        return redirect_with_notice(wish.address("/apply"))
    values = forms.written("title", "purpose", "field", "attendees", "group_id", "weeks", *EXEMPTION)
    values["equipment"] = {
        name.removeprefix("equipment-"): number
        for name, text in request.form.items()
        if name.startswith("equipment-") and (number := whole_number(text))
    }
    try:
        command = _command(wish, values)
        booking = forms.submit(lambda: ask(command), PLACES)
    except forms.Wrong as wrong:
        return _about(wish, values, wrong.complaints)
    return redirect_with_notice(f"/bookings/{booking.id}", notice="applied")


def _command(wish: Wish, values: Mapping[str, Any]) -> RequestBooking:
    """Raises forms.Wrong."""
    start, end = wish.period(Plan.of())
    weeks = whole_number(values.get("weeks"), 1) or 1
    rule = {"rrule": f"FREQ=WEEKLY;COUNT={min(weeks, MOST_WEEKS)}"}
    return forms.filled(
        RequestBooking,
        space_id=wish.space,
        start=start.isoformat(),
        end=end.isoformat(),
        equipment=values["equipment"],
        exemption={member: values[name] for name, member in EXEMPTION.items() if name in values} or None,
        recurrence=rule if weeks > 1 else None,
    )


def _about(wish: Wish, values: Mapping[str, Any], complaints: forms.Complaints | None) -> Any:
    spaces = ask(ListSpaces())
    space = next((each for each in spaces.items if each.id == wish.space), None)
    if space is None:
        raise NotFound
    start, end = wish.period(Plan.of())
    actor = incoming.context().actor
    return page(
        "apply_about.html",
        wish=wish,
        space=space,
        start=start,
        end=end,
        fee=0 if actor.has_role(*STAFF) else space.fee_per_hour * ((end - start) // HOUR),
        equipment=spaces.equipment,
        grounds=_grounds(spaces.exemptions),
        values=values,
        complaints=complaints,
        alternatives=_alternatives(complaints.alternatives) if complaints else (),
        purposes=words.choices(ALLOWED_PURPOSES),
        fields=words.choices(Field),
        groups=[(each, each) for each in actor.orgs],
        repeats=_repeats(),
        steps=_steps(wish),
    )


def _grounds(exemptions: Sequence[ExemptionGround]) -> list[tuple[str, str]]:
    """Return the choices of a ground; none if the centre has no grounds."""
    grounds = [
        (each.id, say("%(name)s (%(percent)d%% off)", name=each.name, percent=each.percent)) for each in exemptions
    ]
    return [("", say("No exemption")), *grounds] if grounds else []


def _repeats() -> list[tuple[int, str]]:
    once = [(1, say("Once"))]
    return once + [(number, say("Weekly, %(number)d times", number=number)) for number in range(2, MOST_WEEKS + 1)]


def _alternatives(offered: Sequence[Mapping[str, Any]]) -> list[Mapping[str, str]]:
    """Return the buttons for the alternatives."""
    locale = incoming.context().locale
    return [
        {
            "value": f"{each['space_id']}|{each['start']}|{each['end']}",
            "label": f"{each['space_names'][locale]} {words.span(each['start'], each['end'])}",
        }
        for each in offered
    ]


def _instead(wish: Wish, chosen: str) -> Wish:
    """Return the wish with the space and time of an alternative; unreadable text leaves it unchanged."""
    try:
        space, start, end = chosen.split("|")
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end)
    except ValueError:
        return wish
    until = begins.hour + (ends - begins) // HOUR
    return Wish(begins.date(), begins.hour, until, wish.people, space)


def _window(plan: Plan) -> tuple[date, date]:
    """Return the first and last day that can be chosen. Staff are not bound by the window."""
    if incoming.context().actor.has_role(*STAFF):
        return plan.today, plan.today + timedelta(days=MOST_DAYS - 1)
    first = plan.answer.first_day
    return first, min(plan.answer.last_day, first + timedelta(days=MOST_DAYS - 1))


def _why_not(plan: Plan, day: date) -> str | None:
    if plan.closures(day):
        return say("closed")
    if holiday := plan.holiday(day):
        return holiday
    return None if plan.day(day).opens else say("closed")


def _weeks(plan: Plan, start: date, end: date, wish: Wish) -> list[list[dict[str, Any]]]:
    """Whole weeks from Monday on."""
    monday = start - timedelta(days=start.weekday())
    weeks = []
    while monday <= end:
        weeks.append([_choice(plan, monday + timedelta(days=number), start, end, wish) for number in range(7)])
        monday += timedelta(days=7)
    return weeks


def _choice(plan: Plan, day: date, start: date, end: date, wish: Wish) -> dict[str, Any]:
    within = start <= day <= end
    why = _why_not(plan, day) if within else None
    return {
        "day": day,
        "why": why,
        "says_why": within,
        "current": day == wish.day,
        "marks_month": day.day == 1 or day == start,
        "href": wish.address("/apply", date=day) + "#times" if within and why is None else None,
    }


def _hours(plan: Plan, wish: Wish) -> list[dict[str, Any]]:
    assert wish.day is not None
    day = plan.day(wish.day)
    assert day.opens is not None
    assert day.closes is not None
    taken = {each.id: plan.taken(wish.day, each) for each in plan.spaces}
    shown = []
    for hour in range(day.opens.hour, day.closes.hour):
        start, end = day.at(hour), day.at(hour + 1)
        free = sum(not any(each.start < end and each.end > start for each in held) for held in taken.values())
        gone = start <= plan.now
        word = say("over") if gone else say("%(number)d free", number=free) if free else say("full")
        chosen = wish.since is not None and wish.until is not None and wish.since <= hour < wish.until
        address = _tapped(wish, hour) if free and not gone else None
        shown.append({"hour": hour, "href": address, "chosen": chosen, "word": word})
    return shown


def _tapped(wish: Wish, hour: int) -> str:
    """Return the address after a tap: it extends a single chosen hour to a later one, or begins anew."""
    since, until = hour, hour + 1
    if wish.since is not None and wish.until == wish.since + 1 and hour > wish.since:
        since = wish.since
    return wish.address("/apply", from_=since, to=until) + "#times"


def _steps(wish: Wish) -> list[tuple[str, str | None]]:
    return [
        (say("When"), wish.address("/apply")),
        (say("Which room"), wish.address("/apply/room") if wish.has_time and wish.people else None),
        (say("About it"), None),
    ]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

"""From the shortlist to the keys, for tests: judges score, staff rank and publish, applicants sign. By RPC."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis.context import Actor
from services.chassis.errors import DomainError, Refused
from services.chassis.tables import inbox, outbox
from services.chassis.testing import Bench
from tests.people import STAFF
from tests.service.recruitment.selecting import (
    IN_INTAKE,
    JUDGES,
    OFFICES,
    SCREENING,
    acting,
    applicant,
    moment,
    published,
    submitted,
)

INTERVIEWS = "2020-04-23T10:00:00+09:00"
RESULT = "2020-04-28T15:00:00+09:00"
MOST = {"team": 30, "social_local": 30, "viability": 25, "fit": 15}


def points(total: float, **fixed: float) -> dict[str, float]:
    """Points whose sum is the total, filled from the first criterion on."""
    left, given = round((total - sum(fixed.values())) * 100), {}
    for name, most in MOST.items():
        if name not in fixed:
            given[name] = min(left, most * 100) / 100
            left -= round(given[name] * 100)
    assert left == 0
    return {**given, **fixed}


class Selection:
    """A call whose shortlist is drawn, with its judges. `ids`: applications by the applicants' numbers."""

    def __init__(
        self,
        bench: Bench,
        count: int,
        *,
        said: Mapping[int, Mapping[str, Any]] | None = None,
        judges: Sequence[Actor] = JUDGES,
        **call: Any,
    ) -> None:
        self.bench = bench
        self.call = published(bench, documents=[], **call)
        bench.move_clock(moment(IN_INTAKE))
        numbers = range(1, count + 1)
        self.ids = {
            each: submitted(bench, self.call, applicant(each), kinds=(), **(said or {}).get(each, {}))
            for each in numbers
        }
        bench.move_clock(moment(SCREENING))
        with acting(bench, STAFF) as (staff,):
            for application_id in self.ids.values():
                staff.screen_application(application_id=application_id)
            named = [{"id": each.id, "name": each.name} for each in judges]
            staff.name_judges(call_id=self.call["id"], judges=named)
        bench.move_clock(moment(INTERVIEWS))

    def score(self, number: int, *totals: float, judges: Sequence[Actor] = JUDGES, **fixed: float) -> None:
        """By the first so many judges."""
        for who, total in zip(judges, totals, strict=False):
            self.as_(who, "score_application", application_id=self.ids[number], scores=points(total, **fixed))

    def as_(self, who: Actor, method: str, **arguments: Any) -> Any:
        with acting(self.bench, who) as (rpc,):
            return getattr(rpc, method)(**arguments)

    def staff(self, method: str, **arguments: Any) -> Any:
        return self.as_(STAFF, method, **arguments)

    def rank(self) -> dict[str, Any]:
        return self.staff("rank_applications", call_id=self.call["id"])

    def publish(self) -> dict[str, Any]:
        """On the day of the result."""
        self.bench.move_clock(moment(RESULT))
        return self.staff("publish_results", call_id=self.call["id"])

    def numbers(self, ranking: Mapping[str, Any]) -> list[tuple[int, int]]:
        """(applicant, rank) in the ranking's order."""
        by_id = {application_id: number for number, application_id in self.ids.items()}
        return [(by_id[line["application_id"]], line["rank"]) for line in ranking["lines"]]

    def line(self, number: int, ranking: Mapping[str, Any] | None = None) -> dict[str, Any]:
        shown = ranking or self.staff("get_ranking", call_id=self.call["id"])
        return next(each for each in shown["lines"] if each["application_id"] == self.ids[number])

    def offers(self) -> dict[int, dict[str, Any]]:
        """By applicant."""
        found = self.staff("list_offers", call_id=self.call["id"], limit=100)["items"]
        by_application = {each["application_id"]: each for each in found}
        return {number: by_application[each] for number, each in self.ids.items() if each in by_application}

    def accept(self, number: int) -> dict[str, Any]:
        return self.as_(applicant(number), "accept_offer", offer_id=self.offers()[number]["id"])

    def decline(self, number: int) -> dict[str, Any]:
        return self.as_(applicant(number), "decline_offer", offer_id=self.offers()[number]["id"])

    def sign(self, number: int) -> dict[str, Any]:
        """Accepts and signs. Returns the tenancy."""
        return self.as_(applicant(number), "sign_tenancy", tenancy_id=self.accept(number)["tenancy_id"])


def with_results(bench: Bench, count: int, **more: Any) -> Selection:
    """Applicant 1 is first, 2 second, and so on; the results are out."""
    selection = Selection(bench, count, **more)
    for number in selection.ids:
        selection.score(number, *(95 - number,) * 3)
    selection.rank()
    selection.publish()
    return selection


def tenant(bench: Bench, **more: Any) -> tuple[Selection, dict[str, Any]]:
    """One who has moved in on 1 June 2020, into the first office."""
    selection = with_results(bench, 1, unit_ids=OFFICES[:1], **more)
    tenancy = selection.sign(1)
    bench.move_clock(moment("2020-06-01T09:00:00+09:00"))
    return selection, selection.staff("get_tenancy", tenancy_id=tenancy["id"])


def refusal_of(call: Callable[..., Any], *given: Any, **arguments: Any) -> list[tuple[str, Mapping[str, Any]]]:
    with pytest.raises(Refused) as caught:
        call(*given, **arguments)
    return [(each.code, each.details) for each in caught.value.refusals]


def code_of(call: Callable[..., Any], *given: Any, **arguments: Any) -> str:
    with pytest.raises(DomainError) as caught:
        call(*given, **arguments)
    return caught.value.code


def told(bench: Bench, *names: str) -> list[dict[str, Any]]:
    """The data of recruitment's events of these names, in the order in which they left."""

    def work(session: Any) -> list[str]:
        return list(session.scalars(select(outbox.c.envelope).order_by(outbox.c.id)))

    everything = [json.loads(each) for each in bench.database("recruitment").transaction(work)]
    return [each["data"] for each in everything if each["type"].split(".")[2] in names]


def dead_letters(bench: Bench) -> list[str]:
    def work(session: Any) -> list[str]:
        return list(session.scalars(select(inbox.c.error).where(inbox.c.state == "dead")))

    return bench.database("recruitment").transaction(work)

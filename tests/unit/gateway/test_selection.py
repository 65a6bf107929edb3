"""How pages tell of calls and draw the floor."""

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st

from services.chassis import clock
from services.chassis.context import Context
from services.gateway.web.selection import is_review_due, time_left
from services.gateway.web.units import floor
from services.gateway.web.words import deadline
from services.recruitment.contract.tenancies import Checklist, Tenancy, Unit
from services.recruitment.contract.vocabulary import LegalType, TenancyStatus, UnitKind, UnitStatus

UNTIL = datetime.fromisoformat("2020-04-14T18:00:00+09:00")


@pytest.fixture(autouse=True)
def request_in_english():
    with Flask(__name__).test_request_context():
        g.context = Context.begin(locale="en")
        yield


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2020-04-10T18:00:00+09:00", "4 days left"),
        ("2020-04-13T18:00:00+09:00", "one day left"),
        ("2020-04-13T18:00:01+09:00", "23 h 59 min left"),
        ("2020-04-14T16:58:00+09:00", "1 h 2 min left"),
        ("2020-04-14T17:59:59+09:00", "1 min left"),
        ("2020-04-14T18:00:00+09:00", "time is over"),
    ],
)
def test_time_left_counts_down_in_the_last_day(monkeypatch, now, told):
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(now))
    assert time_left(UNTIL) == told


TENANCY = Tenancy(
    id="tenancy-1",
    offer_id="offer-1",
    call_id="call-1",
    organisation_id="org-1",
    organisation_name="협동조합 1",
    unit_id="office-1",
    unit_name="사무실 1",
    kind=UnitKind.OFFICE,
    legal_type=LegalType.COOPERATIVE,
    contract_number="2020-1-office-1-1",
    status=TenancyStatus.ACTIVE,
    starts_on=date(2020, 6, 1),
    ends_on=date(2021, 5, 31),
    told_on=date(2021, 4, 1),
    extensions=0,
    extensible=True,
    rent=5_000_000,
    deposit=1_000_000,
    sign_by=datetime.fromisoformat("2020-05-09T00:00:00+09:00"),
    signed_at=None,
    ended_on=None,
    invoices=[],
    reviews=[],
    checklist=Checklist(restored_on=None, card_returned_on=None, settled_on=None, settlement=None),
    version=1,
)


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ({}, True),
        ({"told_on": date(2021, 4, 2)}, False),
        ({"status": TenancyStatus.ENDING}, False),
        ({"extensible": False}, False),
    ],
)
def test_review_is_due_from_the_day_on_which_it_is_told(changed, due):
    assert is_review_due(replace(TENANCY, **changed), date(2021, 4, 1)) is due


def test_midnight_is_the_end_of_the_day_before():
    assert deadline("2020-05-09T00:00:00+09:00") == "Friday 8 May 24:00"
    assert deadline(UNTIL) == "Tuesday 14 April 18:00"


def unit(number: int, kind: UnitKind) -> Unit:
    return Unit(
        id=f"{kind}-{number}",
        kind=kind,
        name=f"{kind} {number}",
        names={},
        area_m2="33.0",
        appraised_value=100_000_000,
        status=UnitStatus.VACANT,
        occupant=None,
        recalls=[],
    )


@given(offices=st.integers(0, 20), seats=st.integers(0, 40))
def test_units_of_any_centre_lie_on_the_floor_beside_each_other(offices, seats):
    with Flask(__name__).test_request_context():
        g.context = Context.begin(locale="en")
        units = [unit(each, UnitKind.OFFICE) for each in range(offices)]
        units += [unit(each, UnitKind.COWORKING) for each in range(seats)]
        plan = floor(units)
    assert len(plan["units"]) == len(units)
    for each in plan["units"]:
        assert 0 <= each["x"] <= each["x"] + each["width"] <= plan["width"]
        assert 0 <= each["y"] <= each["y"] + each["height"] <= plan["height"]
    assert not [pair for pair in combinations(plan["units"], 2) if overlap(*pair)]


def overlap(one: dict, other: dict) -> bool:
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return across and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]

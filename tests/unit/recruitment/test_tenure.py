"""Offers, terms, rent, designations and readiness: scenarios 25, 27, 28, 29 and 35 as pure rules."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.recruitment.contract.vocabulary import DesignationKind, LegalType
from services.recruitment.domain import growth, offers, readiness, tenancies
from services.recruitment.domain.offers import FreeUnit, Waiting
from services.recruitment.domain.tenure_rules import GrowthRules, OfferRules, TenancyRules

SEOUL = ZoneInfo("Asia/Seoul")
TENANCY = TenancyRules(
    term_months=12,
    most_months=24,
    told_before=timedelta(days=60),
    review_pass=Decimal(70),
    notice=timedelta(days=30),
    deposit=1_000_000,
    maintenance_per_m2=Decimal(3000),
    preferred=frozenset({LegalType.PRELIMINARY_SOCIAL_ENTERPRISE, LegalType.SOCIAL_ENTERPRISE}),
    preferred_percent=1,
    ordinary_percent=5,
)
GROWTH = GrowthRules(36, 2, 50, Fraction(2, 3), 1, frozenset({"cooperative"}))
READY = readiness.Facts("cooperative", 3, True, True, 500, 1000, True, 300, 200)


def free(*ids: str, kind: str = "office") -> list[FreeUnit]:
    return [FreeUnit(each, kind) for each in ids]


def test_units_go_by_rank_to_the_first_free_one_that_is_wanted():
    waiting = [Waiting("a", "office", ["2", "1"]), Waiting("b", "office", ["2", "3"]), Waiting("c", "office", [])]
    allotment = offers.allot(waiting, free("1", "2", "3"))
    assert [(each.application_id, unit.id) for each, unit in allotment.offers] == [("a", "2"), ("b", "3"), ("c", "1")]
    assert allotment.left == ()


def test_who_wants_none_that_is_free_goes_on_waiting_and_what_nobody_wants_is_left():
    waiting = [Waiting("a", "office", ["9"]), Waiting("b", "coworking", []), Waiting("c", "office", ["1"])]
    allotment = offers.allot(waiting, free("1", "2"))
    assert [(each.application_id, unit.id) for each, unit in allotment.offers] == [("c", "1")]
    assert allotment.left == tuple(free("2"))


@given(
    wants=st.lists(st.lists(st.sampled_from("12345678"), max_size=8, unique=True), max_size=12),
    there=st.lists(st.sampled_from("12345678"), max_size=8, unique=True),
)
def test_nobody_envies_a_lower_rank_and_no_unit_goes_twice(wants, there):
    waiting = [Waiting(str(rank), "office", wanted) for rank, wanted in enumerate(wants)]
    allotment = offers.allot(waiting, free(*there))
    got = {int(each.application_id): unit.id for each, unit in allotment.offers}
    assert len(set(got.values())) == len(got)
    assert {*got.values(), *(unit.id for unit in allotment.left)} == set(there)
    for rank, wanted in enumerate(wants):
        later = {unit for other, unit in got.items() if other > rank} | {unit.id for unit in allotment.left}
        better = wanted[: wanted.index(got[rank])] if rank in got and wanted else wanted
        assert not later & set(better)
        assert rank in got or wanted or not later


def test_offer_of_28_april_can_be_signed_until_the_end_of_8_may():
    """Scenario 27."""
    made_at = datetime(2020, 4, 28, 15, tzinfo=SEOUL)
    expires = offers.expiry(made_at, OfferRules(timedelta(days=10), timedelta(days=90)), SEOUL)
    assert expires == datetime(2020, 5, 9, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("legal_type", "rent"),
    [(LegalType.PRELIMINARY_SOCIAL_ENTERPRISE, 1_000_000), (LegalType.COOPERATIVE, 5_000_000)],
)
def test_rent_is_a_part_of_the_value_by_legal_type(legal_type, rent):
    """Scenario 28."""
    assert tenancies.rent(100_000_000, legal_type, TENANCY) == rent


def test_term_is_a_year_its_end_is_told_60_days_before_and_a_third_year_is_never_given():
    """Scenario 29."""
    first = tenancies.term(date(2020, 6, 1), TENANCY)
    assert first.last == date(2021, 5, 31)
    assert tenancies.told_on(first.last, TENANCY) == date(2021, 4, 1)
    assert tenancies.may_extend(0, TENANCY)
    assert tenancies.term(first.first, TENANCY, extensions=1).last == date(2022, 5, 31)
    assert not tenancies.may_extend(1, TENANCY)


def test_maintenance_is_by_area_and_day():
    whole = tenancies.term(date(2020, 6, 11), TENANCY)
    assert tenancies.maintenance(Decimal("33.0"), date(2020, 6, 1), whole, TENANCY) == 66_000
    assert tenancies.maintenance(Decimal("33.0"), date(2020, 7, 1), whole, TENANCY) == 99_000
    assert tenancies.maintenance(Decimal("33.0"), date(2021, 6, 1), whole, TENANCY) == 33_000
    assert tenancies.maintenance(Decimal("33.0"), date(2021, 7, 1), whole, TENANCY) == 0


def test_preliminary_status_holds_three_years_and_is_warned_of_after_two_years_and_ten_months():
    """Scenario 35."""
    kind = DesignationKind.PRELIMINARY_SOCIAL_ENTERPRISE
    last = growth.last_day(kind, date(2018, 7, 1), GROWTH)
    assert last == date(2021, 6, 30)
    assert growth.warned_on(last, GROWTH) == date(2021, 5, 1)
    assert growth.last_day(DesignationKind.SOCIAL_ENTERPRISE, date(2018, 7, 1), GROWTH) is None


@pytest.mark.parametrize(("income", "ready"), [(499, False), (500, True)])
def test_income_of_half_the_labour_cost_is_needed(income, ready):
    """Scenario 35: 49.9 % and 50.0 %."""
    facts = readiness.Facts(**{**vars(READY), "income": income})
    findings = readiness.assess(facts, GROWTH)
    assert readiness.is_ready(findings) == ready
    assert [each.requirement for each in findings if not each.met] == ([] if ready else ["income"])
    assert next(each.details["percent"] for each in findings if each.requirement == "income") == f"{income / 10}"


LACKING = {
    "form": {"form": "company"},
    "paid_workers": {"paid_workers": 0},
    "social_purpose": {"social_purpose": False},
    "stakeholder_governance": {"stakeholder_governance": False},
    "income": {"labour_cost": 0},
    "articles": {"articles": False},
    "profit_reuse": {"reused": 199},
}


@pytest.mark.parametrize("requirement", LACKING)
def test_each_of_the_seven_requirements_stands_alone(requirement):
    assert readiness.is_ready(readiness.assess(READY, GROWTH))
    lacking = readiness.Facts(**{**vars(READY), **LACKING[requirement]})
    assert [each.requirement for each in readiness.assess(lacking, GROWTH) if not each.met] == [requirement]

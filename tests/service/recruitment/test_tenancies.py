"""Terms, reviews, notices, moving out, designations and readiness by RPC: scenarios 29 and 35."""

import pytest

from services.chassis.errors import IllegalTransition, Invalid
from tests.people import RESIDENT, STAFF
from tests.service.recruitment.letting import (
    code_of,
    dead_letters,
    refusal_of,
    tenant,
    told,
    with_results,
)
from tests.service.recruitment.selecting import NOTICE, applicant, moment


def housed(bench_of):
    return tenant(bench_of("recruitment", now=NOTICE))


def at(selection, day: str) -> None:
    selection.bench.move_clock(moment(f"{day}T09:00:00+09:00"))


def test_end_is_told_60_days_before_a_review_extends_once_and_a_third_year_is_refused(bench_of):
    """Scenario 29."""
    selection, tenancy = housed(bench_of)

    def review(score):
        return selection.staff("review_tenancy", tenancy_id=tenancy["id"], score=score)

    at(selection, "2021-03-31")
    assert told(selection.bench, "tenancy_ending") == []
    with pytest.raises(IllegalTransition) as early:
        review(90)
    assert early.value.details["opens_on"] == "2021-04-01"
    at(selection, "2021-04-01")
    (ending,) = told(selection.bench, "tenancy_ending")
    assert (ending["reason"], ending["ends_on"], ending["extensible"]) == ("term", "2021-05-31", True)

    assert review(69.99)["ends_on"] == "2021-05-31"
    extended = review(70)
    assert (extended["ends_on"], extended["status"], extended["extensible"]) == ("2022-05-31", "active", False)
    assert [(each["score"], each["passed"]) for each in extended["reviews"]] == [("69.99", False), ("70.00", True)]
    assert [each["ends_on"] for each in told(selection.bench, "tenancy_extended")] == ["2022-05-31"]
    at(selection, "2022-04-01")
    assert told(selection.bench, "tenancy_ending")[-1]["extensible"] is False
    assert refusal_of(review, 100) == [("term_limit", {"months": 24})]


def test_term_that_is_over_ends_and_the_unit_waits_to_be_handed_back(bench_of):
    selection, tenancy = housed(bench_of)
    at(selection, "2021-05-31")
    assert told(selection.bench, "tenancy_ended") == []
    at(selection, "2021-06-01")
    assert [each["ended_on"] for each in told(selection.bench, "tenancy_ended")] == ["2021-06-01"]
    assert selection.staff("list_units")["items"][0]["status"] == "to_hand_back"
    shown = selection.staff("get_tenancy", tenancy_id=tenancy["id"])
    assert [each["month"] for each in shown["invoices"]] == [
        *(f"2020-{month:02}" for month in range(6, 13)),
        *(f"2021-{month:02}" for month in range(1, 6)),
    ]
    assert {each["amount"] for each in shown["invoices"]} == {99_000}


def test_notice_of_30_days_ends_the_tenancy_and_the_last_invoice_is_for_its_days(bench_of):
    selection, tenancy = housed(bench_of)
    at(selection, "2020-07-10")

    def notice(**when):
        return selection.as_(applicant(1), "give_notice", tenancy_id=tenancy["id"], **when)

    for day in ("2020-08-08", "2021-06-01"):
        with pytest.raises(Invalid) as caught:
            notice(ends_on=day)
        assert caught.value.details["earliest"] == "2020-08-09"
    assert (notice()["ends_on"], notice_status(selection, tenancy)) == ("2020-08-09", "ending")
    (ending,) = told(selection.bench, "tenancy_ending")
    assert (ending["reason"], ending["extensible"]) == ("notice", False)
    assert code_of(notice) == "illegal_transition"
    assert code_of(selection.staff, "review_tenancy", tenancy_id=tenancy["id"], score=90) == "illegal_transition"
    at(selection, "2020-08-10")
    shown = selection.staff("get_tenancy", tenancy_id=tenancy["id"])
    assert (shown["status"], shown["ended_on"]) == ("ended", "2020-08-10")
    assert [each["amount"] for each in shown["invoices"]] == [99_000, 99_000, 99_000 * 9 // 31]


def notice_status(selection, tenancy) -> str:
    return selection.staff("get_tenancy", tenancy_id=tenancy["id"])["status"]


def test_moving_out_needs_the_whole_checklist_and_then_those_who_wait_are_offered_the_unit(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    selection = with_results(bench, 2, unit_ids=["office-1"])
    tenancy = selection.sign(1)
    at(selection, "2020-06-01")

    def move_out(**done):
        return selection.staff("move_out", tenancy_id=tenancy["id"], **done)

    assert code_of(move_out, restored=True) == "illegal_transition"
    selection.as_(applicant(1), "give_notice", tenancy_id=tenancy["id"])
    at(selection, "2020-06-20")
    assert move_out(restored=True, card_returned=True)["status"] == "ending"
    gone = move_out(deductions=150_000, note="벽 수리")
    assert (gone["status"], gone["ended_on"]) == ("moved_out", "2020-06-21")
    assert gone["checklist"] == {
        "restored_on": "2020-06-20",
        "card_returned_on": "2020-06-20",
        "settled_on": "2020-06-20",
        "settlement": {"deductions": 150_000, "refund": 850_000, "owed": 0, "note": "벽 수리"},
    }
    bench.settle()
    assert [each["unit_id"] for each in told(bench, "unit_vacated")] == ["office-1"]
    assert selection.offers()[2]["status"] == "offered"
    # who signs after the day of moving in starts then
    assert selection.sign(2)["starts_on"] == "2020-06-20"
    bench.settle()
    assert [each["person_id"] for each in told(bench, "tenancy_started")] == ["applicant-1", "applicant-2"]
    assert dead_letters(bench) == []


def test_unit_vacated_when_the_waiting_list_is_over_is_called_for_again(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    selection = with_results(bench, 2, unit_ids=["office-1"])
    tenancy = selection.sign(1)
    at(selection, "2021-06-01")
    done = {"tenancy_id": tenancy["id"], "restored": True, "card_returned": True}
    assert code_of(selection.staff, "move_out", **done, deductions=10**12 + 1) == "invalid"
    gone = selection.staff("move_out", **done, deductions=10**12)
    assert gone["checklist"]["settlement"]["owed"] == 10**12 - gone["deposit"]
    bench.settle()
    assert list(selection.offers()) == [1]
    assert [each["unit_id"] for each in told(bench, "recall_proposed")] == ["office-1"]


def test_preliminary_status_is_for_three_years_and_its_end_is_told_two_months_before(bench_of):
    """Scenario 35."""
    selection, _ = housed(bench_of)
    wanted = {"organisation_id": "org-1", "kind": "preliminary_social_enterprise", "since": "2018-07-01"}
    limit = [("term_limit", {"months": 36, "latest": "2021-06-30"})]
    assert refusal_of(selection.staff, "record_designation", **wanted, until="2021-07-01") == limit
    made = selection.staff("record_designation", **wanted, number="인천 2018-12")
    assert (made["until"], made["warn_on"], made["valid"]) == ("2021-06-30", "2021-05-01", True)
    (recorded,) = told(selection.bench, "designation_recorded")
    assert (recorded["person_id"], recorded["until"]) == ("applicant-1", "2021-06-30")
    at(selection, "2021-04-30")
    assert told(selection.bench, "designation_expiring") == []
    at(selection, "2021-05-01")
    at(selection, "2021-05-02")
    assert [each["organisation_id"] for each in told(selection.bench, "designation_expiring")] == ["org-1"]
    assert code_of(selection.as_, applicant(1), "record_designation", **wanted) == "forbidden"


def test_designation_without_an_end_is_never_told_to_end(bench_of):
    selection, _ = housed(bench_of)
    made = selection.staff("record_designation", organisation_id="org-1", kind="social_enterprise", since="2019-01-01")
    assert (made["until"], made["warn_on"]) == (None, None)
    selection.staff("record_milestone", organisation_id="org-1", title="사회적기업 인증", reached_on="2019-01-01")
    grown = selection.as_(applicant(1), "get_growth", organisation_id="org-1")
    assert ([each["kind"] for each in grown["designations"]], [each["title"] for each in grown["milestones"]]) == (
        ["social_enterprise"],
        ["사회적기업 인증"],
    )
    assert code_of(selection.as_, applicant(2), "get_growth", organisation_id="org-1") == "not_found"


FACTS = {
    "form": "cooperative",
    "paid_workers": 3,
    "social_purpose": True,
    "stakeholder_governance": True,
    "labour_cost": 100_000_000,
    "articles": True,
    "profit": 9_000_000,
    "reused": 6_000_000,
}


def test_income_of_half_the_labour_cost_makes_ready(bench_of):
    """Scenario 35."""
    bench = bench_of("recruitment", now=NOTICE)
    with bench.acting(applicant(1)) as rpc, bench.acting(STAFF) as staff, bench.acting(RESIDENT) as stranger:
        unknown = rpc.recruitment.get_readiness(organisation_id="org-1")
        assert (unknown["ready"], unknown["assessed_at"], len(unknown["requirements"])) == (False, None, 7)
        for income, ready in ((49_900_000, False), (50_000_000, True)):
            rpc.recruitment.record_facts(organisation_id="org-1", income=income, **FACTS)
            shown = staff.recruitment.get_readiness(organisation_id="org-1")
            lacking = [each["requirement"] for each in shown["requirements"] if not each["met"]]
            assert (shown["ready"], lacking) == (ready, [] if ready else ["income"])
        assert code_of(rpc.recruitment.record_facts, organisation_id="org-1", form="club") == "invalid"
        assert code_of(stranger.recruitment.get_readiness, organisation_id="org-1") == "not_found"
        assert code_of(stranger.recruitment.record_facts, organisation_id="org-1") == "not_found"

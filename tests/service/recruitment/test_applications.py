"""Applications: drafts with versions, receipts, withdrawal, extensions, documents."""

import hashlib
import json

import pytest

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, Refused, StaleVersion
from tests.people import STAFF
from tests.service.recruitment.counting import queries_of
from tests.service.recruitment.selecting import (
    CLOSES,
    IN_INTAKE,
    NOTICE,
    PDF,
    SCREENING,
    acting,
    applicant,
    attach,
    codes,
    content,
    drafted,
    moment,
    published,
    stored,
    submitted,
    told,
)

ONE = applicant(1)
COLLEAGUE = Actor("colleague-1", "동료", frozenset({"member"}), ("org-1",))


@pytest.fixture
def open_call(bench_of):
    """A bench in the middle of the intake, and the call."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    return bench, call


def test_colleagues_save_versions_and_an_old_one_does_not_win(open_call):
    bench, call = open_call
    made = drafted(bench, call, ONE)
    with acting(bench, ONE, COLLEAGUE) as (one, colleague):
        saved = colleague.save_application(application_id=made, version=1, plan="둘째 판")
        assert (saved["version"], saved["content"]["plan"]) == (2, "둘째 판")
        with pytest.raises(StaleVersion):
            one.save_application(application_id=made, version=1, plan="첫째 판에서")
        assert one.get_application(application_id=made)["content"]["plan"] == "둘째 판"


def test_what_was_submitted_stays_until_it_is_submitted_again(open_call):
    bench, call = open_call
    made = submitted(bench, call, ONE)
    with acting(bench, ONE, STAFF) as (one, staff):
        first = one.get_application(application_id=made)["receipt"]
        one.save_application(application_id=made, plan="나중 생각")
        attach(bench, one, made, "business_plan", PDF + b"later")
        seen = staff.get_application(application_id=made)
        assert (seen["content"]["plan"], seen["submitted_version"], seen["version"]) == ("마을과 함께합니다.", 1, 2)
        assert len(seen["documents"]) == 5
        again = one.submit_application(application_id=made)
        assert (first["number"], again["receipt"]["number"]) == ("2020-1-0001", "2020-1-0002")
        assert again["receipt"]["digest"] != first["digest"]
        assert staff.get_application(application_id=made)["content"]["plan"] == "나중 생각"
    assert [each["data"]["receipt_number"] for each in told(bench, "application_submitted")] == [
        "2020-1-0001",
        "2020-1-0002",
    ]


def test_a_receipt_names_the_hash_of_all_that_was_submitted(open_call):
    """Anybody can reckon it from what the interface shows."""
    bench, call = open_call
    made = submitted(bench, call, ONE)
    with acting(bench, STAFF) as (staff,):
        seen = staff.get_application(application_id=made)
    whole = {
        "application_id": made,
        "content": seen["content"],
        "documents": {
            each["kind"]: {name: each[name] for name in ("name", "media_type", "size", "digest")}
            for each in seen["documents"]
        },
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert seen["receipt"]["digest"] == hashlib.sha256(text.encode()).hexdigest()


def test_an_organisation_applies_once_and_again_after_it_withdrew(open_call):
    bench, call = open_call
    made = drafted(bench, call, ONE)
    with acting(bench, COLLEAGUE, applicant(2)) as (colleague, other):
        with pytest.raises(Refused) as caught:
            colleague.start_application(call_id=call["id"], organisation_id="org-1", **content(1))
        assert codes(caught.value) == ["already_applied"]
        with pytest.raises(Forbidden):
            other.start_application(call_id=call["id"], organisation_id="org-1")
        with pytest.raises(NotFound):
            other.withdraw_application(application_id=made)
        assert colleague.withdraw_application(application_id=made)["status"] == "withdrawn"
        again = colleague.start_application(call_id=call["id"], organisation_id="org-1", **content(1))
        assert (again["status"], again["id"] != made) == ("draft", True)
        with pytest.raises(IllegalTransition):
            colleague.save_application(application_id=made, plan="되살리기")
    assert [each["data"]["application_id"] for each in told(bench, "application_withdrawn")] == [made]


def test_an_incomplete_draft_is_kept_and_not_submitted(open_call):
    bench, call = open_call
    with acting(bench, ONE) as (one,):
        made = one.start_application(call_id=call["id"], organisation_id="org-1")
        assert (made["kind"], made["version"], made["verdicts"]) == ("office", 1, [])
        with pytest.raises(Invalid) as caught:
            one.submit_application(application_id=made["id"])
    assert sorted(caught.value.errors) == [
        "contact",
        "founded_on",
        "in_district",
        "incubated_elsewhere",
        "legal_type",
        "organisation_name",
        "status_since",
    ]


def test_all_refusals_of_a_submission_come_together(open_call):
    bench, call = open_call
    made = drafted(
        bench,
        call,
        ONE,
        kinds=("application", "introduction", "business_plan", "status_certificate"),
        legal_type="social_venture",
        in_district=False,
        incubated_elsewhere=True,
    )
    bench.move_clock(moment(CLOSES))
    with acting(bench, ONE) as (one,), pytest.raises(Refused) as caught:
        one.submit_application(application_id=made)
    assert [(each.code, each.details.get("rule") or each.details.get("kind")) for each in caught.value.refusals] == [
        ("deadline_passed", None),
        ("not_eligible", "legal_type"),
        ("not_eligible", "district"),
        ("not_eligible", "not_incubated_elsewhere"),
        ("document_missing", "business_registration"),
    ]


def test_nothing_is_submitted_before_the_intake_opens(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    made = drafted(bench, call, ONE)
    with acting(bench, ONE) as (one,):
        bench.move_clock(moment("2020-04-06T08:59:59+09:00"))
        with pytest.raises(IllegalTransition) as caught:
            one.submit_application(application_id=made)
        assert caught.value.details["opens_at"] == "2020-04-06 09:00"
        bench.move_clock(moment("2020-04-06T09:00:00+09:00"))
        assert one.submit_application(application_id=made)["status"] == "submitted"


def test_after_the_deadline_nothing_changes_but_for_who_was_given_longer(open_call):
    bench, call = open_call
    first, second = drafted(bench, call, ONE), drafted(bench, call, applicant(2))
    bench.move_clock(moment(CLOSES))
    with acting(bench, ONE, applicant(2), STAFF) as (one, two, staff):
        with pytest.raises(Forbidden):
            one.extend_deadline(application_id=first, until="2020-04-15T18:00:00+09:00", reason="바빠서")
        for until in ("2020-04-14T17:00:00+09:00", "2020-04-22T10:00:01+09:00"):
            with pytest.raises(Invalid):
                staff.extend_deadline(application_id=first, until=until, reason="입원")
        staff.extend_deadline(application_id=first, until="2020-04-15T18:00:00+09:00", reason="입원 확인서")
        for rpc, application, allowed in ((one, first, True), (two, second, False)):
            for ask in (
                lambda rpc=rpc, of=application: rpc.save_application(application_id=of, plan="늦게"),
                lambda rpc=rpc, of=application: attach(bench, rpc, of, "business_plan"),
                lambda rpc=rpc, of=application: rpc.submit_application(application_id=of),
            ):
                if allowed:
                    ask()
                else:
                    with pytest.raises(Refused) as caught:
                        ask()
                    assert codes(caught.value)[0] == "deadline_passed"
        (extension,) = [
            each
            for each in staff.list_selection_decisions(call_id=call["id"], subject_id=first)["items"]
            if each["action"] == "extend"
        ]
    assert (extension["reason"], extension["actor_id"]) == ("입원 확인서", "staff-1")
    assert extension["after"] == {"deadline": "2020-04-15T09:00:00+00:00"}


def test_save_without_a_change_is_refused_and_null_clears(open_call):
    bench, call = open_call
    made = drafted(bench, call, ONE)
    with acting(bench, ONE) as (one,):
        with pytest.raises(Invalid):
            one.save_application(application_id=made, version=1)
        assert one.save_application(application_id=made, plan=None)["content"]["plan"] is None


def test_null_for_a_fact_leaves_what_was_declared(open_call):
    bench, call = open_call
    made = submitted(bench, call, ONE)
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF) as (staff,):
        screened = staff.screen_application(application_id=made, facts={"legal_type": None, "relocates_by": None})
        assert (screened["status"], screened["facts"]) == ("shortlisted", {"relocates_by": None})


def test_the_shortlist_waits_for_whoever_was_given_longer(open_call):
    bench, call = open_call
    first, second = submitted(bench, call, ONE), drafted(bench, call, applicant(2))
    with acting(bench, STAFF, applicant(2)) as (staff, two):
        staff.extend_deadline(application_id=second, until="2020-04-18T18:00:00+09:00", reason="입원")
        bench.move_clock(moment(SCREENING))
        assert staff.screen_application(application_id=first)["status"] == "eligible"
        two.submit_application(application_id=second)
        with pytest.raises(IllegalTransition):
            staff.screen_application(application_id=second)
        bench.move_clock(moment("2020-04-18T18:00:00+09:00"))
        assert staff.screen_application(application_id=second)["status"] == "shortlisted"
        assert staff.get_application(application_id=first)["status"] == "shortlisted"


def test_the_shortlist_is_drawn_when_the_last_who_was_given_longer_lets_it_pass(open_call):
    """Nobody screens anything any more: the clock does it."""
    bench, call = open_call
    first, second = submitted(bench, call, ONE), drafted(bench, call, applicant(2))
    with acting(bench, STAFF) as (staff,):
        staff.extend_deadline(application_id=second, until="2020-04-18T18:00:00+09:00", reason="입원")
        bench.move_clock(moment(SCREENING))
        assert staff.screen_application(application_id=first)["status"] == "eligible"
        bench.move_clock(moment("2020-04-18T17:59:59+09:00"))
        assert staff.get_application(application_id=first)["status"] == "eligible"
        bench.move_clock(moment("2020-04-18T18:00:00+09:00"))
        assert staff.get_application(application_id=first)["status"] == "shortlisted"


def test_the_shortlist_is_drawn_when_the_last_who_is_not_screened_withdraws(open_call):
    bench, call = open_call
    first, second = submitted(bench, call, ONE), submitted(bench, call, applicant(2))
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF, applicant(2)) as (staff, two):
        staff.screen_application(application_id=first)
        two.withdraw_application(application_id=second)
        bench.settle()
        assert staff.get_application(application_id=first)["status"] == "shortlisted"


def test_whoever_withdraws_from_the_shortlist_makes_place_for_the_next(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench, unit_ids=["office-1"], documents=[])
    bench.move_clock(moment(IN_INTAKE))
    made = [submitted(bench, call, applicant(number), kinds=()) for number in (1, 2, 3)]
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF, ONE) as (staff, one):
        for application, points in zip(made, ("90", "80.5", "80.25"), strict=True):
            staff.screen_application(application_id=application, points=points)
        statuses = [staff.get_application(application_id=each)["status"] for each in made]
        assert statuses == ["shortlisted", "shortlisted", "not_shortlisted"]
        one.withdraw_application(application_id=made[0])
        statuses = [staff.get_application(application_id=each)["status"] for each in made]
        assert statuses == ["withdrawn", "shortlisted", "shortlisted"]
        staff.screen_application(application_id=made[1], facts={"incubated_elsewhere": True})
        bench.move_clock(moment("2020-04-22T10:00:00+09:00"))
        with pytest.raises(IllegalTransition):
            staff.screen_application(application_id=made[2])
    screened = [
        (each["data"]["application_id"], each["data"]["status"]) for each in told(bench, "application_screened")
    ]
    assert screened[3:] == [
        (made[0], "shortlisted"),
        (made[1], "shortlisted"),
        (made[2], "not_shortlisted"),
        (made[2], "shortlisted"),
        (made[1], "ineligible"),
    ]


def test_each_opening_of_a_file_is_written_down(open_call):
    bench, call = open_call
    made = submitted(bench, call, ONE)
    with acting(bench, ONE, STAFF) as (one, staff):
        one.open_document(application_id=made, kind="business_plan")
        staff.open_document(application_id=made, kind="status_certificate")
        staff.open_document(application_id=made, kind="status_certificate")
        with pytest.raises(NotFound):
            staff.open_document(application_id=made, kind="passport")
        log = staff.list_accesses(application_id=made)["items"]
        with pytest.raises(Forbidden):
            one.list_accesses(application_id=made)
    assert [(each["actor_id"], each["capacity"], each["kind"]) for each in log] == [
        ("staff-1", "staff", "status_certificate"),
        ("staff-1", "staff", "status_certificate"),
        ("applicant-1", "applicant", "business_plan"),
    ]


def test_a_replaced_file_goes_unless_it_was_submitted(open_call):
    bench, call = open_call
    made = drafted(bench, call, ONE)
    with acting(bench, ONE) as (one,):
        attach(bench, one, made, "business_plan", PDF + b"second")
        bench.settle()
        assert len(stored(bench)) == 5
        one.submit_application(application_id=made)
        attach(bench, one, made, "business_plan", PDF + b"third")
        bench.settle()
    assert len(stored(bench)) == 6


def test_applications_are_listed_with_the_same_queries_for_one_and_for_thirty(open_call):
    bench, call = open_call
    drafted(bench, call, ONE, kinds=())
    with acting(bench, STAFF) as (staff,):
        one = queries_of(bench, lambda: staff.list_applications(limit=30))
        for number in range(2, 31):
            drafted(bench, call, applicant(number), kinds=())
        assert len(staff.list_applications(limit=30)["items"]) == 30
        assert queries_of(bench, lambda: staff.list_applications(limit=30)) == one
        page = staff.list_applications(call_id=call["id"], limit=20)
        rest = staff.list_applications(call_id=call["id"], limit=20, cursor=page["next_cursor"])
        assert (len(page["items"]), len(rest["items"])) == (20, 10)

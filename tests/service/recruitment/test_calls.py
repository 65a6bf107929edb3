"""Calls: drawn up, published, corrected for everybody to read."""

import pytest

from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, StaleVersion
from tests.people import RESIDENT, STAFF
from tests.service.recruitment.counting import queries_of
from tests.service.recruitment.selecting import (
    IN_INTAKE,
    NOTICE,
    a_call,
    acting,
    applicant,
    drafted,
    moment,
    published,
    submitted,
    told,
)


def test_a_draft_is_staffs_own_until_it_is_published(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    with acting(bench, STAFF, RESIDENT) as (staff, resident):
        with pytest.raises(Forbidden):
            resident.create_call(**a_call())
        made = staff.create_call(**a_call())
        assert (made["status"], made["code"], made["units"]) == ("draft", "2020-1", {"office": 8})
        assert made["terms"]["shortlist_factor"] == "1.5"
        assert staff.create_call(**a_call())["code"] == "2020-2"
        with pytest.raises(NotFound):
            resident.get_call(call_id=made["id"])
        assert resident.list_calls()["items"] == []
        with pytest.raises(NotFound):
            resident.start_application(call_id=made["id"], organisation_id="org-1")
        staff.publish_call(call_id=made["id"])
        assert resident.get_call(call_id=made["id"])["status"] == "published"
        with pytest.raises(IllegalTransition):
            staff.publish_call(call_id=made["id"])
    assert [each["data"]["code"] for each in told(bench, "call_published")] == ["2020-1"]


def test_a_draft_is_drawn_up_anew_until_it_is_published(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    criteria = [{"id": "team", "names": {"ko": "조직", "en": "Team"}, "points": 100}]
    with acting(bench, STAFF, RESIDENT) as (staff, resident):
        made = staff.create_call(**a_call())
        changed = staff.change_call(call_id=made["id"], **a_call(title="고친 공고", unit_ids=["office-2", "seat-1"]))
        assert (changed["title"], changed["code"]) == ("고친 공고", made["code"])
        assert changed["units"] == {"office": 1, "coworking": 1}
        assert (changed["criteria"], changed["eligibility"]) == (made["criteria"], made["eligibility"])
        again = staff.change_call(call_id=made["id"], **a_call(documents=["application"], criteria=criteria))
        assert [each["id"] for each in again["documents"] if each["required"]] == ["application"]
        assert [(each["id"], each["points"]) for each in again["criteria"]] == [("team", "100")]
        with pytest.raises(Invalid):
            staff.change_call(call_id=made["id"], **a_call(result_on="2020-04-21"))
        with pytest.raises(Forbidden):
            resident.change_call(call_id=made["id"], **a_call())
        staff.publish_call(call_id=made["id"])
        with pytest.raises(IllegalTransition):
            staff.change_call(call_id=made["id"], **a_call())
        assert staff.get_call(call_id=made["id"])["title"] == a_call()["title"]


def test_a_colleagues_draft_is_not_overwritten_unseen_and_what_differs_is_on_record(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    criteria = [{"id": "team", "names": {"ko": "조직", "en": "Team"}, "points": "100"}]
    with acting(bench, STAFF) as (staff,):
        made = staff.create_call(**a_call())
        later = a_call(summary="고친 글", result_on="2020-04-29", documents=["application"], criteria=criteria)
        changed = staff.change_call(call_id=made["id"], version=made["version"], **later)
        with pytest.raises(StaleVersion):
            staff.change_call(call_id=made["id"], version=made["version"], **a_call(title="못 본 공고"))
        assert staff.get_call(call_id=made["id"]) == changed
        staff.change_call(call_id=made["id"], **later)
        found = staff.list_selection_decisions(call_id=made["id"])["items"]
    again, once = [each for each in found if each["action"] == "change"]
    assert once["before"].keys() == once["after"].keys() == {"summary", "result_on", "documents", "criteria"}
    assert (once["before"]["summary"], once["before"]["result_on"]) == (made["summary"], made["result_on"])
    assert (once["after"]["summary"], once["after"]["result_on"]) == ("고친 글", "2020-04-29")
    assert once["after"]["criteria"] == [{**criteria[0], "points": "100.00", "optional": False}]
    assert (again["before"], again["after"]) == ({}, {})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"intake_opens_at": "2020-03-31T09:00:00+09:00"}, "intake_opens_at"),
        ({"intake_closes_at": "2020-04-06T09:00:00+09:00"}, "intake_closes_at"),
        ({"screening_on": "2020-04-13"}, "screening_on"),
        ({"interviews_start": "2020-04-16T10:00:00+09:00"}, "interviews_start"),
        ({"interviews_end": "2020-04-22T10:00:00+09:00"}, "interviews_end"),
        ({"result_on": "2020-04-21"}, "result_on"),
        ({"contract_by": "2020-04-27"}, "contract_by"),
        ({"move_in_on": "2020-05-07"}, "move_in_on"),
        ({"documents": ["passport"]}, "documents"),
    ],
)
def test_a_calendar_out_of_order_is_refused_where_it_is(bench_of, changes, field):
    bench = bench_of("recruitment", now=NOTICE)
    with acting(bench, STAFF) as (staff,):
        with pytest.raises(Invalid) as caught:
            staff.create_call(**a_call(**changes))
        assert list(caught.value.errors) == [field]
        assert staff.list_calls()["items"] == []


def test_a_published_call_changes_by_corrections_alone_and_applicants_are_told(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    submitted(bench, call, applicant(1))
    gone = drafted(bench, call, applicant(2))
    with acting(bench, STAFF, applicant(2), RESIDENT) as (staff, two, resident):
        two.withdraw_application(application_id=gone)
        with pytest.raises(Forbidden):
            resident.correct_call(call_id=call["id"], reason="아무나", title="고침")
        corrected = staff.correct_call(
            call_id=call["id"], reason="접수 기간을 늘립니다.", intake_closes_at="2020-04-16T18:00:00+09:00"
        )
        assert corrected["intake_closes_at"] == "2020-04-16T18:00:00+09:00"
        assert corrected["corrections"] == [
            {
                "number": 1,
                "at": IN_INTAKE,
                "reason": "접수 기간을 늘립니다.",
                "closure_id": None,
                "before": {"intake_closes_at": "2020-04-14T09:00:00+00:00"},
                "after": {"intake_closes_at": "2020-04-16T09:00:00+00:00"},
            }
        ]
        assert resident.get_call(call_id=call["id"])["corrections"] == corrected["corrections"]
    (event,) = told(bench, "call_corrected")
    assert (event["data"]["changed"], event["data"]["applicant_ids"]) == (["intake_closes_at"], ["applicant-1"])


def test_a_longer_intake_is_a_longer_deadline_for_everybody(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    first, second = drafted(bench, call, applicant(1)), drafted(bench, call, applicant(2))
    later, longest = "2020-04-16T18:00:00+09:00", "2020-04-17T18:00:00+09:00"
    with acting(bench, STAFF) as (staff,):
        staff.extend_deadline(application_id=second, until=longest, reason="입원")
        staff.correct_call(call_id=call["id"], reason="연장", intake_closes_at=later)
        assert staff.get_application(application_id=first)["deadline"] == later
        assert staff.get_application(application_id=second)["deadline"] == longest


@pytest.mark.parametrize(
    "changes",
    [
        {"intake_closes_at": "2020-04-13T18:00:00+09:00"},
        {"result_on": "2020-04-20"},
        {"title": "2020년 상반기 입주기업 모집"},
        {"criteria": []},
        {"notice_on": "2020-04-02"},
    ],
)
def test_a_correction_that_is_unfair_or_changes_nothing_is_refused(bench_of, changes):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    with acting(bench, STAFF) as (staff,):
        with pytest.raises(Invalid):
            staff.correct_call(call_id=call["id"], reason="고침", **changes)
        assert staff.get_call(call_id=call["id"])["corrections"] == []


def test_an_intake_that_is_over_is_not_opened_again(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment("2020-04-14T18:00:00+09:00"))
    with acting(bench, STAFF) as (staff,), pytest.raises(IllegalTransition):
        staff.correct_call(call_id=call["id"], reason="재개", intake_closes_at="2020-04-16T18:00:00+09:00")


def test_units_of_a_call_are_corrected_before_the_shortlist(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    with acting(bench, STAFF) as (staff,):
        corrected = staff.correct_call(call_id=call["id"], reason="한 곳이 찼습니다.", unit_ids=["office-1", "seat-1"])
        assert corrected["units"] == {"office": 1, "coworking": 1}
        with pytest.raises(NotFound):
            staff.correct_call(call_id=call["id"], reason="없는 방", unit_ids=["office-99"])


def test_a_call_is_listed_with_the_same_queries_for_one_and_for_thirty(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    published(bench)
    with acting(bench, STAFF) as (staff,):
        one = queries_of(bench, lambda: staff.list_calls(limit=30))
        for _ in range(29):
            staff.create_call(**a_call())
        assert len(staff.list_calls(limit=30)["items"]) == 30
        assert queries_of(bench, lambda: staff.list_calls(limit=30)) == one
        page = staff.list_calls(limit=20)
        rest = staff.list_calls(limit=20, cursor=page["next_cursor"])
        assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (20, 10, None)

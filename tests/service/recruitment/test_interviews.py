"""A closure lies over the interviews of a call: they are moved, or staff are told to find a day."""

import pytest

from services.chassis.errors import Invalid
from tests.people import STAFF
from tests.service.recruitment.selecting import (
    IN_INTAKE,
    NOTICE,
    acting,
    applicant,
    drafted,
    moment,
    published,
    tell,
    told,
)

PLANNED = ("2020-04-22T10:00:00+09:00", "2020-04-22T18:00:00+09:00")


def closure(start: str, end: str, **different):
    return {
        "closure_id": "closure-1",
        "start": f"{start}T00:00:00+09:00",
        "end": f"{end}T00:00:00+09:00",
        "reason": "코로나19 임시 휴관",
        "space_ids": [],
        "lifted_at": None,
        **different,
    }


def interviews(bench, call) -> tuple[str, str, bool]:
    with acting(bench, STAFF) as (staff,):
        seen = staff.get_call(call_id=call["id"])
    return seen["interviews_start"], seen["interviews_end"], seen["interviews_blocked"]


def test_interviews_move_to_the_first_business_day_after_the_closure(bench_of):
    """Closed from Wednesday to Saturday: Monday, at the same hours. The closure's id is with it."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    drafted(bench, call, applicant(1), kinds=())
    tell(bench, "booking", "closure_declared", closure("2020-04-22", "2020-04-26"))
    assert interviews(bench, call) == ("2020-04-27T10:00:00+09:00", "2020-04-27T18:00:00+09:00", False)
    (event,) = told(bench, "call_corrected")
    assert (event["data"]["closure_id"], event["data"]["reason"]) == ("closure-1", "코로나19 임시 휴관")
    assert event["data"]["changed"] == ["interviews_end", "interviews_start"]
    assert event["data"]["applicant_ids"] == ["applicant-1"]


def test_without_a_day_before_the_result_staff_find_one(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    tell(bench, "booking", "closure_declared", closure("2020-04-20", "2020-04-29"))
    assert interviews(bench, call) == (*PLANNED, True)
    tell(bench, "booking", "closure_extended", closure("2020-04-20", "2020-05-02"), sequence=2)
    (event,) = told(bench, "call_corrected")
    assert event["data"]["interviews_blocked"] is True
    with acting(bench, STAFF) as (staff,):
        staff.correct_call(
            call_id=call["id"],
            reason="휴관으로 일정을 늦춥니다.",
            interviews_start="2020-05-06T10:00:00+09:00",
            interviews_end="2020-05-06T18:00:00+09:00",
            result_on="2020-05-08",
            contract_by="2020-05-18",
        )
    assert interviews(bench, call)[2] is False


def test_an_extended_closure_moves_them_again_and_lifting_moves_nothing_back(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    tell(bench, "booking", "closure_declared", closure("2020-04-22", "2020-04-23"))
    assert interviews(bench, call)[0] == "2020-04-23T10:00:00+09:00"
    tell(bench, "booking", "closure_extended", closure("2020-04-22", "2020-04-24"), sequence=2)
    assert interviews(bench, call)[0] == "2020-04-24T10:00:00+09:00"
    lifted = closure("2020-04-22", "2020-04-24", lifted_at="2020-04-21T00:00:00+09:00")
    tell(bench, "booking", "closure_lifted", lifted, sequence=3)
    assert interviews(bench, call)[0] == "2020-04-24T10:00:00+09:00"
    assert len(told(bench, "call_corrected")) == 2


def test_interviews_that_waited_for_a_day_take_place_when_the_closure_is_lifted(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    shut = closure("2020-04-20", "2020-04-29")
    tell(bench, "booking", "closure_declared", shut)
    tell(bench, "booking", "closure_lifted", {**shut, "lifted_at": "2020-04-10T00:00:00+09:00"}, sequence=2)
    assert interviews(bench, call) == (*PLANNED, False)


@pytest.mark.parametrize(
    "shut",
    [closure("2020-04-20", "2020-04-22"), closure("2020-04-20", "2020-04-29", space_ids=["edu-1"])],
    ids=["before", "a classroom"],
)
def test_a_closure_that_leaves_them_room_moves_nothing(bench_of, shut):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    tell(bench, "booking", "closure_declared", shut)
    assert interviews(bench, call) == (*PLANNED, False)
    assert told(bench, "call_corrected") == []


def test_interviews_of_staffs_own_choice_must_keep_their_order(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    with acting(bench, STAFF) as (staff,), pytest.raises(Invalid):
        staff.correct_call(call_id=call["id"], reason="뒤로", interviews_end="2020-04-29T18:00:00+09:00")

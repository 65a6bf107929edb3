"""Scenario 14 and the scopes: a series is applied for, decided upon, changed and cancelled as a whole or in parts."""

import pytest

from services.chassis.errors import IllegalTransition, Invalid
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import all_of, codes, held_rooms, moment, refusal_of, told, wanted

WEEKLY = {"rrule": "FREQ=WEEKLY;COUNT=6"}
TUESDAYS = ["2020-03-17", "2020-03-24", "2020-03-31", "2020-04-07", "2020-04-14", "2020-04-21"]


def weekly(space: str = "edu-1", start: int = 10, end: int = 12, **other) -> dict:
    return wanted(space, TUESDAYS[0], start, end, recurrence=WEEKLY, **other)


def states(rpc, series: dict) -> list[str]:
    return [rpc.get_booking(booking_id=each["id"])["status"] for each in series["occurrences"]]


def days(answer: dict) -> list[str]:
    return [each["start"][:10] for each in answer["occurrences"]]


def test_series_is_one_application_with_a_booking_for_each_date(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        series = rpc.booking.request_booking(**weekly())
        found = rpc.booking.list_bookings(series_id=series["series_id"])["items"]
    assert days(series) == TUESDAYS
    assert {each["id"] for each in found} == {each["id"] for each in series["occurrences"]}
    (event,) = told(bench, "booking_requested")
    assert [each["booking_id"] for each in event["data"]["occurrences"]] == [
        each["id"] for each in series["occurrences"]
    ]
    assert held_rooms(bench) == ["edu-1"] * 6


def test_weekly_series_with_its_fourth_week_taken_creates_nothing_and_names_that_date(bench_of):
    """Scenario 14."""
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, NEIGHBOUR) as (resident, neighbour):
        neighbour.request_booking(**wanted("edu-1", TUESDAYS[3], 11, 13))
        refused = refusal_of(resident.request_booking, **weekly())
        assert codes(refused) == ["slot_taken"]
        assert refused.refusals[0].details["dates"] == [TUESDAYS[3]]
        assert resident.list_bookings()["items"] == []
        (elsewhere,) = [each for each in refused.alternatives if each["space_id"] == "edu-2"]
        assert elsewhere["dates"] == TUESDAYS
        left_out = {**WEEKLY, "exdates": [f"{TUESDAYS[3]}T10:00:00+09:00"]}
        without = resident.request_booking(**{**weekly(), "recurrence": left_out})
    assert days(without) == [*TUESDAYS[:3], *TUESDAYS[4:]]


def test_all_dates_that_clash_are_named_with_the_other_refusals(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        for day in (TUESDAYS[1], TUESDAYS[3]):
            neighbour.request_booking(**wanted("edu-1", day, 10, 12))
        refused = refusal_of(resident.request_booking, **weekly(attendees=31))
        assert codes(refused) == ["over_capacity", "slot_taken"]
        assert refused.refusals[1].details["dates"] == [TUESDAYS[1], TUESDAYS[3]]


def test_series_on_a_holiday_or_beyond_the_quota_is_refused_whole(bench_of):
    bench = bench_of("booking")
    daily = {"rrule": "FREQ=DAILY;COUNT=5"}
    weekly_on_wednesday = {"rrule": "FREQ=WEEKLY;COUNT=5"}
    with bench.acting(RESIDENT) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", "2020-03-23", 10, 12, recurrence=daily))
        assert codes(refused) == ["quota_exceeded"]
        assert refused.refusals[0].details == {"month": "2020-03", "most": 4, "used": 0}
        wish = wanted("edu-1", "2020-03-18", 10, 12, recurrence=weekly_on_wednesday)
        refused = refusal_of(rpc.booking.request_booking, **wish)  # the fifth is election day
        assert [(each.code, each.details["date"]) for each in refused.refusals] == [("centre_closed", "2020-04-15")]
    assert held_rooms(bench) == []


def test_recurrence_that_makes_no_sense_is_invalid(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc, pytest.raises(Invalid) as caught:
        rpc.booking.request_booking(**{**weekly(), "recurrence": {"rrule": "FREQ=YEARLY;COUNT=2"}})
    assert list(caught.value.errors) == ["recurrence"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("this", ["pending", "pending", "approved", "pending", "pending", "pending"]),
        ("following", ["pending", "pending", "approved", "approved", "approved", "approved"]),
        ("all", ["approved"] * 6),
        (None, ["approved"] * 6),
    ],
)
def test_approval_by_scope_and_by_default_of_all(bench_of, scope, expected):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        series = resident.request_booking(**weekly())
        scoped = {"scope": scope} if scope else {}
        answer = staff.approve_booking(booking_id=series["occurrences"][2]["id"], **scoped)
        assert states(resident, series) == expected
    approved_ = [each["id"] for each, state in zip(series["occurrences"], expected, strict=True) if state == "approved"]
    assert [each["id"] for each in answer["occurrences"]] == approved_
    (event,) = told(bench, "booking_approved")
    assert [each["booking_id"] for each in event["data"]["occurrences"]] == approved_


@pytest.mark.parametrize(("scope", "rejected"), [("this", 1), ("following", 4), ("all", 6), (None, 6)])
def test_rejection_by_scope_and_by_default_of_all(bench_of, scope, rejected):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        series = resident.request_booking(**weekly())
        scoped = {"scope": scope} if scope else {}
        staff.reject_booking(booking_id=series["occurrences"][2]["id"], reason_code="incomplete", **scoped)
        assert states(resident, series).count("rejected") == rejected
    assert len(held_rooms(bench)) == 6 - rejected
    assert len(told(bench, "booking_rejected")) == 1


@pytest.mark.parametrize(("scope", "cancelled"), [("this", [2]), ("following", [2, 3, 4, 5]), (None, [2])])
def test_cancellation_by_scope_and_by_default_of_this_one(bench_of, scope, cancelled):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        series = resident.request_booking(**weekly())
        staff.approve_booking(booking_id=series["id"])
        scoped = {"scope": scope} if scope else {}
        resident.cancel_booking(booking_id=series["occurrences"][2]["id"], **scoped)
        found = states(resident, series)
    assert [number for number, state in enumerate(found) if state == "cancelled"] == cancelled


def test_cancellation_of_all_leaves_what_has_been(bench_of):
    """Each date is refunded by its own distance."""
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        series = resident.request_booking(**weekly())
        staff.approve_booking(booking_id=series["id"])
        first, second, *_ = series["occurrences"]
        bench.move_clock(moment(TUESDAYS[0], "10:00"))
        resident.check_in(booking_id=first["id"])
        bench.move_clock(moment(TUESDAYS[0], "18:00"))
        resident.cancel_booking(booking_id=second["id"], scope="all")
        assert states(resident, series) == ["checked_in", *["cancelled"] * 5]
        refunds = [resident.get_booking(booking_id=each["id"])["refund"] for each in series["occurrences"]]
        assert refunds == [None, *[20_000] * 5]
        with pytest.raises(IllegalTransition):
            resident.cancel_booking(booking_id=second["id"], scope="all")


@pytest.mark.parametrize(
    ("scope", "moved"), [("this", [2]), ("following", [2, 3, 4, 5]), ("all", range(6)), (None, [2])]
)
def test_change_by_scope_shifts_each_date_alike_and_by_default_this_one(bench_of, scope, moved):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, STAFF) as (resident, staff):
        series = resident.request_booking(**weekly())
        staff.approve_booking(booking_id=series["id"])
        scoped = {"scope": scope} if scope else {}
        to = {"start": f"{TUESDAYS[2]}T13:00:00+09:00", "end": f"{TUESDAYS[2]}T16:00:00+09:00"}
        resident.change_booking(booking_id=series["occurrences"][2]["id"], **to, **scoped)
        after = [resident.get_booking(booking_id=each["id"]) for each in series["occurrences"]]
    expected = [
        (f"{day}T13:00:00+09:00", f"{day}T16:00:00+09:00", 30_000, "pending")
        if number in moved
        else (f"{day}T10:00:00+09:00", f"{day}T12:00:00+09:00", 20_000, "approved")
        for number, day in enumerate(TUESDAYS)
    ]
    assert [(each["start"], each["end"], each["fee"], each["status"]) for each in after] == expected
    assert len(held_rooms(bench)) == 6


def test_change_of_a_series_to_another_day_may_take_its_own_dates(bench_of):
    """Each date moves to the next one's: none is in another's way."""
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        series = rpc.booking.request_booking(**weekly())
        to = {"start": f"{TUESDAYS[1]}T10:00:00+09:00", "end": f"{TUESDAYS[1]}T12:00:00+09:00"}
        changed = rpc.booking.change_booking(booking_id=series["id"], scope="all", **to)
    assert days(changed) == [*TUESDAYS[1:], "2020-04-28"]


def test_change_of_a_series_that_one_date_refuses_changes_nothing(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, NEIGHBOUR) as (resident, neighbour):
        neighbour.request_booking(**wanted("edu-2", TUESDAYS[3], 10, 12))
        series = resident.request_booking(**weekly())
        refused = refusal_of(resident.change_booking, booking_id=series["id"], scope="all", space_id="edu-2")
        assert (codes(refused), refused.refusals[0].details["dates"]) == (["slot_taken"], [TUESDAYS[3]])
        after = [resident.get_booking(booking_id=each["id"]) for each in series["occurrences"]]
    assert {(each["space_id"], each["version"]) for each in after} == {("edu-1", 1)}
    assert held_rooms(bench) == ["edu-1"] * 6 + ["edu-2"]


def test_following_is_by_the_planned_dates_also_when_one_was_moved(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        series = rpc.booking.request_booking(**weekly())
        ids = [each["id"] for each in series["occurrences"]]
        to = {"start": "2020-03-19T10:00:00+09:00", "end": "2020-03-19T12:00:00+09:00"}
        rpc.booking.change_booking(booking_id=ids[3], **to)  # the fourth comes before the second now
        cancelled = rpc.booking.cancel_booking(booking_id=ids[1], scope="following")
    assert {each["id"] for each in cancelled["occurrences"]} == set(ids[1:])


def test_unlike_dates_of_a_series_count_their_equipment_together_when_all_is_changed(bench_of):
    """Two dates of one series on one morning in different rooms: each with both projectors is one too many."""
    with bench_of("booking").acting(RESIDENT) as rpc:
        daily = {"rrule": "FREQ=DAILY;COUNT=2"}
        series = rpc.booking.request_booking(**wanted("edu-1", "2020-03-18", 10, 12, recurrence=daily))
        second = series["occurrences"][1]["id"]
        to = {"start": "2020-03-18T10:00:00+09:00", "end": "2020-03-18T12:00:00+09:00", "space_id": "edu-2"}
        rpc.booking.change_booking(booking_id=second, **to)
        refused = refusal_of(rpc.booking.change_booking, booking_id=second, scope="all", equipment={"projector": 2})
        assert codes(refused) == ["equipment_short"]
        assert rpc.booking.change_booking(booking_id=second, scope="all", equipment={"projector": 1})["equipment"] == {
            "projector": 1
        }

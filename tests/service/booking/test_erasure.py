"""A person who is erased goes from every table; what they booked stays, as nobody's."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from services.chassis import clock, idempotency
from services.chassis.context import Actor
from tests.people import RESIDENT, STAFF
from tests.service.booking.applying import all_of, approved, held_rooms, moment, tell, told, wanted

KIM = Actor("person-kim-77", "김온달", frozenset({"resident"}), ("org-1",))
TRACES = (KIM.id, KIM.name, "온달의 생일잔치", "온달 씨에게 전화할 것", "가족관계증명서 3호")


def tables_with(bench, *words: str) -> set[str]:
    """The tables that have one of the words in any column of any row."""
    database = bench.database("booking")
    names = inspect(database.engine).get_table_names()
    rows = database.transaction(
        lambda session: {name: str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names}
    )
    return {name for name, found in rows.items() if any(word in found for word in words)}


def live(bench) -> tuple[str, str]:
    """Kim books alone and for a group, changes, does not come once, and is written about. Returns both bookings."""
    with all_of(bench, KIM, STAFF) as (kim, staff):
        missed = approved(kim, staff, **wanted("edu-2", "2020-03-17", 10, 12))
        alone = kim.request_booking(
            **wanted("edu-1", "2020-03-25", 10, 12, title="온달의 생일잔치"),
            exemption={"ground": "public_benefit", "evidence": "가족관계증명서 3호"},
        )
        for_group = kim.request_booking(**wanted("meeting", "2020-03-26", 10, 12, group_id="org-1", title="이사회"))
        for booking in (alone, for_group):
            kim.change_booking(booking_id=booking["id"], attendees=8)
            staff.approve_booking(booking_id=booking["id"])
        rejected = kim.request_booking(**wanted("edu-1", "2020-03-27", 10, 12))
        staff.reject_booking(booking_id=rejected["id"], reason_code="other", note="온달 씨에게 전화할 것")
        bench.move_clock(moment("2020-03-17", "10:15"))
        assert kim.get_booking(booking_id=missed["id"])["status"] == "no_show"
    return alone["id"], for_group["id"]


@pytest.mark.parametrize("source", ["notify", "district"])
def test_bookings_stay_and_the_person_is_in_no_table_any_more(bench_of, source):
    bench = bench_of("booking")
    alone, for_group = live(bench)
    assert {"bookings", "decisions", "penalties", "quotas", "idempotency_keys"} <= tables_with(bench, *TRACES)

    tell(bench, source, "person_erased", {"person_id": KIM.id}, subject=KIM.id)
    bench.settle()
    # answers to staff are kept for a week by their keys, and events for their replay window
    assert tables_with(bench, *TRACES) <= {"idempotency_keys", "outbox"}
    a_week_later = clock.wall() + idempotency.KEPT_FOR + timedelta(days=1)
    bench.database("booking").transaction(lambda session: idempotency.purge(session, a_week_later))
    bench.move_clock(clock.now() + timedelta(days=40))
    assert tables_with(bench, *TRACES) == set()
    assert held_rooms(bench) == []  # nobody came

    with all_of(bench, STAFF, KIM) as (staff, kim):
        found = staff.get_booking(booking_id=alone)
        assert (found["requester"], found["title"], found["exemption"]) == (
            {"id": "", "name": ""},
            "",
            {"ground": "public_benefit", "evidence": ""},
        )
        assert staff.get_booking(booking_id=for_group)["title"] == "이사회"
        assert kim.list_bookings()["items"] == [staff.get_booking(booking_id=for_group)]


def test_rooms_stay_held_and_nobody_is_punished_for_not_coming(bench_of):
    bench = bench_of("booking")
    with all_of(bench, KIM, STAFF) as (kim, staff):
        made = approved(kim, staff, **wanted("edu-1", "2020-03-20", 10, 12))
    tell(bench, "notify", "person_erased", {"person_id": KIM.id}, subject=KIM.id)
    bench.settle()
    assert held_rooms(bench) == ["edu-1"]
    bench.move_clock(moment("2020-03-20", "10:15"))
    (missed,) = told(bench, "booking_no_show")
    assert (missed["data"]["booking_id"], missed["data"]["requester_id"]) == (made["id"], "")
    assert told(bench, "penalty_imposed") == []


def test_member_of_staff_goes_from_what_they_decided(bench_of):
    bench = bench_of("booking")
    park = Actor("staff-park-5", "박퇴사", frozenset({"staff"}))
    with all_of(bench, RESIDENT, park) as (resident, staff):
        approved(resident, staff, **wanted("edu-1", "2020-03-20", 10, 12))
        staff.declare_closure(**{"from": "2020-03-30", "to": "2020-03-31", "reason": "점검"})
    tell(bench, "notify", "person_erased", {"person_id": park.id}, subject=park.id)
    bench.settle()
    assert tables_with(bench, park.id, park.name) <= {"outbox"}


def test_others_are_left_alone(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", "2020-03-20", 10, 12))
        before = rpc.booking.get_booking(booking_id=made["id"])
        tell(bench, "notify", "person_erased", {"person_id": KIM.id}, subject=KIM.id)
        bench.settle()
        assert rpc.booking.get_booking(booking_id=made["id"]) == before

"""Scenario 16: there is only so much equipment, and the room can be had without it."""

import pytest
from sqlalchemy import select

from services.booking.models import EquipmentUse
from services.chassis.errors import NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import all_of, codes, offered, read, refusal_of, wanted

PROJECTOR = {"equipment": {"projector": 1}}
DAY = "2020-03-20"


def with_two_projectors_out(resident) -> None:
    resident.request_booking(**wanted("edu-1", DAY, 10, 12), **PROJECTOR)
    resident.request_booking(**wanted("edu-2", DAY, 11, 13), **PROJECTOR)


def test_third_projector_is_refused_by_name_and_the_room_offered_without_it(bench_of):
    """Scenario 16."""
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        with_two_projectors_out(resident)
        wish = wanted("meeting", DAY, 11, 12, **PROJECTOR)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert codes(refused) == ["equipment_short"]
        assert refused.refusals[0].details == {
            "equipment_id": "projector",
            "names": {"ko": "빔프로젝터", "en": "projectors"},
            "quantity": 2,
            "free": 0,
            "wanted": 1,
            "dates": [DAY],
        }
        first = refused.alternatives[0]
        assert (first["space_id"], first["start"], first["equipment"]) == ("meeting", f"{DAY}T11:00:00+09:00", {})
        assert neighbour.request_booking(**offered(wish, first))["status"] == "pending"


def test_refusal_names_the_equipment_in_the_callers_language(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT, locale="ko") as rpc:
        with_two_projectors_out(rpc.booking)
        refused = refusal_of(rpc.booking.request_booking, **wanted("meeting", DAY, 11, 12, **PROJECTOR))
    assert "빔프로젝터" in refused.refusals[0].message


def test_projectors_are_out_only_as_long_as_their_bookings(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        with_two_projectors_out(resident)
        for start in (10, 12):  # one of them is in at these hours
            assert neighbour.request_booking(**wanted("meeting", DAY, start, start + 1), **PROJECTOR)["equipment"] == {
                "projector": 1
            }


def test_as_much_as_is_left_is_offered(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        resident.request_booking(**wanted("edu-1", DAY, 10, 12), equipment={"folding_table": 7, "microphone": 1})
        wish = wanted("edu-2", DAY, 10, 12, equipment={"folding_table": 5, "microphone": 2})
        refused = refusal_of(neighbour.request_booking, **wish)
        assert refused.alternatives[0]["equipment"] == {"folding_table": 3, "microphone": 2}
        assert neighbour.request_booking(**offered(wish, refused.alternatives[0]))["status"] == "pending"


def test_more_than_there_is_at_all_is_refused_for_staff_too(bench_of):
    with bench_of("booking").acting(STAFF) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", DAY, 10, 12, equipment={"projector": 3}))
        assert codes(refused) == ["equipment_short"]


def test_equipment_that_the_centre_does_not_have_is_not_found(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc, pytest.raises(NotFound):
        rpc.booking.request_booking(**wanted("edu-1", DAY, 10, 12, equipment={"piano": 1}))


def test_cancelled_booking_gives_its_equipment_back(bench_of):
    bench = bench_of("booking")
    with all_of(bench, RESIDENT, NEIGHBOUR) as (resident, neighbour):
        made = resident.request_booking(**wanted("edu-1", DAY, 10, 12), equipment={"projector": 2})
        resident.cancel_booking(booking_id=made["id"])
        assert read(bench, select(EquipmentUse.id)) == []
        assert neighbour.request_booking(**wanted("edu-2", DAY, 10, 12), **PROJECTOR)["status"] == "pending"


def test_change_frees_what_it_no_longer_wants(bench_of):
    bench = bench_of("booking")
    with bench.acting(RESIDENT) as rpc:
        made = rpc.booking.request_booking(**wanted("edu-1", DAY, 10, 12), equipment={"projector": 2})
        rpc.booking.change_booking(booking_id=made["id"], equipment={"projector": 1, "microphone": 4})
    uses = read(bench, select(EquipmentUse).order_by(EquipmentUse.equipment_id))
    assert [(each.equipment_id, each.quantity) for each in uses] == [("microphone", 4), ("projector", 1)]


def test_search_tells_what_is_short_and_which_rooms_are_free(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        with_two_projectors_out(rpc.booking)
        at = {"start": f"{DAY}T11:00:00+09:00", "end": f"{DAY}T12:00:00+09:00", "attendees": 10}
        without = rpc.booking.search_availability(**at)["items"]
        assert [each["space"]["id"] for each in without if each["available"]] == ["meeting", "lounge"]
        with_one = rpc.booking.search_availability(**at, **PROJECTOR)["items"]
        meeting = next(each for each in with_one if each["space"]["id"] == "meeting")
        assert [each["code"] for each in meeting["refusals"]] == ["equipment_short"]

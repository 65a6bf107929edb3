"""What is offered instead of what is refused: other rooms, near times, less equipment. Each of it can be booked."""

import pytest

from tests.people import NEIGHBOUR, RESIDENT, STAFF
from tests.service.booking.applying import all_of, codes, offered, refusal_of, wanted

DAY = "2020-03-20"


def assert_bookable(person, wish: dict, alternatives: list[dict]) -> None:
    """Each of them, one after the other: booked, and cancelled again."""
    for each in alternatives:
        made = person.request_booking(**offered(wish, each))
        assert (made["space_id"], made["start"], made["end"]) == (each["space_id"], each["start"], each["end"])
        person.cancel_booking(booking_id=made["id"])


def test_taken_room_brings_rooms_that_fit_and_near_times_the_nearest_first(bench_of):
    with all_of(bench_of("booking"), RESIDENT, NEIGHBOUR) as (resident, neighbour):
        resident.request_booking(**wanted("edu-1", DAY, 13, 15))
        wish = wanted("edu-1", DAY, 13, 15)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert codes(refused) == ["slot_taken"]
        found = [(each["space_id"], each["start"][11:16]) for each in refused.alternatives]
        assert found == [
            ("meeting", "13:00"),
            ("edu-2", "13:00"),
            ("lounge", "13:00"),
            ("edu-1", "15:00"),
            ("edu-1", "11:00"),
        ]
        assert refused.alternatives[0]["space_names"] == {"ko": "회의실", "en": "Meeting room"}
        assert_bookable(neighbour, wish, refused.alternatives)


@pytest.mark.parametrize(
    ("space", "attendees", "rooms"), [("edu-1", 20, {"edu-2", "lounge"}), ("lounge", 35, set()), ("hall", 50, set())]
)
def test_only_rooms_that_are_large_enough_and_free_are_offered(bench_of, space, attendees, rooms):
    """Somebody else is in the wanted space itself: the hall is never free with it."""
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.request_booking(**wanted(space, DAY, 13, 15, attendees=10))
        wish = wanted(space, DAY, 13, 15, attendees=attendees)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert codes(refused) == ["slot_taken"]
        assert {each["space_id"] for each in refused.alternatives} - {space} == rooms
        assert_bookable(neighbour, wish, refused.alternatives)


def test_near_times_keep_the_halls_buffers(bench_of):
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.request_booking(**wanted("edu-1", DAY, 13, 15))
        wish = wanted("hall", DAY, 14, 16, attendees=60)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert refused.alternatives[0]["start"] == f"{DAY}T16:00:00+09:00"
        assert_bookable(neighbour, wish, refused.alternatives)


def test_what_is_refused_for_another_reason_too_brings_only_what_is_free_of_both(bench_of):
    """Forbidden everywhere: nothing is offered. Too small: only a larger room."""
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.request_booking(**wanted("edu-1", DAY, 13, 15))
        refused = refusal_of(neighbour.request_booking, **wanted("edu-1", DAY, 13, 15, purpose="political"))
        assert (codes(refused), refused.alternatives) == (["forbidden_purpose", "slot_taken"], ())
        wish = wanted("edu-1", DAY, 13, 15, attendees=40)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert codes(refused) == ["over_capacity", "slot_taken"]
        assert [each["space_id"] for each in refused.alternatives] == ["lounge"]


def test_refusal_that_no_other_room_or_time_helps_brings_none(bench_of):
    with bench_of("booking").acting(RESIDENT) as rpc:
        refused = refusal_of(rpc.booking.request_booking, **wanted("edu-1", DAY, 10, 12, attendees=2))
        assert (codes(refused), refused.alternatives) == (["too_few_attendees"], ())


def test_near_times_stay_in_the_window_and_in_opening_hours(bench_of):
    """The first bookable day, and the last hours of it: nothing earlier than that day, nothing at night."""
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.request_booking(**wanted("edu-1", "2020-03-17", 18, 21))
        wish = wanted("edu-1", "2020-03-17", 18, 21)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert min(each["start"] for each in refused.alternatives) >= "2020-03-17T09:00"
        assert_bookable(neighbour, wish, refused.alternatives)


def test_near_times_of_a_month_whose_places_are_used_up_are_not_offered(bench_of):
    """Four bookings in April: of what is near 31 March 18:00 only March is offered."""
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        for hour in (9, 10, 11, 12):
            neighbour.request_booking(**wanted("meeting", "2020-04-02", hour, hour + 1))
        for space in ("edu-1", "edu-2", "meeting", "lounge"):
            staff.request_booking(**wanted(space, "2020-03-31", 9, 21, attendees=3))
        wish = wanted("edu-1", "2020-03-31", 18, 21)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert codes(refused) == ["slot_taken"]
        assert {each["start"][:7] for each in refused.alternatives} == {"2020-03"}
        assert_bookable(neighbour, wish, refused.alternatives)


def test_near_times_in_a_closure_are_not_offered(bench_of):
    with all_of(bench_of("booking"), STAFF, NEIGHBOUR) as (staff, neighbour):
        staff.request_booking(**wanted("edu-1", DAY, 13, 15))
        staff.declare_closure(**{"from": f"{DAY}T15:00:00", "to": "2020-03-23", "reason": "방역"})
        wish = wanted("edu-1", DAY, 13, 15)
        refused = refusal_of(neighbour.request_booking, **wish)
        assert max(each["end"] for each in refused.alternatives) <= f"{DAY}T15:00:00+09:00"
        assert_bookable(neighbour, wish, refused.alternatives)

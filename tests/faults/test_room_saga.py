"""A session's room between two services."""

import pytest

from tests.faults.room_saga import Count, count, saga
from tests.soak import SOAK, examples

pytestmark = [pytest.mark.servers, pytest.mark.slow]

FEW = ("booking down for three hours", "booking killed", "training killed")
AT_ONCE = examples(25, 50)
SESSIONS = examples(AT_ONCE * len(FEW), 500)


def test_whatever_happens_both_sides_agree_and_no_room_is_held_for_nobody(tmp_path):
    with saga(tmp_path, seed=3) as told:
        told.go(SESSIONS, () if SOAK else FEW, AT_ONCE)
        found = count(told)
    assert (found.orphans, found.roomless, found.illegal, found.dead) == ([], [], [], [])
    assert_everything_happened(found)


def assert_everything_happened(found: Count) -> None:
    assert sum(found.states.values()) == SESSIONS
    for end in (
        ("confirmed", ""),
        ("refused", "slot_taken"),
        ("refused", "room_unanswered"),
        ("cancelled", "other"),
        ("cancelled", "closure"),
        ("cancelled", "course_cancelled"),
    ):
        assert found.states[end] > 0, found.states


def test_negative_control_without_cancellations_rooms_are_held_for_nobody(tmp_path):
    with saga(tmp_path, seed=3, loses={"session_cancelled"}) as told:
        told.go(AT_ONCE, ("nothing",), AT_ONCE)
        found = count(told)
    assert found.orphans

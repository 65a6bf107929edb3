"""Who may enrol, when, and that all that speaks against it is said at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.chassis.period import Period
from services.training.contract.vocabulary import CourseStatus, SessionStatus
from services.training.domain.courses.gates import PlannedSession, WantedPlace, refused, unpublishable

SEOUL = ZoneInfo("Asia/Seoul")
OPENS = datetime(2020, 3, 10, 9, tzinfo=SEOUL)
CLOSES = OPENS + timedelta(days=8)
WANTED = WantedPlace(
    status=CourseStatus.PUBLISHED,
    enrolment=Period(OPENS, CLOSES, SEOUL),
    capacity=20,
    taken=19,
    waiting=0,
    enrolled_as=None,
    waits=True,
    now=OPENS,
)


def codes(wanted: WantedPlace) -> list[str]:
    return [refusal.code for refusal in refused(wanted)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - timedelta(seconds=1), ["enrolment_closed"]),
        (OPENS, []),
        (CLOSES - timedelta(seconds=1), []),
        (CLOSES, ["enrolment_closed"]),
    ],
)
def test_window_is_half_open(now, expected):
    assert codes(replace(WANTED, now=now)) == expected


def test_who_waits_comes_first_even_when_a_place_is_free():
    assert WANTED.is_free
    assert not replace(WANTED, waiting=1).is_free


def test_full_is_a_refusal_only_for_who_will_not_wait():
    full = replace(WANTED, taken=20)
    assert codes(full) == []
    assert codes(replace(full, waits=False)) == ["course_full"]


def test_everything_is_said_at_once():
    worst = replace(WANTED, status=CourseStatus.CANCELLED, now=CLOSES, taken=20, waits=False, enrolled_as="confirmed")
    assert codes(worst) == ["enrolment_closed", "enrolment_closed", "already_enrolled", "course_full"]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], ["session_missing"]),
        (["cancelled"], ["session_missing"]),
        (["awaiting_room"], []),
        (["confirmed", "cancelled"], []),
        (["confirmed", "refused"], ["room_refused"]),
    ],
)
def test_course_is_published_with_sessions_that_have_or_may_get_a_room(statuses, expected):
    sessions = [PlannedSession(SessionStatus(each), CLOSES, [{"code": "slot_taken"}]) for each in statuses]
    assert [refusal.code for refusal in unpublishable(sessions)] == expected

"""Bookings that are judged again: what was let in once must not be stopped, or slip through, the second time."""

from datetime import datetime, timedelta

import pytest

from services.booking import usecases
from services.booking.contract import bookings as commands
from services.booking.contract.vocabulary import Purpose, Scope
from services.booking.domain.application import Particulars
from services.booking.schemas.heard import StartedTenancy
from tests.people import RESIDENT, STAFF, member_of
from tests.service.booking.calls import request_of
from tests.service.booking.clerk import Clerk
from tests.service.booking.paper.centre import SEOUL

NOW = datetime(2020, 3, 10, 9, tzinfo=SEOUL)
MEETING = Particulars("모임", Purpose.COMMUNITY, 10)


@pytest.fixture
def clerk(database_of_each_kind, load_rules):
    return Clerk(database_of_each_kind, load_rules(database_of_each_kind))


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=SEOUL)


def request(clerk, space, start, hours, *, rrule=None, actor=RESIDENT, group=None, particulars=MEETING):
    command = request_of(space, start, start + timedelta(hours=hours), particulars, group, rrule)
    return clerk.do(usecases.request_booking, command, actor=actor, now=NOW)


def change(clerk, booking, *, actor=RESIDENT, scope=Scope.THIS, now=NOW, space=None, start=None, end=None, **other):
    command = commands.ChangeBooking(booking_id=booking.id, scope=scope, space_id=space, start=start, end=end, **other)
    return clerk.do(usecases.change_booking, command, actor=actor, now=now)


def test_moved_booking_is_approved_as_of_the_day_on_which_its_new_time_was_applied_for(clerk):
    """On 10 March nobody could have applied for 18 April, on 20 March anybody can."""
    _, (booking,) = request(clerk, "edu-1", at(8, 10, month=4), 2)
    later = NOW + timedelta(days=10)
    codes, _ = change(clerk, booking, now=later, start=at(18, 10, month=4), end=at(18, 12, month=4))
    assert codes == set()
    codes, _ = clerk.do(
        usecases.approve_booking, commands.ApproveBooking(booking_id=booking.id), actor=STAFF, now=later
    )
    assert codes == set()


def test_dates_of_a_series_whose_buffers_meet_are_refused(clerk):
    codes, _ = request(clerk, "hall", at(18, 0), 24, rrule="FREQ=DAILY;COUNT=3", actor=STAFF)
    assert codes == {"slot_taken"}


def test_dates_that_grow_into_each_other_by_a_change_are_refused(clerk):
    _, dates = request(clerk, "edu-1", at(18, 10), 2, rrule="FREQ=DAILY;COUNT=3", actor=STAFF)
    codes, _ = change(clerk, dates[0], actor=STAFF, scope=Scope.ALL, end=at(19, 11))
    assert codes == {"slot_taken"}


def test_different_dates_of_a_series_that_come_too_near_by_a_change_are_refused(clerk):
    """The second is moved to the first one's day and gets a title of its own; then both move to the hall."""
    _, (first, second) = request(clerk, "edu-1", at(18, 10), 2, rrule="FREQ=DAILY;COUNT=2")
    codes, _ = change(clerk, second, start=at(18, 12), end=at(18, 13), title="다른 모임")
    assert codes == set()
    codes, _ = change(clerk, first, scope=Scope.ALL, space="hall")
    assert codes == {"slot_taken"}


def test_free_hours_are_given_once_to_different_dates_of_a_series(clerk):
    """Four times four hours in a month, of which ten are free: six are paid, whatever the dates are called."""
    clerk.database.transaction(
        lambda session: usecases.grant_allowance(session, StartedTenancy("t", "tenant", at(1, 0).date()))
    )
    member = member_of("tenant")
    _, dates = request(clerk, "meeting", at(17, 10), 4, rrule="FREQ=DAILY;COUNT=4", actor=member, group="tenant")
    codes, _ = change(clerk, dates[0], actor=member, title="다른 모임")
    assert codes == set()
    codes, changed = change(clerk, dates[0], actor=member, scope=Scope.ALL, attendees=9)
    assert codes == set()
    assert sum(booking.allowance_minutes for booking in changed) == 600
    assert sum(booking.fee for booking in changed) == 6 * 5_000

"""Two who decide about the same booking at once: one wins. Negative control: unprotected, both do."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

import eventlet
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from services.booking import usecases
from services.booking.contract import bookings as commands
from services.booking.contract.closures import DeclareClosure
from services.booking.contract.vocabulary import Purpose, RejectReason, Status
from services.booking.domain.application import Particulars
from services.booking.models import Booking, Hold
from services.booking.usecases import holding
from services.chassis.context import Actor
from services.chassis.errors import DomainError
from tests.people import STAFF
from tests.service.booking.calls import carry_out, request_of
from tests.service.booking.conftest import CLIENTS
from tests.service.booking.storm import NOW
from tests.service.booking.unprotected import ROW_LOCKS, VERSION_CHECK, without
from tests.soak import examples

pytestmark = [pytest.mark.servers, pytest.mark.slow]

TRIALS = examples(100, 1000)
AT_ONCE = CLIENTS // 2
ONE_WINS = Counter({"done": 1, "illegal_transition": 1})

Decide = Callable[[str], Any]


@pytest.fixture
def contest(database, rules):
    """contest(first, second, trials): what came of each trial, in which both are done to one booking at once."""

    def outcome(deed: tuple[Decide, str]) -> str:
        decide, booking_id = deed
        try:
            decide(booking_id)
        except DomainError as error:
            return error.code
        except StaleDataError:
            return "stale"
        return "done"

    def hold(first: Decide, second: Decide, trials: int = TRIALS) -> list[Counter[str]]:
        ids = [apply(database, rules, number) for number in range(AT_ONCE)]
        pool, found = eventlet.GreenPool(CLIENTS), []
        while len(found) < trials:
            outcomes = list(pool.imap(outcome, [(decide, each) for each in ids for decide in (first, second)]))
            found += [Counter(pair) for pair in zip(outcomes[::2], outcomes[1::2], strict=True)]
            reopen(database, rules, ids)
        return found[:trials]

    return hold


@pytest.fixture
def deed(database, rules):
    """deed(usecase, command): done by staff in a transaction of its own."""

    def of(usecase: Callable[..., Any], command: Callable[[str], Any]) -> Decide:
        def decide(booking_id: str) -> Any:
            given = {"actor": STAFF, "rules": rules, "now": NOW}
            return database.transaction(lambda session: carry_out(session, usecase, command(booking_id), **given))

        return decide

    return of


@pytest.fixture
def approve(deed):
    return deed(usecases.approve_booking, lambda each: commands.ApproveBooking(booking_id=each))


@pytest.fixture
def reject(deed):
    return deed(
        usecases.reject_booking, lambda each: commands.RejectBooking(booking_id=each, reason_code=RejectReason.OTHER)
    )


@pytest.fixture
def cancel(deed):
    return deed(usecases.cancel_booking, lambda each: commands.CancelBooking(booking_id=each))


def apply(database, rules, number: int) -> str:
    days = (NOW + timedelta(days=ahead) for ahead in range(8, 30))
    day = next(islice((day for day in days if rules.centre.is_business_day(day.date())), number // 8, None))
    start = day + timedelta(hours=number % 8)
    particulars = Particulars("모임", Purpose.COMMUNITY, 10, equipment={"projector": 1})
    request = request_of("hall" if number % 2 else "meeting", start, start + timedelta(hours=1), particulars)
    person = Actor(f"person-{number}", "홍길동")
    return database.transaction(
        lambda session: carry_out(session, usecases.request_booking, request, actor=person, rules=rules, now=NOW)
    ).id


def reopen(database, rules, ids: list[str]) -> None:
    """As they were before anybody decided, for the next trial."""

    def work(session) -> None:
        for booking in session.scalars(select(Booking).where(Booking.id.in_(ids))):
            booking.reopened(decide_by=NOW + timedelta(days=2), warn_at=NOW + timedelta(days=1))
            booking.given_up(refund=None, counts=True)
            holding.release(session, [booking.id])
            holding.take(session, [booking], rules)

    database.transaction(work)


def test_one_of_two_approvals_wins_in_each_trial(contest, approve):
    assert contest(approve, approve) == [ONE_WINS] * TRIALS


def test_approval_or_rejection_wins_in_each_trial(contest, approve, reject):
    assert contest(approve, reject, trials=TRIALS // 4) == [ONE_WINS] * (TRIALS // 4)


def test_cancellation_is_the_last_word_in_each_trial(contest, approve, cancel, database):
    """What is approved can still be cancelled: both are done, or the approval comes too late."""
    left = []

    def cancel_and_look(booking_id: str) -> None:
        cancel(booking_id)
        left.append(database.transaction(lambda session: state(session, booking_id)))

    outcomes = contest(approve, cancel_and_look)
    assert [each for each in outcomes if each not in (ONE_WINS, Counter({"done": 2}))] == []
    assert set(left) == {(Status.CANCELLED, 0)}
    assert len(left) >= TRIALS


def state(session, booking_id: str) -> tuple[str, int]:
    holds = select(func.count()).where(Hold.booking_id == booking_id)
    status = select(Booking.status).where(Booking.id == booking_id)
    return session.execute(status).scalar_one(), session.execute(holds).scalar_one()


def test_version_check_alone_still_lets_only_one_approval_win(contest, approve, database):
    with without(database, ROW_LOCKS):
        outcomes = contest(approve, approve, trials=4 * AT_ONCE)
    assert [each for each in outcomes if each["done"] != 1] == []
    assert sum(each["stale"] for each in outcomes) > 0


def test_negative_control_without_lock_and_version_both_approvals_win(contest, approve, database):
    with without(database, ROW_LOCKS, VERSION_CHECK):
        outcomes = contest(approve, approve, trials=4 * AT_ONCE)
    assert Counter({"done": 2}) in outcomes


# --- a closure that comes to a booking while somebody decides about it


def test_closure_passes_over_what_is_cancelled_while_it_waits(deed, database, rules):
    booking_id = apply(database, rules, 1)
    declared = DeclareClosure(start=NOW, to=NOW + timedelta(days=30), reason="수리")
    deed(usecases.declare_closure, lambda _: declared)("")
    waiting = []

    def cancel_slowly(session) -> None:
        command = commands.CancelBooking(booking_id=booking_id)
        carry_out(session, usecases.cancel_booking, command, actor=STAFF, rules=rules, now=NOW)
        waiting.append(eventlet.spawn(database.transaction, settle))
        eventlet.sleep(0.5)  # it has found the booking, and waits for it

    def settle(session) -> bool:
        return usecases.settle_closures(session, rules=rules, now=NOW)

    database.transaction(cancel_slowly)
    assert waiting[0].wait()
    found = database.transaction(lambda session: session.get(Booking, booking_id))
    assert (found.status, found.closure_id) == (Status.CANCELLED, None)

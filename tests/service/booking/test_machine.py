"""Everything that can happen to bookings, in any order, against the same kept on paper.

`make soak` looks for walks that are new each time; the suite takes the same few every time.
"""

import importlib
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from services.chassis.context import Actor
from tests.people import RESIDENT, STAFF
from tests.service.booking import wishes
from tests.service.booking.applications import Applications
from tests.service.booking.circumstances import BATCH, Circumstances
from tests.soak import SOAK, examples

WALKS = settings(
    max_examples=examples(12, 2000),
    stateful_step_count=50,
    derandomize=not SOAK,
    database=None,
)


class BookingMachine(Applications, Circumstances):
    """All that there is."""

    @rule(who=st.sampled_from([RESIDENT, *wishes.MEMBERS]), wish=wishes.plain)
    def nobody_comes_three_times(self, who: Actor, wish: dict[str, Any]) -> None:
        """By chance alone it is too rare that somebody is banned."""
        before = set(self.book.entries)
        self.request(who, wish, ("DAILY", 3), None)
        if missed := [entry for id_, entry in self.book.entries.items() if id_ not in before]:
            self.approve(STAFF, missed[0], "all")
            self.go_on(missed[-1].start + timedelta(minutes=15))
            self.timers_look()


def test_bookings_agree_with_the_paper(database_of_each_kind, load_rules, monkeypatch):
    settling = importlib.import_module("services.booking.usecases.settle_closures")
    monkeypatch.setattr(settling, "BATCH", BATCH)
    rules = load_rules(database_of_each_kind)
    run_state_machine_as_test(lambda: BookingMachine(database_of_each_kind, rules), settings=WALKS)

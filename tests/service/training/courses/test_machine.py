"""Everything that can happen to places in a course, in any order, against the same kept on paper.

`make soak` looks for walks that are new each time; the suite takes the same few every time.
"""

import itertools
import json
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from services.chassis.context import Actor
from services.chassis.errors import DomainError, Refused
from services.training.contract.courses import CancelCourse, CompleteCourse, ConfirmCourse
from services.training.contract.enrolments import AcceptPlace, CancelEnrolment, Enrol, ListEnrolments
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.training.courses.office import CLOSES, NOW, STARTS, Office, person
from tests.service.training.courses.waiting_list import Line, Paper
from tests.soak import SOAK, examples

WALKS = settings(max_examples=examples(25, 2000), stateful_step_count=10, derandomize=not SOAK, database=None)
PEOPLE = [person(number) for number in range(8)]
STATUS = {"in": "confirmed", "held": "offered", "waiting": "waiting", "lapsed": "lapsed", "gone": "cancelled"}

EVERYTHING = {
    *("in", "withdrawn", "by_staff", "offer_declined", "offer_expired"),
    *("course_cancelled", "course_over"),
    *("published", "undersubscribed", "confirmed", "completed", "cancelled"),
}
"""What a place can come to in the end, and a course on its way."""
DEEDS = [*["come"] * 3, *["leave"] * 2, *["take"] * 2, "decline", "meddle", *["time_passes"] * 3]
PLAIN: tuple[list[tuple[str, int, bool]], ...] = (
    [],
    [("leave", 1, False), ("decline", 1, False), ("time_passes", 4, False), ("leave", 1, True)],
    [("leave", 1, False)] * 8,
)
HOURS = (1, 12, 24, 24, 36)
REACHED: set[str] = set()
FATES = {
    "held": ("close", "hold", "pass_the_last_session", "complete"),
    "held, though staff are hasty": (
        "complete",
        "close",
        "complete",
        "hold",
        "hold",
        "pass_the_last_session",
        "complete",
    ),
    "cancelled before the close": ("cancel", "close"),
    "cancelled after the close": ("close", "cancel", "hold", "complete"),
}

any_place = st.integers(0, 1000)


class PlacesMachine(RuleBasedStateMachine):
    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.office.clear()

    @initialize(capacity=st.integers(1, 3), crowd=st.permutations(PEOPLE), fate=st.sampled_from(sorted(FATES)))
    def publish(self, capacity: int, crowd: list[Actor], fate: str) -> None:
        self.fate = FATES[fate]
        self.course_id = self.office.course(capacity=capacity)
        self.paper = Paper(capacity, closes=CLOSES, over=STARTS + timedelta(hours=2), now=NOW)
        for who in crowd[: capacity + 3]:
            assert self.do(usecases.enrol, Enrol(course_id=self.course_id), who) == self.paper.come(who.id, True)

    @rule(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), any_place, st.booleans()), min_size=2, max_size=8))
    def somebody_does(self, deeds: list[tuple[str, int, bool]]) -> None:
        for deed, number, by_staff in deeds:
            getattr(self, deed)(number, by_staff)

    # --- deeds

    def come(self, number: int, _: bool = False) -> None:
        who, waits = PEOPLE[number % len(PEOPLE)], bool(number % 4)
        assert self.do(usecases.enrol, Enrol(course_id=self.course_id, waiting_list=waits), who) == self.paper.come(
            who.id, waits
        )

    def leave(self, number: int, by_staff: bool) -> None:
        self.give_up(by_staff, *self.pick(number, "in", "held", "waiting"))

    def decline(self, number: int, by_staff: bool) -> None:
        self.give_up(by_staff, *self.pick(number, "held"))

    def give_up(self, by_staff: bool, place: int, owner: Actor) -> None:
        who, why = (STAFF, "by_staff") if by_staff else (owner, "withdrawn")
        assert self.do(
            usecases.cancel_enrolment, CancelEnrolment(enrolment_id=self.enrolment_id(place)), who
        ) == self.paper.leave(place, why)

    def take(self, number: int, by_staff: bool) -> None:
        place, owner = self.pick(number, "held")
        who = STAFF if by_staff else owner
        assert self.do(
            usecases.accept_place, AcceptPlace(enrolment_id=self.enrolment_id(place)), who
        ) == self.paper.take(place)

    def meddle(self, number: int, _: bool) -> None:
        """Somebody else's place is not there for them."""
        place, owner = self.pick(number, "in", "held", "waiting")
        who = PEOPLE[number % len(PEOPLE)]
        if who != owner:
            assert self.do(usecases.cancel_enrolment, CancelEnrolment(enrolment_id=self.enrolment_id(place)), who) == {
                "not_found"
            }
            assert self.do(usecases.accept_place, AcceptPlace(enrolment_id=self.enrolment_id(place)), who) == {
                "not_found"
            }

    def time_passes(self, number: int, timers_look_late: bool) -> None:
        self.paper.now += timedelta(hours=HOURS[number % len(HOURS)])
        if not timers_look_late:
            self.look()

    def look(self) -> None:
        for timer in (usecases.lapse_offers, usecases.close_enrolment):
            while self.office.work(timer, rules=self.office.rules, now=self.paper.now):
                pass
        self.paper.look_at_clock()

    # --- what must always be so

    @invariant()
    def both_agree(self) -> None:
        if not hasattr(self, "paper"):
            return
        REACHED.add(self.paper.state)
        course, found = self.office.found(self.course_id), self.office.enrolments(self.course_id)
        assert [as_line(each) for each in found] == self.paper.lines
        assert (course.status, course.taken, course.waiting) == (
            self.paper.state,
            self.paper.taken,
            len(self.paper.waiting),
        )
        assert course.taken <= course.capacity
        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert self.positions() == list(range(1, len(self.paper.waiting) + 1))

    def teardown(self) -> None:
        """The course comes to its end. Every end of an enrolment was told once, with its reason; nobody was passed by
        in silence.
        """
        if not hasattr(self, "paper"):
            return
        for step in (*self.fate, "nothing_goes_on"):
            getattr(self, step)()
            self.both_agree()
        REACHED.update(line.why or line.state for line in self.paper.lines)
        wanted = "SELECT envelope FROM outbox WHERE event IN ('enrolment_cancelled', 'place_lapsed')"
        rows = self.office.read(lambda session: session.execute(text(wanted)).scalars().all())
        told = sorted((data["person_id"], data["reason_code"]) for data in (json.loads(row)["data"] for row in rows))
        assert told == sorted((line.person, line.why) for line in self.paper.lines if line.why)

    # --- how a course ends

    def close(self) -> None:
        self.paper.now = max(self.paper.now, CLOSES)
        self.look()

    def hold(self) -> None:
        assert self.do(usecases.confirm_course, ConfirmCourse(course_id=self.course_id), STAFF) == self.paper.hold()

    def cancel(self) -> None:
        assert self.do(usecases.cancel_course, CancelCourse(course_id=self.course_id), STAFF) == self.paper.cancel()

    def pass_the_last_session(self) -> None:
        self.paper.now = max(self.paper.now, self.paper.over)

    def complete(self) -> None:
        assert (
            self.do(usecases.complete_course, CompleteCourse(course_id=self.course_id), STAFF) == self.paper.complete()
        )

    def nothing_goes_on(self) -> None:
        self.come(1)
        for place in range(len(self.paper.lines)):
            assert self.do(
                usecases.cancel_enrolment, CancelEnrolment(enrolment_id=self.enrolment_id(place)), STAFF
            ) == self.paper.leave(place, "by_staff")

    # --- for the deeds

    def positions(self) -> list[int]:
        """As they are shown to those who wait, in the order of coming."""
        request = ListEnrolments(limit=len(self.paper.lines) or 1, course_id=self.course_id)
        page = self.office.act(usecases.list_enrolments, request, STAFF, self.paper.now)
        return [each.position for each in page.items if each.status == "waiting"]

    def do(self, usecase, command, who: Actor) -> set[str]:
        try:
            self.office.act(usecase, command, who, self.paper.now)
        except Refused as refused:
            return {each.code for each in refused.refusals}
        except DomainError as error:
            return {error.code}
        return set()

    def pick(self, number: int, *states: str) -> tuple[int, Actor]:
        """Mostly one with which something can be done. The place of its line, and whose it is."""
        places = list(range(len(self.paper.lines)))
        fitting = [each for each in places if self.paper.lines[each].state in states] if number % 5 else []
        place = (fitting or places)[number % len(fitting or places)]
        return place, next(who for who in PEOPLE if who.id == self.paper.lines[place].person)

    def enrolment_id(self, place: int) -> str:
        return self.office.enrolments(self.course_id)[place].id


def as_line(enrolment) -> Line:
    state = next(state for state, status in STATUS.items() if status == enrolment.status)
    return Line(enrolment.person_id, state, enrolment.offer_until, enrolment.reason_code)


def test_places_agree_with_the_paper(office):
    """The plain walks come first: which walks are generated depends on constants anywhere in the code."""
    REACHED.clear()
    for fate, deeds in itertools.product(FATES, PLAIN):
        walk = PlacesMachine(office)
        walk.publish(capacity=2, crowd=PEOPLE, fate=fate)
        walk.somebody_does(deeds)
        walk.teardown()
    assert REACHED == EVERYTHING, "the plain walks do not come to everything"
    run_state_machine_as_test(lambda: PlacesMachine(office), settings=WALKS)
    assert REACHED == EVERYTHING

"""What people wish for, drawn so that they get into each other's way: few days, few hours, few people."""

from datetime import timedelta

from hypothesis import strategies as st

from services.chassis.context import Actor
from tests.people import RESIDENT, STAFF
from tests.service.booking.paper.charging import TENANT

MEMBERS = [Actor(f"member-{number}", "박회원", frozenset({"member"}), (TENANT,)) for number in (1, 2)]

HOUR = timedelta(hours=1)
SPACES = ["edu-1", "edu-1", "edu-2", "meeting", "lounge", "hall", "hall"]

people = st.sampled_from([RESIDENT, *MEMBERS, *MEMBERS, STAFF])
roles = st.sampled_from(["owner"] * 4 + ["staff", "staff", "stranger"])
"""Who acts on a booking."""
mostly_staff = st.sampled_from([STAFF] * 6 + [MEMBERS[0]])
seldom = st.sampled_from([False] * 9 + [True])
picks = st.integers(0, 100)
"""Which of what there is."""
scopes = st.sampled_from(["this", "following", "all"])
spaces = st.sampled_from(SPACES)
grounds = st.sampled_from([None, None, "public_benefit", "village_grant"])
recurrences = st.tuples(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]), st.integers(1, 5))

hours = [number * HOUR for number in range(25)]
some_equipment = st.sampled_from([{}, {}, {"projector": 1}, {"projector": 2}, {"projector": 1, "folding_table": 6}])

plain = st.fixed_dictionaries(
    {
        "space": spaces,
        "days": st.sampled_from([7, 8, 9, 10, 13]),
        "start": st.sampled_from(hours[9:15]),
        "length": st.sampled_from(hours[1:4]),
        "attendees": st.just(10),
        "equipment": some_equipment,
        "purpose": st.just("community"),
        "ground": grounds,
    }
)
odd = st.fixed_dictionaries(
    {
        "space": spaces,
        "days": st.sampled_from([7, 6, 0, 12, 21, 28, 29, 30, 31, 32]),
        "start": st.sampled_from([*hours[8:11], *hours[17:21], hours[0], 10.5 * HOUR]),
        "length": st.sampled_from([*hours[1:4], hours[9], hours[24], 1.5 * HOUR]),
        "attendees": st.sampled_from([10, 2, 3, 12, 13, 30, 31, 100, 101]),
        "equipment": some_equipment | st.sampled_from([{"projector": 3}, {"microphone": 3}]),
        "purpose": st.sampled_from(["community"] * 4 + ["religious"]),
        "ground": grounds,
    }
)
applications = st.sampled_from([plain] * 5 + [odd]).flatmap(lambda kind: kind)

shifts = st.sampled_from([0, 0, 0, 1, -1, 2, -2, 24, -24, 0.5, 48, 7 * 24, 20 * 24]).map(lambda number: number * HOUR)
stretches = st.sampled_from([0, 0, 0, 0, 1, -1, -2, 24]).map(lambda number: number * HOUR)
changes = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["다른 모임", "모임"]),
        "attendees": st.sampled_from([5, 10, 12, 40]),
        "equipment": some_equipment,
        "space": spaces,
    },
)

jumps = st.sampled_from(["hour", "day", "two days", "early", "opens", "starts", "last minute", "missed", "undecided"])
"""How far time goes on; but for the first three up to a moment of a booking."""

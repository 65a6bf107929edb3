"""No judge reads or scores what they have a conflict with, in any of many panels made up by chance."""

import random

from tests.service.recruitment.panels import assigned_all_the_same, make_up, outcome_of, read_by_all, run

PANELS = 25
"""In the suite on each database; a thousand by `python -m tests.service.recruitment.panels 1000`."""


def test_no_barred_pair_ever_meets(database_of_each_kind):
    found = run(database_of_each_kind, PANELS)
    assert found.both == 0
    assert found.most_apart <= 1
    assert found.barred > PANELS  # there was something to find
    assert found.read > PANELS  # and something to read
    assert found.scored > 0


def test_the_door_itself_keeps_barred_judges_out(database_of_each_kind):
    """Negative control: nobody has looked for conflicts, everything is given out. Who has a tie is refused all the
    same; who only stepped aside would read.
    """
    chance = random.Random(2)
    declared = 0
    for _ in range(12):
        made = make_up(chance)

        def harm(session, made=made):
            tied = set(made.barred)
            outcome_of(session, made, chance)
            stepped_aside = len(made.barred - tied)
            assigned_all_the_same(session, made)
            return read_by_all(session, made).both, stepped_aside

        both, stepped_aside = database_of_each_kind.transaction(harm)
        assert both == stepped_aside
        declared += stepped_aside
    assert declared > 0

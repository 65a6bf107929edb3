"""The ranking: scenarios 23-26, and against an oracle."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.contract.vocabulary import Counted
from services.recruitment.domain.ranked import from_text, to_text
from services.recruitment.domain.ranking import rank
from services.recruitment.domain.selection_log import Entry, Kind, fingerprint
from tests.soak import examples
from tests.unit.recruitment.selections import Log, expected, logs, spread

CASES = examples(100, 10_000)


def places(log: Log) -> list[tuple[str, int]]:
    return [(line.application_id, line.rank) for line in rank(log.entries).lines]


def test_five_totals_are_trimmed_and_the_mean_is_rounded_half_up():
    """Scenario 23."""
    (line,) = rank(Log().scored("a", 92, 88, 85, 80, 60).entries).lines
    assert line.score == Decimal("84.33")
    assert [(each.total, each.counted) for each in line.totals] == [
        (60, Counted.LOWEST), (80, Counted.YES), (85, Counted.YES), (88, Counted.YES), (92, Counted.HIGHEST),
    ]  # fmt: skip


def test_bonus_is_added_to_the_mean_and_never_more_than_the_most():
    """Scenario 23."""
    log = Log().scored("a", 92, 88, 85, 80, 60).write(Kind.BONUS, "a", points="3", ground="local")
    assert rank(log.entries).lines[0].score == Decimal("87.33")
    log.write(Kind.BONUS, "a", points="5", ground="local")
    assert rank(log.entries).lines[0].score == Decimal("87.33")


def test_recused_judges_score_does_not_count_and_four_totals_are_not_trimmed():
    """Scenario 24."""
    log = Log().scored("a", 88, 85, 80, 75, 99).write(Kind.RECUSAL, "a", 5)
    (line,) = rank(log.entries).lines
    assert (line.score, line.recused, {each.counted for each in line.totals}) == (
        Decimal("82.00"),
        (5,),
        {Counted.YES},
    )


def test_abstention_counts_for_nothing_and_later_scores_take_its_place():
    log = Log().scored("a", 90, 80, 70).write(Kind.ABSTENTION, "a", 3)
    assert rank(log.entries).lines[0].score == Decimal("85.00")
    assert rank(log.entries).quorum_missing == ("a",)
    log.write(Kind.SCORES, "a", 3, points=spread(76))
    assert (rank(log.entries).lines[0].score, rank(log.entries).quorum_missing) == (Decimal("82.00"), ())


def test_a_hundredth_below_the_pass_mark_fails_whatever_its_rank():
    """Scenario 25."""
    log = Log()
    for number in range(7):
        log.scored(f"a{number}", *(90 - number,) * 3)
    log.scored("eighth", Decimal("69.99"), Decimal("69.99"), Decimal("69.99"))
    log.scored("ninth", 60, 60, 60)
    line = rank(log.entries).line("eighth")
    assert (line.rank, line.score, line.passed) == (8, Decimal("69.99"), False)
    assert rank(Log().scored("a", 70, 70, 70).entries).lines[0].passed


def test_tie_is_decided_by_social_local_then_by_viability():
    """Scenario 26."""
    log = Log().scored("a", 81, 81, 82, social_local=20).scored("b", 81, 81, 82, social_local=24)
    ranking = rank(log.entries)
    assert places(log) == [("b", 1), ("a", 2)]
    assert [line.decided_by for line in ranking.lines] == ["social_local", "social_local"]
    assert ranking.lines[0].score == Decimal("81.33")
    log.scored("c", 81, 81, 82, social_local=24, viability=15).scored("d", 81, 81, 82, social_local=24, viability=14)
    assert [name for name, _ in places(log)] == ["b", "c", "d", "a"]


def test_tie_that_nothing_decides_waits_for_the_vote():
    """Scenario 26."""
    log = Log().scored("a", 90, 90, 90).scored("b", 81, 81, 82).scored("c", 81, 81, 82)
    assert (rank(log.entries).ties, places(log)) == ((("b", "c"),), [("a", 1), ("b", 2), ("c", 2)])
    log.write(Kind.VOTE, order=["c", "b"])
    assert (rank(log.entries).ties, places(log)) == ((), [("a", 1), ("c", 2), ("b", 3)])
    assert [line.decided_by for line in rank(log.entries).lines] == ["", "vote", "vote"]


def test_tie_below_the_pass_mark_blocks_nothing():
    log = Log().scored("a", 60, 60, 60).scored("b", 60, 60, 60).scored("c", 50, 50, 50)
    assert (rank(log.entries).ties, places(log)) == ((), [("a", 1), ("b", 1), ("c", 3)])


def test_skipped_optional_criterion_does_not_lower_the_total():
    full = {"team": "24", "social_local": "24", "viability": "20", "fit": "12"}
    without = {name: points for name, points in full.items() if name != "fit"}
    log = Log().write(Kind.CANDIDATE, "a", kind="office")
    log.write(Kind.SCORES, "a", 1, points=full).write(Kind.SCORES, "a", 2, points=without)
    totals = rank(log.entries).lines[0].totals
    assert [(each.total, each.scaled_from) for each in totals] == [(80, None), (80, Decimal(85))]


def test_each_kind_of_unit_has_a_ranking_of_its_own():
    log = Log().scored("a", 90, 90, 90).scored("b", 80, 80, 80)
    log.write(Kind.CANDIDATE, "b", kind="coworking")
    assert [(line.application_id, line.kind, line.rank) for line in rank(log.entries).lines] == [
        ("b", "coworking", 1),
        ("a", "office", 1),
    ]


def test_log_with_a_gap_or_a_number_twice_is_refused():
    log = Log().scored("a", 90, 80, 70).entries
    for broken in (log[:2] + log[3:], [*log, log[-1]]):
        with pytest.raises(ValueError, match="without a gap"):
            rank(broken)
    with pytest.raises(ValueError, match="no rules"):
        rank([Entry(1, Kind.CANDIDATE, "a", content={"kind": "office"})])


@settings(max_examples=CASES)
@given(log=logs())
def test_ranking_is_what_the_oracle_expects(log):
    ranking = rank(log)
    found = sorted((line.application_id, line.rank, line.score, line.passed) for line in ranking.lines)
    assert (found, set(map(frozenset, ranking.ties)), set(ranking.quorum_missing)) == expected(log)


@settings(max_examples=CASES // 4)
@given(log=logs(), order=st.randoms())
def test_order_of_the_input_is_irrelevant_and_the_text_is_the_same_to_the_byte(log, order: random.Random):
    shuffled = order.sample(log, len(log))
    assert to_text(rank(shuffled)) == to_text(rank(log))
    assert fingerprint(shuffled) == fingerprint(log)
    assert from_text(to_text(rank(log))) == rank(log)

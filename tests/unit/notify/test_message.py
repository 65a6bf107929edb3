"""What becomes of a message after an attempt."""

import pytest

from services.notify.domain.message import DELAYS, Category, Outcome, Status, after

LAST = len(DELAYS) + 1


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("safe", [True, False])
def test_sent_and_refused_are_final(category: Category, safe: bool):
    for outcome, status in ((Outcome.SENT, Status.SENT), (Outcome.PERMANENT, Status.FAILED)):
        for attempts in range(1, LAST + 1):
            verdict = after(outcome, attempts=attempts, category=category, repeats_are_safe=safe)
            assert (verdict.status, verdict.wait) == (status, None)


@pytest.mark.parametrize("category", Category)
def test_temporary_failure_waits_longer_each_time_and_is_dead_in_the_end(category: Category):
    verdicts = [
        after(Outcome.TEMPORARY, attempts=attempts, category=category, repeats_are_safe=False)
        for attempts in range(1, LAST + 1)
    ]
    assert [verdict.wait.total_seconds() if verdict.wait else None for verdict in verdicts] == [10, 60, 600, 3600, None]
    assert [verdict.status for verdict in verdicts] == ["queued"] * 4 + ["dead"]


@pytest.mark.parametrize(
    ("category", "safe", "repeated"),
    [
        (Category.MANDATORY, False, True),
        (Category.SERVICE, False, False),
        (Category.ADVERTISING, False, False),
        (Category.MANDATORY, True, True),
        (Category.SERVICE, True, True),
        (Category.ADVERTISING, True, True),
    ],
)
def test_unknown_outcome_is_repeated_where_that_does_less_harm(category: Category, safe: bool, repeated: bool):
    first = after(Outcome.UNKNOWN, attempts=1, category=category, repeats_are_safe=safe)
    assert first.status == ("queued" if repeated else "unknown")
    last = after(Outcome.UNKNOWN, attempts=LAST, category=category, repeats_are_safe=safe)
    assert last.status == "unknown"

"""Delivery under SIGKILL."""

import pytest

from tests.faults.delivery_storm import count, storm
from tests.soak import examples

pytestmark = [pytest.mark.servers, pytest.mark.slow]

MESSAGES = examples(800, 10_000)
DOUBLED_AMONG = examples(200, 10_000)


def test_messages_of_killed_workers_are_neither_lost_nor_doubled(tmp_path):
    with storm(tmp_path, seed=7) as raging:
        raging.queue(MESSAGES)
        raging.most_each = 100
        raging.rage()
        raging.send_again_what_was_given_up()
        found = count(raging)
    assert raging.strikes >= 2
    assert raging.provider_deaths >= 1
    assert sum(found.statuses.values()) == MESSAGES
    assert (found.lost, found.silent, found.doubled_unlisted) == ([], [], [])
    # texts: their provider can be asked. Mails: only mandatory ones are sent again when nobody knows.
    assert set(found.doubled) <= {"mandatory"}
    assert {kind for kind, status in found.statuses if status == "unknown"} <= {"mail", "dropped"}
    assert found.statuses["text", "sent"] + found.statuses["deadly", "sent"] == MESSAGES // 2
    assert found.statuses["dropped", "unknown"] == MESSAGES // 50


def test_without_the_record_of_begun_attempts_messages_are_doubled(tmp_path):
    """The negative control."""
    with storm(tmp_path, seed=7, chance=0.0) as raging:
        raging.queue(DOUBLED_AMONG)
        raging.most_each, raging.blind = 40, True
        raging.rage()
        found = count(raging)
    assert found.doubled["mail"] > 0
    assert found.doubled["text"] > 0

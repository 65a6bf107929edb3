"""A broadcast whose workers are killed at random points: everybody is told once, whoever sends the rest."""

import json
import random
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import insert, select

from services.chassis.db import Database
from services.notify.manifest import MANIFEST
from services.notify.models import Contact, Message
from services.notify.models.audiences import Broadcast
from tests import servers
from tests.service import migrated
from tests.soak import examples

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PEOPLE = examples(400, 10_000)
BATCHES = 20
LONGEST = 100
"""Statements of a worker before it is killed, at most."""
NOW = datetime.fromisoformat("2020-03-10T09:00:00+09:00")


@pytest.fixture
def database():
    url = migrated.on_postgresql(MANIFEST)
    opened = Database(url)
    opened.transaction(prepare)
    yield opened, url
    opened.dispose()
    servers.postgres().drop_database(url)


def prepare(session):
    people = [
        {"person_id": f"p{number:05}", "name": "홍길동", "email": f"p{number}@example.com", "locale": "ko"}
        for number in range(PEOPLE)
    ]
    session.execute(insert(Contact), [{**each, "updated_at": NOW} for each in people])
    session.add(
        Broadcast(
            id="b-1",
            category="service",
            audience_kind="everyone",
            audience_key="",
            channels=["inbox", "email"],
            texts={"ko": {"subject": "제목", "body": "글"}},
            state="scheduled",
            send_at=NOW,
            last_person_id="",
            people=0,
            written_by="staff-1",
            written_at=NOW,
            version=1,
        )
    )


def rage(database: Database, url: str, *, torn: bool) -> int:
    """Workers one after the other, each killed before one of its statements, until all is done. How many died."""
    chance, strikes = random.Random(7), 0
    program = [sys.executable, "-m", "tests.faults.broadcast_worker"]
    plan = {"database": url, "now": NOW.isoformat(), "torn": torn, "batch": PEOPLE // BATCHES}
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forge:
        while reached(database) < PEOPLE:
            forge.stdin.write(json.dumps({**plan, "statements": chance.randint(1, LONGEST)}) + "\n")
            forge.stdin.flush()
            strikes += int(forge.stdout.readline()) == -signal.SIGKILL
        forge.stdin.close()
    return strikes


def reached(database: Database) -> int:
    return database.transaction(lambda session: session.get(Broadcast, "b-1").people)


def heard(database: Database) -> Counter:
    chosen = select(Message.person_id, Message.channel)
    return Counter(database.transaction(lambda session: [tuple(row) for row in session.execute(chosen)]))


def test_everybody_is_told_once_by_workers_that_are_killed(database):
    opened, url = database
    assert rage(opened, url, torn=False) >= 3
    everybody = {(f"p{number:05}", channel) for number in range(PEOPLE) for channel in ("inbox", "email")}
    assert heard(opened) == dict.fromkeys(everybody, 1)
    assert reached(opened) == PEOPLE


def test_people_are_lost_where_the_place_is_kept_before_the_messages(database):
    """The negative control."""
    opened, url = database
    assert rage(opened, url, torn=True) >= 3
    assert 0 < len(heard(opened)) < 2 * PEOPLE

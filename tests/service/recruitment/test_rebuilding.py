"""`madang rankings` makes every frozen ranking anew from its log, and tells when it is not the same to the byte."""

from argparse import Namespace

import pytest
from sqlalchemy import text

from services.chassis.errors import NotFound
from services.recruitment.commands import rankings
from services.recruitment.queries.rebuilding import rebuilt
from tests.service.recruitment.letting import Selection
from tests.service.recruitment.selecting import JUDGES, NOTICE, OFFICES

TAMPERING = [
    "UPDATE selection_log SET seat = 6 WHERE kind = 'scores' AND seat = 1",
    "DELETE FROM selection_log WHERE sequence = 4",
    "UPDATE rankings SET ranking = replace(ranking, 'counted', 'highest')",
    "UPDATE rankings SET inputs_digest = ranking_digest",
]


@pytest.fixture
def selection(bench_of) -> Selection:
    """Ranked after a recusal, a correction and a bonus."""
    bench = bench_of("recruitment", now=NOTICE)
    made = Selection(bench, 3, unit_ids=OFFICES[:2])
    for number in (1, 2, 3):
        made.score(number, 90, 80, 85, 75, 95 - number)
    made.score(2, 99)
    made.staff("grant_bonus", application_id=made.ids[3], points=1.5, ground="local")
    made.as_(JUDGES[4], "recuse_judge", application_id=made.ids[1], ground="kinship", reason="친척입니다.")
    made.rank()
    return made


def rebuild(selection: Selection, capsys, call: str | None = None) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = rankings(selection.bench.config, Namespace(call=call))
    return code, [line.split("\t")[-1] for line in capsys.readouterr().out.splitlines() if "\t" in line]


def test_every_ranking_is_rebuilt_to_the_byte(selection, capsys):
    assert rebuild(selection, capsys) == (0, ["identical"])
    assert rebuild(selection, capsys, "2020-1") == (0, ["identical"])
    with pytest.raises(NotFound):
        rebuild(selection, capsys, "2020-2")
    selection.publish()
    assert rebuild(selection, capsys) == (0, ["identical"])


def test_what_was_tampered_with_differs(selection, capsys):
    """Past the database's own guard, as only its owner can."""
    database = selection.bench.database("recruitment")

    def without_guard(session):
        if database.is_sqlite:
            for event in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER a_selection_log_only_grows_{event}"))
        else:
            session.execute(text("ALTER TABLE selection_log DISABLE TRIGGER a_selection_log_only_grows"))

    class Undone(Exception):
        pass

    database.transaction(without_guard)
    assert rebuild(selection, capsys)[0] == 0
    for statement in TAMPERING:
        found = []

        def tamper(session, statement=statement, found=found):
            session.execute(text("DELETE FROM score_comments"))
            assert session.execute(text(statement)).rowcount > 0
            found.extend(rebuilt(session))
            raise Undone

        with pytest.raises(Undone):
            database.transaction(tamper)
        assert [each.is_identical for each in found] == [False]
    assert rebuild(selection, capsys)[0] == 0


def test_nothing_frozen_is_nothing_to_rebuild(bench_of, capsys):
    bench = bench_of("recruitment", now=NOTICE)
    assert rankings(bench.config, Namespace(call=None)) == 0

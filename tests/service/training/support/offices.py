"""How the tests of the support work ask, tell and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select

from services.chassis import ids
from services.chassis.context import Actor
from services.chassis.errors import Refused
from services.chassis.tables import inbox, outbox
from services.chassis.testing import Bench

GOLDEN = Path("tests/contracts/events")
KIM = Actor("consultant-kim", "김자문", frozenset({"consultant"}))
LEE = Actor("consultant-lee", "이자문", frozenset({"consultant"}))
ACTIVIST = Actor("activist-0", "마을이", frozenset({"activist"}))


def moment(text: str) -> datetime:
    """moment("2020-03-20 10:00"): as the centre's clock shows it."""
    return datetime.fromisoformat(f"{text}:00+09:00")


@contextmanager
def all_of(bench: Bench, *people: Actor | None):
    """The training service as each of the people meets it."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(bench.acting(person)).training for person in people)


def codes_of(call: Callable[..., Any], **arguments: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    return [refusal.code for refusal in caught.value.refusals]


def tell(bench: Bench, source: str, event: str, data: dict[str, Any], *, event_id: str = "") -> None:
    """Another service's event, or somebody's outside, arrives."""
    envelope = {
        "specversion": "1.0",
        "id": event_id or ids.new_id(),
        "source": f"/madang/{source}",
        "type": f"madang.{source}.{event}.v1",
        "subject": "subject",
        "time": "2020-03-10T00:00:00+00:00",
        "sequence": 1,
        "data": data,
    }
    bench.publish(source, event, envelope)
    bench.settle()


def tell_golden(bench: Bench, source: str, event: str, **data: Any) -> None:
    """Another service's event as its contract shows it, but for `data`."""
    golden = json.loads((GOLDEN / f"madang.{source}.{event}.v1.golden.json").read_text(encoding="utf-8"))
    bench.publish(source, event, {**golden, "id": ids.new_id(), "data": {**golden["data"], **data}})
    bench.settle()


def tell_again(bench: Bench, event: str) -> None:
    """The service's newest event of this name arrives once more, under another id."""
    wanted = select(outbox.c.envelope).where(outbox.c.event == event).order_by(outbox.c.id.desc()).limit(1)
    envelope = json.loads(read(bench, wanted)[0])
    bench.publish("training", event, {**envelope, "id": ids.new_id()})
    bench.settle()


def told(bench: Bench, *events: str) -> list[dict[str, Any]]:
    """The data of the service's own events of these names, in the order in which they left."""
    everything = [json.loads(text) for text in read(bench, select(outbox.c.envelope).order_by(outbox.c.id))]
    return [each["data"] for each in everything if each["type"].split(".")[2] in events]


def sequences(bench: Bench, subject: str) -> list[int]:
    """Of the service's own events about it, in the order in which they left."""
    everything = [json.loads(text) for text in read(bench, select(outbox.c.envelope).order_by(outbox.c.id))]
    return [each["sequence"] for each in everything if each["subject"] == subject]


def dead_letters(bench: Bench) -> list[str]:
    return read(bench, select(inbox.c.error).where(inbox.c.state == "dead"))


def read(bench: Bench, query: Select[Any]) -> list[Any]:
    return bench.database("training").transaction(lambda session: list(session.scalars(query)))


def programme_with(staff: Any, communities: int, activists: int, *, stage: str = "activity") -> str:
    """A programme of 2020 with so many communities, and so many activists in the register. Returns its id."""
    programme = staff.open_programme(title="2020 마을공동체 만들기", year=2020, stage=stage)
    for number in range(communities):
        staff.add_community(
            programme_id=programme["id"], amount=1_000_000, community={"name": f"공동체 {number:02}", "area": "가정동"}
        )
    for number in range(activists):
        staff.put_activist(id=f"activist-{number}", name=f"활동가 {number}")
    return programme["id"]

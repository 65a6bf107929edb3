"""A service for tests of the chassis: its handler and its command do and fail as they are told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import eventlet
from marshmallow import Schema, fields
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select

from services.chassis import ids
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import Refusal, Refused
from services.chassis.events import EventType, emit
from services.chassis.handlers import handles
from services.chassis.manifest import Manifest
from services.chassis.service import Service
from services.chassis.timers import every

effects = Table(
    "effects", MetaData(), Column("id", Integer, primary_key=True, autoincrement=True), Column("what", String(200))
)


class Noted(Schema):
    what = fields.String(required=True)
    failures = fields.Integer(load_default=0)
    refuse = fields.Boolean(load_default=False)
    tell = fields.Boolean(load_default=False)


class Deed(Schema):
    what = fields.String(required=True)
    seconds = fields.Float(load_default=0)
    refuse = fields.Boolean(load_default=False)


class Nothing(Schema):
    pass


DONE = EventType("probe", "done", Noted)
MANIFEST = Manifest(name="probe", service="tests.probe.service:ProbeService", migrations="tests.probe.migrations")

tries: Counter[str] = Counter()
"""How often the handler began each `what`, and the command each "do `what`", in this process."""

chores: list[float] = []
"""What the timer has to do, each so many seconds long."""


class ProbeService(Service):
    name = "probe"
    manifest = MANIFEST

    @command(Deed)
    def do(self, call: Call, deed: Any) -> Any:
        """Has an effect, emits `done` of it, and takes its time."""
        tries[f"do {deed['what']}"] += 1
        if deed["refuse"]:
            raise Refused([Refusal("too_late", "Not any more.")])
        _have_effect(call, deed["what"])
        emit(call.session, DONE.about(deed["what"], 1, {"what": deed["what"]}), now=call.now)
        eventlet.sleep(deed["seconds"])
        return {"answer": ids.new_id()}

    @every(3600)
    def do_a_chore(self) -> bool:
        if not chores:
            return False
        seconds = chores.pop()
        eventlet.sleep(seconds)
        tries[f"chore of {seconds} s"] += 1
        return True

    @query(Nothing)
    def effects(self, call: Call, _: Any) -> Any:
        return [what for (what,) in call.session.execute(select(effects.c.what).order_by(effects.c.id))]

    @query(Deed)
    def echo(self, _: Call, deed: Any) -> Any:
        return deed

    @query(Nothing)
    def count(self, call: Call, _: Any) -> Any:
        return call.session.execute(select(func.count()).select_from(effects)).scalar_one()

    @query(Nothing)
    def settled(self, call: Call, _: Any) -> Any:
        """Has every command's event been handled?"""
        done = call.session.execute(
            select(func.count()).select_from(effects).where(effects.c.what.like("noted %"))
        ).scalar_one()
        return 2 * done == call.session.execute(select(func.count()).select_from(effects)).scalar_one()

    @handles("district", "noted", Noted)
    @handles("probe", "done", Noted)
    def note(self, call: Call, event: Any) -> None:
        """Fails `failures` times after its effect, which must then not be there; refuses when told to."""
        what = event.data["what"]
        tries[what] += 1
        _have_effect(call, f"noted {what}")
        if event.data["refuse"]:
            raise Refused([Refusal("too_late", "Not any more.")])
        if tries[what] <= event.data["failures"]:
            raise RuntimeError(f"failure {tries[what]}")
        if event.data["tell"]:
            emit(call.session, DONE.about(what, 1, {"what": "told"}), now=call.now)


def _have_effect(call: Call, what: str) -> None:
    call.session.execute(insert(effects).values(what=what))

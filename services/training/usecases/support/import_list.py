"""A list that somebody kept elsewhere is taken over from a file: all of it, or nothing and every fault by its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from marshmallow import RAISE, Schema, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis import ids, roles
from services.chassis.context import Actor
from services.chassis.contract_schemas import request_schema
from services.chassis.errors import Invalid
from services.chassis.events import Event, emit_all
from services.chassis.i18n import msgid as _
from services.training import sheets
from services.training.contract.network import EnterMember
from services.training.contract.programmes import NewCommunity
from services.training.domain.rules import TrainingRules
from services.training.domain.support import survey
from services.training.domain.support.lists import COLUMNS, REQUIRED, Fault, ImportKind, read_cell
from services.training.events import support as events
from services.training.models.base import Base
from services.training.models.support.network import Member
from services.training.models.support.programmes import Community
from services.training.models.support.survey import Asset
from services.training.schemas.support.lists import FileFormat, ImportList
from services.training.schemas.support.survey import EnterAsset, EnterAssetSchema
from services.training.usecases.support.keep_network import new_member

MOST_FAULTS = 200
"""So many are told at once."""

UNREADABLE = _("This cannot be read as a list.")
TOO_MUCH = _("A list has at most 10,000 rows and 50 columns. Divide it.")
NO_COLUMN = _("This column is missing.")
UNKNOWN_COLUMN = _("There is no such column in this list.")
COLUMN_TWICE = _("This column is there twice.")
KNOWN_ALREADY = _("This is in the list already.")
TWICE = _("This is in the file twice.")
NO_NAME = _("There is something in a column that has no name.")
NO_ROWS = _("There is nothing in this list.")

Words = Mapping[str, str]
"""Codes and column names by how people read them, in all languages together."""


@dataclass(frozen=True)
class Imported:
    """faults: with messages that are msgids still."""

    command: ImportList
    rows: int
    created: int
    faults: Sequence[Fault]


@dataclass(frozen=True)
class _List:
    """table: where its rows come to. key: what tells them apart. event: that tells others of a new row."""

    table: type[Base]
    schema: type[Schema]
    key: tuple[str, ...]
    event: Callable[[Any], Event] | None = None


LISTS = {
    ImportKind.COMMUNITIES: _List(Community, request_schema(NewCommunity), ("name", "area")),
    ImportKind.ASSETS: _List(Asset, EnterAssetSchema, ("kind", "name", "area")),
    ImportKind.MEMBERS: _List(Member, request_schema(EnterMember), ("name", "side"), events.member_joined),
}


def import_list(
    session: Session, command: ImportList, *, words: Words, actor: Actor, rules: TrainingRules, now: datetime
) -> Imported:
    """A dry run says what is wrong and writes nothing. Without one, a file with a fault is refused as a whole.

    Raises Forbidden, Invalid.
    """
    roles.require_staff(actor)
    of_kind = LISTS[command.kind]
    header, rows = _read(command)
    faults, columns = _columns(command.kind, header, words)
    wanted: list[tuple[int, Any]] = []
    if not faults:
        faults, wanted = _loaded(of_kind, columns, rows, words)
        faults += _known_already(session, of_kind, wanted)
    faults = [replace(each, column=columns.get(each.column, each.column)) for each in sorted(faults, key=_place)]
    if command.dry_run:
        return Imported(command, len(rows), 0, faults[:MOST_FAULTS])
    if faults:
        raise Invalid(errors={"content": _by_row(faults[:MOST_FAULTS])})
    made = [_made(command.kind, each, actor, rules, now) for _row, each in wanted]
    session.add_all(made)
    session.flush()
    if of_kind.event is not None:
        emit_all(session, [of_kind.event(each) for each in made], now=now)
    return Imported(command, len(rows), len(wanted), ())


def _place(fault: Fault) -> tuple[int, str]:
    return fault.row, fault.column


def _read(command: ImportList) -> tuple[list[str], list[tuple[int, sheets.Row]]]:
    """The header, and the rows that are not empty with their numbers. Raises Invalid."""
    reader: Callable[[bytes], list[sheets.Row]] = (
        sheets.read_xlsx if command.format is FileFormat.XLSX else sheets.read_csv
    )
    try:
        header, *rest = reader(command.content) or [()]
    except sheets.TooMuch as error:
        raise Invalid(errors={"content": [TOO_MUCH]}) from error
    except sheets.Unreadable as error:
        raise Invalid(errors={"content": [UNREADABLE]}) from error
    rows = [
        (number, row)
        for number, row in enumerate(rest, start=2)
        if any(cell is not None and str(cell).strip() for cell in row)
    ]
    if not rows:
        raise Invalid(errors={"content": [NO_ROWS]})
    return [str(each).strip() if each is not None else "" for each in header], rows


def _columns(kind: ImportKind, header: Sequence[str], words: Words) -> tuple[list[Fault], dict[str, str]]:
    """What is wrong with the header; the file's name for each column, in the order of the file."""
    named = [(words.get(each, each), each) for each in header]
    faults = [Fault(1, shown, UNKNOWN_COLUMN) for name, shown in named if shown and name not in COLUMNS[kind]]
    times = Counter(name for name, shown in named if shown)
    faults += [Fault(1, name, COLUMN_TWICE) for name, count in times.items() if count > 1]
    faults += [Fault(1, name, NO_COLUMN) for name in REQUIRED[kind] if name not in times]
    return faults, {name or f"{number}": shown for number, (name, shown) in enumerate(named)}


def _loaded(
    of_kind: _List, columns: Mapping[str, str], rows: Sequence[tuple[int, sheets.Row]], words: Words
) -> tuple[list[Fault], list[tuple[int, Any]]]:
    schema = of_kind.schema(unknown=RAISE)
    faults: list[Fault] = []
    wanted: list[tuple[int, Any]] = []
    for number, row in rows:
        filled = [(name, cell) for name, cell in zip_longest(columns, row) if cell is not None and str(cell).strip()]
        if any(not columns.get(name) for name, _cell in filled):
            faults.append(Fault(number, "", NO_NAME))
        cells = {
            name: read_cell(name, sheets.unguarded(cell) if isinstance(cell, str) else cell, words)
            for name, cell in filled
            if columns.get(name)
        }
        try:
            loaded = schema.load(cells)
        except ValidationError as error:
            faults += [_fault(number, name, messages[0]) for name, messages in error.messages_dict.items()]
            continue
        if isinstance(loaded, EnterAsset):
            faults += [Fault(number, "consent", each.message) for each in survey.consent(loaded.kind, loaded.agreement)]
        wanted.append((number, loaded))
    return faults, wanted


def _fault(row: int, column: str, message: str | Mapping[str, Any]) -> Fault:
    """message: of a marshmallow field, with details where fields.py gives them."""
    if isinstance(message, str):
        return Fault(row, column, message)
    return Fault(row, column, message["message"], message["details"])


def _known_already(session: Session, of_kind: _List, wanted: Sequence[tuple[int, Any]]) -> list[Fault]:
    columns = [getattr(of_kind.table, name) for name in of_kind.key]
    known = {tuple(row) for row in session.execute(select(*columns))}
    seen: set[tuple[str, ...]] = set()
    faults = []
    for number, each in wanted:
        key = tuple(str(getattr(each, name)) for name in of_kind.key)
        if key in known or key in seen:
            faults.append(Fault(number, "name", KNOWN_ALREADY if key in known else TWICE))
        seen.add(key)
    return faults


def _made(kind: ImportKind, each: Any, actor: Actor, rules: TrainingRules, now: datetime) -> Base:
    if kind is ImportKind.COMMUNITIES:
        return Community(id=ids.new_id(), **vars(each), entered_at=now)
    if kind is ImportKind.ASSETS:
        return Asset(id=ids.new_id(), **vars(each), entered_by=actor.id, entered_at=now)
    return new_member(each, rules, now)


def _by_row(faults: Sequence[Fault]) -> dict[str, dict[str, list[object]]]:
    by_row: dict[str, dict[str, list[object]]] = {}
    for fault in faults:
        message = {"message": fault.message, "details": fault.details} if fault.details else fault.message
        by_row.setdefault(str(fault.row), {}).setdefault(fault.column, []).append(message)
    return by_row

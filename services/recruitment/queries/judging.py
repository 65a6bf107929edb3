"""The log of a selection, and what of it may be seen by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.recruitment.domain.selection_log import Entry, Kind
from services.recruitment.models import Application, Assignment, Call, LogEntry, ScoreComment, Seat

GIVEN = (Kind.SCORES, Kind.ABSTENTION)


@dataclass(frozen=True)
class Progress:
    """Of an application. waiting: judges who are assigned and have neither scored nor abstained."""

    expected: int
    submitted: int
    waiting: frozenset[str]


def entries_of(session: Session, call_id: str, *, first: int | None = None) -> list[Entry]:
    """In their order; the first so many of them."""
    chosen = select(LogEntry).where(LogEntry.call_id == call_id).order_by(LogEntry.sequence)
    return [
        Entry(each.sequence, Kind(each.kind), each.application_id, each.seat, each.content)
        for each in session.scalars(chosen if first is None else chosen.limit(first))
    ]


def own_entries(session: Session, application: Application, judge_id: str) -> Sequence[LogEntry]:
    """What a judge has given for an application, from the first on."""
    seat = select(Seat.seat).where(Seat.call_id == application.call_id, Seat.judge_id == judge_id).scalar_subquery()
    return session.scalars(
        select(LogEntry)
        .where(
            LogEntry.call_id == application.call_id,
            LogEntry.application_id == application.id,
            LogEntry.seat == seat,
            LogEntry.kind.in_(GIVEN),
        )
        .order_by(LogEntry.sequence)
    ).all()


def comments_of(session: Session, entry: LogEntry) -> Mapping[str, str]:
    found = session.get(ScoreComment, (entry.call_id, entry.sequence))
    return found.comments if found else {}


def progress(session: Session, call_id: str) -> dict[str, Progress]:
    """By application, of those that have judges."""
    assigned: dict[str, set[str]] = {}
    chosen = select(Assignment).where(Assignment.call_id == call_id, Assignment.ended_at.is_(None))
    for each in session.scalars(chosen):
        assigned.setdefault(each.application_id, set()).add(each.judge_id)
    given: dict[str, set[str]] = {}
    heard = (
        select(LogEntry.application_id, Seat.judge_id)
        .join(Seat, (Seat.call_id == LogEntry.call_id) & (Seat.seat == LogEntry.seat))
        .where(LogEntry.call_id == call_id, LogEntry.kind.in_(GIVEN))
        .distinct()
    )
    for application_id, judge_id in session.execute(heard):
        given.setdefault(application_id, set()).add(judge_id)
    return {
        application_id: Progress(
            expected=len(judges),
            submitted=len(judges & given.get(application_id, set())),
            waiting=frozenset(judges - given.get(application_id, set())),
        )
        for application_id, judges in sorted(assigned.items())
    }


def given_by(session: Session, call_id: str, judge_id: str, kinds: Collection[Kind]) -> frozenset[str]:
    """The applications of which the log has an entry of one of these kinds by the judge."""
    found = (
        select(LogEntry.application_id)
        .join(Seat, (Seat.call_id == LogEntry.call_id) & (Seat.seat == LogEntry.seat))
        .where(LogEntry.call_id == call_id, LogEntry.kind.in_(kinds), Seat.judge_id == judge_id)
    )
    return frozenset(session.scalars(found))


def applications_of(session: Session, call: Call) -> dict[str, Application]:
    found = session.scalars(select(Application).where(Application.call_id == call.id))
    return {application.id: application for application in found}

"""Writes and reads the log of a selection. Whoever writes holds the lock of its call, so that numbers have no gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import IllegalTransition
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.ranking_rules import RankingRules
from services.recruitment.domain.selection_log import Entry, Kind
from services.recruitment.models import Call, FrozenRanking, LogEntry, Seat
from services.recruitment.queries.judging import entries_of
from services.recruitment.queries.panel import recusals, shortlisted


def append(
    session: Session,
    call: Call,
    kind: Kind,
    *,
    actor: Actor,
    now: datetime,
    application_id: str = "",
    seat: int = 0,
    content: Mapping[str, Any] | None = None,
) -> LogEntry:
    length = session.scalar(select(func.count()).select_from(LogEntry).where(LogEntry.call_id == call.id)) or 0
    entry = LogEntry(
        call_id=call.id,
        sequence=length + 1,
        kind=kind,
        application_id=application_id,
        seat=seat,
        content=dict(content or {}),
        at=now,
        actor_id=actor.id,
    )
    session.add(entry)
    session.flush()
    return entry


def seat_of(session: Session, call: Call, judge_id: str) -> int:
    """The judge's number in the log, given the first time that it is asked for."""
    taken = {seat.judge_id: seat.seat for seat in session.scalars(select(Seat).where(Seat.call_id == call.id))}
    if judge_id not in taken:
        taken[judge_id] = max(taken.values(), default=0) + 1
        session.add(Seat(call_id=call.id, judge_id=judge_id, seat=taken[judge_id]))
        session.flush()
    return taken[judge_id]


def require_open(session: Session, call: Call, wanted: JudgingAction) -> None:
    """Raises IllegalTransition: the ranking is frozen."""
    if session.get(FrozenRanking, call.id) is not None:
        raise IllegalTransition(state="ranked", wanted=wanted)


def brought_up_to_date(session: Session, call: Call, *, actor: Actor, now: datetime) -> list[Entry]:
    """The log, with what happened beside it written down: who takes part, who withdrew, which judges were recused, and
    the rules of the call.
    """
    log = entries_of(session, call.id)
    note = partial(append, session, call, actor=actor, now=now)
    content = ranking_rules(call).to_content()
    if [entry.content for entry in log if entry.kind is Kind.RULES][-1:] != [content]:
        note(Kind.RULES, content=content)
    there, noted = {each.id: each.kind for each in shortlisted(session, call.id)}, _taking_part(log)
    for application_id in sorted(there.keys() - noted):
        note(Kind.CANDIDATE, application_id=application_id, content={"kind": there[application_id]})
    for application_id in sorted(noted - there.keys()):
        note(Kind.WITHDRAWAL, application_id=application_id)
    known = {(entry.application_id, entry.seat) for entry in log if entry.kind is Kind.RECUSAL}
    for recusal in recusals(session, call.id):
        seat = seat_of(session, call, recusal.judge_id)
        if (recusal.application_id, seat) not in known:
            note(Kind.RECUSAL, application_id=recusal.application_id, seat=seat)
    return entries_of(session, call.id)


def _taking_part(log: list[Entry]) -> set[str]:
    found: set[str] = set()
    for entry in log:
        if entry.kind is Kind.CANDIDATE:
            found.add(entry.application_id)
        elif entry.kind is Kind.WITHDRAWAL:
            found.discard(entry.application_id)
    return found


def ranking_rules(call: Call) -> RankingRules:
    """As the call was published with."""
    terms = call.terms["scoring"]
    criteria = {each.id: each for each in call.criteria}
    return RankingRules(
        most={each.id: each.points for each in call.criteria},
        optional=frozenset(each.id for each in call.criteria if each.optional),
        tie_chain=tuple(name for name in terms["tie_chain"] if name in criteria),
        trim_from=terms["trim_from"],
        quorum=terms["quorum"],
        pass_mark=Decimal(terms["pass_mark"]),
        most_bonus=Decimal(terms["most_bonus"]),
    )

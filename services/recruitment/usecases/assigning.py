"""Gives the applications of a shortlist their judges: no judge with a conflict, everybody about as many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.recruitment.contract.vocabulary import Ground, RecusalSource
from services.recruitment.domain import panel
from services.recruitment.domain.panel import Applicant, Member
from services.recruitment.models import Application, Assignment, Call, Judge, Recusal
from services.recruitment.queries import panel as queries
from services.recruitment.usecases.access import CENTRE

FOUND = "found by comparison"


def member_of(judge: Judge) -> Member:
    ties = {tie["organisation_id"]: Ground(tie["ground"]) for tie in judge.ties}
    return Member(judge.judge_id, frozenset(judge.organisations), judge.marks, ties)


def applicant_of(application: Application) -> Applicant:
    people = frozenset({application.applicant_id})
    return Applicant(application.id, application.organisation_id, people, application.marks)


def ground_against(judge: Judge, actor: Actor, application: Application) -> Ground | None:
    """As things are now, with the organisations that the judge comes with."""
    known = member_of(judge)
    there = Member(known.id, known.organisations | set(actor.orgs), known.marks, known.ties)
    return panel.conflict(there, applicant_of(application))


def fill_panels(session: Session, call: Call, *, now: datetime) -> None:
    """To be called under the call's lock, whenever judges or the shortlist have changed. Conflicts that it finds are
    written down as recusals; whoever is recused or not a judge any more gives up their place.
    """
    applications = queries.shortlisted(session, call.id)
    judges = queries.judges(session, call.id)
    barred = {(each.application_id, each.judge_id) for each in queries.recusals(session, call.id)}
    barred |= _excluded(session, applications, judges, barred, now)

    there = set()
    places = {(each.id, judge.judge_id) for each in applications for judge in judges} - barred
    for assignment in queries.assignments(session, call.id):
        pair = (assignment.application_id, assignment.judge_id)
        if pair in places:
            there.add(pair)
        else:
            assignment.ended_at = now
    ids, members = [each.id for each in applications], [each.judge_id for each in judges]
    for application_id, judge_id in panel.assign(ids, members, barred, there, call.terms["judges"]["most"]):
        _take_up(session, call, application_id, judge_id, now)
    session.flush()


def _excluded(
    session: Session, applications: Sequence[Application], judges: Sequence[Judge], known: panel.Pairs, now: datetime
) -> set[tuple[str, str]]:
    found = set()
    for application in applications:
        for judge in judges:
            pair = (application.id, judge.judge_id)
            ground = panel.conflict(member_of(judge), applicant_of(application))
            if ground is None or pair in known:
                continue
            found.add(pair)
            session.add(
                Recusal(
                    application_id=application.id,
                    judge_id=judge.judge_id,
                    call_id=application.call_id,
                    source=RecusalSource.DETECTED,
                    ground=ground,
                    reason=FOUND,
                    recorded_by=CENTRE.id,
                    recorded_at=now,
                )
            )
    return found


def _take_up(session: Session, call: Call, application_id: str, judge_id: str, now: datetime) -> None:
    """A place that a judge gave up may be theirs again: the shortlist was drawn anew."""
    session.merge(
        Assignment(application_id=application_id, judge_id=judge_id, call_id=call.id, assigned_at=now, ended_at=None)
    )

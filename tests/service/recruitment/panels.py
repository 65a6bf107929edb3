"""Panels made up by chance, with ties of every kind between judges and applicants; who of the judges can read and
score what?

What must not be read is known here by how the panel was made up, not by the code that is asked. All of them:
`python -m tests.service.recruitment.panels 1000`.
"""

from __future__ import annotations

import functools
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.chassis import ids, migrate, profile
from services.chassis.call import Call as UseCaseCall
from services.chassis.context import Actor, Context
from services.chassis.db import Database
from services.chassis.errors import Forbidden, NotFound
from services.chassis.manifest import named
from services.recruitment.contract.judging import ScoreApplication
from services.recruitment.contract.panel import RecuseJudge
from services.recruitment.contract.vocabulary import Capacity, Ground
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Assignment, Call, Criterion, Judge, Recusal
from services.recruitment.usecases.assigning import fill_panels
from services.recruitment.usecases.reading import capacity_of
from services.recruitment.usecases.recuse_judge import recuse_judge
from services.recruitment.usecases.score_application import score_application
from tests import centre

NOW = datetime(2020, 4, 20, 1, tzinfo=UTC)
CHANCE = 0.25
TIES = ("organisation", "mail_domain", "phone", "kinship", "prior_advice", "other")


@dataclass
class MadeUp:
    """A panel, and the pairs (application, judge) that must never meet."""

    call: Call
    applications: list[Application]
    judges: list[Judge]
    barred: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Outcome:
    """Of all pairs: those that were barred, read, scored; and those that were read or scored though they were barred.
    Of pairs that are not barred only the first of a panel is scored.
    """

    pairs: int = 0
    barred: int = 0
    read: int = 0
    scored: int = 0
    both: int = 0
    most_apart: int = 0

    def add(self, other: Outcome) -> None:
        for name in ("pairs", "barred", "read", "scored", "both"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.most_apart = max(self.most_apart, other.most_apart)


def make_up(chance: random.Random) -> MadeUp:
    made = MadeUp(_call(), [], [])
    made.judges = [
        Judge(
            call_id=made.call.id,
            judge_id=f"judge-{number}",
            name="심사위원",
            organisations=[f"of-judge-{number}"],
            marks={"phone": f"phone-{number}", "mail": f"mail-{number}"},
            ties=[],
            named_at=NOW,
            removed_at=None,
        )
        for number in range(chance.randint(3, 8))
    ]
    for number in range(chance.randint(1, 5)):
        application = _application(made.call, number)
        made.applications.append(application)
        for judge in made.judges:
            if chance.random() < CHANCE:
                _tie(chance.choice(TIES), application, judge)
                made.barred.add((application.id, judge.judge_id))
    return made


def _tie(kind: str, application: Application, judge: Judge) -> None:
    """Puts a thing in common between the two, and between no others. A judge has one phone and one mail domain, and so
    has an applicant: where they stand for another tie already, it is declared instead.
    """
    if kind == "organisation":
        judge.organisations = [*judge.organisations, application.organisation_id]
    elif kind == "phone" and kind not in application.marks:
        application.marks = {**application.marks, kind: judge.marks[kind]}
    elif kind == "mail_domain" and kind not in judge.marks:
        shared = application.marks.get(kind, f"domain-of-{application.id}")
        judge.marks, application.marks = {**judge.marks, kind: shared}, {**application.marks, kind: shared}
    else:
        ground = Ground.KINSHIP if kind in {"phone", "mail_domain"} else kind
        judge.ties = [*judge.ties, {"organisation_id": application.organisation_id, "ground": ground, "note": ""}]


def outcome_of(session: Session, made: MadeUp, chance: random.Random) -> Outcome:
    """Judges are given out; some step aside, some are named later; then everybody tries to read everything."""
    late = made.judges.pop() if len(made.judges) > 3 and chance.random() < 0.3 else None
    session.add(made.call)
    session.flush()
    session.add_all([*made.applications, *made.judges])
    session.flush()
    fill_panels(session, made.call, now=NOW)
    apart = _apart(session, made)
    if late is not None:
        session.add(late)
        session.flush()
        made.judges.append(late)
        fill_panels(session, made.call, now=NOW)
    for application_id, judge_id in _steps_aside(session, made, chance):
        command = RecuseJudge(application_id=application_id, ground=chance.choice(list(Ground)), reason="이해관계")
        recuse_judge(_use_case_call(session, judge_id), command)
        made.barred.add((application_id, judge_id))
    found = read_by_all(session, made)
    found.most_apart = apart
    return found


def read_by_all(session: Session, made: MadeUp) -> Outcome:
    found = Outcome()
    for application in made.applications:
        for judge in made.judges:
            pair = (application.id, judge.judge_id)
            read = _reads(session, application, judge.judge_id)
            tries = pair in made.barred or not found.scored
            scored = tries and _scores(session, application, judge.judge_id)
            found.pairs += 1
            found.barred += pair in made.barred
            found.read += read
            found.scored += scored
            found.both += (read or scored) and pair in made.barred
    return found


def assigned_all_the_same(session: Session, made: MadeUp) -> None:
    """As if nobody had looked for conflicts: everybody has everything to judge, and no recusal is on file."""
    session.execute(delete(Recusal).where(Recusal.call_id == made.call.id))
    for application in made.applications:
        for judge in made.judges:
            session.merge(
                Assignment(
                    application_id=application.id,
                    judge_id=judge.judge_id,
                    call_id=made.call.id,
                    assigned_at=NOW,
                    ended_at=None,
                )
            )
    session.flush()


def _reads(session: Session, application: Application, judge_id: str) -> bool:
    try:
        return capacity_of(session, _actor(judge_id), application) is Capacity.JUDGE
    except (Forbidden, NotFound):
        return False


def _scores(session: Session, application: Application, judge_id: str) -> bool:
    command = ScoreApplication(application_id=application.id, scores={"fit": Decimal(80)})
    try:
        score_application(_use_case_call(session, judge_id), command)
    except (Forbidden, NotFound):
        return False
    return True


def _apart(session: Session, made: MadeUp) -> int:
    """How far the loads of judges without any conflict lie apart."""
    free = [judge.judge_id for judge in made.judges if all(who != judge.judge_id for _, who in made.barred)]
    loads = [
        session.query(Assignment).filter_by(call_id=made.call.id, judge_id=judge_id, ended_at=None).count()
        for judge_id in free
    ]
    return max(loads) - min(loads) if loads else 0


def _steps_aside(session: Session, made: MadeUp, chance: random.Random) -> Iterator[tuple[str, str]]:
    for application in made.applications:
        for judge in made.judges:
            if chance.random() < 0.1 and _reads(session, application, judge.judge_id):
                yield application.id, judge.judge_id


def _actor(judge_id: str) -> Actor:
    return Actor(judge_id, "심사위원", frozenset({"judge"}))


def _use_case_call(session: Session, judge_id: str) -> UseCaseCall[RecruitmentRules]:
    return UseCaseCall(session, Context.begin(actor=_actor(judge_id)), NOW, _rules())


@functools.cache
def _rules() -> RecruitmentRules:
    content, manifest = centre.content(), named("recruitment")
    return profile.typed(manifest, {name: content[name] for name in manifest.sections})


def _call() -> Call:
    known = {
        "title": "모집",
        "summary": "",
        "status": "published",
        "notice_on": date(2020, 4, 1),
        "intake_opens_at": NOW - timedelta(days=14),
        "intake_closes_at": NOW - timedelta(days=7),
        "screening_on": date(2020, 4, 17),
        "interviews_start": NOW + timedelta(days=2),
        "interviews_end": NOW + timedelta(days=2, hours=8),
        "result_on": date(2020, 4, 28),
        "contract_by": date(2020, 5, 8),
        "move_in_on": date(2020, 6, 1),
        "documents": [],
        "eligibility": {},
        "terms": {
            "shortlist_factor": "1.5",
            "judges": {"least": 3, "most": 5},
            "retention_days": 90,
            "scoring": _rules().scoring.to_terms(),
        },
        "receipts_given": 0,
        "pepper": "",
        "created_by": "staff-1",
        "created_at": NOW,
        "published_at": NOW,
        "version": 1,
    }
    call_id = ids.new_id()
    criteria = [Criterion(id="fit", position=1, names={"en": "Fit"}, points=Decimal(100), optional=False)]
    return Call(id=call_id, code=call_id[-12:], criteria=criteria, **known)


def _application(call: Call, number: int) -> Application:
    return Application(
        id=ids.new_id(),
        call_id=call.id,
        organisation_id=f"org-{number}",
        organisation_name="협동조합",
        applicant_id=f"applicant-{number}",
        applicant_name="신청인",
        kind="office",
        status="shortlisted",
        content={},
        marks={"mail": f"mail-of-{number}"},
        draft=1,
        receipt_number=ids.new_id(),
        deadline=call.intake_closes_at,
        facts={},
        created_at=NOW,
        changed_at=NOW,
        version=1,
    )


def run(database: Database, panels: int, seed: int = 1) -> Outcome:
    chance = random.Random(seed)
    whole = Outcome()

    def work(session: Session) -> None:
        for _ in range(panels):
            whole.add(outcome_of(session, make_up(chance), chance))
            session.expunge_all()

    database.transaction(work)
    return whole


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{directory}/recruitment.db")
        migrate.upgrade(database, named("recruitment"))
        sys.stdout.write(f"{run(database, int(sys.argv[1]))}\n")
        database.dispose()

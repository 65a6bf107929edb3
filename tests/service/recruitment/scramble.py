"""Eight offices, many who want them, and everybody deciding at once: on a database of its own, without containers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import eventlet
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from services.chassis import profile
from services.chassis.call import Call as UseCaseCall
from services.chassis.context import Actor, Context
from services.chassis.db import Database
from services.chassis.errors import DomainError
from services.chassis.manifest import named
from services.recruitment.contract.applications import WithdrawApplication
from services.recruitment.contract.tenancies import AcceptOffer, DeclineOffer, SignTenancy
from services.recruitment.domain.ranked import Line, Ranking, to_text
from services.recruitment.domain.rules import RecruitmentRules
from services.recruitment.models import Application, Call, FrozenRanking, Offer, OfferedUnit, Submission, Tenancy
from services.recruitment.queries.offers import free_units
from services.recruitment.usecases.accept_offer import accept_offer
from services.recruitment.usecases.decline_offer import decline_offer
from services.recruitment.usecases.expire_offers import expire_offers, release_withdrawn
from services.recruitment.usecases.offering import offer_free_units
from services.recruitment.usecases.selection_logging import ranking_rules
from services.recruitment.usecases.sign_tenancy import sign_tenancy
from services.recruitment.usecases.withdraw_application import withdraw_application
from tests import centre

R = TypeVar("R")
OFFICES = [f"office-{number}" for number in range(1, 9)]
RESULTS = datetime(2020, 4, 28, 6, tzinfo=UTC)
LIVE = ("unsigned", "signed", "active", "ending", "ended")


class Scramble:
    """`applicants` who passed, in the order of their numbers, each content with any office."""

    def __init__(self, database: Database, applicants: int) -> None:
        self.database = database
        content = centre.content()
        manifest = named("recruitment")
        database.transaction(lambda session: profile.load(session, manifest, content, RESULTS))
        self.rules = profile.typed(manifest, {name: content[name] for name in manifest.sections})
        self.ids = [f"application-{number:04}" for number in range(applicants)]
        self.moved: list[datetime] = []
        database.transaction(self._publish)

    def actor(self, application_id: str) -> Actor:
        return Actor(f"person-{application_id}", "신청인", frozenset({"member"}), (f"org-{application_id}",))

    def call(self, session: Any, application_id: str, now: datetime = RESULTS) -> UseCaseCall[RecruitmentRules]:
        return UseCaseCall(session, Context.begin(actor=self.actor(application_id)), now, self.rules)

    # --- deeds

    def accept(self, application_id: str) -> str:
        return self._on_offer(application_id, accept_offer, AcceptOffer)

    def decline(self, application_id: str) -> str:
        return self._on_offer(application_id, decline_offer, DeclineOffer)

    def sign(self, application_id: str) -> str:
        def work(session: Any) -> None:
            chosen = select(Tenancy.id).where(Tenancy.application_id == application_id)
            tenancy_id = session.scalar(chosen) or "nothing"
            sign_tenancy(self.call(session, application_id), SignTenancy(tenancy_id=tenancy_id))

        return self._outcome(work)

    def withdraw(self, application_id: str) -> str:
        """And what its event brings about."""
        given = {"rules": self.rules, "now": RESULTS}

        def work(session: Any) -> None:
            command = WithdrawApplication(application_id=application_id)
            withdraw_application(self.call(session, application_id), command)

        done = self._outcome(work)
        if done == "done":
            self._outcome(lambda session: release_withdrawn(session, application_id, **given))
        return done

    def expire(self, application_id: str) -> str:
        """Its time is over, and the timer comes by."""

        def over(session: Any) -> None:
            statement = (
                "UPDATE offers SET made_at = :made, expires_at = :now WHERE application_id = :id AND status = 'offered'"
            )
            made = RESULTS - timedelta(days=10)
            session.execute(text(statement), {"made": made, "now": RESULTS, "id": application_id})

        self._outcome(over)
        return self._outcome(lambda session: expire_offers(session, rules=self.rules, now=RESULTS))

    def at_once(self, deeds: list[tuple[Callable[[str], str], str]]) -> list[str]:
        pool = eventlet.GreenPool(200)
        return list(pool.imap(lambda deed: deed[0](deed[1]), deeds))

    def _on_offer(
        self,
        application_id: str,
        usecase: Callable[[UseCaseCall[RecruitmentRules], R], object],
        command: Callable[..., R],
    ) -> str:
        def work(session: Any) -> None:
            offer_id = session.scalar(select(Offer.id).where(Offer.application_id == application_id)) or "nothing"
            usecase(self.call(session, application_id), command(offer_id=offer_id))

        return self._outcome(work)

    def _outcome(self, work: Callable[[Any], Any]) -> str:
        try:
            self.database.transaction(work)
        except DomainError as error:
            return error.code
        except StaleDataError:
            return "stale"
        except DBAPIError as error:
            return str(error.orig)
        return "done"

    # --- what came of it

    def doubled(self) -> int:
        """Units with more than one live tenancy, or offered to more than one."""
        statement = f"""
            SELECT count(*) FROM (
                SELECT unit_id FROM tenancies WHERE status IN {LIVE} GROUP BY unit_id HAVING count(*) > 1
                UNION ALL SELECT unit_id FROM offers WHERE status IN ('offered', 'accepted')
                GROUP BY unit_id HAVING count(*) > 1
            ) AS doubled
        """
        return self.database.transaction(lambda session: session.execute(text(statement)).scalar_one())

    def offers(self) -> list[Offer]:
        """By rank."""
        return self.database.transaction(lambda session: list(session.scalars(select(Offer).order_by(Offer.rank))))

    def idle_units(self) -> list[str]:
        """At one moment, whatever goes on."""

        def work(session: Any) -> list[str]:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            return [unit.id for unit in free_units(session, session.scalars(select(Call)).one())]

        return self.database.transaction(work)

    # --- how it began

    def _publish(self, session: Any) -> None:
        call = _call(self.rules)
        session.add(call)
        session.flush()
        session.add_all(application for number, each in enumerate(self.ids) for application in _applied(each, number))
        lines = tuple(_line(each, rank) for rank, each in enumerate(self.ids, start=1))
        session.add(
            FrozenRanking(
                call_id=call.id,
                entries=0,
                inputs_digest="",
                ranking=to_text(Ranking(ranking_rules(call), lines, (), ())),
                ranking_digest="",
                frozen_at=RESULTS,
                frozen_by="staff-1",
            )
        )
        session.flush()
        offer_free_units(session, call, rules=self.rules, now=RESULTS)


@contextmanager
def without_backstops(database: Database) -> Iterator[None]:
    """The indexes that hold one tenancy and one open offer for a unit, taken away."""

    def drop(session: Any) -> None:
        for name in ("a_unit_has_one_live_tenancy", "a_unit_is_offered_to_one_at_a_time"):
            session.execute(text(f"DROP INDEX {name}"))
        session.execute(text("ALTER TABLE offers DROP CONSTRAINT an_applicant_is_offered_a_unit_once"))

    database.transaction(drop)
    yield


def mixed(scramble: Scramble, count: int, seed: int) -> list[tuple[Callable[[str], str], str]]:
    """So many deeds, most of them about who is offered a unit or will be soon."""
    rng = random.Random(seed)
    deeds = [scramble.accept, scramble.decline, scramble.expire, scramble.withdraw, scramble.sign]
    near = scramble.ids[: max(16, count // 4)]
    return [(rng.choices(deeds, [30, 30, 15, 15, 10])[0], rng.choice(near)) for _ in range(count)]


def _call(rules: Any) -> Call:
    day, moment = date(2020, 4, 1), datetime(2020, 4, 6, tzinfo=UTC)
    return Call(
        id="call",
        code="2020-1",
        title="모집",
        summary="",
        status="published",
        notice_on=day,
        intake_opens_at=moment,
        intake_closes_at=moment + timedelta(days=8),
        screening_on=date(2020, 4, 17),
        interviews_start=moment + timedelta(days=16),
        interviews_end=moment + timedelta(days=17),
        result_on=date(2020, 4, 28),
        contract_by=date(2020, 5, 8),
        move_in_on=date(2020, 6, 1),
        documents=[],
        eligibility={},
        terms={"scoring": rules.scoring.to_terms(), "retention_days": 90},
        receipts_given=0,
        pepper="",
        created_by="staff-1",
        created_at=moment,
        published_at=moment,
        results_at=RESULTS,
        version=1,
        offered=[OfferedUnit(unit_id=each, kind="office") for each in OFFICES],
        criteria=[],
    )


def _applied(application_id: str, number: int) -> Iterator[Any]:
    yield Application(
        id=application_id,
        call_id="call",
        organisation_id=f"org-{application_id}",
        organisation_name=f"협동조합 {number}",
        applicant_id=f"person-{application_id}",
        applicant_name="신청인",
        kind="office",
        status="shortlisted",
        content={},
        marks={},
        draft=1,
        submitted_draft=1,
        receipt_number=f"2020-1-{number:04}",
        submitted_at=RESULTS,
        deadline=RESULTS,
        facts={},
        created_at=RESULTS,
        changed_at=RESULTS,
        version=1,
    )
    yield Submission(
        receipt_number=f"2020-1-{number:04}",
        application_id=application_id,
        draft=1,
        content={"legal_type": "cooperative"},
        documents={},
        digest="",
        submitted_by=f"person-{application_id}",
        submitted_at=RESULTS,
    )


def _line(application_id: str, rank: int) -> Line:
    return Line(
        application_id=application_id,
        kind="office",
        rank=rank,
        score=Decimal("90.00"),
        mean=Decimal("90.00"),
        bonus=Decimal("0.00"),
        passed=True,
        totals=(),
        abstained=(),
        recused=(),
        means={},
    )

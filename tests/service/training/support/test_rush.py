"""Many at once, on PostgreSQL: staff assign consultations, and a city awards its grants. Each with its control."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import eventlet
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.chassis.context import Actor, Context
from services.chassis.db import Database
from services.chassis.entrypoints import Call
from services.chassis.errors import Refused
from services.chassis.events import Received
from services.training.contract.consulting import AssignConsultation, PutConsultant, RequestConsultation
from services.training.contract.vocabulary import Topic
from services.training.domain.rules import TrainingRules
from services.training.models.support.consulting import Consultation
from services.training.models.support.programmes import Community, Programme, Support
from services.training.schemas.support import heard
from services.training.usecases.support.add_community import take_awarded_grant
from services.training.usecases.support.assign_consultation import assign_consultation
from services.training.usecases.support.put_consultant import put_consultant
from services.training.usecases.support.request_consultation import request_consultation
from tests.people import RESIDENT, STAFF
from tests.service.booking.unprotected import ROW_LOCKS, without
from tests.service.training.courses.conftest import CLIENTS

pytestmark = pytest.mark.servers

NOW = datetime(2020, 3, 10, 9, tzinfo=ZoneInfo("Asia/Seoul"))
CONSULTANTS, MOST, ASKED = 4, 5, 30
R = TypeVar("R")
A = TypeVar("A")


class Desk:
    """Calls the use cases as the entrypoints do, one transaction each."""

    def __init__(self, database: Database, rules: TrainingRules) -> None:
        self.database, self.rules = database, rules

    def work(self, usecase: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return self.database.transaction(lambda session: usecase(session, *given, **named))

    def call(self, usecase: Callable[[Call[TrainingRules], R], A], request: R, actor: Actor) -> A:
        context = Context.begin(actor=actor)
        return self.work(lambda session: usecase(Call(session, context, NOW, self.rules), request))

    def all(self, query: Any) -> list[Any]:
        return self.database.transaction(lambda session: list(session.scalars(query)))

    def asked(self) -> list[str]:
        """Consultations that nobody advises on yet, before CONSULTANTS who have room for MOST each."""
        for number in range(CONSULTANTS):
            consultant = PutConsultant(
                id=f"consultant-{number}", name=f"자문 {number}", topics=[Topic.FINANCE], most=MOST
            )
            self.call(put_consultant, consultant, STAFF)
        request = RequestConsultation(topic=Topic.FINANCE, title="회계")
        return [self.call(request_consultation, request, RESIDENT).id for _ in range(ASKED)]

    def assign(self, consultation_id: str) -> str:
        """Return the status, or the code of the refusal."""
        command = AssignConsultation(consultation_id=consultation_id, diagnosis="장부부터 봅니다.")
        try:
            return self.call(assign_consultation, command, STAFF).status.value
        except Refused as refused:
            return refused.code

    def award(self, number: int, times: int = 1) -> None:
        """Told so many times, each time under another event id."""
        data = {"grant_id": f"2020-{number:03}", "stage": "activity", "amount": 1_000_000}
        told = heard.AwardedGrantSchema().load({**data, "community": {"name": f"공동체 {number}"}})
        for again in range(times):
            event = Received(f"{number}-{again}", "district.grant_awarded.v1", "/district", "", 1, NOW, told)
            self.work(take_awarded_grant, event, rules=self.rules, now=NOW)


@pytest.fixture
def desk(database, rules) -> Desk:
    return Desk(database, rules)


def at_once(work: Callable[[Any], Any], each: Iterable[Any]) -> list[Any]:
    return list(eventlet.GreenPool(CLIENTS).imap(work, each))


def loads(desk: Desk) -> Counter[str]:
    return Counter(desk.all(select(Consultation.consultant_id).where(Consultation.status == "assigned")))


def test_staff_who_assign_at_once_fill_everybody_evenly_and_nobody_beyond_their_room(desk):
    outcomes = Counter(at_once(desk.assign, desk.asked()))
    assert outcomes == {"assigned": CONSULTANTS * MOST, "no_consultant": ASKED - CONSULTANTS * MOST}
    assert loads(desk) == {f"consultant-{number}": MOST for number in range(CONSULTANTS)}
    # the reason that is kept says the load that was true at that moment
    reasons = defaultdict(list)
    for each in desk.all(select(Consultation).where(Consultation.status == "assigned")):
        reasons[each.consultant_id].append(each.match_reason["load"])
    assert [sorted(reasons[each]) for each in sorted(reasons)] == [list(range(MOST))] * CONSULTANTS


def test_negative_control_without_locks_somebody_has_more_than_they_take_on(desk, database):
    asked = desk.asked()
    with without(database, ROW_LOCKS):
        at_once(desk.assign, asked)
    assert max(loads(desk).values()) > MOST


def test_grants_that_are_awarded_at_once_open_one_programme(desk):
    at_once(lambda number: desk.award(number, times=2), range(53))
    (programme,) = desk.all(select(Programme))
    assert (programme.year, programme.stage, programme.by_award) == (2020, "activity", True)
    grants = desk.all(select(Support.grant_id).where(Support.programme_id == programme.id))
    assert sorted(grants) == [f"/district:2020-{number:03}" for number in range(53)]
    assert len(desk.all(select(Community))) == 53


def test_negative_control_without_its_index_they_open_several(desk):
    desk.work(lambda session: session.execute(text("DROP INDEX awards_open_one_programme_a_stage")))

    def award(number: int) -> None:
        with suppress(DBAPIError):
            desk.award(number)

    at_once(award, range(CLIENTS))
    assert len(desk.all(select(Programme))) > 1

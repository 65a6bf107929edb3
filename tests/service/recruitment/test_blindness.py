"""Whatever there is to ask, nobody who has scores to give yet hears of the others'."""

import json

import pytest

from services.chassis.context import Actor
from services.chassis.errors import DomainError
from services.recruitment.service import RecruitmentService
from tests.people import AUDITOR, STAFF
from tests.service.recruitment.letting import Selection, points
from tests.service.recruitment.selecting import JUDGES, NOTICE, acting

QUESTIONS = sorted(name for name in dir(RecruitmentService) if name.startswith(("get_", "list_")))
LATE = JUDGES[4]
LATE_DIRECTOR = Actor("director-1", "센터장", frozenset({"director", "judge"}))
SECRETS = ("81.37", "21.37", "2.75", "84.12", "대표가 자주 바뀜", "합산을 고침")
"""The totals and their mean, a criterion, the bonus, the score with it, and words beside them."""


@pytest.fixture(params=[LATE, LATE_DIRECTOR], ids=["judge", "director"])
def late(request) -> Actor:
    return request.param


def everything(selection: Selection, who: Actor) -> str:
    """All that the service answers to them, whatever it is asked about."""
    subjects = [
        {},
        {"call_id": selection.call["id"]},
        {"call_id": selection.call["id"], "limit": 100},
        *({"application_id": each} for each in selection.ids.values()),
        *({"organisation_id": f"org-{number}"} for number in selection.ids),
    ]
    answers = {}
    with acting(selection.bench, who) as (rpc,):
        for question in QUESTIONS:
            for about in subjects:
                try:
                    answers[question, str(about)] = getattr(rpc, question)(**about)
                except DomainError as error:
                    answers[question, str(about)] = error.to_wire()
    return json.dumps([*answers.values()], ensure_ascii=False, default=str)


def heard(selection: Selection, who: Actor) -> set[str]:
    answers = everything(selection, who)
    return {secret for secret in SECRETS if secret in answers}


def test_no_question_tells_of_scores_before_ones_own(bench_of, late):
    bench = bench_of("recruitment", now=NOTICE)
    selection = Selection(bench, 1, judges=[*JUDGES[:4], late])
    application_id = selection.ids[1]
    selection.score(1, *(81.37,) * 4)
    more = {"comments": {"team": "대표가 자주 바뀜"}, "reason": "합산을 고침"}
    selection.as_(JUDGES[0], "score_application", application_id=application_id, scores=points(81.37), **more)
    selection.staff("grant_bonus", application_id=application_id, points=2.75, ground="local")

    for who in (late, STAFF, AUDITOR):
        assert heard(selection, who) == set()
    assert {"81.37", "21.37", "2.75"} <= heard(selection, JUDGES[1])  # there is something to hear
    selection.score(1, 81.37, judges=[late])
    assert {"81.37", "21.37", "2.75"} <= heard(selection, late)
    assert "합산을 고침" in heard(selection, STAFF)
    selection.rank()
    assert "84.12" in heard(selection, late)

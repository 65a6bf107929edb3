"""Scores and rankings by RPC: scenarios 23-26, and who sees what when."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, Invalid, NotFound
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.recruitment.letting import Selection, code_of, points, refusal_of, told, with_results
from tests.service.recruitment.selecting import JUDGES, NOTICE, OFFICES, a_call, acting, applicant, published


def selection_of(bench_of, count: int, **more) -> Selection:
    return Selection(bench_of("recruitment", now=NOTICE), count, **more)


def test_five_totals_are_trimmed_and_a_bonus_is_added(bench_of):
    """Scenario 23."""
    selection = selection_of(bench_of, 2)
    for number in (1, 2):
        selection.score(number, 92, 88, 85, 80, 60)
    selection.staff("grant_bonus", application_id=selection.ids[2], points=3, ground="local")
    ranking = selection.rank()
    assert selection.numbers(ranking) == [(2, 1), (1, 2)]
    assert [line["score"] for line in ranking["lines"]] == ["87.33", "84.33"]
    assert [each["counted"] for each in selection.line(1, ranking)["totals"]] == [
        "lowest", "counted", "counted", "counted", "highest",
    ]  # fmt: skip


def test_recused_judge_gets_403_and_four_totals_are_not_trimmed(bench_of):
    """Scenario 24."""
    selection = selection_of(bench_of, 1)
    selection.score(1, 88, 85, 80, 75, 99)
    recused, application_id = JUDGES[4], selection.ids[1]
    selection.as_(recused, "recuse_judge", application_id=application_id, ground="kinship", reason="친척입니다.")
    assert code_of(selection.score, 1, 90, judges=[recused]) == "recused"
    for method in ("get_scores", "get_application"):
        with pytest.raises(Forbidden):
            selection.as_(recused, method, application_id=application_id)
    line = selection.line(1, selection.rank())
    assert (line["score"], {each["counted"] for each in line["totals"]}) == ("82.00", {"counted"})
    assert selection.as_(recused, "get_ranking", call_id=selection.call["id"])["lines"] == []


def test_below_the_pass_mark_fails_with_units_free_and_the_office_is_called_for_again(bench_of):
    """Scenario 25."""
    selection = selection_of(bench_of, 8)
    for number in range(1, 8):
        selection.score(number, *(90 - number,) * 3)
    selection.score(8, 69.99, 69.99, 69.99)
    selection.rank()
    ranking = selection.publish()
    line = selection.line(8, ranking)
    assert (line["rank"], line["score"], line["passed"], line["outcome"]) == (8, "69.99", False, "below_pass_mark")
    assert sorted(selection.offers()) == list(range(1, 8))
    assert [each["unit_id"] for each in told(selection.bench, "recall_proposed")] == ["office-8"]
    (left,) = [unit for unit in selection.staff("list_units")["items"] if unit["recalls"]]
    assert (left["id"], left["status"], left["recalls"]) == ("office-8", "vacant", [selection.call["id"]])
    later = {name: value.replace("2020-0", "2021-0") for name, value in a_call().items() if value[:5] == "2020-"}
    published(selection.bench, **later, unit_ids=["office-8"])
    assert [unit["id"] for unit in selection.staff("list_units")["items"] if unit["recalls"]] == []


def test_tie_is_decided_by_social_local(bench_of):
    """Scenario 26."""
    selection = selection_of(bench_of, 2)
    selection.score(1, 81, 81, 82, social_local=20)
    selection.score(2, 81, 81, 82, social_local=24)
    ranking = selection.rank()
    assert selection.numbers(ranking) == [(2, 1), (1, 2)]
    assert {line["score"] for line in ranking["lines"]} == {"81.33"}


def test_equal_everywhere_is_blocked_until_the_vote(bench_of):
    """Scenario 26."""
    selection = selection_of(bench_of, 3)
    selection.score(1, 90, 90, 90)
    for number in (2, 3):
        selection.score(number, 81, 81, 82)
    tied = sorted([selection.ids[2], selection.ids[3]])
    blocked = [("tie_unresolved", {"count": 2, "application_ids": tied})]
    call_id = selection.call["id"]
    assert refusal_of(selection.rank) == blocked
    assert refusal_of(selection.staff, "publish_results", call_id=call_id) == blocked
    assert (
        code_of(selection.staff, "record_tie_vote", call_id=call_id, application_ids=[*tied, selection.ids[1]])
        == "invalid"
    )
    order = [selection.ids[3], selection.ids[2]]
    selection.staff("record_tie_vote", call_id=call_id, application_ids=order, note="위원 5명 전원 찬성")
    assert selection.numbers(selection.rank()) == [(1, 1), (3, 2), (2, 3)]


def test_fewer_totals_than_the_quorum_block_the_ranking(bench_of):
    selection = selection_of(bench_of, 1)
    selection.score(1, 90, 90)
    selection.as_(JUDGES[2], "score_application", application_id=selection.ids[1], abstain=True)
    missing = {"count": 1, "quorum": 3, "application_ids": [selection.ids[1]]}
    assert refusal_of(selection.rank) == [("quorum_missing", missing)]
    selection.score(1, 90, judges=JUDGES[3:])
    assert selection.numbers(selection.rank()) == [(1, 1)]


WRONG = {
    "missing": {"team": 20, "social_local": 20, "viability": 20},
    "too many": points(90) | {"team": 30.01},
    "below zero": points(90) | {"fit": -1},
    "three decimals": points(90) | {"fit": 1.005},
    "unknown": points(90) | {"charm": 5},
    "none": {},
}


def test_points_that_cannot_be_are_refused_by_criterion(bench_of):
    selection = selection_of(bench_of, 1)
    for scores in WRONG.values():
        with pytest.raises(Invalid) as caught:
            selection.as_(JUDGES[0], "score_application", application_id=selection.ids[1], scores=scores)
        assert list(caught.value.errors) == ["scores"]
    own = selection.as_(JUDGES[0], "get_scores", application_id=selection.ids[1])
    assert (own["own"], own["submitted"]) == (None, 0)


def test_correction_is_the_last_word_and_stands_in_the_audit_log(bench_of):
    selection = selection_of(bench_of, 1)
    selection.score(1, 90, 80, 70)
    first = JUDGES[0]
    corrected = selection.as_(
        first,
        "score_application",
        application_id=selection.ids[1],
        scores=points(96),
        comments={"team": "대표의 경력이 탄탄합니다."},
        reason="합산 오류",
    )
    assert (corrected["own"]["total"], corrected["own"]["corrections"]) == ("96.00", 1)
    assert corrected["own"]["comments"] == {"team": "대표의 경력이 탄탄합니다."}
    assert corrected["mean"] == "82.00"

    def audited(session):
        found = session.execute(
            text("SELECT action, actor_id, reason FROM decisions WHERE action LIKE '%score%' ORDER BY id")
        )
        return [tuple(row) for row in found]

    assert selection.bench.database("recruitment").transaction(audited)[-1] == ("correct_score", first.id, "합산 오류")
    selection.rank()
    assert code_of(selection.score, 1, 99) == "illegal_transition"


def test_nobody_sees_an_aggregate_before_their_own_scores_are_in(bench_of):
    selection = selection_of(bench_of, 2)
    selection.score(1, 90, 80, 70, 60)
    late, application_id, call_id = JUDGES[4], selection.ids[1], selection.call["id"]
    blind = {"own": None, "totals": None, "mean": None, "bonus": None}

    def seen(who):
        return selection.as_(who, "get_scores", application_id=application_id)

    for who in (late, STAFF, AUDITOR):
        assert {name: seen(who)[name] for name in blind} == blind
        assert selection.as_(who, "get_ranking", call_id=call_id)["lines"] == []
    assert seen(JUDGES[0])["mean"] == "75.00"
    assert (seen(STAFF)["expected"], seen(STAFF)["submitted"]) == (5, 4)
    for who in (applicant(1), RESIDENT):
        with pytest.raises((NotFound, Forbidden)):
            seen(who)
        with pytest.raises(Forbidden):
            selection.as_(who, "get_ranking", call_id=call_id)

    selection.score(1, 50, judges=[late])
    assert (seen(late)["mean"], seen(STAFF)["mean"]) == ("70.00", "70.00")
    selection.score(2, 90, 90, 90)
    frozen = selection.rank()
    assert len(frozen["lines"]) == 2
    assert len(selection.as_(JUDGES[0], "get_ranking", call_id=call_id)["lines"]) == 2
    # the late one never scored the second
    assert selection.numbers(selection.as_(late, "get_ranking", call_id=call_id)) == [(1, 2)]


def test_who_abstains_sees_no_aggregate_and_may_still_score(bench_of):
    """Or else one could abstain, look, and score."""
    selection = selection_of(bench_of, 1)
    selection.score(1, 90, 80, 70)
    wary, application_id = JUDGES[3], selection.ids[1]
    shown = selection.as_(wary, "score_application", application_id=application_id, abstain=True)
    assert (shown["own"]["abstained"], shown["totals"], shown["mean"], shown["bonus"]) == (True, None, None, None)
    assert selection.as_(wary, "get_scores", application_id=application_id)["mean"] is None
    selection.score(1, 60, judges=[wary])
    assert selection.as_(wary, "get_scores", application_id=application_id)["mean"] == "75.00"


def test_who_abstained_sees_the_frozen_line(bench_of):
    selection = selection_of(bench_of, 1)
    selection.score(1, 90, 80, 70)
    selection.as_(JUDGES[3], "score_application", application_id=selection.ids[1], abstain=True)
    selection.rank()
    for judge, seen in ((JUDGES[3], [(1, 1)]), (JUDGES[4], [])):
        assert selection.numbers(selection.as_(judge, "get_ranking", call_id=selection.call["id"])) == seen


SECRETIVE = Actor("director-1", "센터장", frozenset({"director", "judge"}))
"""Staff who judges, too."""


def test_judge_who_is_staff_is_first_of_all_a_judge(bench_of):
    """What tells of the others' scores is kept from them in the audit log and the ranking, until theirs are in."""
    judges = [*JUDGES[:4], SECRETIVE]
    selection = selection_of(bench_of, 2, judges=judges)
    call_id = selection.call["id"]
    for number in (1, 2):
        selection.score(number, 81.37, 81.37, 81.37, 81.37)
    selection.score(1, 77.77, judges=[SECRETIVE])
    for method in ("rank_applications", "publish_results"):
        assert code_of(selection.as_, SECRETIVE, method, call_id=call_id) == "forbidden"
    tied = [selection.ids[1], selection.ids[2]]
    assert code_of(selection.as_, SECRETIVE, "record_tie_vote", call_id=call_id, application_ids=tied) == "forbidden"

    def audited(who):
        items = selection.as_(who, "list_selection_decisions", call_id=call_id, limit=100)["items"]
        return [
            (selection.ids[1] == each["subject_id"], each["sealed"], each["after"] == {})
            for each in items
            if each["action"] == "score"
        ]

    # all five are in for the first application, four of five for the second
    assert sorted(set(audited(SECRETIVE))) == [(False, True, True), (True, False, False)]
    assert sorted(set(audited(STAFF))) == [(False, True, True), (True, False, False)]
    assert selection.as_(SECRETIVE, "get_scores", application_id=selection.ids[2])["mean"] is None
    selection.score(2, 77.77, judges=[SECRETIVE])
    assert set(audited(SECRETIVE)) == {(True, False, False), (False, False, False)}
    assert len(selection.as_(SECRETIVE, "get_ranking", call_id=call_id)["lines"]) == 0


def test_applicant_sees_their_own_line_whole_and_the_others_without_a_name(bench_of):
    selection = with_results(bench_of("recruitment", now=NOTICE), 3, unit_ids=OFFICES[:2])
    shown = selection.as_(applicant(2), "get_ranking", call_id=selection.call["id"])
    own, others = shown["lines"][1], [shown["lines"][0], shown["lines"][2]]
    assert (own["own"], own["application_id"], own["rank"], own["score"]) == (True, selection.ids[2], 2, "93.00")
    assert own["explanation"] == [
        "Judges who scored this application: 3.",
        "All scores count: 93.00, 93.00, 93.00.",
        "Their mean is 93.00 points, to two decimals, half up.",
        "The pass mark of 70.00 is reached.",
        "Rank 2 of 3.",
    ]
    for line in others:
        hidden = ("application_id", "organisation_name", "mean", "bonus")
        assert [line[name] for name in hidden] == [None] * 4
        assert (line["own"], line["totals"], line["explanation"]) == (False, [], [])
    assert [line["score"] for line in shown["lines"]] == ["94.00", "93.00", "92.00"]
    assert shown["progress"] == []
    results = told(selection.bench, "results_published")
    assert [(each["person_id"], each["rank"], each["score"], each["outcome"]) for each in results] == [
        ("applicant-1", 1, "94.00", "offered"),
        ("applicant-2", 2, "93.00", "offered"),
        ("applicant-3", 3, "92.00", "waiting"),
    ]
    with pytest.raises(Forbidden):
        selection.as_(RESIDENT, "get_ranking", call_id=selection.call["id"])


def test_explanation_is_in_the_callers_language(bench_of):
    selection = selection_of(bench_of, 1)
    selection.score(1, 92, 88, 85, 80, 60)
    selection.staff("grant_bonus", application_id=selection.ids[1], points=3, ground="consortium")
    selection.rank()
    with acting(selection.bench, STAFF, locale="ko") as (staff,):
        (line,) = staff.get_ranking(call_id=selection.call["id"])["lines"]
    assert line["explanation"] == [
        "심사위원 5명이 채점했습니다.",
        "92.00, 88.00, 85.00, 80.00, 60.00점 가운데 최고점(92.00)과 최저점(60.00)은 뺐습니다.",
        "평균은 84.33점입니다. 소수 셋째 자리에서 반올림했습니다.",
        "컨소시엄 가점 3.00점을 더해 87.33점입니다.",
        "기준 점수 70.00점 이상입니다.",
        "1개 신청 가운데 1위입니다.",
    ]


def test_judges_and_staff_only(bench_of):
    selection = selection_of(bench_of, 1)
    application_id = selection.ids[1]
    for who in (RESIDENT, applicant(1), STAFF):
        assert code_of(selection.score, 1, 90, judges=[who]) == "not_found"
    for who in (RESIDENT, applicant(1), JUDGES[0]):
        for method in ("rank_applications", "publish_results"):
            assert code_of(selection.as_, who, method, call_id=selection.call["id"]) == "forbidden"
        assert (
            code_of(selection.as_, who, "grant_bonus", application_id=application_id, points=1, ground="local")
            == "forbidden"
        )


def test_log_of_a_selection_only_grows(bench_of):
    selection = selection_of(bench_of, 1)
    selection.score(1, 90, 80, 70)
    for statement in ("DELETE FROM selection_log", "UPDATE selection_log SET seat = 9"):
        with pytest.raises(DBAPIError, match="a_selection_log_only_grows"):
            selection.bench.database("recruitment").transaction(
                lambda session, what=statement: session.execute(text(what))
            )

"""Scenario 40 for what comes after the panel: words, offers and lapsed contracts go, points and ranks stay."""

from argparse import Namespace

from services.recruitment.commands import rankings
from tests.service.recruitment.letting import Selection, points, with_results
from tests.service.recruitment.selecting import JUDGES, NOTICE, OFFICES, applicant, moment, tell
from tests.service.recruitment.tables import tables_with

WORDS = "팀이 아직 작습니다."
TRACES = ("org-2", "applicant-2", "신청인 2", "협동조합 2", "org-3", "applicant-3", WORDS)


def decided(bench) -> Selection:
    """The first signs; the second lets a contract lapse, the third is offered the office then, and declines."""
    selection = Selection(bench, 3, unit_ids=OFFICES[:2])
    for number in selection.ids:
        selection.score(number, *(95 - number,) * 3)
    selection.as_(
        JUDGES[0],
        "score_application",
        application_id=selection.ids[2],
        scores=points(93),
        comments={"team": WORDS},
        reason=WORDS,
    )
    selection.rank()
    selection.publish()
    selection.sign(1)
    selection.accept(2)
    bench.move_clock(moment("2020-05-09T00:00:00+09:00"))
    selection.decline(3)
    return selection


def test_words_and_names_go_with_the_applicants_and_the_ranking_is_still_rebuilt(bench_of, capsys):
    bench = bench_of("recruitment", now=NOTICE)
    selection = decided(bench)
    assert {"score_comments", "offers", "tenancies"} <= tables_with(bench, *TRACES)
    bench.move_clock(moment("2020-07-28T00:00:00+09:00"))
    assert tables_with(bench, *TRACES) <= {"outbox", "idempotency_keys"}
    shown = selection.staff("get_ranking", call_id=selection.call["id"])
    assert [line["score"] for line in shown["lines"]] == ["94.00", "93.00", "92.00"]
    assert [line["organisation_name"] for line in shown["lines"]] == ["협동조합 1", "", ""]
    assert rankings(bench.config, Namespace(call="2020-1")) == 0


def test_erased_tenant_and_judge_leave_what_they_did_without_a_name(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    selection = with_results(bench, 2, unit_ids=OFFICES[:1])
    tenancy = selection.sign(1)
    for person in ("applicant-1", JUDGES[0].id):
        tell(bench, "notify", "person_erased", {"person_id": person})
    bench.settle()
    assert tables_with(bench, "applicant-1", "신청인 1", "심사위원 1") <= {"outbox", "idempotency_keys"}
    found = tables_with(bench, JUDGES[0].id)
    assert found.isdisjoint({"selection_log", "judge_seats", "rankings", "score_comments"})
    assert selection.as_(applicant(1), "get_tenancy", tenancy_id=tenancy["id"])["status"] == "signed"
    assert rankings(bench.config, Namespace(call=None)) == 0

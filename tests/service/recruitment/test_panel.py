"""Judges: assigned by load, kept from what they must not see. Acceptance scenario 24, as far as the panel goes."""

import pytest

from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound
from tests.people import AUDITOR, STAFF
from tests.service.recruitment.selecting import (
    JUDGES,
    NOTICE,
    Selection,
    acting,
    applicant,
    judge,
    named,
    published,
    shortlisted,
)
from tests.service.recruitment.tables import tables_with

APPLICANTS = [applicant(number) for number in (1, 2)]


def reading(rpc, application: str) -> list[str]:
    """What becomes of every way to read an application: the codes of the refusals."""
    codes = []
    for ask, arguments in (
        (rpc.get_application, {"application_id": application}),
        (rpc.open_document, {"application_id": application, "kind": "business_plan"}),
    ):
        try:
            ask(**arguments)
            codes.append("read")
        except (Forbidden, NotFound) as error:
            codes.append(error.code)
    return codes


def panel_of(bench, made: Selection) -> dict[str, list[str]]:
    with acting(bench, STAFF) as (staff,):
        found = staff.get_panel(call_id=made.call)
    return {each["application_id"]: each["judge_ids"] for each in found["applications"]}


def test_five_judges_judge_everything_and_nobody_else_reads_it(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, *APPLICANTS)
    assert panel_of(bench, made) == {each: [who.id for who in JUDGES] for each in made.applications}
    with acting(bench, JUDGES[0], judge(6), AUDITOR, applicant(3)) as (one, stranger, auditor, other):
        assert [reading(one, each) for each in made.applications] == [["read", "read"]] * 2
        assert {each["id"] for each in one.list_applications()["items"]} == set(made.applications)
        assert reading(stranger, made.applications[0]) == ["not_found", "not_found"]
        assert stranger.list_applications()["items"] == []
        assert reading(other, made.applications[0]) == ["not_found", "not_found"]
        assert reading(auditor, made.applications[0]) == ["read", "read"]
        seen = one.get_application(application_id=made.applications[0])
        assert (seen["facts"], seen["points"], seen["note"]) == (None, None, None)


def test_a_recused_judge_is_refused_the_file_and_the_others_go_on(bench_of):
    """Scenario 24: one of five steps aside, four are left."""
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, *APPLICANTS)
    first, second = made.applications
    with acting(bench, JUDGES[2], STAFF) as (rpc, staff):
        recusal = rpc.recuse_judge(application_id=first, ground="prior_advice", reason="작년에 자문했습니다.")
        assert (recusal["judge_id"], recusal["source"]) == ("judge-3", "declared")
        assert reading(rpc, first) == ["recused", "recused"]
        assert reading(rpc, second) == ["read", "read"]
        assert [each["id"] for each in rpc.list_applications()["items"]] == [second]
        with pytest.raises(Forbidden) as caught:
            rpc.recuse_judge(application_id=first, reason="또")
        assert caught.value.code == "recused"
        found = staff.get_panel(call_id=made.call)
    assert [each["reason"] for each in found["recusals"]] == ["작년에 자문했습니다."]
    assert {each["id"]: each["assigned"] for each in found["judges"]} == {
        "judge-1": 2,
        "judge-2": 2,
        "judge-3": 1,
        "judge-4": 2,
        "judge-5": 2,
    }


def test_staff_recuse_a_judge_who_was_challenged_and_somebody_takes_the_place(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    pool = [judge(number) for number in range(1, 7)]
    made = shortlisted(bench, *APPLICANTS, judges=named(*pool))
    (first, _), before = made.applications, panel_of(bench, made)
    gone = before[first][0]
    with acting(bench, STAFF) as (staff,):
        recusal = staff.recuse_judge(
            application_id=first, judge_id=gone, ground="kinship", reason="신청 기업의 기피 신청"
        )
        assert recusal["source"] == "challenged"
        with pytest.raises(IllegalTransition):
            staff.recuse_judge(application_id=first, judge_id=gone, reason="다시")
        with pytest.raises(NotFound):
            staff.recuse_judge(application_id=first, judge_id="nobody", reason="없는 사람")
    after = panel_of(bench, made)
    assert (len(after[first]), gone in after[first]) == (5, False)
    assert after[made.applications[1]] == before[made.applications[1]]


@pytest.mark.parametrize(
    ("more", "ground"),
    [
        ({"organisations": ["org-1"]}, "organisation"),
        ({"contact": {"email": "Boss@COOP1.example", "phone": "010-9999-0000"}}, "mail_domain"),
        ({"contact": {"email": "me@gmail.com", "phone": "+82 10 1234 0001"}}, "phone"),
        ({"ties": [{"organisation_id": "org-1", "ground": "kinship", "note": "동생이 대표"}]}, "kinship"),
        ({"ties": [{"organisation_id": "org-1", "ground": "prior_advice"}]}, "prior_advice"),
    ],
)
def test_a_conflict_is_found_and_the_judge_never_gets_the_file(bench_of, more, ground):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, *APPLICANTS, judges=named(*JUDGES, judge_1=more))
    first, second = made.applications
    assert panel_of(bench, made) == {
        first: ["judge-2", "judge-3", "judge-4", "judge-5"],
        second: ["judge-1", "judge-2", "judge-3", "judge-4", "judge-5"],
    }
    with acting(bench, JUDGES[0], STAFF) as (rpc, staff):
        assert reading(rpc, first) == ["recused", "recused"]
        (recusal,) = staff.get_panel(call_id=made.call)["recusals"]
    assert (recusal["source"], recusal["ground"], recusal["judge_id"]) == ("detected", ground, "judge-1")


def test_a_mail_provider_that_everybody_uses_is_no_conflict(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(
        bench, *APPLICANTS, judges=named(*JUDGES, judge_1={"contact": {"email": "j@naver.com", "phone": "02-123-4567"}})
    )
    assert {len(judges) for judges in panel_of(bench, made).values()} == {5}


def test_a_conflict_that_is_named_later_takes_the_file_away(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, *APPLICANTS)
    with acting(bench, JUDGES[0], STAFF) as (rpc, staff):
        assert reading(rpc, made.applications[0]) == ["read", "read"]
        staff.name_judges(call_id=made.call, judges=named(*JUDGES, judge_1={"organisations": ["org-1"]}))
        assert reading(rpc, made.applications[0]) == ["recused", "recused"]


def test_who_is_not_named_any_more_gives_up_everything(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, *APPLICANTS)
    with acting(bench, STAFF, JUDGES[4]) as (staff, gone):
        staff.name_judges(call_id=made.call, judges=named(*JUDGES[:4], judge(7)))
        assert reading(gone, made.applications[0]) == ["not_found", "not_found"]
        assert gone.list_applications()["items"] == []
    assert panel_of(bench, made)[made.applications[0]] == ["judge-1", "judge-2", "judge-3", "judge-4", "judge-7"]


@pytest.mark.parametrize("number", [2, 16])
def test_too_few_or_too_many_judges_are_not_taken(bench_of, number):
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    with acting(bench, STAFF, applicant(1)) as (staff, other):
        with pytest.raises(Invalid) as caught:
            staff.name_judges(call_id=call["id"], judges=named(*[judge(each) for each in range(1, number + 1)]))
        assert caught.value.details == {"least": 3, "pool": 15}
        with pytest.raises(Forbidden):
            other.name_judges(call_id=call["id"], judges=named(*JUDGES))
        with pytest.raises(Forbidden):
            other.get_panel(call_id=call["id"])


def test_contact_data_is_in_no_table(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    shortlisted(
        bench,
        *APPLICANTS,
        judges=named(*JUDGES, judge_1={"contact": {"email": "judge.one@ngo.example", "phone": "010-7777-8888"}}),
    )
    assert tables_with(bench, "coop1.example", "1012340001", "010-1234-0001", "ngo.example", "77778888") == set()

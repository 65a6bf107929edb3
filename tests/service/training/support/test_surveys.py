"""Surveys after courses and consulting: who may answer, once, and what is shown of it."""

import pytest
from sqlalchemy import select

from services.chassis.errors import Forbidden, Invalid, NotFound
from services.training.models.support.survey import SurveyAnswer
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF, member_of
from tests.service.training.courses.centre import person
from tests.service.training.support.classes import held
from tests.service.training.support.offices import KIM, all_of, codes_of, moment, read, tell

QUESTIONS = [
    {"id": "content", "text": "내용은 어땠습니까?", "kind": "rating"},
    {"id": "place", "text": "장소는 어땠습니까?", "kind": "rating"},
    {"id": "words", "text": "하고 싶은 말씀", "kind": "text"},
]
CLOSES = "2020-04-01T18:00:00+09:00"


def opened(staff, subject: str, subject_id: str, **other) -> str:
    wanted = {"title": "만족도 조사", "questions": QUESTIONS, "closes_at": CLOSES, **other}
    return staff.open_survey(subject=subject, subject_id=subject_id, **wanted)["id"]


def result(staff, survey: str, question: str) -> dict:
    (found,) = [each for each in staff.get_survey_results(survey_id=survey)["questions"] if each["id"] == question]
    return {name: found[name] for name in ("answers", "withheld", "mean", "counts", "texts")}


def test_survey_of_a_course_is_answered_once_by_each_who_had_a_place_and_by_nobodys_name(bench_of):
    bench = bench_of("booking", "training")
    course, _ = held(bench, range(1, 5), capacity=3)  # the fourth waits
    takers = [person(number) for number in range(1, 5)]
    with all_of(bench, STAFF, AUDITOR, *takers) as (staff, auditor, first, second, third, waiting):
        survey = opened(staff, "course", course)
        for somebody in (first, second, third):
            (shown,) = somebody.list_surveys()["items"]
            assert (shown["id"], shown["answered"]) == (survey, False)
        assert waiting.list_surveys()["items"] == []
        for refused in (
            lambda: waiting.get_survey(survey_id=survey),
            lambda: waiting.answer_survey(survey_id=survey, answers={"content": 1}),
            lambda: staff.answer_survey(survey_id=survey, answers={"content": 1}),
        ):
            with pytest.raises(NotFound):
                refused()

        assert first.answer_survey(survey_id=survey, answers={"content": 5, "words": "고맙습니다."})["answered"] is True
        assert codes_of(first.answer_survey, survey_id=survey, answers={"content": 1}) == ["already_answered"]
        second.answer_survey(survey_id=survey, answers={"content": 4, "place": 2})
        # few answers would tell who gave them: only their number is shown
        nothing = {"withheld": True, "mean": None, "counts": {}, "texts": []}
        assert result(staff, survey, "content") == {"answers": 2, **nothing}
        third.answer_survey(survey_id=survey, answers={"content": 4, "place": 3, "words": "또 오겠습니다."})
        assert result(auditor, survey, "content") == {
            "answers": 3,
            "withheld": False,
            "mean": "4.33",
            "counts": {"4": 2, "5": 1},
            "texts": [],
        }
        assert result(staff, survey, "place") == {"answers": 2, **nothing}
        assert result(staff, survey, "words") == {"answers": 2, **nothing}
        for somebody in (first, waiting):
            with pytest.raises(Forbidden):
                somebody.get_survey_results(survey_id=survey)
        assert [(each["id"], each["answers"]) for each in staff.list_surveys(subject_id=course)["items"]] == [
            (survey, 3)
        ]
    for answer in read(bench, select(SurveyAnswer)):
        assert not any(person(number).id in str(vars(answer)) for number in range(1, 5))


def test_results_are_by_course_over_all_its_surveys(bench_of):
    bench = bench_of("booking", "training")
    course, _ = held(bench, range(1, 5), title="협동조합 입문")
    takers = [person(number) for number in range(1, 5)]
    with all_of(bench, STAFF, *takers) as (staff, *people):
        for ratings in ((5, 5, 4), (3, 3, 3, 3), (1,)):
            survey = opened(staff, "course", course)
            for somebody, rating in zip(people, ratings, strict=False):
                somebody.answer_survey(survey_id=survey, answers={"content": rating})
        (found,) = staff.get_yearly_report(year=2020)["courses"]
    # (5 + 5 + 4 + 3 + 3 + 3 + 3) / 7: the one alone in the last survey is counted, not told
    assert found == {"name": "협동조합 입문", "number": 3, "answers": 8, "mean": "3.71"}


MISFITS = (
    *({"content": answer} for answer in (0, 6, True, 4.5, "5", None)),
    *({"words": answer} for answer in (5, "가" * 2001, "\0", ["글"])),
    *({"unasked": 1}, {"content": 5, "unasked": 1}, {}),
)


def test_answer_that_does_not_fit_is_invalid_and_leaves_the_way_open(bench_of):
    with all_of(bench_of("training"), STAFF, RESIDENT) as (staff, resident):
        made = resident.request_consultation(topic="finance", title="장부")["id"]
        survey = opened(staff, "consultation", made)
        for answers in MISFITS:
            with pytest.raises(Invalid):
                resident.answer_survey(survey_id=survey, answers=answers)
        assert resident.get_survey(survey_id=survey)["answered"] is False
        assert resident.answer_survey(survey_id=survey, answers={"words": "가" * 2000})["answers"] == 1


def test_survey_of_a_consultation_is_for_who_asked_and_closes(bench_of):
    bench = bench_of("training")
    member = member_of("org-1")
    colleague = type(member)("member-2", "동료", member.roles, ("org-1",))
    people = (STAFF, member, colleague, NEIGHBOUR, KIM)
    with all_of(bench, *people) as (staff, asker, other_member, neighbour, kim):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"])
        made = asker.request_consultation(topic="finance", title="장부", organisation_id="org-1")["id"]
        staff.assign_consultation(consultation_id=made, diagnosis="회계")
        survey = opened(staff, "consultation", made)
        for somebody in (neighbour, kim):
            assert somebody.list_surveys()["items"] == []
            with pytest.raises(NotFound):
                somebody.answer_survey(survey_id=survey, answers={"content": 1})
        assert [each["id"] for each in other_member.list_surveys()["items"]] == [survey]
        other_member.answer_survey(survey_id=survey, answers={"content": 4, "words": "자세했습니다."})
        assert result(staff, survey, "words")["texts"] == ["자세했습니다."]  # who asked is known anyway
        bench.move_clock(moment("2020-04-01 18:00"))
        assert codes_of(asker.answer_survey, survey_id=survey, answers={"content": 1}) == ["survey_closed"]
        for refused in (
            lambda: asker.open_survey(
                subject="consultation", subject_id=made, title="x", questions=QUESTIONS, closes_at=CLOSES
            ),
            lambda: kim.get_survey_results(survey_id=survey),
        ):
            with pytest.raises(Forbidden):
                refused()


def test_survey_is_about_something_with_questions_and_an_end_to_come(bench_of):
    with all_of(bench_of("training"), STAFF, RESIDENT, None) as (staff, resident, nobody):
        made = resident.request_consultation(topic="finance", title="장부")["id"]
        for subject in ("consultation", "course"):
            with pytest.raises(NotFound):
                opened(staff, subject, "nothing")
        for wrong in ({"questions": []}, {"questions": QUESTIONS[:1] * 2}, {"closes_at": "2020-03-10T09:00:00+09:00"}):
            with pytest.raises(Invalid):
                opened(staff, "consultation", made, **wrong)
        assert staff.list_surveys()["items"] == []
        with pytest.raises(Forbidden):
            nobody.list_surveys()


def test_erased_persons_answers_stay_and_nobody_can_look_whose_they_are(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        made = resident.request_consultation(topic="finance", title="장부")["id"]
        survey = opened(staff, "consultation", made)
        resident.answer_survey(survey_id=survey, answers={"content": 5})
        (before,) = read(bench, select(SurveyAnswer.respondent))
        tell(bench, "district", "person_erased", {"person_id": RESIDENT.id})
        assert result(staff, survey, "content")["counts"] == {"5": 1}
    (after,) = read(bench, select(SurveyAnswer.respondent))
    assert after != before

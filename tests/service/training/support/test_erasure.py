"""A person is erased: what was done stays and is counted, they are gone."""

from typing import Any

from sqlalchemy import inspect, text

from services.chassis.context import Actor
from services.chassis.testing import Bench
from tests.people import STAFF
from tests.service.training.support.offices import KIM, LEE, all_of, programme_with, tell

LEAVER = Actor("person-leaving-77", "김온달", frozenset({"resident", "staff"}))
"""Staff, too: they have entered much of it."""
KEPT = {"outbox", "inbox", "idempotency_keys"}
"""They go after their own times."""
ODDLY_CALLED = '자문_100%/"이"'
ASKED = [{"id": "q", "text": "어땠습니까?", "kind": "rating"}]


def everything_of(leaver: Any) -> None:
    """Whatever a person can be in the support work."""
    leaver.put_consultant(id=LEAVER.id, name=LEAVER.name, topics=["finance"])
    made = leaver.request_consultation(topic="finance", title="온달의 빵집", need="온달은 빚이 있습니다.")["id"]
    leaver.assign_consultation(consultation_id=made, diagnosis="온달의 장부")
    held = {"held_at": "2020-03-09T14:00:00+09:00", "minutes": 60}
    leaver.log_session(consultation_id=made, notes="온달과 만남", **held)
    leaver.report_consultation(consultation_id=made, report="온달은 잘합니다.")
    leaver.rate_consultation(consultation_id=made, satisfaction=5, comment="온달")
    survey = leaver.open_survey(
        subject="consultation", subject_id=made, title="설문", questions=ASKED, closes_at="2020-04-01T00:00:00+09:00"
    )
    leaver.answer_survey(survey_id=survey["id"], answers={"q": 5})
    fair = leaver.enter_opportunity(channel="fair", title="박람회")["id"]
    leaver.introduce_organisation(opportunity_id=fair, organisation_id="org-1")
    leaver.put_activist(id=LEAVER.id, name=LEAVER.name)
    programme = programme_with(leaver, 1, 0)
    leaver.add_community(programme_id=programme, amount=1, community={"name": "온마을", "representative_id": LEAVER.id})
    community = leaver.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
    visit = leaver.plan_visit(community_id=community, visit_at="2020-03-09T14:00:00+09:00")
    leaver.report_visit(visit_id=visit["id"], report="만났습니다.")
    leaver.plan_visit(community_id=community, visit_at="2020-03-12T14:00:00+09:00")
    leaver.enter_action(title="할 일", owner_id=LEAVER.id, owner_name=LEAVER.name, due_on="2020-03-12")
    leaver.enter_meeting(title="모임", held_at="2020-03-09T14:00:00+09:00")
    leaver.enter_member(name="골목협의회", side="private", person_id=LEAVER.id)
    consent = {"consent": "given", "consented_on": "2020-03-01", "source": "면담"}
    leaver.enter_asset(kind="person", name=LEAVER.name, person_id=LEAVER.id, **consent)
    leaver.enter_asset(kind="place", name="빈집", source="현장", consent="not_needed")
    leaver.enter_voice(theme="돌봄", words="말씀", source="면담")
    leaver.enter_finding(title="돌봄 공백", theme="돌봄")


def found_of(bench: Bench) -> dict[str, list[str]]:
    """By table what names the person still."""
    database = bench.database("training")

    def look(session) -> dict[str, list[str]]:
        tables = sorted(set(inspect(database.engine).get_table_names()) - KEPT)
        whole = {name: str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables}
        return {name: [word for word in (LEAVER.id, "온달") if word in rows] for name, rows in whole.items()}

    return {name: words for name, words in database.transaction(look).items() if words}


def test_erased_person_is_in_no_table_any_more_and_the_work_is_counted(bench_of):
    bench = bench_of("training")
    with all_of(bench, LEAVER, STAFF) as (leaver, staff):
        everything_of(leaver)
        before = staff.get_yearly_report(year=2020)
        assert len(found_of(bench)) > 12
        tell(bench, "district", "person_erased", {"person_id": LEAVER.id})
        assert found_of(bench) == {}
        after = {each["name"]: each["total"] for each in staff.get_yearly_report(year=2020)["measures"]}
        lost = {
            each["name"]: each["total"] - after[each["name"]]
            for each in before["measures"]
            if each["total"] != after[each["name"]]
        }
        assert lost == {"assets": 1}  # the person, who was one
        assert staff.list_programmes()["items"][0]["unassigned"] == 2
        tell(bench, "notify", "person_erased", {"person_id": LEAVER.id})
        assert found_of(bench) == {}


def test_organisations_consultation_stays_and_others_reasons_too(bench_of):
    bench = bench_of("training")
    asker = Actor(LEAVER.id, LEAVER.name, frozenset({"member"}), ("org-1",))
    with all_of(bench, asker, STAFF) as (member, staff):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"])
        staff.put_consultant(id=ODDLY_CALLED, name="이자문", topics=["finance"])
        made = member.request_consultation(topic="finance", title="우리 장부", organisation_id="org-1")["id"]
        staff.assign_consultation(consultation_id=made, diagnosis="회계")
        staff.put_consultant(id=LEE.id, name=LEE.name, topics=["marketing"])
        other = member.request_consultation(topic="marketing", title="우리 판로", organisation_id="org-1")["id"]
        staff.assign_consultation(consultation_id=other, diagnosis="판로")
        tell(bench, "district", "person_erased", {"person_id": LEAVER.id})
        before = {each: staff.get_consultation(consultation_id=each)["version"] for each in (made, other)}
        tell(bench, "district", "person_erased", {"person_id": ODDLY_CALLED})
        shown = staff.get_consultation(consultation_id=made)
        assert (shown["title"], shown["diagnosis"], shown["requester_id"]) == ("우리 장부", "회계", "")
        considered = [each["consultant_id"] for each in shown["match_reason"]["considered"]]
        assert (shown["consultant_id"], considered) == (KIM.id, [KIM.id, ""])
        assert (shown["version"], staff.get_consultation(consultation_id=other)["version"]) == (
            before[made] + 1,
            before[other],
        )

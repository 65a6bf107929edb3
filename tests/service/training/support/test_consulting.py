"""Consulting from request to satisfaction, and sales channels."""

import pytest

from services.chassis.errors import Forbidden, IllegalTransition, NotFound
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF, member_of
from tests.service.training.support.offices import KIM, LEE, all_of, codes_of, moment, told


def wanted(topic: str = "finance", **other) -> dict:
    return {"topic": topic, "title": "회계 정리", "need": "장부를 어떻게 쓰나요?", **other}


def test_consultation_goes_from_request_to_satisfaction(bench_of):
    bench = bench_of("training")
    with all_of(bench, RESIDENT, STAFF, KIM) as (resident, staff, kim):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance", "marketing"])
        made = resident.request_consultation(**wanted("marketing"))["id"]
        with pytest.raises(IllegalTransition):
            staff.assign_consultation(consultation_id=made)
        found = staff.diagnose_consultation(consultation_id=made, diagnosis="회계부터 봅니다.", topic="finance")
        assert (found["status"], found["topic"]) == ("diagnosed", "finance")
        assigned = staff.assign_consultation(consultation_id=made)
        assert (assigned["status"], assigned["consultant_id"]) == ("assigned", KIM.id)
        assert assigned["match_reason"] == {
            "rule": "topic_then_load",
            "topic": "finance",
            "load": 0,
            "considered": [{"consultant_id": KIM.id, "load": 0, "most": 5}],
        }
        kim.log_session(consultation_id=made, held_at="2020-03-09T14:00:00+09:00", minutes=90, notes="장부를 봄")
        with pytest.raises(IllegalTransition):
            resident.rate_consultation(consultation_id=made, satisfaction=5)
        bench.move_clock(moment("2020-03-11 10:00"))
        kim.report_consultation(consultation_id=made, report="간편장부를 권했습니다.")
        with pytest.raises(IllegalTransition):
            kim.log_session(consultation_id=made, held_at="2020-03-11T14:00:00+09:00", minutes=60, notes="더")
        rated = resident.rate_consultation(consultation_id=made, satisfaction=5, comment="고맙습니다.")
        assert (rated["status"], rated["satisfaction"]) == ("rated", 5)
        with pytest.raises(IllegalTransition):
            resident.rate_consultation(consultation_id=made, satisfaction=1)
        shown = resident.get_consultation(consultation_id=made)
        assert [(each["minutes"], each["notes"]) for each in shown["logs"]] == [(90, "장부를 봄")]
        assert shown["match_reason"] is None
    events = told(bench, "consultation_requested", "consultation_assigned", "consultation_reported")
    assert [each["status"] for each in events] == ["requested", "assigned", "reported"]
    assert [each["consultant_id"] for each in events] == [None, KIM.id, KIM.id]


def test_consultant_is_matched_by_topic_then_load_and_a_report_makes_room(bench_of):
    with all_of(bench_of("training"), RESIDENT, STAFF) as (resident, staff):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"], most=2)
        staff.put_consultant(id=LEE.id, name=LEE.name, topics=["finance", "marketing"], most=1)
        staff.put_consultant(id="resting", name="쉬는 분", topics=["finance"], active=False)
        chosen = []
        for _ in range(3):
            made = resident.request_consultation(**wanted())["id"]
            chosen.append(staff.assign_consultation(consultation_id=made, diagnosis="회계")["consultant_id"])
        assert chosen == [KIM.id, LEE.id, KIM.id]
        last = resident.request_consultation(**wanted())["id"]
        assert codes_of(staff.assign_consultation, consultation_id=last, diagnosis="회계") == ["no_consultant"]
        # a refusal writes nothing: the diagnosis that came with it neither
        assert staff.get_consultation(consultation_id=last)["status"] == "requested"
        staff.report_consultation(consultation_id=made, report="끝")
        assert staff.assign_consultation(consultation_id=last, diagnosis="회계")["consultant_id"] == KIM.id
        assert [(each["id"], each["load"]) for each in staff.list_consultants()["items"]] == [
            (KIM.id, 2),
            (LEE.id, 1),
            ("resting", 0),
        ]


def test_staff_choose_a_consultant_for_the_topic_even_without_room(bench_of):
    with all_of(bench_of("training"), RESIDENT, STAFF) as (resident, staff):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"], most=0)
        staff.put_consultant(id=LEE.id, name=LEE.name, topics=["marketing"])
        made = resident.request_consultation(**wanted())["id"]
        wish = {"consultation_id": made, "diagnosis": "회계"}
        assert codes_of(staff.assign_consultation, consultant_id=LEE.id, **wish) == ["wrong_topic"]
        with pytest.raises(NotFound):
            staff.assign_consultation(consultant_id="nobody", **wish)
        assigned = staff.assign_consultation(consultant_id=KIM.id, **wish)
        assert assigned["match_reason"]["rule"] == "chosen_by_staff"


def test_everybody_sees_what_is_theirs(bench_of):
    bench = bench_of("training")
    member = member_of("org-1")
    colleague = type(member)("member-2", "동료", member.roles, ("org-1",))
    people = (member, colleague, NEIGHBOUR, STAFF, AUDITOR, KIM, LEE)
    with all_of(bench, *people) as (asker, other_member, neighbour, staff, auditor, kim, lee):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"])
        made = asker.request_consultation(**wanted(organisation_id="org-1"))["id"]
        staff.assign_consultation(consultation_id=made, diagnosis="회계")
        for somebody in (asker, other_member, staff, auditor, kim):
            assert [each["id"] for each in somebody.list_consultations()["items"]] == [made]
            assert somebody.get_consultation(consultation_id=made)["id"] == made
        for somebody in (neighbour, lee):
            assert somebody.list_consultations()["items"] == []
            with pytest.raises(NotFound):
                somebody.get_consultation(consultation_id=made)
            with pytest.raises(NotFound):
                somebody.report_consultation(consultation_id=made, report="몰래")
        for somebody in (asker, auditor):
            with pytest.raises(Forbidden):
                somebody.report_consultation(consultation_id=made, report="내가")
        for somebody in (asker, kim, auditor):
            with pytest.raises(Forbidden):
                somebody.assign_consultation(consultation_id=made)
            with pytest.raises(Forbidden):
                somebody.put_consultant(id="x", name="x", topics=["finance"])
        with pytest.raises(Forbidden):
            neighbour.request_consultation(**wanted(organisation_id="org-1"))
        kim.report_consultation(consultation_id=made, report="끝")
        with pytest.raises(Forbidden):
            staff.rate_consultation(consultation_id=made, satisfaction=5)
        assert other_member.rate_consultation(consultation_id=made, satisfaction=4)["satisfaction"] == 4
    with all_of(bench, None) as (nobody,), pytest.raises(Forbidden):
        nobody.request_consultation(**wanted())


def test_sales_channel_keeps_who_was_introduced_where_with_what_result(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, member_of("org-1"), NEIGHBOUR) as (staff, member, neighbour):
        fair = staff.enter_opportunity(channel="fair", title="사회적경제 박람회", closes_on="2020-03-11")["id"]
        wish = {"opportunity_id": fair, "organisation_name": "마을빵집"}
        made = staff.introduce_organisation(organisation_id="org-1", **wish)
        assert (made["result"], made["result_at"]) == ("pending", None)
        assert codes_of(staff.introduce_organisation, organisation_id="org-1", **wish) == ["already_introduced"]
        staff.record_introduction_result(introduction_id=made["id"], result="contract", amount=12_000_000)
        staff.introduce_organisation(organisation_id="org-2", **wish)
        everything = staff.list_introductions(opportunity_id=fair)["items"]
        assert [(each["organisation_id"], each["result"], each["amount"]) for each in everything] == [
            ("org-1", "contract", 12_000_000),
            ("org-2", "pending", None),
        ]
        assert [each["organisation_id"] for each in member.list_introductions(opportunity_id=fair)["items"]] == [
            "org-1"
        ]
        assert neighbour.list_introductions(opportunity_id=fair)["items"] == []
        assert [each["id"] for each in neighbour.list_opportunities(channel="fair")["items"]] == [fair]
        with pytest.raises(Forbidden):
            member.introduce_organisation(organisation_id="org-3", **wish)
        bench.move_clock(moment("2020-03-12 00:00"))
        assert codes_of(staff.introduce_organisation, organisation_id="org-3", **wish) == ["opportunity_over"]

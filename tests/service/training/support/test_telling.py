"""What the support work tells, as it arrives: with notify beside it, in people's inboxes and by mail."""

from datetime import timedelta

from services.chassis.context import Actor
from services.chassis.testing import Bench
from tests.people import RESIDENT, STAFF
from tests.service.training.support.offices import ACTIVIST, KIM, all_of, moment, programme_with

OWNER = Actor("member-7", "서구청 주무관", frozenset({"member"}))


def reachable(bench: Bench, *people: Actor) -> None:
    for each in people:
        with bench.acting(each) as rpc:
            rpc.notify.put_contact(email=f"{each.id}@example.org", locale="ko")


def inbox(bench: Bench, person: Actor, template: str) -> list[tuple[str, str]]:
    """Subject and text of what came, the oldest first."""
    with bench.acting(person) as rpc:
        found = [each for each in rpc.notify.list_inbox()["items"] if each["template"] == template]
    return [(each["subject"], each["body"]) for each in reversed(found)]


def mailed(bench: Bench, person: Actor) -> list[str]:
    with bench.acting(STAFF) as rpc:
        found = rpc.notify.list_mailbox()["items"]
    return [each["subject"] for each in found if each["to"] == f"{person.id}@example.org"]


def test_activist_is_reminded_of_a_report_after_7_days_by_a_message_that_arrives_once(bench_of):
    """Scenario 34."""
    bench = bench_of("training", "notify")
    reachable(bench, ACTIVIST, RESIDENT)
    with all_of(bench, STAFF) as (staff,):
        programme = programme_with(staff, 1, 1)
        community = staff.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
        staff.plan_visit(community_id=community, visit_at="2020-03-12T14:00:00+09:00", purpose="중간 점검")
    bench.settle()
    planned = "[방문] 공동체 00: 3월 12일 (목) 14:00"
    assert [subject for subject, _text in inbox(bench, ACTIVIST, "visit_planned")] == [planned]
    bench.move_clock(moment("2020-03-19 14:00") - timedelta(seconds=1))
    assert inbox(bench, ACTIVIST, "visit_overdue") == []
    bench.move_clock(moment("2020-03-19 14:00"))
    ((subject, text),) = inbox(bench, ACTIVIST, "visit_overdue")
    assert subject == "[방문] 보고서를 기다립니다: 공동체 00"
    assert "3월 12일 (목) 14:00" in text
    assert "중간 점검" in text
    bench.move_clock(moment("2020-03-20 14:00"))
    assert sorted(mailed(bench, ACTIVIST)) == sorted([planned, subject])
    assert mailed(bench, RESIDENT) == []


def test_owner_of_an_action_is_told_as_its_day_begins(bench_of):
    bench = bench_of("training", "notify")
    reachable(bench, OWNER)
    with all_of(bench, STAFF) as (staff,):
        meeting = staff.enter_meeting(title="네트워크 3월 모임", held_at="2020-03-09T14:00:00+09:00")["id"]
        wanted = {"meeting_id": meeting, "owner_id": OWNER.id, "owner_name": OWNER.name, "due_on": "2020-03-12"}
        staff.enter_action(title="공동 장터 부스 신청", **wanted)
    bench.move_clock(moment("2020-03-11 23:59"))
    assert inbox(bench, OWNER, "action_due") == []
    bench.move_clock(moment("2020-03-12 00:00"))
    ((subject, _text),) = inbox(bench, OWNER, "action_due")
    assert subject == "[할 일] 공동 장터 부스 신청: 2020년 3월 12일 (목)까지"
    bench.move_clock(moment("2020-03-13 00:00"))
    assert mailed(bench, OWNER) == [subject]


def test_who_asked_and_who_advises_hear_of_a_consultation_what_is_theirs(bench_of):
    bench = bench_of("training", "notify")
    reachable(bench, RESIDENT, KIM)
    with all_of(bench, STAFF, RESIDENT, KIM) as (staff, resident, kim):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"])
        made = resident.request_consultation(topic="finance", title="장부 쓰는 법")["id"]
        staff.assign_consultation(consultation_id=made, diagnosis="회계")
        bench.settle()
        kim.report_consultation(consultation_id=made, report="끝")
        bench.settle()
    assigned = "[상담] 컨설턴트가 정해졌습니다: 장부 쓰는 법"
    reported = "[상담] 결과 보고서가 나왔습니다: 장부 쓰는 법"
    assert [subject for subject, _text in inbox(bench, RESIDENT, "consultation_reported")] == [reported]
    assert sorted(mailed(bench, RESIDENT)) == sorted([assigned, reported])
    assert mailed(bench, KIM) == [assigned]

"""The public-private network: members of both sides, meetings, and what was agreed there, by whom and until when."""

import pytest

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.training.support.offices import all_of, codes_of, moment, told

OWNER = Actor("member-1", "서구청 주무관", frozenset({"member"}))
HELD = "2020-03-06T14:00:00+09:00"


def test_members_of_both_sides_meet(bench_of):
    with all_of(bench_of("training"), STAFF, AUDITOR, RESIDENT) as (staff, auditor, resident):
        office = staff.enter_member(name="서구청 마을지원과", side="public", person_id=OWNER.id)
        council = staff.enter_member(name="서구사회적경제협의회", side="private", field="social_economy")
        assert (office["joined_on"], council["field"]) == ("2020-03-10", "social_economy")
        assert codes_of(staff.enter_member, name=office["name"], side="public") == ["duplicate"]
        with pytest.raises(Invalid):
            staff.enter_member(name="그 밖", side="both")
        for side, name in (("public", office["name"]), ("private", council["name"])):
            assert [each["name"] for each in auditor.list_members(side=side)["items"]] == [name]

        present = sorted([office["id"], council["id"]])
        wanted = {
            "title": "민·관 네트워크 3월 모임",
            "held_at": HELD,
            "place": "소통공간",
            "minutes": "공동 장터를 열기로 함",
        }
        made = staff.enter_meeting(member_ids=[*present, office["id"]], **wanted)
        assert made == {"id": made["id"], "field": "both", "member_ids": present, **wanted}
        with pytest.raises(NotFound):
            staff.enter_meeting(member_ids=["nobody"], **wanted)
        assert auditor.list_meetings()["items"] == [made]
        for somebody in (auditor, resident):
            for enter in (
                lambda each: each.enter_member(name="몰래", side="public"),
                lambda each: each.enter_meeting(**wanted),
                lambda each: each.enter_action(title="몰래", owner_id="x", due_on="2020-03-12"),
            ):
                with pytest.raises(Forbidden):
                    enter(somebody)
        for read in (resident.list_members, resident.list_meetings):
            with pytest.raises(Forbidden):
                read()


def test_action_is_its_owners_to_see_and_to_finish_once(bench_of):
    with all_of(bench_of("training"), STAFF, OWNER, AUDITOR, RESIDENT) as (staff, owner, auditor, resident):
        meeting = staff.enter_meeting(title="모임", held_at=HELD)["id"]
        wanted = {"meeting_id": meeting, "owner_id": OWNER.id, "owner_name": OWNER.name, "due_on": "2020-03-12"}
        action = staff.enter_action(title="공동 장터 부스 신청", **wanted)
        assert (action["status"], action["due_on"], action["owner_name"]) == ("open", "2020-03-12", OWNER.name)
        with pytest.raises(NotFound):
            staff.enter_action(title="없는 모임", **{**wanted, "meeting_id": "nothing"})
        for somebody in (owner, staff, auditor):
            assert [each["id"] for each in somebody.list_actions(status="open")["items"]] == [action["id"]]
        assert resident.list_actions()["items"] == []
        with pytest.raises(NotFound):
            resident.finish_action(action_id=action["id"])
        with pytest.raises(Forbidden):
            auditor.finish_action(action_id=action["id"])
        done = owner.finish_action(action_id=action["id"])
        assert (done["status"], done["done_at"]) == ("done", "2020-03-10T09:00:00+09:00")
        with pytest.raises(IllegalTransition):
            staff.finish_action(action_id=action["id"])
        assert staff.list_actions(status="open", owner_id=OWNER.id)["items"] == []


def test_due_action_is_told_once_as_its_day_begins(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        action = staff.enter_action(title="판매전 준비", owner_id="member-1", due_on="2020-03-12")
        done = staff.enter_action(title="끝낸 일", owner_id="member-1", due_on="2020-03-12")
        staff.finish_action(action_id=done["id"])
    bench.move_clock(moment("2020-03-11 23:59"))
    assert told(bench, "action_due") == []
    for day in ("2020-03-12 00:00", "2020-03-13 00:00"):
        bench.move_clock(moment(day))
        assert [each["action_id"] for each in told(bench, "action_due")] == [action["id"]]

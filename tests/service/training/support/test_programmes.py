"""The grant programme. Scenario 34: 53 communities over 7 activists; a visit without a report is reminded of."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis.errors import Forbidden, IllegalTransition, NotFound
from services.training.models.support.programmes import Community, Support
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.training.support.offices import (
    ACTIVIST,
    all_of,
    codes_of,
    dead_letters,
    moment,
    programme_with,
    read,
    tell,
    told,
)


def loads(spread: dict) -> list[int]:
    return [each["load"] for each in spread["items"]]


def test_53_communities_are_spread_over_7_activists_and_least_move_when_one_leaves(bench_of):
    """Scenario 34."""
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        programme = programme_with(staff, 53, 7)
        first = staff.spread_communities(programme_id=programme)
        assert (loads(first), first["moved"]) == ([8, 8, 8, 8, 7, 7, 7], 0)
        before = {each["activist_id"]: set(each["community_ids"]) for each in first["items"]}

        staff.put_activist(id="activist-0", name="활동가 0", active=False)
        assert staff.list_programmes()["items"][0]["unassigned"] == len(before["activist-0"])
        second = staff.spread_communities(programme_id=programme)
        assert (loads(second), second["moved"]) == ([9, 9, 9, 9, 9, 8], 0)
        after = {each["activist_id"]: set(each["community_ids"]) for each in second["items"]}
        assert all(before[each] <= after[each] for each in after)
        assert staff.list_activists()["items"][0]["load"] == 0


def test_what_was_done_in_another_year_is_no_load_and_stays_on_record(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        staff.put_activist(id="activist-0", name="활동가 0")
        before = staff.open_programme(title="2019 마을공동체 만들기", year=2019, stage="activity")["id"]
        for number in range(6):
            staff.add_community(programme_id=before, amount=1, community={"name": f"작년 {number}"})
        staff.spread_communities(programme_id=before)
        programme = programme_with(staff, 6, 2)
        assert loads(staff.spread_communities(programme_id=programme)) == [3, 3]
        assert [each["load"] for each in staff.list_activists()["items"]] == [3, 3]
        staff.put_activist(id="activist-0", name="활동가 0", active=False)
        by_programme = {each["year"]: each["unassigned"] for each in staff.list_programmes()["items"]}
        assert by_programme == {2020: 3, 2019: 0}


def test_visit_without_a_report_after_7_days_is_reminded_of_once(bench_of):
    """Scenario 34."""
    bench = bench_of("training")
    with all_of(bench, STAFF, ACTIVIST) as (staff, activist):
        programme = programme_with(staff, 1, 1)
        community = staff.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
        visit = activist.plan_visit(community_id=community, visit_at="2020-03-12T14:00:00+09:00")
        reported = activist.plan_visit(community_id=community, visit_at="2020-03-12T16:00:00+09:00")
        bench.move_clock(moment("2020-03-12 17:00"))
        activist.report_visit(visit_id=reported["id"], report="잘 지내고 있습니다.", attendees=5, minutes=60)

        bench.move_clock(moment("2020-03-19 14:00") - timedelta(seconds=1))
        assert told(bench, "visit_overdue") == []
        bench.move_clock(moment("2020-03-19 14:00"))
        bench.move_clock(moment("2020-04-05 14:00"))
        assert [each["visit_id"] for each in told(bench, "visit_overdue")] == [visit["id"]]
        assert [each["id"] for each in staff.list_visits(overdue=True)["items"]] == [visit["id"]]

        late = activist.report_visit(visit_id=visit["id"], report="늦었습니다.")
        assert (late["status"], late["overdue"]) == ("reported", False)
        assert staff.list_visits(overdue=True)["items"] == []


def test_visit_is_shown_to_whoever_goes_there_and_to_staff(bench_of):
    with all_of(bench_of("training"), STAFF, ACTIVIST, RESIDENT) as (staff, activist, resident):
        programme = programme_with(staff, 1, 1)
        community = staff.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
        visit = activist.plan_visit(community_id=community, visit_at="2020-03-12T14:00:00+09:00")
        assert activist.get_visit(visit_id=visit["id"]) == staff.get_visit(visit_id=visit["id"]) == visit
        with pytest.raises(NotFound):
            resident.get_visit(visit_id=visit["id"])


def test_visit_still_to_come_is_not_reported_and_a_cancelled_one_not_reminded_of(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, ACTIVIST) as (staff, activist):
        programme = programme_with(staff, 1, 1)
        community = staff.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
        visit = activist.plan_visit(community_id=community, visit_at="2020-03-12T14:00:00+09:00")
        with pytest.raises(IllegalTransition):
            activist.report_visit(visit_id=visit["id"], report="미리 씁니다.")
        assert activist.cancel_visit(visit_id=visit["id"])["status"] == "cancelled"
        with pytest.raises(IllegalTransition):
            activist.report_visit(visit_id=visit["id"], report="취소했습니다.")
    bench.move_clock(moment("2020-04-05 14:00"))
    assert told(bench, "visit_overdue") == []
    assert len(told(bench, "visit_planned")) == 1


def test_visits_to_come_go_with_the_community(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        programme = programme_with(staff, 1, 2)
        (mine,) = [each for each in staff.spread_communities(programme_id=programme)["items"] if each["load"]]
        visit = staff.plan_visit(community_id=mine["community_ids"][0], visit_at="2020-03-12T14:00:00+09:00")
        assert visit["activist_id"] == mine["activist_id"] == "activist-0"
        staff.put_activist(id="activist-0", name="활동가 0", active=False)
        staff.spread_communities(programme_id=programme)
        assert [each["activist_id"] for each in staff.list_visits()["items"]] == ["activist-1"]


@pytest.mark.parametrize(
    ("stage", "ceiling"), [("forming", 1_000_000), ("activity", 4_000_000), ("autonomy", 6_000_000)]
)
def test_grant_is_at_most_the_ceiling_of_its_stage(bench_of, stage, ceiling):
    with all_of(bench_of("training"), STAFF) as (staff,):
        programme = staff.open_programme(title="공모사업", year=2020, stage=stage)["id"]
        wanted = {"programme_id": programme, "community": {"name": "꽃마을"}}
        assert codes_of(staff.add_community, amount=ceiling + 1, **wanted) == ["over_ceiling"]
        assert staff.add_community(amount=ceiling, **wanted)["amount"] == ceiling
        assert codes_of(staff.add_community, amount=ceiling, **wanted) == ["already_supported"]


def test_programme_without_activists_is_not_spread(bench_of):
    with all_of(bench_of("training"), STAFF) as (staff,):
        programme = programme_with(staff, 2, 0)
        assert codes_of(staff.spread_communities, programme_id=programme) == ["no_activist"]
        staff.put_activist(id="far", name="경제활동가", field="social_economy")
        assert codes_of(staff.spread_communities, programme_id=programme) == ["no_activist"]
        with pytest.raises(NotFound):
            staff.spread_communities(programme_id=programme, activist_ids=["nobody"])


def test_awarded_grant_brings_its_community_into_the_programme_once(bench_of):
    """Redelivered under its id, and told again under another."""
    bench = bench_of("training")
    grant = {
        "grant_id": "2020-017",
        "stage": "activity",
        "year": 2020,
        "community": {"name": "꽃마을", "area": "석남동", "telephone": "1234"},
        "amount": 3_000_000,
        "colour": "red",
    }
    for event_id in ("award-1", "award-1", "award-2"):
        tell(bench, "district", "grant_awarded", grant, event_id=event_id)
    with all_of(bench, STAFF) as (staff,):
        (programme,) = staff.list_programmes()["items"]
        assert (programme["communities"], programme["granted"], programme["ceiling"]) == (1, 3_000_000, 4_000_000)
        tell(bench, "district", "grant_awarded", {**grant, "grant_id": "2020-018", "community": {"name": "새마을"}})
        (programme,) = staff.list_programmes()["items"]
        assert (programme["communities"], programme["granted"]) == (2, 6_000_000)
    assert dead_letters(bench) == []


def test_grant_is_awarded_as_the_documents_show_it(bench_of):
    bench = bench_of("training")
    text = Path("docs/integrating.md").read_text(encoding="utf-8").partition("### A grant was awarded")[2]
    example = text.partition("```python\n")[2].partition("```")[0]
    for _ in range(2):  # each time under another event id
        exec(example, {"uri": bench.config.amqp_uri})
        bench.settle()
    with all_of(bench, STAFF) as (staff,):
        (programme,) = staff.list_programmes()["items"]
        assert (programme["year"], programme["stage"], programme["granted"]) == (2020, "activity", 3_000_000)
        (support,) = staff.list_supported_communities(programme_id=programme["id"])["items"]
        assert (support["community"]["name"], support["community"]["members"]) == ("꽃마을", 12)
        assert support["grant_id"] == "/seogu/grants:2020-017"


def test_award_in_no_programme_or_twice_in_one_is_a_dead_letter_with_its_reason(bench_of):
    bench = bench_of("training")
    grant = {"grant_id": "1", "stage": "forming", "community": {"name": "꽃마을"}, "amount": 1_000_000}
    tell(bench, "district", "grant_awarded", grant)
    tell(bench, "district", "grant_awarded", {**grant, "grant_id": "2"})
    tell(bench, "district", "grant_awarded", {**grant, "grant_id": "3", "stage": None})
    tell(bench, "district", "grant_awarded", {**grant, "grant_id": "4", "programme_id": "nothing"})
    tell(bench, "district", "grant_awarded", {**grant, "grant_id": "5", "amount": "1000000"})
    assert len(dead_letters(bench)) == 4
    assert read(bench, select(Support.grant_id)) == ["/madang/district:1"]


def test_award_above_the_ceiling_is_a_dead_letter_and_writes_nothing(bench_of):
    bench = bench_of("training")
    grant = {"grant_id": "1", "stage": "forming", "community": {"name": "꽃마을"}, "amount": 1_000_001}
    tell(bench, "district", "grant_awarded", grant)
    assert len(dead_letters(bench)) == 1
    assert read(bench, select(Support)) == read(bench, select(Community)) == []


def test_activist_sees_and_visits_own_communities_alone(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, ACTIVIST, AUDITOR, RESIDENT) as (staff, activist, auditor, resident):
        programme = programme_with(staff, 4, 2)
        spread = {each["activist_id"]: each for each in staff.spread_communities(programme_id=programme)["items"]}
        own, others = spread[ACTIVIST.id]["community_ids"], spread["activist-1"]["community_ids"]
        assert [
            each["community"]["id"] for each in activist.list_supported_communities(programme_id=programme)["items"]
        ] == own
        assert sorted(each["id"] for each in activist.list_communities()["items"]) == sorted(own)
        assert [each["id"] for each in activist.list_activists()["items"]] == [ACTIVIST.id]
        assert len(auditor.list_activists()["items"]) == 2
        assert resident.list_activists()["items"] == resident.list_communities()["items"] == []
        when = {"visit_at": "2020-03-09T14:00:00+09:00"}
        with pytest.raises(NotFound):
            activist.plan_visit(community_id=others[0], **when)
        theirs = staff.plan_visit(community_id=others[0], **when)["id"]
        mine = activist.plan_visit(community_id=own[0], **when)["id"]
        assert [each["id"] for each in activist.list_visits()["items"]] == [mine]
        for somebody in (activist, resident):
            with pytest.raises(NotFound):
                somebody.report_visit(visit_id=theirs, report="몰래")
        with pytest.raises(Forbidden):
            auditor.report_visit(visit_id=theirs, report="감사")
        for somebody in (activist, auditor, resident):
            with pytest.raises(Forbidden):
                somebody.spread_communities(programme_id=programme)

"""The resource survey: assets with source and consent, voices by theme, findings by rank and what became of them."""

import eventlet
import pytest
from sqlalchemy import func, select, text

from services.chassis.db import Database
from services.chassis.errors import Forbidden, Invalid, NotFound
from services.training.models.support.survey import Asset, Finding
from services.training.schemas.support.survey import RankFindingSchema
from services.training.usecases.support.rank_findings import rank_finding
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.booking.unprotected import ROW_LOCKS, without
from tests.service.training.courses.conftest import CLIENTS
from tests.service.training.support.offices import ACTIVIST, KIM, all_of, codes_of, moment, read

NOW = moment("2020-03-10 09:00")
FOUND_OUT = {"source": "현장 면담", "consent": "not_needed"}


def test_asset_is_kept_with_its_source_and_a_person_with_consent_alone(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, ACTIVIST, KIM, AUDITOR, RESIDENT) as (staff, activist, kim, auditor, resident):
        for somebody, kind in ((staff, "organisation"), (activist, "place"), (kim, "programme")):
            somebody.enter_asset(kind=kind, name=f"자원 {kind}", **FOUND_OUT)
        person = {"kind": "person", "name": "박솜씨", "source": "면담"}
        assert codes_of(staff.enter_asset, **person, consent="not_needed") == ["consent_missing"]
        assert codes_of(staff.enter_asset, **person, consent="given") == ["consent_missing"]
        staff.enter_asset(**person, consent="given", consented_on="2020-03-01")
        assert codes_of(staff.enter_asset, **person, consent="given", consented_on="2020-03-02") == ["duplicate"]
        for without in ("source", "consent"):
            wanted = {"kind": "place", "name": "빈집", **FOUND_OUT}
            del wanted[without]
            with pytest.raises(Invalid):
                staff.enter_asset(**wanted)
        for somebody in (auditor, resident):
            with pytest.raises(Forbidden):
                somebody.enter_asset(kind="place", name="빈집", **FOUND_OUT)
        for somebody in (activist, kim, resident):
            with pytest.raises(Forbidden):
                somebody.list_assets()
        assert [each["name"] for each in auditor.list_assets(kind="person")["items"]] == ["박솜씨"]
    assert read(bench, select(func.count()).select_from(Asset)) == [4]


def test_voices_are_gathered_by_theme_without_a_name(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF, ACTIVIST, RESIDENT) as (staff, activist, resident):
        for theme in ("돌봄", "네트워크", "네트워크"):
            voice = activist.enter_voice(theme=theme, words="서로 모릅니다.", source="골목 면담")
        assert voice.keys() == {"id", "theme", "words", "field", "area", "source", "heard_on"}
        assert voice["heard_on"] == "2020-03-10"
        assert [(each["theme"], each["voices"]) for each in staff.list_themes()["items"]] == [
            ("네트워크", 2),
            ("돌봄", 1),
        ]
        assert len(staff.list_voices(theme="네트워크")["items"]) == 2
        with pytest.raises(Forbidden):
            resident.enter_voice(theme="돌봄", words="저도요.", source="직접")


def ranks(somebody) -> list[tuple[int, str]]:
    """Over pages of two."""
    found, cursor = [], None
    while True:
        page = somebody.list_findings(limit=2, cursor=cursor)
        found += [(each["rank"], each["title"]) for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_finding_is_ranked_by_its_voices_and_moved_by_staff_while_the_others_make_way(bench_of):
    with all_of(bench_of("training"), STAFF, ACTIVIST, RESIDENT) as (staff, activist, resident):
        for theme, number in (("가", 1), ("나", 3), ("다", 2)):
            for _ in range(number):
                activist.enter_voice(theme=theme, words="말씀", source="면담")
        made = {theme: staff.enter_finding(title=theme, theme=theme)["id"] for theme in ("가", "나", "다", "라")}
        again = staff.enter_finding(title="나-2", theme="나")
        assert (again["rank"], again["voices"]) == (2, 3)
        assert ranks(resident) == [(1, "나"), (2, "나-2"), (3, "다"), (4, "가"), (5, "라")]

        assert staff.rank_finding(finding_id=made["라"], rank=1)["rank"] == 1
        assert ranks(resident) == [(1, "라"), (2, "나"), (3, "나-2"), (4, "다"), (5, "가")]
        assert staff.rank_finding(finding_id=made["나"], rank=4)["rank"] == 4
        assert ranks(resident) == [(1, "라"), (2, "나-2"), (3, "다"), (4, "나"), (5, "가")]
        assert staff.rank_finding(finding_id=made["라"], rank=99)["rank"] == 5
        assert staff.rank_finding(finding_id=made["라"], rank=5)["rank"] == 5
        assert ranks(resident) == [(1, "나-2"), (2, "다"), (3, "나"), (4, "가"), (5, "라")]

        with pytest.raises(NotFound):
            staff.rank_finding(finding_id="nothing", rank=1)
        for wrong in (0, -1, "first"):
            with pytest.raises(Invalid):
                staff.rank_finding(finding_id=made["가"], rank=wrong)
        for refused in (
            lambda: activist.rank_finding(finding_id=made["가"], rank=1),
            lambda: activist.enter_finding(title="마", theme="마"),
        ):
            with pytest.raises(Forbidden):
                refused()
        with pytest.raises(Invalid):
            staff.list_findings(cursor="-1")


def test_finding_shows_to_everybody_what_the_centre_did_about_it(bench_of):
    """The first finding of the survey: a livelier public-private network, which the centre runs."""
    with all_of(bench_of("training"), STAFF, AUDITOR, RESIDENT) as (staff, auditor, resident):
        meeting = staff.enter_meeting(title="민·관 네트워크 첫 모임", held_at="2020-03-06T14:00:00+09:00")["id"]
        finding = staff.enter_finding(title="민·관 네트워크가 필요합니다", theme="네트워크")["id"]
        staff.enter_deed(finding_id=finding, kind="network_meeting", reference=meeting, done_on="2020-03-06")
        staff.enter_deed(finding_id=finding, kind="other", note="간담회를 정례화했습니다.")
        (shown,) = resident.list_findings()["items"]
        assert [(each["kind"], each["reference"], each["done_on"]) for each in shown["deeds"]] == [
            ("network_meeting", meeting, "2020-03-06"),
            ("other", None, "2020-03-10"),
        ]
        with pytest.raises(NotFound):
            staff.enter_deed(finding_id="nothing", kind="other")
        with pytest.raises(Forbidden):
            auditor.enter_deed(finding_id=finding, kind="other")


class Ranking:
    """Ten findings, and many who rank them at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        database.transaction(self._enter)

    @staticmethod
    def _enter(session) -> None:
        rest = {"title": "", "theme": "", "field": "both", "text": "", "entered_by": "", "entered_at": NOW}
        session.add_all(Finding(id=f"f{number}", rank=number, **rest) for number in range(1, 11))

    def rush(self) -> list[int]:
        """The ranks after it, in their order."""
        list(eventlet.GreenPool(CLIENTS).imap(self._rank, range(60)))
        return sorted(self.database.transaction(lambda session: session.scalars(select(Finding.rank)).all()))

    def _rank(self, number: int) -> None:
        wanted = RankFindingSchema().load({"finding_id": f"f{number % 10 + 1}", "rank": number * 7 % 10 + 1})
        self.database.transaction(lambda session: rank_finding(session, wanted, actor=STAFF))


@pytest.mark.servers
def test_ranks_are_one_order_however_many_rank_at_once(database):
    assert Ranking(database).rush() == list(range(1, 11))


@pytest.mark.servers
def test_negative_control_without_locks_and_index_ranks_are_no_order(database):
    ranking = Ranking(database)
    database.transaction(lambda session: session.execute(text("DROP INDEX a_rank_is_given_once")))
    with without(database, ROW_LOCKS):
        assert ranking.rush() != list(range(1, 11))
